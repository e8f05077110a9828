package io.darsena.engine;

import io.darsena.bridge.Engine;
import io.darsena.bridge.container.ContainerId;
import io.darsena.bridge.container.ContainerSpec;
import io.darsena.bridge.container.ContainerStatus;
import io.darsena.bridge.contract.EngineContract;
import io.darsena.bridge.error.EngineException;
import io.darsena.engine.paths.EnginePaths;
import io.darsena.engine.simulated.SimulatedImage;
import io.darsena.engine.simulated.SimulatedMachine;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.io.TempDir;

/// The contract on a machine without a kernel: database, files, locks and logs are real.
class InProcessEngineContractTest extends EngineContract {

    @TempDir
    Path temporary;

    private final SimulatedMachine machine = new SimulatedMachine();

    @Override
    protected Engine open() throws IOException {
        Engine engine = InProcessEngine.openWithoutStarter(EnginePaths.under(temporary.resolve("root")), machine);
        SimulatedImage.importInto(engine, temporary.resolve("image"));
        return engine;
    }

    @Override
    public String image() {
        return SimulatedImage.NAME;
    }

    @Override
    public ContainerId writer(String image, String letters) throws IOException {
        ContainerId id = containers().create(ContainerSpec.of(image).withCommand(List.of("true")));
        Path made =
                EnginePaths.under(temporary.resolve("root")).containerUpper(id).resolve("made");
        Files.createDirectories(made.resolve("below"));
        Files.writeString(made.resolve("file"), letters + "\n");
        Files.createSymbolicLink(made.resolve("link"), Path.of("file"));
        return id;
    }

    @Override
    public ContainerId packager() throws IOException {
        ContainerId id = containers().create(spec("true"));
        Path libraries =
                EnginePaths.under(temporary.resolve("root")).containerUpper(id).resolve("var/lib");
        Files.createDirectories(libraries.resolve("dpkg"));
        Files.writeString(libraries.resolve("dpkg/status"), PACKAGES);
        Files.createDirectories(libraries.resolve("rpm"));
        Files.writeString(libraries.resolve("rpm/Packages"), "bdb");
        return id;
    }

    @Override
    public Optional<AutoCloseable> hold(Engine held, ContainerId id, ContainerStatus status) throws Exception {
        switch (status) {
            case RESTARTING -> {
                held.containers().start(id);
                AutoCloseable release = machine.hold("start");
                Thread.ofVirtual().start(() -> held.containers().restart(id));
                awaitStatus(held, id, status);
                return Optional.of(release);
            }
            case REMOVING -> {
                AutoCloseable release = machine.hold("delete");
                Thread.ofVirtual().start(() -> held.containers().remove(id));
                awaitStatus(held, id, status);
                return Optional.of(release);
            }
            case DEAD -> {
                machine.failDeletes(Optional.of("device or resource busy"));
                try {
                    held.containers().remove(id);
                } catch (EngineException expected) {
                    machine.failDeletes(Optional.empty());
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
