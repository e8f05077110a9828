package io.darsena.app.images;

import io.darsena.app.session.Commands;
import io.darsena.app.session.EngineSession;
import io.darsena.app.session.FxPump;
import io.darsena.app.text.Messages;
import io.darsena.bridge.container.Container;
import io.darsena.bridge.container.ContainerId;
import io.darsena.bridge.image.Image;
import io.darsena.bridge.image.ImageId;
import io.darsena.bridge.image.ImageReference;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import javafx.beans.property.ObjectProperty;
import javafx.beans.property.SimpleObjectProperty;
import javafx.beans.property.SimpleStringProperty;
import javafx.beans.property.StringProperty;
import javafx.collections.FXCollections;
import javafx.collections.MapChangeListener;
import javafx.collections.ObservableList;
import javafx.collections.SetChangeListener;
import javafx.collections.transformation.FilteredList;

/// The list of images: its rows, search and choice. It follows the session between [#follow] and the closing of what
/// that returned. JavaFX thread only.
public final class ImagesViewModel {

    private static final Comparator<ImageRow> ORDER =
            Comparator.comparing((ImageRow row) -> row.name().isEmpty()).thenComparing(ImageRow::reference);

    private final EngineSession session;
    private final FxPump pump;
    private final Messages messages;
    private final ImageActions actions;
    private final Map<ImageRow.Key, ImageRow> byKey = new HashMap<>();
    private final ObservableList<ImageRow> all = FXCollections.observableArrayList();
    private final FilteredList<ImageRow> shown = new FilteredList<>(all);
    private final StringProperty search = new SimpleStringProperty("");
    private final ObjectProperty<Optional<ImageRow>> chosen = new SimpleObjectProperty<>(Optional.empty());

    public ImagesViewModel(EngineSession session, Commands commands, FxPump pump, Messages messages) {
        this.session = session;
        this.pump = pump;
        this.messages = messages;
        this.actions = new ImageActions(commands, pump);
        search.addListener(change -> refilter());
        actions.removals().hidden().addListener((SetChangeListener<ImageId>) change -> fill());
    }

    /// Begins with what is there now.
    public AutoCloseable follow() {
        MapChangeListener<ImageId, Image> images = change -> fill();
        MapChangeListener<ContainerId, Container> containers = this::containersChanged;
        session.images().addListener(images);
        session.containers().addListener(containers);
        FxPump.Ticking clock = pump.every(Duration.ofSeconds(10), this::tick);
        fill();
        return () -> {
            session.images().removeListener(images);
            session.containers().removeListener(containers);
            clock.close();
        };
    }

    /// A container that only changes its state changes nothing here.
    private void containersChanged(MapChangeListener.Change<? extends ContainerId, ? extends Container> change) {
        boolean renamed = change.wasAdded()
                && change.wasRemoved()
                && !change.getValueAdded()
                        .name()
                        .equals(change.getValueRemoved().name());
        if (renamed || change.wasAdded() != change.wasRemoved()) {
            fill();
        }
    }

    private void fill() {
        Map<ImageId, List<String>> users = users();
        Set<ImageRow.Key> present = new HashSet<>();
        List<ImageRow> added = new ArrayList<>();
        for (Image image : session.images().values()) {
            for (ImageRow.Key key : keys(image)) {
                if (actions.removals().hidden().contains(key.id())) {
                    continue;
                }
                present.add(key);
                ImageRow row = byKey.computeIfAbsent(key, unknown -> {
                    ImageRow created = new ImageRow(messages, key, image);
                    added.add(created);
                    return created;
                });
                row.update(image, users.getOrDefault(image.id(), List.of()));
                row.tick(Instant.now());
            }
        }
        byKey.keySet().retainAll(present);
        all.removeIf(row -> !present.contains(row.key()));
        added.forEach(this::insert);
        chosen.get().filter(row -> !present.contains(row.key())).ifPresent(gone -> chosen.set(Optional.empty()));
    }

    private static List<ImageRow.Key> keys(Image image) {
        return image.names().isEmpty()
                ? List.of(new ImageRow.Key(image.id(), Optional.empty()))
                : image.names().stream()
                        .map(name -> new ImageRow.Key(image.id(), Optional.of(name)))
                        .toList();
    }

    private Map<ImageId, List<String>> users() {
        Map<ImageId, Set<String>> sorted = new HashMap<>();
        session.containers()
                .values()
                .forEach(container -> sorted.computeIfAbsent(container.image(), image -> new TreeSet<>())
                        .add(container.name()));
        Map<ImageId, List<String>> users = new HashMap<>();
        sorted.forEach((image, names) -> users.put(image, List.copyOf(names)));
        return users;
    }

    private void insert(ImageRow row) {
        int at = 0;
        while (at < all.size() && ORDER.compare(all.get(at), row) < 0) {
            at++;
        }
        all.add(at, row);
    }

    private void tick() {
        Instant now = Instant.now();
        all.forEach(row -> row.tick(now));
    }

    private void refilter() {
        String sought = search.get().strip().toLowerCase(Locale.ROOT);
        shown.setPredicate(row -> sought.isEmpty()
                || row.reference().toLowerCase(Locale.ROOT).contains(sought)
                || row.now().id().digest().hex().startsWith(sought));
    }

    /// All rows, by name; images without one come last.
    public ObservableList<ImageRow> all() {
        return all;
    }

    /// The rows that the search admits.
    public ObservableList<ImageRow> shown() {
        return shown;
    }

    public StringProperty search() {
        return search;
    }

    public ObjectProperty<Optional<ImageRow>> chosen() {
        return chosen;
    }

    public ImageActions actions() {
        return actions;
    }

    /// The first row of an image, if it is listed.
    public Optional<ImageRow> row(ImageId id) {
        return all.stream().filter(row -> row.now().id().equals(id)).findFirst();
    }

    /// Why a new name cannot be given, as a key of the message bundles; empty when it can.
    public static Optional<String> nameProblem(String typed) {
        try {
            ImageReference reference = ImageReference.parse(typed.strip());
            return reference.digest().isPresent() ? Optional.of("tag.problem.digest") : Optional.empty();
        } catch (IllegalArgumentException wrong) {
            return Optional.of("tag.problem");
        }
    }
}
