package io.darsena.app.images;

import io.darsena.app.session.FxPump;
import io.darsena.bridge.image.ImageId;
import java.time.Duration;
import java.util.Optional;
import java.util.function.Consumer;
import javafx.beans.property.ReadOnlyObjectProperty;
import javafx.beans.property.ReadOnlyObjectWrapper;
import javafx.collections.FXCollections;
import javafx.collections.ObservableSet;

/// Removals that can still be taken back. A removed image leaves the list at once and the cache when the time
/// for second thoughts is over; a window that is closed before then has removed nothing. One at a time waits:
/// the next one lets the one before it go. JavaFX thread only.
public final class Removals {

    /// Long enough to read what happened and to reach for Undo.
    static final Duration SECOND_THOUGHTS = Duration.ofSeconds(6);

    private final FxPump pump;
    private final Duration patience;
    private final Consumer<ImageId> remove;
    private final ReadOnlyObjectWrapper<Optional<Leaving>> leaving = new ReadOnlyObjectWrapper<>(Optional.empty());
    private final ObservableSet<ImageId> hidden = FXCollections.observableSet();
    private FxPump.Ticking timer = () -> {};

    /// @param name what it was called
    public record Leaving(ImageId id, String name) {}

    Removals(FxPump pump, Duration patience, Consumer<ImageId> remove) {
        this.pump = pump;
        this.patience = patience;
        this.remove = remove;
    }

    void begin(ImageId id, String name) {
        commit();
        hidden.add(id);
        leaving.set(Optional.of(new Leaving(id, name)));
        timer = pump.after(patience, this::commit);
    }

    public void undo() {
        timer.close();
        Optional<Leaving> back = leaving.get();
        leaving.set(Optional.empty());
        back.ifPresent(spared -> hidden.remove(spared.id()));
    }

    /// Removes now what waits.
    public void commit() {
        timer.close();
        Optional<Leaving> going = leaving.get();
        leaving.set(Optional.empty());
        going.ifPresent(gone -> remove.accept(gone.id()));
    }

    /// The engine has answered: it is gone, or shall be seen again because it could not be removed.
    void settled(ImageId id) {
        hidden.remove(id);
    }

    /// What can still be taken back.
    public ReadOnlyObjectProperty<Optional<Leaving>> leaving() {
        return leaving.getReadOnlyProperty();
    }

    /// What the list leaves out.
    ObservableSet<ImageId> hidden() {
        return hidden;
    }
}
