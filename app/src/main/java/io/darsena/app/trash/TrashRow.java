package io.darsena.app.trash;

import io.darsena.bridge.trash.TrashEntry;
import javafx.beans.property.ReadOnlyObjectProperty;
import javafx.beans.property.ReadOnlyObjectWrapper;

/// One line of the trash. JavaFX thread only.
public final class TrashRow {

    private final ReadOnlyObjectWrapper<TrashEntry> entry;
    private final ReadOnlyObjectWrapper<Long> pinned = new ReadOnlyObjectWrapper<>(0L);

    TrashRow(TrashEntry first) {
        this.entry = new ReadOnlyObjectWrapper<>(first);
    }

    void update(TrashEntry now, long bytesPinned) {
        entry.set(now);
        pinned.set(bytesPinned);
    }

    public TrashEntry now() {
        return entry.get();
    }

    public String name() {
        return entry.get().container().name();
    }

    public ReadOnlyObjectProperty<TrashEntry> entry() {
        return entry.getReadOnlyProperty();
    }

    /// Bytes of image layers that are there only because of the trash; 0 when others need them, too.
    public ReadOnlyObjectProperty<Long> pinned() {
        return pinned.getReadOnlyProperty();
    }
}
