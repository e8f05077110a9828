package io.darsena.engine.container;

import io.darsena.bridge.container.ContainerId;
import io.darsena.bridge.trash.Departure;
import io.darsena.bridge.trash.Trash;
import io.darsena.bridge.trash.TrashEntry;
import java.util.List;

/// The trash as people use it: leads containers from [EngineContainers] into [TrashedContainers] and back.
final class EngineTrash implements Trash {

    private final EngineContainers containers;
    private final TrashedContainers trashed;

    EngineTrash(EngineContainers containers, TrashedContainers trashed) {
        this.containers = containers;
        this.trashed = trashed;
    }

    @Override
    public List<TrashEntry> list() {
        return trashed.list();
    }

    @Override
    public void put(ContainerId id) {
        containers.putAway(id);
    }

    @Override
    public String restore(ContainerId id) {
        return containers.bringBack(id);
    }

    @Override
    public long purge(ContainerId id) {
        return trashed.purge(id, Departure.PURGED);
    }

    @Override
    public long purgeAll() {
        return trashed.purgeAll();
    }
}
