package io.darsena.engine.container.log;

import static org.assertj.core.api.Assertions.assertThat;

import io.darsena.bridge.Subscription;
import io.darsena.bridge.container.ContainerId;
import io.darsena.bridge.container.LogConsumer;
import io.darsena.bridge.container.LogQuery;
import io.darsena.bridge.container.LogRecord;
import io.darsena.bridge.contract.LogCollector;
import java.io.BufferedWriter;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(60)
class ContainerLogsTest {

    private static final ContainerId ID = new ContainerId("ab".repeat(32));

    @TempDir
    Path directory;

    private final ContainerLogs logs = new ContainerLogs();
    private final AtomicBoolean over = new AtomicBoolean();

    @AfterEach
    void close() {
        logs.close();
    }

    private static String line(int number, String stream) {
        return String.format(
                Locale.ROOT, "2026-03-04T05:06:%02d.%09dZ %s F line %d\n", number / 1000 % 60, number, stream, number);
    }

    private static String line(int number) {
        return line(number, "stdout");
    }

    private void write(String name, String text) throws IOException {
        Files.writeString(
                directory.resolve(name),
                text,
                StandardCharsets.ISO_8859_1,
                StandardOpenOption.CREATE,
                StandardOpenOption.APPEND);
    }

    private String lines(int from, int to) {
        StringBuilder text = new StringBuilder();
        IntStream.range(from, to).forEach(number -> text.append(line(number)));
        return text.toString();
    }

    private List<String> read(LogQuery query) {
        LogCollector collector = new LogCollector();
        logs.read(ID, directory, query, collector, over::get);
        return collector.awaitEnd();
    }

    private static List<String> expected(int from, int to) {
        return IntStream.range(from, to).mapToObj(number -> "line " + number).toList();
    }

    /// `log` → `log.1` → `log.2`, as the monitor does it.
    private void rotate() throws IOException {
        for (int age = 8; age >= 1; age--) {
            Path older = directory.resolve("log." + age);
            if (Files.exists(older)) {
                Files.move(older, directory.resolve("log." + (age + 1)), StandardCopyOption.REPLACE_EXISTING);
            }
        }
        Files.move(directory.resolve("log"), directory.resolve("log.1"));
    }

    @Test
    void aLogThatIsNotThereIsEmpty() {
        assertThat(read(LogQuery.ALL)).isEmpty();
        assertThat(read(LogQuery.ALL.withTail(5))).isEmpty();
    }

    @Test
    void rotatedPartsAreReadOldestFirst() throws IOException {
        write("log", lines(0, 300));
        rotate();
        write("log", lines(300, 500));
        rotate();
        write("log", lines(500, 501));
        assertThat(read(LogQuery.ALL)).isEqualTo(expected(0, 501));
        for (int tail : new int[] {0, 1, 2, 150, 201, 202, 400, 501, 9999}) {
            assertThat(read(LogQuery.ALL.withTail(tail)))
                    .as("tail %d", tail)
                    .isEqualTo(expected(Math.max(0, 501 - tail), 501));
        }
    }

    @Test
    void theTailCountsWhatFitsOnly() throws IOException {
        for (int number = 0; number < 3000; number++) {
            write("log", line(number, number % 100 == 7 ? "stderr" : "stdout"));
        }
        assertThat(read(LogQuery.ALL.withStreams(false, true).withTail(2))).containsExactly("line 2807", "line 2907");
    }

    @Test
    void sinceLeavesOutWhatIsOlder() throws IOException {
        write("log", lines(0, 5000));
        Instant since = Instant.parse("2026-03-04T05:06:04.000004500Z");
        assertThat(read(LogQuery.ALL.withSince(since))).isEqualTo(expected(4500, 5000));
        assertThat(read(LogQuery.ALL.withSince(since).withTail(3))).isEqualTo(expected(4997, 5000));
    }

