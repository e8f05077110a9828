package io.darsena.engine.layer;

import java.nio.file.Path;
import java.util.List;

/// The layers that a source is made of, the lowest first.
///
/// @param subject what error messages call the source
/// @param indexes where the entries of each are listed
/// @param contents the directories that they lie in
/// @param entries about how many all of them have
/// @param own whether the uppermost one is what a container has written
/// @param skipped how much of that is in no list
record SourceLayers(String subject, List<Path> indexes, List<Path> contents, long entries, boolean own, long skipped) {

    /// More grow as they come.
    private static final long MOST_EXPECTED = 8_000_000;

    private static final int UNNAMED_SHARE = 16;

    SourceLayers {
        indexes = List.copyOf(indexes);
        contents = List.copyOf(contents);
    }

    int layers() {
        return indexes.size();
    }

    /// Directories that no entry names come to the entries of the layers; to grow for their sake would take
    /// half as much memory again.
    int expected() {
        return (int) Math.min(entries + entries / UNNAMED_SHARE, MOST_EXPECTED);
    }

    /// Takes an index and its layer's number, the lowest being 1.
    interface Taker {
        void take(Path index, int number);
    }

    void each(Taker taker) {
        for (int number = 1; number <= layers(); number++) {
            taker.take(indexes.get(number - 1), number);
        }
    }
}
