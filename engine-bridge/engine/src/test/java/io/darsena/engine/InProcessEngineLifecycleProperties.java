package io.darsena.engine;

import io.darsena.bridge.container.Lifecycle.Trigger;
import io.darsena.bridge.contract.LifecycleModel;
import io.darsena.engine.paths.EnginePaths;
import io.darsena.engine.simulated.SimulatedImage;
import io.darsena.engine.simulated.SimulatedMachine;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.lifecycle.AfterContainer;
import net.jqwik.api.lifecycle.BeforeContainer;

class InProcessEngineLifecycleProperties {

    private static final Path TEMPORARY = temporary();
    private static final InProcessEngine ENGINE =
            InProcessEngine.openWithoutStarter(EnginePaths.under(TEMPORARY.resolve("engine")), new SimulatedMachine());

    private static Path temporary() {
        try {
            return Files.createTempDirectory("lifecycle");
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    @BeforeContainer
    static void importImage() throws IOException {
        SimulatedImage.importInto(ENGINE, TEMPORARY.resolve("image"));
    }

    @AfterContainer
    static void close() throws IOException {
        ENGINE.close();
        try (Stream<Path> entries = Files.walk(TEMPORARY)) {
            for (Path entry : entries.sorted(Comparator.reverseOrder()).toList()) {
                Files.deleteIfExists(entry);
            }
        }
    }

    @Property(tries = 150)
    void anyRequestsLeadWhereTheTableSays(@ForAll("requests") List<Trigger> requests) {
        LifecycleModel.play(ENGINE, SimulatedImage.NAME, requests);
    }

    @Provide
    Arbitrary<List<Trigger>> requests() {
        return Arbitraries.of(Trigger.START, Trigger.PAUSE, Trigger.RESUME, Trigger.STOP, Trigger.KILL, Trigger.RESTART)
                .list()
                .ofMaxSize(12);
    }
}
