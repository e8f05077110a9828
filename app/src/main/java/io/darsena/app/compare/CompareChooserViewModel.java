package io.darsena.app.compare;

import io.darsena.app.screen.ComparedImages;
import io.darsena.app.screen.ComparedImages.Side;
import io.darsena.app.session.EngineSession;
import io.darsena.bridge.image.ImageReference;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;
import javafx.beans.property.ReadOnlyObjectProperty;
import javafx.beans.property.ReadOnlyObjectWrapper;
import javafx.beans.property.SimpleStringProperty;
import javafx.beans.property.StringProperty;
import javafx.collections.FXCollections;
import javafx.collections.ObservableList;

/// Which two images are to be compared: one after the other, by a part of their names. JavaFX thread only.
public final class CompareChooserViewModel {

    private final List<Side> all;
    private final StringProperty typed = new SimpleStringProperty("");
    private final ObservableList<Side> shown = FXCollections.observableArrayList();
    private final ReadOnlyObjectWrapper<Optional<Side>> first;

    /// @param first where it is known already
    public CompareChooserViewModel(EngineSession session, Optional<Side> first) {
        this.first = new ReadOnlyObjectWrapper<>(first);
        this.all = session.images().values().stream()
                .flatMap(image -> image.names().isEmpty()
                        ? Stream.of(Side.of(image))
                        : image.names().stream().map(ImageReference::familiar).map(name -> new Side(image.id(), name)))
                .sorted(Comparator.comparing(Side::name))
                .toList();
        typed.subscribe((before, now) -> find());
        find();
    }

    private void find() {
        String sought = typed.get().strip().toLowerCase(Locale.ROOT);
        shown.setAll(all.stream()
                .filter(side -> first.get().filter(side::equals).isEmpty())
                .filter(side -> side.name().toLowerCase(Locale.ROOT).contains(sought))
                .toList());
    }

    StringProperty typed() {
        return typed;
    }

    /// What can be chosen now, by name.
    ObservableList<Side> shown() {
        return shown;
    }

    /// The image that the other is to be compared with.
    ReadOnlyObjectProperty<Optional<Side>> first() {
        return first.getReadOnlyProperty();
    }

    /// @return the two, once both are known
    Optional<ComparedImages> choose(Side side) {
        Optional<ComparedImages> pair = first.get().map(known -> new ComparedImages(known, side));
        if (pair.isEmpty()) {
            first.set(Optional.of(side));
            typed.set("");
            find();
        }
        return pair;
    }
}
