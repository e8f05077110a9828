package io.darsena.app.compare;

import io.darsena.app.screen.ComparedImages;
import io.darsena.app.screen.ComparedImages.AtRegistry;
import io.darsena.app.screen.ComparedImages.Here;
import io.darsena.app.screen.ComparedImages.Side;
import io.darsena.app.session.EngineSession;
import io.darsena.bridge.image.ImageReference;
import java.util.ArrayList;
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

    private final EngineSession session;
    private final List<Here> all;
    private final StringProperty typed = new SimpleStringProperty("");
    private final ObservableList<Side> shown = FXCollections.observableArrayList();
    private final ReadOnlyObjectWrapper<Optional<Here>> first;

    /// @param first where it is known already
    public CompareChooserViewModel(EngineSession session, Optional<Here> first) {
        this.session = session;
        this.first = new ReadOnlyObjectWrapper<>(first);
        this.all = session.images().values().stream()
                .flatMap(image -> image.names().isEmpty()
                        ? Stream.of(Here.of(image))
                        : image.names().stream().map(ImageReference::familiar).map(name -> new Here(image.id(), name)))
                .sorted(Comparator.comparing(Here::name))
                .toList();
        typed.subscribe((before, now) -> find());
        find();
    }

    private void find() {
        String sought = typed.get().strip().toLowerCase(Locale.ROOT);
        List<Side> found = new ArrayList<>(all.stream()
                .filter(side -> first.get().filter(side::equals).isEmpty())
                .filter(side -> side.name().toLowerCase(Locale.ROOT).contains(sought))
                .toList());
        first.get().flatMap(known -> atRegistry(known, typed.get().strip())).ifPresent(found::add);
        shown.setAll(found);
    }

    /// What a registry has, when a name is typed and not a part of one: a tag belongs to it.
    private Optional<Side> atRegistry(Here known, String name) {
        if (name.indexOf(':') < 0) {
            return Optional.empty();
        }
        try {
            ImageReference reference = ImageReference.parse(name);
            return Optional.ofNullable(session.images().get(known.id()))
                    .map(image -> new AtRegistry(reference, image.platform()));
        } catch (IllegalArgumentException unfinished) {
            return Optional.empty();
        }
    }

    StringProperty typed() {
        return typed;
    }

    /// What can be chosen now, by name; what a registry has comes last.
    ObservableList<Side> shown() {
        return shown;
    }

    /// The image that the other is to be compared with.
    ReadOnlyObjectProperty<Optional<Here>> first() {
        return first.getReadOnlyProperty();
    }

    /// @return the two, once both are known
    Optional<ComparedImages> choose(Side side) {
        Optional<ComparedImages> pair = first.get().map(known -> new ComparedImages(known, side));
        if (pair.isEmpty() && side instanceof Here here) {
            first.set(Optional.of(here));
            typed.set("");
            find();
        }
        return pair;
    }
}