    @Test
    void rubbishIsPassedOver() throws IOException {
        Random random = new Random(42);
        StringBuilder rubbish = new StringBuilder();
        for (int number = 0; number < 200; number++) {
            rubbish.append(line(number));
            byte[] bytes = new byte[random.nextInt(300)];
            random.nextBytes(bytes);
            rubbish.append(new String(bytes, StandardCharsets.ISO_8859_1)).append('\n');
            rubbish.append("2026-99-99T99:99:99.999999999Z stdout F no such time\n");
            rubbish.append("2026-03-04T05:06:07.000000000Z stdlog F no such stream\n");
            rubbish.append("2026-03-04T05:06:07.000000000Z stdout X no such flag\n\n");
        }
        rubbish.append("x".repeat(200_000)).append('\n').append(line(200)).append("2026-03-04T05:06:07.0000");
        write("log", rubbish.toString());
        assertThat(read(LogQuery.ALL).stream().filter(text -> text.matches("line [0-9]+")))
                .isEqualTo(expected(0, 201));
        assertThat(read(LogQuery.ALL.withTail(2))).isEqualTo(expected(199, 201));
    }

    @Test
    void anEmptyLineAndAPartAreRecords() throws IOException {
        write("log", "2026-03-04T05:06:07.000000001Z stdout F \n2026-03-04T05:06:07.000000002Z stderr P half\n");
        LogCollector collector = new LogCollector();
        logs.read(ID, directory, LogQuery.ALL, collector, over::get);
        collector.awaitEnd();
        assertThat(collector.all()).extracting(LogRecord::line).containsExactly("", "half");
        assertThat(collector.all()).extracting(LogRecord::partial).containsExactly(false, true);
    }

    @Test
    void aFollowerHearsSoonAndSurvivesRotations() throws Exception {
        write("log", lines(0, 10));
        LogCollector collector = new LogCollector();
        try (Subscription reading = logs.read(ID, directory, LogQuery.ALL.withFollow(true), collector, over::get)) {
            collector.awaitLine("line 9");
            long slowest = 0;
            for (int number = 10; number < 60; number++) {
                if (number % 7 == 0) {
                    rotate();
                }
                long begun = System.nanoTime();
                write("log", line(number));
                collector.awaitLine("line " + number);
                slowest = Math.max(slowest, System.nanoTime() - begun);
            }
            assertThat(collector.lines()).isEqualTo(expected(0, 60));
            assertThat(Duration.ofNanos(slowest)).isLessThan(Duration.ofSeconds(2));
        }
    }

    @Test
    void aFollowerMissesNothingWhileTheWriterRotatesAsFastAsItCan() throws Exception {
        LogCollector collector = new LogCollector();
        try (Subscription reading = logs.read(ID, directory, LogQuery.ALL.withFollow(true), collector, over::get)) {
            for (int number = 0; number < 2000; number++) {
                write("log", line(number));
                if (number % 40 == 39) {
                    rotate();
                    write("log", "# records " + (number + 1) + "\n");
                    // So many parts as the reader can be behind; the oldest are not kept for ever.
                    if (number % 200 == 199) {
                        collector.awaitLine("line " + number);
                    }
                }
            }
            collector.awaitLine("line 1999");
            assertThat(collector.lines()).isEqualTo(expected(0, 2000));
        }
    }

    /// What is held open takes room on the disk: a follower that is left behind lets go, and says so.
    @Test
    void whatARotationRemovesBeforeItIsReadIsToldWithItsNumber() throws Exception {
        write("log", lines(0, 3000));
        AtomicInteger written = new AtomicInteger(3000);
        LogCollector collector = new LogCollector();
        LogConsumer busy = new LogConsumer() {
            @Override
            public void records(List<LogRecord> batch) {
                collector.records(batch);
                for (int more = 0; more < 5 && written.get() < 20_000; more++) {
                    rotateKeepingTwo(written.getAndAdd(1000));
                }
            }

            @Override
            public void ended() {
                collector.ended();
            }

            @Override
            public void failed(RuntimeException cause) {
                collector.failed(cause);
            }
        };

        try (Subscription reading = logs.read(ID, directory, LogQuery.ALL.withFollow(true), busy, over::get)) {
            collector.awaitLine("line 19999");
        }

        int next = 0;
        int notices = 0;
        for (String line : collector.lines()) {
            if (line.startsWith("darsena: ")) {
                next += Integer.parseInt(line.split(" ")[1]);
                notices++;
            } else {
                assertThat(line).isEqualTo("line " + next);
                next++;
            }
        }
        assertThat(next).isEqualTo(20_000);
        assertThat(notices).isPositive();
    }

