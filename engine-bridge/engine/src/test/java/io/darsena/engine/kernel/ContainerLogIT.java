package io.darsena.engine.kernel;

import static org.assertj.core.api.Assertions.assertThat;

import io.darsena.bridge.Subscription;
import io.darsena.bridge.container.ContainerId;
import io.darsena.bridge.container.ContainerSpec;
import io.darsena.bridge.container.LogConsumer;
import io.darsena.bridge.container.LogLimits;
import io.darsena.bridge.container.LogQuery;
import io.darsena.bridge.container.LogRecord;
import io.darsena.bridge.contract.Patience;
import io.darsena.bridge.settings.EngineSettings;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/// Logs of containers that write much.
@Timeout(300)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class ContainerLogIT {

    private final RealEngine engine;

    ContainerLogIT(@TempDir Path temporary) {
        this.engine = new RealEngine(temporary.resolve("engine"));
    }

    @AfterEach
    void removeAll() {
        engine.engine().change(EngineSettings.DEFAULT);
        engine.removeAll();
    }

    @AfterAll
    void close() {
        engine.close();
    }

    private long onDisk(ContainerId id) {
        try (Stream<Path> files = Files.list(engine.paths().container(id))) {
            return files.filter(file -> file.getFileName().toString().startsWith("log"))
                    .mapToLong(ContainerLogIT::size)
                    .sum();
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    /// One that is rotated away meanwhile counts nothing.
    private static long size(Path file) {
        try {
            return Files.size(file);
        } catch (IOException gone) {
            return 0;
        }
    }

    private static ContainerSpec writing(long megabytes) {
        return RealEngine.spec(
                "sh", "-c", "yes 0123456789abcdefghijklmnopqrstuvwxyz | head -c " + megabytes + "000000");
    }

    @Test
    void twoHundredMegabytesNeverTakeMoreOnDiskThanTheLimits() throws Exception {
        LogLimits limits = new LogLimits(1_000_000, 3);
        ContainerId id = engine.containers().create(writing(200).withLogLimits(limits));
        AtomicLong most = new AtomicLong();
        CountDownLatch ended = new CountDownLatch(1);
        Thread counting = Thread.ofPlatform().start(() -> {
            while (ended.getCount() > 0) {
                most.accumulateAndGet(onDisk(id), Math::max);
            }
        });
        engine.containers().start(id);
        assertThat(engine.containers().await(id).code()).isZero();
        ended.countDown();
        counting.join();
        assertThat(most.get()).isBetween(1_500_000L, limits.totalBytes());
        assertThat(onDisk(id)).isLessThanOrEqualTo(limits.totalBytes());
    }

    @Test
    void whatTheSettingsSayHoldsFromTheNextStartOn() {
        ContainerId id = engine.containers().create(writing(3));
        engine.run(id);
        assertThat(onDisk(id)).isGreaterThan(3_000_000);
        engine.engine().change(EngineSettings.DEFAULT.withLogs(new LogLimits(100_000, 2)));
        engine.run(id);
        assertThat(onDisk(id)).isLessThanOrEqualTo(200_000);
        assertThat(engine.containers().inspect(id)).contains("\"max-size\" : \"100000\"", "\"max-file\" : \"2\"");
    }

    @Test
    void aFollowerThatIsLeftBehindByRotationHearsHowManyLinesItMissed() throws Exception {
        long lines = 400_000;
        ContainerId id = engine.containers()
                .create(RealEngine.spec("seq", Long.toString(lines)).withLogLimits(new LogLimits(100_000, 2)));
        AtomicLong heard = new AtomicLong();
        AtomicLong missed = new AtomicLong();
        AtomicLong next = new AtomicLong(1);
        AtomicLong disorders = new AtomicLong();
        CountDownLatch ended = new CountDownLatch(1);
        LogConsumer slow = new LogConsumer() {
            @Override
            public void records(List<LogRecord> batch) {
                for (LogRecord record : batch) {
                    if (record.line().startsWith("darsena: ")) {
                        long count = Long.parseLong(record.line().split(" ")[1]);
                        missed.addAndGet(count);
                        next.addAndGet(count);
                    } else {
                        heard.incrementAndGet();
                        disorders.addAndGet(Long.parseLong(record.line()) == next.getAndIncrement() ? 0 : 1);
                    }
                }
                pause();
            }

            @Override
            public void ended() {
                ended.countDown();
            }
        };
        try (Subscription reading = engine.containers().logs(id, LogQuery.ALL.followedUntilExit(), slow)) {
            engine.containers().start(id);
            assertThat(ended.await(Patience.ofSeconds(120).toSeconds(), TimeUnit.SECONDS))
                    .isTrue();
        }
        assertThat(missed.get()).isPositive();
        assertThat(heard.get() + missed.get()).isEqualTo(lines);
        assertThat(disorders.get()).isZero();
    }

    private static void pause() {
        try {
            Thread.sleep(20);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        }
    }
}
