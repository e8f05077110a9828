package io.darsena.engine.container.log;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.FutureTask;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/// A rotation is seen at every moment of it.
@Timeout(60)
class LogFilesTest {

    private static final int KEPT = 6;

    @TempDir
    private Path directory;

    private volatile boolean enough;
    private volatile int rotated;

    /// A rotation takes a few system calls, and so does opening the files: many pass between two of its, and take
    /// files away that it has not come to.
    @Test
    void theFilesOfALogThatIsRotatedWithoutEndAreInTheirOrder() throws Exception {
        for (int number = 0; number < KEPT; number++) {
            rotateInto(number);
        }
        FutureTask<@Nullable Void> writing = new FutureTask<>(() -> {
            int number = KEPT;
            while (!enough) {
                rotateInto(number++);
                rotated = number - KEPT;
            }
            return null;
        });
        Thread.ofPlatform().start(writing);
        LogFiles files = new LogFiles(directory);
        for (int round = 0; (round < 100 || rotated < 100) && !writing.isDone(); round++) {
            List<Integer> numbers = new ArrayList<>();
            for (LogSegment segment : files.open(Optional.empty())) {
                numbers.add(number(segment));
                segment.close();
            }
            assertThat(numbers).isNotEmpty().doesNotHaveDuplicates().isSorted();
        }
        enough = true;
        writing.get();
        assertThat(rotated).isGreaterThanOrEqualTo(100);
    }

    private static int number(LogSegment segment) throws IOException {
        byte[] text = new byte[40];
        String line = new String(text, 0, segment.peek(0, text, text.length), StandardCharsets.US_ASCII);
        return Integer.parseInt(line.substring("# records ".length()).strip());
    }

    /// As a container's monitor does it; the new file has its words at once.
    private void rotateInto(int number) throws IOException {
        for (int age = KEPT - 1; age >= 0; age--) {
            Path file = directory.resolve(age == 0 ? "log" : "log." + age);
            if (Files.exists(file)) {
                Files.move(file, directory.resolve("log." + (age + 1)), StandardCopyOption.ATOMIC_MOVE);
            }
        }
        Files.writeString(directory.resolve("new"), "# records " + number + "\n");
        Files.move(directory.resolve("new"), directory.resolve("log"), StandardCopyOption.ATOMIC_MOVE);
    }

    private void have(String... names) throws IOException {
        for (String name : names) {
            Files.writeString(directory.resolve(name), name + "\n");
        }
    }

    private int opened(Optional<LogSegment> known) throws IOException {
        List<LogSegment> segments = new LogFiles(directory).open(known);
        for (LogSegment segment : segments) {
            segment.close();
        }
        return segments.size();
    }

    @Test
    void aNumberThatIsNobodysForAMomentHidesNothing() throws IOException {
        have("log", "log.1", "log.3", "log.4");
        assertThat(opened(Optional.empty())).isEqualTo(4);
        have("log.2");
        Files.delete(directory.resolve("log"));
        assertThat(opened(Optional.empty())).isEqualTo(4);
    }

    @Test
    void aFileBehindSuchANumberIsStillThere() throws IOException {
        have("log", "log.2");
        try (LogSegment older = LogSegment.open(directory.resolve("log.2")).orElseThrow()) {
            assertThat(new LogFiles(directory).holds(older)).isTrue();
            assertThat(opened(Optional.of(older))).isEqualTo(1);
            Files.delete(directory.resolve("log.2"));
            assertThat(new LogFiles(directory).holds(older)).isFalse();
        }
    }
}