    @Test
    void whatWasRotatedAwayBeforeAFollowerOfAnEmptyLogFoundItsFirstFileIsToldToo() throws IOException {
        LogCollector early = new LogCollector();
        LogCollector late = new LogCollector();
        Path ready = Files.createDirectory(directory.resolve("ready"));
        Files.writeString(ready.resolve("log"), "# records 100\n" + lines(100, 103));
        try (Subscription first = logs.read(ID, directory, LogQuery.ALL.withFollow(true), early, over::get)) {
            Files.move(ready.resolve("log"), directory.resolve("log"));
            try (Subscription second = logs.read(ID, directory, LogQuery.ALL.withFollow(true), late, over::get)) {
                early.awaitLine("line 102");
                late.awaitLine("line 102");
            }
        }
        assertThat(early.lines().getFirst()).startsWith("darsena: 100 lines were rotated away");
        assertThat(early.lines().subList(1, 4)).isEqualTo(expected(100, 103));
        assertThat(late.lines()).isEqualTo(expected(100, 103));
    }

    /// As the monitor does it: what a rotation begins says how many records came before.
    private void rotateKeepingTwo(int number) {
        try {
            rotate();
            Files.deleteIfExists(directory.resolve("log.3"));
            write("log", "# records " + number + "\n" + lines(number, number + 1000));
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    @Test
    void aFollowerOfOneThatIsRemovedGetsTheRestAndEnds() throws IOException {
        write("log", lines(0, 3));
        LogCollector collector = new LogCollector();
        logs.read(ID, directory, LogQuery.ALL.withFollow(true), collector, over::get);
        collector.awaitLine("line 2");
        write("log", lines(3, 5));
        Files.delete(directory.resolve("log"));
        logs.removed(ID);
        assertThat(collector.awaitEnd()).isEqualTo(expected(0, 5));
    }

    @Test
    void aFollowerUntilTheEndEndsWithTheRun() throws IOException {
        write("log", lines(0, 3));
        LogCollector collector = new LogCollector();
        logs.read(ID, directory, LogQuery.ALL.followedUntilExit(), collector, over::get);
        collector.awaitLine("line 2");
        write("log", lines(3, 4));
        over.set(true);
        logs.wake(ID);
        assertThat(collector.awaitEnd()).isEqualTo(expected(0, 4));
    }

    @Test
    void aMillionLinesAreReadWithLittleMemoryAndTheirEndAtOnce() throws Exception {
        try (BufferedWriter writer = Files.newBufferedWriter(directory.resolve("log"))) {
            for (int number = 0; number < 1_000_000; number++) {
                writer.write(line(number));
            }
        }
        long begun = System.nanoTime();
        assertThat(read(LogQuery.ALL.withTail(100))).isEqualTo(expected(999_900, 1_000_000));
        assertThat(Duration.ofNanos(System.nanoTime() - begun)).isLessThan(Duration.ofSeconds(2));
        AtomicLong count = new AtomicLong();
        AtomicLong largestBatch = new AtomicLong();
        CountDownLatch end = new CountDownLatch(1);
        logs.read(
                ID,
                directory,
                LogQuery.ALL,
                new LogConsumer() {
                    @Override
                    public void records(List<LogRecord> batch) {
                        count.addAndGet(batch.size());
                        largestBatch.accumulateAndGet(batch.size(), Math::max);
                    }

                    @Override
                    public void ended() {
                        end.countDown();
                    }
                },
                over::get);
        assertThat(end.await(50, TimeUnit.SECONDS)).isTrue();
        assertThat(count.get()).isEqualTo(1_000_000);
        assertThat(largestBatch.get()).isLessThanOrEqualTo(1000);
    }
}
