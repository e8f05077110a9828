package io.darsena.app.session;

import io.darsena.bridge.Engine;
import io.darsena.bridge.container.ContainerId;
import io.darsena.bridge.container.ContainerSpec;
import io.darsena.bridge.error.EngineException;
import java.time.Duration;
import java.time.Instant;
import java.util.function.Consumer;

/// Running a container in one step.
public final class NewContainer {

    private NewContainer() {}

    /// Creates and starts a container. One that could not be started is removed again, so that the next attempt
    /// finds its name free.
    public static ContainerId run(Engine engine, ContainerSpec spec) {
        return run(engine, spec, step -> {});
    }

    /// As [#run(Engine, ContainerSpec)]; `told` hears of both steps.
    public static ContainerId run(Engine engine, ContainerSpec spec, Consumer<? super TransferStep> told) {
        long began = System.nanoTime();
        ContainerId id = engine.containers().create(spec);
        long created = System.nanoTime();
        told.accept(step(TransferStep.Kind.CREATED, created - began, id));
        try {
            engine.containers().start(id);
            told.accept(step(TransferStep.Kind.STARTED, System.nanoTime() - created, id));
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

    private static TransferStep step(TransferStep.Kind kind, long nanos, ContainerId id) {
        return new TransferStep(kind, Instant.now(), Duration.ofNanos(nanos), id.shortId());
    }
}
