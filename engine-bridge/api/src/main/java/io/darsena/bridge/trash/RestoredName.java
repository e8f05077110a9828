package io.darsena.bridge.trash;

import java.util.function.Predicate;

/// What a container is called that comes out of the trash, the same in every engine.
public final class RestoredName {

    private static final int LONGEST = 128;

    private RestoredName() {}

    /// Its own name, or when that is taken `web-restored`, then `web-restored-2`; a long one is cut for it.
    public static String of(String name, Predicate<String> taken) {
        String candidate = name;
        for (int attempt = 1; taken.test(candidate); attempt++) {
            String addition = attempt == 1 ? "-restored" : "-restored-" + attempt;
            candidate = name.substring(0, Math.min(name.length(), LONGEST - addition.length())) + addition;
        }
        return candidate;
    }
}
