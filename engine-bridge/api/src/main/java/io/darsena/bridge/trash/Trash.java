package io.darsena.bridge.trash;

import io.darsena.bridge.container.ContainerId;
import java.util.List;

/// Containers that were removed but are still whole: putting one there and taking it out again costs nothing, since its
/// files stay where they are. What is here is no container to [io.darsena.bridge.container.Containers], its name is
/// free for others, and its image stays. An id that is not in the trash (for [#put]: not a container) fails with
/// [io.darsena.bridge.error.NotFoundException].
public interface Trash {

    /// The longest there first.
    List<TrashEntry> list();

    /// Puts an ended or never started container here. Durable when it returns.
    ///
    /// @throws io.darsena.bridge.error.ConflictException when it runs, or its removal has begun
    void put(ContainerId id);

    /// Makes it a container again, as it was. When another has taken its name meanwhile, it gets a fresh one made from
    /// it: `web` becomes `web-restored`, then `web-restored-2`.
    ///
    /// @return the name that it bears now
    /// @throws io.darsena.bridge.error.ConflictException when its purge has begun
    String restore(ContainerId id);

    /// Removes it for good. Returns when its files are deleted.
    ///
    /// @return bytes freed on disk
    /// @throws io.darsena.bridge.error.FailedException when not all of it could be deleted; it stays here, can be
    ///     purged again, but not restored
    long purge(ContainerId id);

    /// Removes everything for good. What cannot be deleted does not keep the rest: it stays, and is told at the end.
    ///
    /// @return bytes freed on disk
    long purgeAll();
}
