package io.darsena.app.session;

import io.darsena.bridge.container.ContainerId;
import java.util.LinkedHashSet;
import java.util.SequencedSet;

/// The last few containers that something happened to. JavaFX thread only.
final class RecentIds {

    private static final int MOST = 100;

    private final SequencedSet<ContainerId> ids = new LinkedHashSet<>();

    void add(ContainerId id) {
        ids.addLast(id);
        if (ids.size() > MOST) {
            ids.removeFirst();
        }
    }

    boolean contains(ContainerId id) {
        return ids.contains(id);
    }
}
