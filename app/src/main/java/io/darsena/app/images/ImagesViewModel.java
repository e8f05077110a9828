package io.darsena.app.images;

import io.darsena.app.list.ListRows;
import io.darsena.app.session.Commands;
import io.darsena.app.session.EngineSession;
import io.darsena.app.session.FxPump;
import io.darsena.app.text.Messages;
import io.darsena.bridge.container.Container;
import io.darsena.bridge.container.ContainerId;
import io.darsena.bridge.image.Image;
import io.darsena.bridge.image.ImageId;
import io.darsena.bridge.image.ImageReference;
import io.darsena.bridge.image.Images;
import io.darsena.bridge.sync.TagSync;
import io.darsena.bridge.trust.ImageTrust;
import io.darsena.bridge.trust.TrustReport;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import javafx.beans.InvalidationListener;
import javafx.beans.property.ObjectProperty;
import javafx.beans.property.ReadOnlyObjectProperty;
import javafx.beans.property.ReadOnlyObjectWrapper;
import javafx.beans.property.StringProperty;
import javafx.collections.MapChangeListener;
import javafx.collections.ObservableList;
import javafx.collections.SetChangeListener;

/// The list of images: its rows, search and choice. It follows the session between [#follow] and the closing of what
/// that returned. JavaFX thread only.
public final class ImagesViewModel {

    private final EngineSession session;
    private final FxPump pump;
    private final Messages messages;
    private final ImageActions actions;
    private final ListRows<ImageRow.Key, ImageRow, ImageFilter> rows =
            new ListRows<>(ImageFilter.class, new ByUseAndName());
    private final ReadOnlyObjectWrapper<Instant> clock = new ReadOnlyObjectWrapper<>(Instant.now());
    private boolean outdated;

    private static final class ByUseAndName implements ListRows.Rules<ImageRow, ImageFilter> {

        @Override
        public Comparator<ImageRow> order() {
            return Comparator.comparing((ImageRow row) -> row.name().isEmpty()).thenComparing(ImageRow::reference);
        }

        @Override
        public boolean admits(ImageFilter filter, ImageRow row) {
            return filter.admits(row);
        }

        @Override
        public boolean matches(ImageRow row, String sought) {
            return row.reference().toLowerCase(Locale.ROOT).contains(sought)
                    || row.now().id().digest().hex().startsWith(sought);
        }
    }

    public ImagesViewModel(EngineSession session, Commands commands, FxPump pump, Messages messages) {
        this.session = session;
        this.pump = pump;
        this.messages = messages;
        this.actions = new ImageActions(commands, pump, messages);
        actions.removals().hidden().addListener((SetChangeListener<ImageRow.Key>) change -> outdate());
    }

    /// Begins with what is there now.
    public AutoCloseable follow() {
        InvalidationListener images = change -> outdate();
        MapChangeListener<ContainerId, Container> containers = this::containersChanged;
        session.images().addListener(images);
        session.containers().addListener(containers);
        session.sync().addListener(images);
        session.trust().addListener(images);
        refresh();
        return () -> {
            session.images().removeListener(images);
            session.containers().removeListener(containers);
            session.sync().removeListener(images);
            session.trust().removeListener(images);
        };
    }

    /// What tells ages: not needed while nobody can see it.
    public AutoCloseable followClock() {
        clock.set(Instant.now());
        return pump.every(Duration.ofSeconds(10), () -> clock.set(Instant.now()));
    }

    /// A container that only changes its state changes nothing here.
    private void containersChanged(MapChangeListener.Change<? extends ContainerId, ? extends Container> change) {
        boolean renamed = change.wasAdded()
                && change.wasRemoved()
                && !change.getValueAdded()
                        .name()
                        .equals(change.getValueRemoved().name());
        if (renamed || change.wasAdded() != change.wasRemoved()) {
            outdate();
        }
    }

