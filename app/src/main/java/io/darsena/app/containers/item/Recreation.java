package io.darsena.app.containers.item;

import io.darsena.app.session.NewContainer;
import io.darsena.bridge.Engine;
import io.darsena.bridge.container.Container;
import io.darsena.bridge.container.ContainerId;
import io.darsena.bridge.container.ContainerSpec;
import io.darsena.bridge.error.EngineException;
import io.darsena.bridge.error.NotFoundException;
import io.darsena.bridge.trash.TrashRefusal;

/// Making a container anew: with the same name and settings, from the image that its image's name stands for now.
final class Recreation {

    private Recreation() {}

    /// Stops the old one and puts it into the trash, with what it wrote; the new one runs if the old one did. Where
    /// the new one cannot be made or started, the old one is back as it was. One that removes itself when it ends
    /// cannot be brought back.
    ///
    /// @return the new one
    static ContainerId of(Engine engine, ContainerId id) {
        Container old = engine.containers().container(id);
        boolean ran = !TrashRefusal.accepts(old.status());
        ContainerSpec spec = old.spec().withName(old.name());
        if (ran) {
            engine.containers().stop(id);
        }
        boolean kept = put(engine, old);
        try {
            return ran ? NewContainer.run(engine, spec) : engine.containers().create(spec);
        } catch (RuntimeException failure) {
            if (kept) {
                bringBack(engine, id, ran, failure);
            }
            throw failure;
        }
    }

    private static boolean put(Engine engine, Container old) {
        try {
            engine.trash().put(old.id());
            return true;
        } catch (NotFoundException gone) {
            if (!old.spec().autoRemove()) {
                throw gone;
            }
            return false;
        }
    }

    private static void bringBack(Engine engine, ContainerId id, boolean ran, RuntimeException failure) {
        try {
            engine.trash().restore(id);
            if (ran) {
                engine.containers().start(id);
            }
        } catch (EngineException leftover) {
            failure.addSuppressed(leftover);
        }
    }
}
