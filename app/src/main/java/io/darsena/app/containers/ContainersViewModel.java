package io.darsena.app.containers;

import io.darsena.app.containers.item.ContainerActions;
import io.darsena.app.containers.item.ContainerRow;
import io.darsena.app.session.Commands;
import io.darsena.app.session.EngineSession;
import io.darsena.app.session.FxPump;
import io.darsena.app.text.Messages;
import io.darsena.bridge.container.Container;
import io.darsena.bridge.container.ContainerId;
import io.darsena.bridge.container.ContainerSpec;
import io.darsena.bridge.image.Image;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Consumer;
import javafx.beans.InvalidationListener;
import javafx.beans.property.ObjectProperty;
import javafx.beans.property.ReadOnlyIntegerProperty;
import javafx.beans.property.ReadOnlyIntegerWrapper;
import javafx.beans.property.SimpleObjectProperty;
import javafx.beans.property.SimpleStringProperty;
import javafx.beans.property.StringProperty;
import javafx.collections.FXCollections;
import javafx.collections.MapChangeListener;
import javafx.collections.ObservableList;
import javafx.collections.transformation.FilteredList;

/// The list of containers: its rows, filter, search and choice. It follows the session between [#follow] and the
/// closing of what that returned. JavaFX thread only.
public final class ContainersViewModel {

    private static final Comparator<Container> NEWEST_FIRST =
            Comparator.comparing(Container::createdAt).reversed().thenComparing(Container::name);

    private final EngineSession session;
    private final FxPump pump;
    private final Messages messages;
    private final ContainerActions actions;
    private final Map<ContainerId, ContainerRow> byId = new HashMap<>();
    private final ObservableList<ContainerRow> all = FXCollections.observableArrayList();
    private final FilteredList<ContainerRow> shown = new FilteredList<>(all);
    private final ObjectProperty<StateFilter> filter = new SimpleObjectProperty<>(StateFilter.ALL);
    private final StringProperty search = new SimpleStringProperty("");
    private final ObjectProperty<Optional<ContainerRow>> chosen = new SimpleObjectProperty<>(Optional.empty());
    private final Map<StateFilter, ReadOnlyIntegerWrapper> counts = new EnumMap<>(StateFilter.class);

    public ContainersViewModel(EngineSession session, Commands commands, FxPump pump, Messages messages) {
        this.session = session;
        this.pump = pump;
        this.messages = messages;
        this.actions = new ContainerActions(commands);
        for (StateFilter each : StateFilter.values()) {
            counts.put(each, new ReadOnlyIntegerWrapper());
        }
        filter.addListener(change -> refilter());
        search.addListener(change -> refilter());
    }

    /// Begins with what is there now.
    public AutoCloseable follow() {
        MapChangeListener<ContainerId, Container> containers = this::changed;
        InvalidationListener beat = change -> measure();
        session.containers().addListener(containers);
        session.metrics().beat().addListener(beat);
        FxPump.Ticking clock = pump.every(Duration.ofSeconds(1), this::tick);
        fill();
        measure();
        return () -> {
            session.containers().removeListener(containers);
            session.metrics().beat().removeListener(beat);
            clock.close();
        };
    }

    private void fill() {
        byId.keySet().retainAll(session.containers().keySet());
        session.containers().values().forEach(container -> row(container).update(container));
        all.setAll(byId.values().stream()
                .sorted(Comparator.comparing(ContainerRow::now, NEWEST_FIRST))
                .toList());
        count();
        keepChoice();
    }

    private ContainerRow row(Container container) {
        return byId.computeIfAbsent(container.id(), unknown -> new ContainerRow(messages, container));
    }

    private void changed(MapChangeListener.Change<? extends ContainerId, ? extends Container> change) {
        if (change.wasAdded() && byId.containsKey(change.getKey())) {
            ContainerRow row = byId.get(change.getKey());
            row.update(change.getValueAdded());
            row.measured(session.metrics().newest(change.getKey()).filter(sample -> isActive(row)));
            if (!filter.get().admits(row.now()) == shown.contains(row)) {
                refilter();
            }
        } else if (change.wasAdded()) {
            insert(row(change.getValueAdded()));
        } else {
            all.remove(byId.remove(change.getKey()));
            keepChoice();
        }
        count();
    }

    private static boolean isActive(ContainerRow row) {
        return StateFilter.RUNNING.admits(row.now());
    }

    private void insert(ContainerRow row) {
        int at = 0;
        while (at < all.size() && NEWEST_FIRST.compare(all.get(at).now(), row.now()) < 0) {
            at++;
        }
        all.add(at, row);
    }

    private void keepChoice() {
        chosen.get().filter(row -> !byId.containsValue(row)).ifPresent(gone -> chosen.set(Optional.empty()));
    }

    private void measure() {
        all.forEach(row -> row.measured(session.metrics().newest(row.id()).filter(sample -> isActive(row))));
    }

    private void tick() {
        Instant now = Instant.now();
        all.forEach(row -> row.tick(now));
    }

    private void count() {
        counts.forEach((each, number) -> number.set(
                (int) all.stream().filter(row -> each.admits(row.now())).count()));
    }

    private void refilter() {
        String sought = search.get().strip().toLowerCase(Locale.ROOT);
        StateFilter wanted = filter.get();
        shown.setPredicate(row -> wanted.admits(row.now()) && matches(row.now(), sought));
    }

    private static boolean matches(Container container, String sought) {
        return sought.isEmpty()
                || container.name().toLowerCase(Locale.ROOT).contains(sought)
                || container.imageName().toLowerCase(Locale.ROOT).contains(sought)
                || container.id().hex().startsWith(sought);
    }

    /// All rows, newest first.
    public ObservableList<ContainerRow> all() {
        return all;
    }

    /// The rows that filter and search admit.
    public ObservableList<ContainerRow> shown() {
        return shown;
    }

    public ObjectProperty<StateFilter> filter() {
        return filter;
    }

    public StringProperty search() {
        return search;
    }

    public void clearFilters() {
        filter.set(StateFilter.ALL);
        search.set("");
    }

    public ReadOnlyIntegerProperty count(StateFilter of) {
        return Objects.requireNonNull(counts.get(of)).getReadOnlyProperty();
    }

    /// The row whose detail is shown.
    public ObjectProperty<Optional<ContainerRow>> chosen() {
        return chosen;
    }

    public Optional<ContainerRow> row(ContainerId id) {
        return Optional.ofNullable(byId.get(id));
    }

    public ContainerActions actions() {
        return actions;
    }

    /// The image that a first container is made of: the one that Darsena brought, or else the one that came first.
    public Optional<Image> starter() {
        return session.images().values().stream()
                .min(Comparator.comparing((Image image) -> !image.displayName().startsWith("darsena/starter"))
                        .thenComparing(Image::importedAt));
    }

    /// Creates and starts a container of the starter image as it comes.
    public void runStarter(Consumer<? super ContainerId> created) {
        starter()
                .ifPresent(image ->
                        actions.run(ContainerSpec.of(image.displayName()), id -> pump.run(() -> created.accept(id))));
    }
}