    /// Many events that come together are one change of the list.
    private void outdate() {
        if (!outdated) {
            outdated = true;
            pump.run(this::refresh);
        }
    }

    private void refresh() {
        outdated = false;
        Map<ImageRow.Key, List<String>> users = users();
        Map<ImageRow.Key, Image> present = new HashMap<>();
        for (Image image : session.images().values()) {
            keys(image).stream()
                    .filter(key -> !actions.removals().hidden().contains(key))
                    .forEach(key -> present.put(key, image));
        }
        Map<ImageReference, TagSync> standings = new HashMap<>();
        session.sync().get().tags().forEach(tag -> standings.put(tag.name(), tag));
        rows.follow(present, (key, image) -> made(key, image, users), (row, image) -> {
            row.update(image, users.getOrDefault(row.key(), List.of()));
            row.standsSo(row.name().map(standings::get));
            row.isTrustedSo(trust(row, image));
        });
    }

    /// Of an image without a name, by one of the digests it was pulled by.
    private Optional<ImageTrust> trust(ImageRow row, Image image) {
        TrustReport report = session.trust().get();
        return row.name().isPresent()
                ? report.of(row.name().get())
                : image.digests().stream()
                        .flatMap(digest -> report.of(digest).stream())
                        .findFirst();
    }

    private ImageRow made(ImageRow.Key key, Image image, Map<ImageRow.Key, List<String>> users) {
        ImageRow row = new ImageRow(messages, key, image);
        row.update(image, users.getOrDefault(key, List.of()));
        return row;
    }

    private static List<ImageRow.Key> keys(Image image) {
        return image.names().isEmpty()
                ? List.of(new ImageRow.Key(image.id(), Optional.empty()))
                : image.names().stream()
                        .map(name -> new ImageRow.Key(image.id(), Optional.of(name)))
                        .toList();
    }

    /// Who was made of each line's image. Of an image with several names, by the one that the list of containers shows;
    /// by all of them where that one is gone.
    private Map<ImageRow.Key, List<String>> users() {
        Map<ImageRow.Key, Set<String>> sorted = new HashMap<>();
        for (Container container : session.containers().values()) {
            Image image = session.images().get(container.image());
            if (image != null) {
                keys(image, container)
                        .forEach(key -> sorted.computeIfAbsent(key, made -> new TreeSet<>())
                                .add(container.name()));
            }
        }
        Map<ImageRow.Key, List<String>> users = new HashMap<>();
        sorted.forEach((key, names) -> users.put(key, List.copyOf(names)));
        return users;
    }

    private static List<ImageRow.Key> keys(Image image, Container container) {
        List<ImageRow.Key> used = keys(image).stream()
                .filter(key -> key.name()
                        .map(ImageReference::familiar)
                        .filter(container.imageName()::equals)
                        .isPresent())
                .toList();
        return used.isEmpty() ? keys(image) : used;
    }

    ListRows<ImageRow.Key, ImageRow, ImageFilter> rows() {
        return rows;
    }

    /// The present time, as often as what is shown of it changes.
    public ReadOnlyObjectProperty<Instant> clock() {
        return clock.getReadOnlyProperty();
    }

    /// All rows, by name; images without one come last.
    public ObservableList<ImageRow> all() {
        return rows.all();
    }

    /// The rows that filter and search admit.
    public ObservableList<ImageRow> shown() {
        return rows.shown();
    }

    public ObjectProperty<ImageFilter> filter() {
        return rows.filter();
    }

    public StringProperty search() {
        return rows.search();
    }

    /// Whether the image that Darsena came with is there, under whatever name.
    public boolean hasStarter() {
        return session.images().values().stream()
                .flatMap(image -> image.names().stream())
                .anyMatch(Images.STARTER::equals);
    }

    public ImageActions actions() {
        return actions;
    }

    /// The first row of an image, if it is listed.
    public Optional<ImageRow> row(ImageId id) {
        return rows.all().stream().filter(row -> row.now().id().equals(id)).findFirst();
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
