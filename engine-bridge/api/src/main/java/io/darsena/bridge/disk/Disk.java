package io.darsena.bridge.disk;

import io.darsena.bridge.container.ContainerId;
import java.util.Map;

/// What the engine has on disk, and what of it nobody needs. Both measure, which may take a second.
public interface Disk {

    /// All that could go: images that no container uses, not one in the trash either, that are not just
    /// being pulled, saved or pushed and wait for no push, with what only they need; and what broken
    /// pulls have left.
    PrunePlan prunable();

    /// Removes what a plan shows and nothing else. What has come into use since, has other names, or
    /// would take more with it than was shown, stays, and the result tells so.
    PruneResult prune(PrunePlan plan);

    /// Bytes on disk of each container: its writable layer and its log, not its image.
    Map<ContainerId, Long> containers();
}
