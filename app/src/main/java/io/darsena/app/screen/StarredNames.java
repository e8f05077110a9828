package io.darsena.app.screen;

import io.darsena.app.theme.WindowMemory;
import java.util.List;
import java.util.stream.Stream;

/// Names that the person wants suggested first, the one starred last first. Kept by the window between starts: which
/// names a person likes is no matter of the engine's. JavaFX thread only.
public final class StarredNames {

    private static final String KEY = "pull.starred";
    private static final int MOST = 100;

    private final WindowMemory memory;

    public StarredNames(WindowMemory memory) {
        this.memory = memory;
    }

    public List<String> all() {
        return memory.text(KEY).stream()
                .flatMap(names -> Stream.of(names.split(" ")))
                .filter(name -> !name.isEmpty())
                .limit(MOST)
                .toList();
    }

    public boolean has(String name) {
        return all().contains(name);
    }

    /// Stars a name, or takes its star away.
    public void toggle(String name) {
        boolean there = has(name);
        Stream<String> others = all().stream().filter(other -> !other.equals(name));
        List<String> now = (there ? others : Stream.concat(Stream.of(name), others))
                .limit(MOST)
                .toList();
        memory.remember(KEY, String.join(" ", now));
        memory.saveSoon();
    }
}
