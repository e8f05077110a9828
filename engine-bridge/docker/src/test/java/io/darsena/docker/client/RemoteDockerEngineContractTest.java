package io.darsena.docker.client;

import io.darsena.bridge.Engine;
import io.darsena.bridge.container.ContainerId;
import io.darsena.bridge.container.ContainerSpec;
import io.darsena.bridge.container.ContainerStatus;
import io.darsena.bridge.contract.EngineContract;
import io.darsena.bridge.error.FailedException;
import io.darsena.bridge.fake.FakeEngine;
import io.darsena.bridge.fake.FakeLayer;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/// The contract of every engine, from a client through the socket and the server to the engine in memory.
class RemoteDockerEngineContractTest extends EngineContract {

    @TempDir
    @SuppressWarnings("NullAway.Init")
    Path directory;

    @RegisterExtension
    final ServedFake served = new ServedFake(new FakeEngine(FakeEngine.ROOTFUL, Duration.ofMillis(50)));

    @Override
    protected Engine open() throws Exception {
        return served.open(directory);
    }

    @Override
    public String image() {
        return FakeEngine.STARTER;
    }

    @Override
    public ContainerId writer(String image, String letters) {
        ContainerId id = containers().create(ContainerSpec.of(image).withCommand(List.of("true")));
        served.fake()
                .change(
                        id,
                        FakeLayer.of(
                                "", "d made", "d made/below", "t made/file " + letters + "\n", "l made/link file"));
        return id;
    }

    @Override
    public ContainerId packager() {
        ContainerId id = containers().create(spec("true"));
        served.fake().change(id, FakeLayer.of("", "t var/lib/dpkg/status " + PACKAGES, "f 4 var/lib/rpm/Packages"));
        return id;
    }

    @Override
    public Optional<AutoCloseable> hold(Engine held, ContainerId id, ContainerStatus status) throws Exception {
        switch (status) {
            case RESTARTING -> {
                held.containers().start(id);
                AutoCloseable release = served.fake().hold("restart");
                Thread.ofVirtual().start(() -> held.containers().restart(id));
                awaitStatus(held, id, status);
                return Optional.of(release);
            }
            case REMOVING -> {
                AutoCloseable release = served.fake().hold("remove");
                Thread.ofVirtual().start(() -> held.containers().remove(id));
                awaitStatus(held, id, status);
                return Optional.of(release);
            }
            case DEAD -> {
                served.fake().failNext("remove", new FailedException("remove", "x", "device or resource busy", ""));
                try {
                    held.containers().remove(id);
                } catch (FailedException expected) {
                    return Optional.of(() -> {});
                }
                throw new AssertionError("the removal did not fail");
            }
            case CREATED, RUNNING, PAUSED, EXITED -> {
                return Optional.empty();
            }
        }
        throw new AssertionError(status);
    }

    private static void awaitStatus(Engine engine, ContainerId id, ContainerStatus status) throws InterruptedException {
        while (engine.containers().container(id).status() != status) {
            Thread.sleep(1);
        }
    }
}
