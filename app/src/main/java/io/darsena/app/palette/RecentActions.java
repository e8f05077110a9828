package io.darsena.app.palette;

import io.darsena.app.theme.WindowMemory;
import java.util.List;
import java.util.stream.Stream;

/// What was done through the palette, newest first, also before the last start.
final class RecentActions {

    private static final String KEY = "palette.recent";
    private static final int MOST = 6;

    private final WindowMemory memory;

    RecentActions(WindowMemory memory) {
        this.memory = memory;
    }

    List<String> ids() {
        return memory.text(KEY).stream()
                .flatMap(ids -> Stream.of(ids.split(" ")))
                .filter(id -> !id.isEmpty())
                .limit(MOST)
                .toList();
    }

    void add(String id) {
        List<String> now = Stream.concat(Stream.of(id), ids().stream().filter(other -> !other.equals(id)))
                .limit(MOST)
                .toList();
        memory.remember(KEY, String.join(" ", now));
        memory.saveSoon();
    }
}
