package io.darsena.app.compare;

import io.darsena.app.screen.ComparedSides;
import io.darsena.app.screen.ComparedSides.AtRegistry;
import io.darsena.app.screen.ComparedSides.Here;
import io.darsena.app.screen.ComparedSides.Local;
import io.darsena.app.screen.ComparedSides.OfContainer;
import io.darsena.app.screen.ComparedSides.Side;
import io.darsena.app.session.EngineSession;
import io.darsena.bridge.image.Image;
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

/// Which two images or containers are to be compared: one after the other, by a part of their names. JavaFX thread
/// only.
public final class CompareChooserViewModel {

    private final EngineSession session;
    private final List<Local> all;
    private final StringProperty typed = new SimpleStringProperty("");
    private final ObservableList<Side> shown = FXCollections.observableArrayList();
    private final ReadOnlyObjectWrapper<Optional<Local>> first;

    /// @param first where it is known already
    public CompareChooserViewModel(EngineSession session, Optional<Local> first) {
        this.session = session;
        this.first = new ReadOnlyObjectWrapper<>(first);
        this.all = Stream.concat(own(first), Stream.concat(images(), containers()))
                .distinct()
                .toList();
        typed.subscribe((before, now) -> find());
        find();
    }

    /// What a container is compared with most often comes first: its image.
    private Stream<Local> own(Optional<Local> first) {
        return first
                .filter(OfContainer.class::isInstance)
                .map(known -> session.containers().get(((OfContainer) known).id()))
                .map(container -> session.images().get(container.image()))
                .stream()
                .flatMap(CompareChooserViewModel::names);
    }

    private Stream<Local> images() {
        return session.images().values().stream()
                .flatMap(CompareChooserViewModel::names)
                .sorted(Comparator.comparing(Local::name));
    }

    private static Stream<Local> names(Image image) {
        return image.names().isEmpty()
                ? Stream.of(Here.of(image))
                : image.names().stream().map(ImageReference::familiar).map(name -> new Here(image.id(), name));
    }

    private Stream<Local> containers() {
        return session.containers().values().stream()
                .<Local>map(OfContainer::of)
                .sorted(Comparator.comparing(Local::name));
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

    /// What a registry has, when a name is typed and not a part of one: a tag belongs to it. It is compared
    /// with images.
    private Optional<Side> atRegistry(Local known, String name) {
        if (name.indexOf(':') < 0 || !(known instanceof Here image)) {
            return Optional.empty();
        }
        try {
            ImageReference reference = ImageReference.parse(name);
            return Optional.ofNullable(session.images().get(image.id()))
                    .map(here -> new AtRegistry(reference, here.platform()));
        } catch (IllegalArgumentException unfinished) {
            return Optional.empty();
        }
    }

    StringProperty typed() {
        return typed;
    }

    /// What can be chosen now: images by name, then containers; what a registry has comes last.
    ObservableList<Side> shown() {
        return shown;
    }

    /// What the other is to be compared with.
    ReadOnlyObjectProperty<Optional<Local>> first() {
        return first.getReadOnlyProperty();
    }

    /// @return the two, once both are known
    Optional<ComparedSides> choose(Side side) {
        Optional<ComparedSides> pair = first.get().map(known -> pair(known, side));
        if (pair.isEmpty() && side instanceof Local here) {
            first.set(Optional.of(here));
            typed.set("");
            find();
        }
        return pair;
    }

    /// A container has come from an image, and not the other way round.
    private static ComparedSides pair(Local known, Side other) {
        return known instanceof OfContainer && other instanceof Here
                ? new ComparedSides(other, known)
                : new ComparedSides(known, other);
    }
}
