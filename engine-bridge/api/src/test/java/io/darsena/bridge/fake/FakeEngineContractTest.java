package io.darsena.bridge.fake;

import io.darsena.bridge.Engine;
import io.darsena.bridge.container.ContainerId;
import io.darsena.bridge.container.ContainerSpec;
import io.darsena.bridge.container.ContainerStatus;
import io.darsena.bridge.contract.EngineContract;
import io.darsena.bridge.error.FailedException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

class FakeEngineContractTest extends EngineContract {

    @Override
    protected Engine open() {
        return new FakeEngine(FakeEngine.ROOTFUL, Duration.ofMillis(50));
    }

    @Override
    public String image() {
        return FakeEngine.STARTER;
    }

    @Override
    public ContainerId writer(String image, String letters) {
        ContainerId id = containers().create(ContainerSpec.of(image).withCommand(List.of("true")));
        ((FakeEngine) engine())
                .change(
                        id,
                        FakeLayer.of(
                                "", "d made", "d made/below", "t made/file " + letters + "\n", "l made/link file"));
        return id;
    }

    @Override
    public ContainerId packager() {
        ContainerId id = containers().create(spec("true"));
        ((FakeEngine) engine())
                .change(id, FakeLayer.of("", "t var/lib/dpkg/status " + PACKAGES, "f 4 var/lib/rpm/Packages"));
        return id;
    }

    @Override
    public Optional<AutoCloseable> hold(Engine held, ContainerId id, ContainerStatus status) throws Exception {
        FakeEngine fake = (FakeEngine) held;
        switch (status) {
            case RESTARTING -> {
                fake.containers().start(id);
                AutoCloseable release = fake.hold("restart");
                Thread.ofVirtual().start(() -> fake.containers().restart(id));
                awaitStatus(fake, id, status);
                return Optional.of(release);
            }
            case REMOVING -> {
                AutoCloseable release = fake.hold("remove");
                Thread.ofVirtual().start(() -> fake.containers().remove(id));
                awaitStatus(fake, id, status);
                return Optional.of(release);
            }
            case DEAD -> {
                fake.failNext("remove", new FailedException("remove", "x", "device or resource busy", ""));
                try {
                    fake.containers().remove(id);
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
