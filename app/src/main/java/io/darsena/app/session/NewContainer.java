package io.darsena.app.session;

import io.darsena.bridge.Engine;
import io.darsena.bridge.container.ContainerId;
import io.darsena.bridge.container.ContainerSpec;
import io.darsena.bridge.error.EngineException;

/// Running a container in one step.
public final class NewContainer {

    private NewContainer() {}

    /// Creates and starts a container. One that could not be started is removed again, so that the next attempt finds
    /// its name free.
    public static ContainerId run(Engine engine, ContainerSpec spec) {
        ContainerId id = engine.containers().create(spec);
        try {
            engine.containers().start(id);
            return id;
        } catch (RuntimeException failure) {
            try {
                engine.containers().forceRemove(id);
            } catch (EngineException leftover) {
                failure.addSuppressed(leftover);
            }
            throw failure;
        }
    }
}
