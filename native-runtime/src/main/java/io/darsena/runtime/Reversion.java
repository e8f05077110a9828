package io.darsena.runtime;

import java.nio.file.Path;
import java.util.List;

/// What of a container is to be again what its image has.
///
/// @param layers directories of the image's layers, the lowest first
public record Reversion(List<Path> layers, Place place, List<Step> steps) {

    public Reversion {
        layers = List.copyOf(layers);
        steps = List.copyOf(steps);
    }

    /// Where what the container has written is to be reached.
    public sealed interface Place permits Stored, Mounted {}

    /// Of a container that does not run, and is not started meanwhile.
    ///
    /// @param upper its writable layer
    /// @param trash an existing directory on the same file system: what goes is moved there before it is deleted
    public record Stored(Path upper, Path trash) implements Place {}

    /// Of one that runs or is paused, of which the writable layer must not be changed from outside: through its own
    /// mount.
    ///
    /// @param pid its first process
    /// @param startTicks [Sandbox#startTicks]
    public record Mounted(int pid, long startTicks) implements Place {}

    /// How much of a path is meant.
    public enum Extent {
        /// With all that is below it.
        WHOLE,

        /// Of a directory owner, mode, extended attributes and time; what is in it stays. For [Mounted] only.
        ATTRIBUTES
    }

    /// @param path below the container's root, without a slash at its begin and without `..`; not empty
    public record Step(byte[] path, Extent extent) {}
}
