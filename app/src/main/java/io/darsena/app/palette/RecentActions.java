package io.darsena.app.palette;

import io.darsena.app.theme.WindowMemory;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Stream;

/// What was done through the palette, newest first, also before the last start. What takes something away is not
/// among it: it would stand where mere Enter does it once more.
final class RecentActions {

    private static final String KEY = "palette.recent";
    private static final int MOST = 6;

    /// The last words of their ids, in lower case.
    private static final Set<String> TAKING_AWAY = Set.of("kill", "log_out", "purge", "remove", "untag");

    private final WindowMemory memory;

    RecentActions(WindowMemory memory) {
        this.memory = memory;
    }

    List<String> ids() {
        return memory.text(KEY).stream()
                .flatMap(ids -> Stream.of(ids.split(" ")))
                .filter(id -> !id.isEmpty() && !takesAway(id))
                .limit(MOST)
                .toList();
    }

    private static boolean takesAway(String id) {
        return TAKING_AWAY.contains(id.substring(id.lastIndexOf('.') + 1).toLowerCase(Locale.ROOT));
    }

    void add(String id) {
        if (takesAway(id)) {
            return;
        }
        List<String> now = Stream.concat(Stream.of(id), ids().stream().filter(other -> !other.equals(id)))
                .limit(MOST)
                .toList();
        memory.remember(KEY, String.join(" ", now));
        memory.saveSoon();
    }
}
