package io.darsena.engine.container.log;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;

/// The files of one log: `log`, and `log.1`, `log.2`, … that it was rotated into, the highest number the oldest.
///
/// A rotation renames the oldest first, so that for a moment one number is nobody's: only two in a row are the end.
record LogFiles(Path directory) {

    /// More than any rotation keeps.
    private static final int MOST = 1000;

    /// Rotations that one opening puts up with.
    private static final int PATIENCE = 100;

    private Path file(int age) {
        return age == 0 ? directory.resolve("log") : directory.resolve("log." + age);
    }

    /// The newest file's name.
    Path current() {
        return file(0);
    }

    /// Whether nothing has been written.
    boolean areNone() {
        return !Files.exists(file(0)) && !Files.exists(file(1));
    }

    /// Whether one of the files is this one: it has not been removed.
    boolean holds(LogSegment segment) throws IOException {
        int missing = 0;
        for (int age = 0; age < MOST && missing < 2; age++) {
            if (segment.isFile(file(age))) {
                return true;
            }
            missing = Files.exists(file(age)) ? 0 : missing + 1;
        }
        return false;
    }

    /// Opens the segments that are newer than `known`, or all; oldest first. What was opened while a rotation was made
    /// is in no order: it is done again, until the current file is the same before and after. Where that one alone
    /// is missing, it is about to come, or nothing comes any more.
    List<LogSegment> open(Optional<LogSegment> known) throws IOException {
        for (int attempt = 1; ; attempt++) {
            Optional<LogSegment> current = LogSegment.open(current());
            List<LogSegment> segments = openFrom(current, known);
            boolean stood = current.isPresent() ? current.get().isFile(current()) : areNone();
            if (stood || attempt == PATIENCE) {
                return segments;
            }
            for (LogSegment segment : segments) {
                segment.close();
            }
        }
    }

    /// The newest is opened first, so that a rotation that has begun meanwhile shows one file twice, which is noticed,
    /// instead of hiding one.
    private List<LogSegment> openFrom(Optional<LogSegment> current, Optional<LogSegment> known) throws IOException {
        List<LogSegment> segments = new ArrayList<>();
        int missing = 0;
        try {
            for (int age = 0; age < MOST && missing < 2; age++) {
                Optional<LogSegment> opened = age == 0 ? current : LogSegment.open(file(age));
                if (opened.isEmpty()) {
                    missing++;
                    continue;
                }
                missing = 0;
                LogSegment segment = opened.get();
                if (known.isPresent() && known.get().isSameFile(segment)) {
                    segment.close();
                    break;
                }
                if (segments.stream().anyMatch(segment::isSameFile)) {
                    segment.close();
                } else {
                    segments.add(segment);
                }
            }
        } catch (IOException | RuntimeException failure) {
            for (LogSegment segment : segments) {
                segment.close();
            }
            throw failure;
        }
        Collections.reverse(segments);
        return segments;
    }
}
