package io.darsena.app.real;

import static org.assertj.core.api.Assertions.assertThat;

import io.darsena.bridge.Engine;
import io.darsena.bridge.Subscription;
import io.darsena.bridge.container.Container;
import io.darsena.bridge.container.ContainerId;
import io.darsena.bridge.container.ContainerState;
import io.darsena.bridge.container.ContainerStatus;
import io.darsena.bridge.container.LogConsumer;
import io.darsena.bridge.container.LogQuery;
import io.darsena.bridge.container.LogRecord;
import io.darsena.launch.EngineLauncher;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// The application is killed with `kill -9`, a container ends meanwhile, and the next application finds everything.
class NothingIsLostIT {

    private static final String MORTAL = "sh -c 'echo first words; sleep 12; echo last words; exit 7'";
    private static final String STEADY =
            "sh -c 'trap \"exit 0\" TERM; n=0; while :; do n=$((n+1)); echo line $n; sleep 1; done'";

    /// Between two lines of a program that writes one a second.
    private static final Duration LONGEST_GAP = Duration.ofSeconds(4);

    @TempDir
    private Path home;

    private final List<Process> started = new ArrayList<>();

    private Path root() {
        return home.resolve("root");
    }

    @AfterEach
    void clear() throws Exception {
        for (Process process : started) {
            process.destroyForcibly().waitFor();
        }
        try (Engine engine = EngineLauncher.open(Optional.of(root()))) {
            engine.containers().list().forEach(container -> engine.containers().forceRemove(container.id()));
            engine.images().list().forEach(image -> engine.images().remove(image.id()));
        }
    }

    private Process application(String... deeds) throws IOException {
        Process process = new Application(home, Map.of()).start("-Dglass.platform=Headless", List.of(deeds));
        started.add(process);
        return process;
    }

    private List<String> told(Process process) throws IOException {
        return new Application(home, Map.of()).told(process);
    }

    @Test
    void killingTheApplicationLosesNothing() throws Exception {
        Instant began = Instant.now();
        Process first = application("run", STEADY, STEADY, STEADY, STEADY, MORTAL);
        assertThat(told(first)).isEmpty();
        Instant ran = Instant.now();
        new ProcessBuilder("kill", "-9", Long.toString(first.pid())).start().waitFor();
        assertThat(first.waitFor()).isEqualTo(137);
        Thread.sleep(Duration.ofSeconds(13));

        Instant again = Instant.now();
        Process second = application("stop");
        assertThat(told(second)).containsExactlyInAnyOrder("Running", "Running", "Running", "Running", "Exited (7)");
        Instant stopped = Instant.now();
        second.destroy();
        assertThat(second.waitFor(20, TimeUnit.SECONDS)).isTrue();

        try (Engine engine = EngineLauncher.open(Optional.of(root()))) {
            Map<Integer, List<Container>> byCode = engine.containers().list().stream()
                    .collect(
                            Collectors.groupingBy(container -> exited(container).code()));
            assertThat(byCode).containsOnlyKeys(0, 7);
            assertThat(byCode.get(0)).hasSize(4).allSatisfy(steady -> {
                assertThat(exited(steady).startedAt()).isBetween(began, ran);
                assertThat(exited(steady).since()).isBetween(again, stopped);
                hasItsWholeLog(engine, steady);
            });
            Container mortal = Objects.requireNonNull(byCode.get(7)).getFirst();
            assertThat(exited(mortal).since())
                    .as("it ended while no application ran")
                    .isBetween(ran, again);
            assertThat(exited(mortal).cause()).isEqualTo(ContainerState.ExitCause.ENDED);
            assertThat(log(engine, mortal.id()).stream().map(LogRecord::line).toList())
                    .containsExactly("first words", "last words");
        }
    }

    private static ContainerState.Exited exited(Container container) {
        assertThat(container.status()).isEqualTo(ContainerStatus.EXITED);
        return (ContainerState.Exited) container.state();
    }

    /// No line is missing, and none is missing in time either: it wrote on while nobody looked.
    private static void hasItsWholeLog(Engine engine, Container steady) {
        List<LogRecord> records = log(engine, steady.id());
        Instant last = exited(steady).startedAt();
        for (int i = 0; i < records.size(); i++) {
            assertThat(records.get(i).line()).isEqualTo("line " + (i + 1));
            assertThat(Duration.between(last, records.get(i).at())).isLessThan(LONGEST_GAP);
            last = records.get(i).at();
        }
        assertThat(Duration.between(last, exited(steady).since())).isLessThan(LONGEST_GAP);
    }

    private static List<LogRecord> log(Engine engine, ContainerId id) {
        List<LogRecord> all = new ArrayList<>();
        CompletableFuture<Boolean> ended = new CompletableFuture<>();
        try (Subscription reading = engine.containers().logs(id, LogQuery.ALL, new LogConsumer() {
            @Override
            public void records(List<LogRecord> batch) {
                all.addAll(batch);
            }

            @Override
            public void ended() {
                ended.complete(true);
            }
        })) {
            ended.orTimeout(20, TimeUnit.SECONDS).join();
            return all;
        }
    }
}
