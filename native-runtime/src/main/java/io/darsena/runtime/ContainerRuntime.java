package io.darsena.runtime;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/// Starts and reaches sandboxes, unpacks, lists, archives, reverts and deletes layer trees: everything that needs
/// namespaces
/// or another uid. One instance drives one `darsena-runtime host`. All methods may be called from any thread,
/// virtual ones included, and block until what they name is done.
public interface ContainerRuntime extends AutoCloseable {

    /// Whichever run it is; runs count from 1.
    long ANY_RUN = 0;

    /// What this host allows, found when the runtime was opened.
    RuntimeFacts facts();

    /// Starts the sandbox's first process and returns once it has been executed.
    ///
    /// @param listener told of the end of the sandbox, exactly once, on a virtual thread of its own. A
    ///     sandbox that ends at once may be told while this method is still returning
    /// @throws SandboxStartException when it could not be started; nothing is left running
    /// @throws RuntimeUnavailableException when darsena-runtime itself cannot be reached
    Sandbox start(SandboxSpec spec, SandboxListener listener);

    /// A start is near: what can be made before its particulars are known is made now, behind this call, which does not
    /// wait and does not fail.
    default void expectStart() {}

    /// Finds a sandbox that an earlier engine started: alive, or ended meanwhile.
    ///
    /// @param run the run looked for, a record of another run is not it; or [#ANY_RUN]
    /// @return empty when neither a monitor nor an exit record of this run exists: the machine was restarted
    ///     or the monitor was killed
    /// @throws RuntimeUnavailableException when a monitor listens and does not tell its state in time: it was
    ///     stopped, or hangs
    Optional<Reconnected> reconnect(Path runDirectory, Path stateDirectory, long run, SandboxListener listener);

    /// Begins to unpack a layer into the existing empty directory `target`.
    LayerExtraction extract(Path target, Path index);

    /// Deletes the tree with its root. A missing one is no error. Neither links nor mounts are followed.
    void delete(Path tree);

    /// Makes one directory owned by the container's root user. An existing one is no error.
    void makeDirectory(Path directory, int mode);

    TreeUsage usage(Path tree);

    /// Lists a layer's directory, or that in which a container's own changes lie, as [#extract] lists a layer:
    /// into the file `index`, whole or not at all, in the order of names. The tree may change meanwhile; what
    /// vanishes is left out.
    default TreeListing list(Path root, Path index) {
        return list(root, index, List.of());
    }

    /// As [#list(Path, Path)], and says of each entry whether it is what the layers below show at its path (flag `e`):
    /// kind, mode, owner and extended attributes, and of what is no directory time and content. At most 256 MB of
    /// content are compared; what is beyond that counts as different.
    ///
    /// @param below directories of layers, the lowest first
    TreeListing list(Path root, Path index, List<Path> below);

    /// Makes paths of a container again what its image has: what the image has not goes, what it has is back with
    /// content, owner, mode, times and extended attributes, a directory with all that is in it. Each path is
    /// reverted whole or not at all, in the order given; a failure leaves those before it reverted.
    ///
    /// @throws RevertRefusedException when it cannot be as things are: something is mounted there, a directory that
    ///     a path lies in is gone, or the container has just ended
    void revert(Reversion reversion);

    /// Begins to make a tar of what lies in these directories. Neither a path of the plan nor a name found in
    /// them leads outside: no link is followed and no mount entered, and what a container changes meanwhile does
    /// no harm.
    ///
    /// @param roots directories as layers and containers have them; at least one, at most 512
    /// @throws RuntimeUnavailableException when no archiver could be reached
    TreeArchive archive(List<Path> roots, ArchiveForm form, ArchivePlan plan);

    /// Ends the runtime host. Sandboxes go on.
    @Override
    void close();

    /// What `reconnect` found.
    sealed interface Reconnected {
        record Alive(Sandbox sandbox) implements Reconnected {}

        record Ended(SandboxExit exit) implements Reconnected {}
    }

    /// @param bytes allocated on disk
    record TreeUsage(long bytes, long files) {}

    /// @param bytes the sum of the files' sizes, each hard link counted once
    /// @param skipped sockets, of which a layer has none, and what could not be read or has a path of more than
    ///     16383 bytes
    record TreeListing(long entries, long bytes, long skipped) {}
}
