package io.darsena.engine.container.log;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// The files of one log: `log`, and `log.1`, `log.2`, … that it was rotated into, the highest number the oldest.
///
/// A rotation renames the oldest first, so that for a moment one number is nobody's: only two in a row are the end.
record LogFiles(Path directory) {

    /// More than any rotation keeps.
    private static final int MOST = 1000;

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

    /// Opens the segments that are newer than `known`, or all; oldest first. Files only move on to higher numbers,
    /// and are looked at in that order: a rotation meanwhile shows one twice, which is noticed, instead of hiding
    /// one. What is found where others were before is newer than they are, though.
    List<LogSegment> open(Optional<LogSegment> known) throws IOException {
        List<LogSegment> segments = new ArrayList<>();
        int missing = 0;
        try {
            for (int age = 0; age < MOST && missing < 2; age++) {
                Optional<LogSegment> opened = LogSegment.open(file(age));
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
            return inOrder(segments);
        } catch (IOException | RuntimeException failure) {
            for (LogSegment segment : segments) {
                segment.close();
            }
            throw failure;
        }
    }

    /// By the number of records before each; an empty file does not say it yet, for it has only just been begun.
    private static List<LogSegment> inOrder(List<LogSegment> newestFirst) throws IOException {
        Map<LogSegment, Long> before = new IdentityHashMap<>();
        for (LogSegment segment : newestFirst) {
            before.put(segment, segment.size() == 0 ? Long.MAX_VALUE : segment.recordsBefore());
        }
        List<LogSegment> ordered = new ArrayList<>(newestFirst.reversed());
        ordered.sort(Comparator.comparing(before::get));
        return ordered;
    }
}
