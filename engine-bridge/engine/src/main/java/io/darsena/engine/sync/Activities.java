package io.darsena.engine.sync;

import io.darsena.bridge.image.ImageReference;
import io.darsena.bridge.sync.TagSync.Activity;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/// What is being done with names at this moment. Safe for use by several threads.
final class Activities {

    private final Map<ImageReference, Activity> present = new ConcurrentHashMap<>();
    private final Runnable changed;

    Activities(Runnable changed) {
        this.changed = changed;
    }

    Activity of(ImageReference name) {
        return present.getOrDefault(name, Activity.NONE);
    }

    /// Ends when it is closed.
    Ongoing begin(ImageReference name, Activity activity) {
        present.put(name, activity);
        changed.run();
        return () -> {
            present.remove(name);
            changed.run();
        };
    }

    interface Ongoing extends AutoCloseable {
        @Override
        void close();
    }
}
