package io.darsena.app.containers;

import io.darsena.app.containers.item.ContainerActions;
import io.darsena.app.containers.item.ContainerRow;
import io.darsena.app.list.ListRows;
import io.darsena.app.session.Commands;
import io.darsena.app.session.EngineSession;
import io.darsena.app.session.FxPump;
import io.darsena.app.text.Messages;
import io.darsena.bridge.container.Container;
import io.darsena.bridge.container.ContainerId;
import io.darsena.bridge.container.ContainerSpec;
import io.darsena.bridge.image.Image;
import io.darsena.bridge.image.Images;
import io.darsena.bridge.sync.OlderImage;
import java.time.Instant;
import java.util.Comparator;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Consumer;
import javafx.beans.InvalidationListener;
import javafx.beans.Observable;
import javafx.beans.property.ObjectProperty;
import javafx.beans.property.ReadOnlyIntegerProperty;
import javafx.beans.property.ReadOnlyObjectProperty;
import javafx.beans.property.ReadOnlyObjectWrapper;
import javafx.beans.property.StringProperty;
import javafx.collections.ObservableList;

/// The list of containers: its rows, filter, search and choice. It follows the session between [#follow] and the
/// closing of what that returned. JavaFX thread only.
public final class ContainersViewModel {

    private final EngineSession session;
    private final FxPump pump;
    private final ContainerActions actions;
    private final ListRows<ContainerId, ContainerRow, StateFilter> rows =
            new ListRows<>(StateFilter.class, new ByStateAndName());
    private final ReadOnlyObjectWrapper<Instant> clock = new ReadOnlyObjectWrapper<>(Instant.now());
    private final ReadOnlyObjectWrapper<Beginning> beginning = new ReadOnlyObjectWrapper<>(Beginning.STARTER);
    private boolean outdated;

    /// How somebody comes to a first container.
    public enum Beginning {
        STARTER,
        OTHER_IMAGE,
        NO_IMAGE
    }

    private static final class ByStateAndName implements ListRows.Rules<ContainerRow, StateFilter> {

        private static final Comparator<Container> NEWEST_FIRST =
                Comparator.comparing(Container::createdAt).reversed().thenComparing(Container::name);

        @Override
        public Comparator<ContainerRow> order() {
            return Comparator.comparing(ContainerRow::now, NEWEST_FIRST);
        }

        @Override
        public boolean admits(StateFilter filter, ContainerRow row) {
            return filter.admits(row.now());
        }

        @Override
        public boolean matches(ContainerRow row, String sought) {
            Container container = row.now();
            return container.name().toLowerCase(Locale.ROOT).contains(sought)
                    || container.imageName().toLowerCase(Locale.ROOT).contains(sought)
                    || container.id().hex().startsWith(sought);
        }
    }

    public ContainersViewModel(EngineSession session, Commands commands, FxPump pump, Messages messages) {
        this.session = session;
        this.pump = pump;
        this.actions = new ContainerActions(commands, pump, messages);
    }

    /// Begins with what is there now.
    public AutoCloseable follow() {
        InvalidationListener containers = change -> outdate();
        InvalidationListener images = change -> {
            begin();
            outdate();
        };
        session.containers().addListener(containers);
        session.images().addListener(images);
        refresh();
        begin();
        return () -> {
            session.containers().removeListener(containers);
            session.images().removeListener(images);
        };
    }

    private void begin() {
        beginning.set(
                session.images().isEmpty()
                        ? Beginning.NO_IMAGE
                        : starter().isPresent() ? Beginning.STARTER : Beginning.OTHER_IMAGE);
    }

    public ReadOnlyObjectProperty<Beginning> beginning() {
        return beginning.getReadOnlyProperty();
    }

    /// What counts seconds: not needed while nobody can see it.
    public AutoCloseable followNumbers() {
        InvalidationListener beat = change -> second();
        session.metrics().beat().addListener(beat);
        second();
        return () -> session.metrics().beat().removeListener(beat);
    }

    private void second() {
        clock.set(Instant.now());
        measure();
    }

    /// A thousand events that come together are one change of the list.
    private void outdate() {
        if (!outdated) {
            outdated = true;
            pump.run(this::refresh);
        }
    }

    private void refresh() {
        outdated = false;
        rows.follow(session.containers(), (id, container) -> new ContainerRow(container), (row, container) -> {
            row.update(container);
            row.runsOlder(OlderImage.of(container, session.images().values()).isPresent());
            if (row.metrics().get().isPresent() && !isActive(row)) {
                row.measured(Optional.empty());
            }
        });
    }

    private static boolean isActive(ContainerRow row) {
        return StateFilter.RUNNING.admits(row.now());
    }

    private void measure() {
        rows.all().forEach(row -> row.measured(isActive(row) ? session.metrics().newest(row.id()) : Optional.empty()));
    }

    ListRows<ContainerId, ContainerRow, StateFilter> rows() {
        return rows;
    }

    /// The present time, as often as what is shown of it changes.
    public ReadOnlyObjectProperty<Instant> clock() {
        return clock.getReadOnlyProperty();
    }

    /// Changes when the numbers of running containers have.
    public Observable beat() {
        return session.metrics().beat();
    }

    /// All rows, newest first.
    public ObservableList<ContainerRow> all() {
        return rows.all();
    }

    /// The rows that filter and search admit.
    public ObservableList<ContainerRow> shown() {
        return rows.shown();
    }

    public ObjectProperty<StateFilter> filter() {
        return rows.filter();
    }

    public StringProperty search() {
        return rows.search();
    }

    public void clearFilters() {
        rows.clearFilters();
    }

    public ReadOnlyIntegerProperty count(StateFilter of) {
        return rows.count(of);
    }

    /// As the session knows it now.
    public Optional<ContainerRow> row(ContainerId id) {
        if (outdated) {
            refresh();
        }
        return rows.row(id);
    }

    public ContainerActions actions() {
        return actions;
    }

    /// The image that Darsena brought, if it is still there under its name.
    public Optional<Image> starter() {
        return session.images().values().stream()
                .filter(image -> image.names().contains(Images.STARTER))
                .findFirst();
    }

    /// Brings back the image that Darsena came with.
    void restoreStarter() {
        actions.restoreStarter();
    }

    /// Creates and starts a container of the starter image as it comes.
    ///
    /// @param started hears of it when it runs, so that what is shown of it is what is asked about what runs
    public void runStarter(Consumer<? super ContainerId> started) {
        starter().ifPresent(image -> actions.run(ContainerSpec.of(Images.STARTER.familiar()), started));
    }
}
