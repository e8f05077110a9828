package io.darsena.app.images;

import io.darsena.app.session.FxPump;
import java.time.Duration;
import java.util.List;
import java.util.function.Consumer;
import javafx.beans.property.ReadOnlyObjectProperty;
import javafx.beans.property.ReadOnlyObjectWrapper;
import javafx.collections.FXCollections;
import javafx.collections.ObservableSet;

/// Removals that can still be taken back. What is removed leaves the list at once and the cache when the time for
/// second thoughts is over; a window that is closed before then has removed nothing. What was removed together waits
/// together; the next removal lets the one before it go. JavaFX thread only.
public final class Removals {

    /// Long enough to read what happened and to reach for Undo.
    static final Duration SECOND_THOUGHTS = Duration.ofSeconds(6);

    private final FxPump pump;
    private final Duration patience;
    private final Consumer<List<Leaving>> remove;
    private final ReadOnlyObjectWrapper<List<Leaving>> leaving = new ReadOnlyObjectWrapper<>(List.of());
    private final ObservableSet<ImageRow.Key> hidden = FXCollections.observableSet();
    private FxPump.Ticking timer = () -> {};

    /// One row that goes.
    ///
    /// @param name what it was called
    /// @param extent what goes with the row
    public record Leaving(ImageRow.Key key, String name, Extent extent) {}

    /// How much is removed.
    public enum Extent {
        NAME,
        IMAGE,
        IMAGE_AND_TRASH
    }

    Removals(FxPump pump, Duration patience, Consumer<List<Leaving>> remove) {
        this.pump = pump;
        this.patience = patience;
        this.remove = remove;
    }

    void begin(List<Leaving> going) {
        commit();
        going.forEach(one -> hidden.add(one.key()));
        leaving.set(List.copyOf(going));
        timer = pump.after(patience, this::commit);
    }

    public void undo() {
        timer.close();
        List<Leaving> back = leaving.get();
        leaving.set(List.of());
        settled(back);
    }

    /// Removes now what waits.
    public void commit() {
        timer.close();
        List<Leaving> going = leaving.get();
        leaving.set(List.of());
        if (!going.isEmpty()) {
            remove.accept(going);
        }
    }

    /// The engine has answered: it is gone, or shall be seen again because it could not be removed.
    void settled(List<Leaving> answered) {
        answered.forEach(one -> hidden.remove(one.key()));
    }

    /// What can still be taken back.
    public ReadOnlyObjectProperty<List<Leaving>> leaving() {
        return leaving.getReadOnlyProperty();
    }

    /// What the list leaves out.
    ObservableSet<ImageRow.Key> hidden() {
        return hidden;
    }
}
