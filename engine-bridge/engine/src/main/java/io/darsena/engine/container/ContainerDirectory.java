package io.darsena.engine.container;

import io.darsena.bridge.container.ContainerId;
import io.darsena.bridge.container.NetworkMode;
import io.darsena.engine.paths.EnginePaths;
import io.darsena.runtime.ContainerRuntime;
import io.darsena.runtime.LayerExtraction;
import io.darsena.runtime.LayerRejectedException;
import io.darsena.runtime.RuntimeUnavailableException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/// Where a container lies on disk: its writable layer, the files that the engine puts into it, its log, and the
/// sockets of its monitor while it runs.
final class ContainerDirectory {

    private static final FileAttribute<Set<PosixFilePermission>> PRIVATE =
            PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------"));
    private static final Set<PosixFilePermission> ROOT_DIRECTORY = PosixFilePermissions.fromString("rwxr-xr-x");
    private static final String ROOT_INDEX = "root-index";
    private static final String HOSTNAME = "hostname";
    private static final String HOSTS = "hosts";
    private static final String RESOLVER = "resolv.conf";

    private final EnginePaths paths;
    private final ContainerRuntime runtime;
    private final ContainerId id;

    ContainerDirectory(EnginePaths paths, ContainerRuntime runtime, ContainerId id) {
        this.paths = paths;
        this.runtime = runtime;
        this.id = id;
    }

    Path state() {
        return paths.container(id);
    }

    Path run() {
        return paths.containerRun(id);
    }

    Path upper() {
        return paths.containerUpper(id);
    }

    Path work() {
        return state().resolve("work");
    }

    Path hostname() {
        return state().resolve(HOSTNAME);
    }

    Path hosts() {
        return state().resolve(HOSTS);
    }

    Path resolver() {
        return state().resolve(RESOLVER);
    }

    /// Makes everything but the sockets' directory. A crash in the middle leaves a directory that has no row.
    ///
    /// @param root a tar of the root directory, where the image has an unusual one
    void create(ContainerDefinition definition, Optional<byte[]> root) {
        try {
            Files.createDirectory(state(), PRIVATE);
            Files.createDirectory(work(), PRIVATE);
            Files.createDirectory(upper(), PRIVATE);
            Files.setPosixFilePermissions(upper(), ROOT_DIRECTORY);
            if (root.isPresent()) {
                makeRoot(root.get());
            }
            IdentityFiles.write(definition.hostname(), hostname(), hosts());
        } catch (IOException failure) {
            throw new UncheckedIOException("cannot make " + state() + ": " + failure.getMessage(), failure);
        }
    }

    /// By the extractor, which alone can give it an owner that is another user's here.
    private void makeRoot(byte[] tar) throws IOException {
        Path index = state().resolve(ROOT_INDEX);
        try (LayerExtraction extraction = runtime.extract(upper(), index)) {
            extraction.sink().write(tar);
            extraction.finish();
        } catch (LayerRejectedException | RuntimeUnavailableException refused) {
            throw new IOException("its root directory could not be made: " + refused.getMessage(), refused);
        }
        Files.deleteIfExists(index);
    }

    /// Before each start: the sockets' directory, and what the host knows of names now.
    void prepareStart(NetworkMode network) {
        try {
            if (!Files.isDirectory(run())) {
                Files.createDirectories(run(), PRIVATE);
            }
            IdentityFiles.writeResolver(resolver());
            if (network == NetworkMode.HOST) {
                IdentityFiles.writeHostsOfHost(hosts());
            }
        } catch (IOException failure) {
            throw new UncheckedIOException("cannot prepare " + run() + ": " + failure.getMessage(), failure);
        }
    }

    void removeRun() {
        try (DirectoryStream<Path> entries = Files.newDirectoryStream(run())) {
            for (Path entry : entries) {
                Files.deleteIfExists(entry);
            }
            Files.deleteIfExists(run());
        } catch (java.nio.file.NoSuchFileException gone) {
            // it was never started
        } catch (IOException failure) {
            throw new UncheckedIOException("cannot remove " + run() + ": " + failure.getMessage(), failure);
        }
    }

    /// Deletes everything. Its name goes first and at once, so that nothing finds half of it; what a crash leaves is
    /// in the trash.
    void delete() {
        Path trash = paths.trash().resolve(id.hex());
        try {
            if (Files.isDirectory(state())) {
                Files.move(state(), trash, StandardCopyOption.ATOMIC_MOVE);
            }
            removeRun();
        } catch (IOException failure) {
            throw new UncheckedIOException("cannot move " + state() + " away: " + failure.getMessage(), failure);
        }
        runtime.delete(trash);
    }

    /// Ids of all containers that have a directory; other names are nobody's and passed over.
    static List<ContainerId> present(EnginePaths paths) {
        List<ContainerId> ids = new ArrayList<>();
        try (DirectoryStream<Path> entries = Files.newDirectoryStream(paths.containers(), "[0-9a-f]*")) {
            for (Path entry : entries) {
                String name = String.valueOf(entry.getFileName());
                if (name.matches("[0-9a-f]{64}")) {
                    ids.add(ContainerId.parse(name));
                }
            }
        } catch (IOException failure) {
            throw new UncheckedIOException("cannot list " + paths.containers(), failure);
        }
        return ids;
    }
}
