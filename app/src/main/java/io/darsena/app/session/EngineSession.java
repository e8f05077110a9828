package io.darsena.app.session;

import io.darsena.bridge.Engine;
import io.darsena.bridge.EngineDescription;
import io.darsena.bridge.Subscription;
import io.darsena.bridge.container.Container;
import io.darsena.bridge.container.ContainerId;
import io.darsena.bridge.container.ContainerStatus;
import io.darsena.bridge.error.UnavailableException;
import io.darsena.bridge.event.EngineEvent;
import io.darsena.bridge.image.Image;
import io.darsena.bridge.image.ImageId;
import io.darsena.bridge.settings.EngineSettings;
import io.darsena.bridge.sync.SyncReport;
import io.darsena.bridge.trash.TrashEntry;
import io.darsena.bridge.trust.TrustReport;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import javafx.beans.property.ReadOnlyObjectProperty;
import javafx.beans.property.ReadOnlyObjectWrapper;
import javafx.collections.FXCollections;
import javafx.collections.ObservableMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// The engine of this window, and what it told: its containers, its images, its metrics. The collections change on the
/// JavaFX thread only, and only by the engine's events.
public final class EngineSession implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(EngineSession.class);
    private static final Duration SECOND = Duration.ofSeconds(1);

    private final FxPump pump;
    private final ReadOnlyObjectWrapper<EngineStage> stage = new ReadOnlyObjectWrapper<>(new EngineStage.Opening());
    private final ReadOnlyObjectWrapper<Optional<String>> unreachable = new ReadOnlyObjectWrapper<>(Optional.empty());
    private final ObservableMap<ContainerId, Container> containers = FXCollections.observableHashMap();
    private final ObservableMap<ImageId, Image> images = FXCollections.observableHashMap();
    private final ObservableMap<ContainerId, TrashEntry> trash = FXCollections.observableHashMap();
    private final ReadOnlyObjectWrapper<List<EngineEvent.TrashRemoved>> purged = new ReadOnlyObjectWrapper<>(List.of());
    private final RecentIds removed = new RecentIds();
    private final ReadOnlyObjectWrapper<EngineSettings> settings = new ReadOnlyObjectWrapper<>(EngineSettings.DEFAULT);
    private final ReadOnlyObjectWrapper<SyncReport> sync = new ReadOnlyObjectWrapper<>(SyncReport.EMPTY);
    private final ReadOnlyObjectWrapper<TrustReport> trust = new ReadOnlyObjectWrapper<>(TrustReport.EMPTY);
    private final MetricsFeed metrics = new MetricsFeed(containers::containsKey);
    private final List<Consumer<? super EngineEvent>> listeners = new ArrayList<>();
    private final List<Subscription> subscriptions = new ArrayList<>();
    private Optional<Callable<Engine>> lastOpener = Optional.empty();
    private volatile boolean closed;

    public EngineSession(FxPump pump) {
        this.pump = pump;
    }

    /// Opens the engine on a virtual thread; [#stage] tells how it went.
    public void open(Callable<Engine> opener) {
        lastOpener = Optional.of(opener);
        stage.set(new EngineStage.Opening());
        Thread.ofVirtual().name("darsena-open").start(() -> {
            try {
                Engine engine = opener.call();
                EngineDescription description = engine.description();
                pump.run(() -> opened(engine, description));
                follow(engine);
            } catch (Exception problem) {
                LOG.error("the engine could not be opened", problem);
                pump.run(() -> stage.set(new EngineStage.Failed(Failure.of(problem))));
            }
        });
    }

    /// Tries once more what failed.
    public void reopen() {
        if (stage.get() instanceof EngineStage.Failed) {
            lastOpener.ifPresent(this::open);
        }
    }

    private void opened(Engine engine, EngineDescription description) {
        if (closed) {
            engine.close();
            return;
        }
        stage.set(new EngineStage.Open(engine, description));
        subscriptions.add(pump.every(SECOND, metrics::tick)::close);
    }

    /// Not on the JavaFX thread: an engine in another process has to be asked.
    private void follow(Engine engine) {
        if (!closed) {
            Consumer<EngineEvent> events = pump.ordered(this::apply);
            List<Subscription> begun =
                    List.of(engine.subscribe(events), engine.containers().metrics(pump.latest(metrics::accept)));
            pump.run(() -> keep(begun));
        }
    }

    private void keep(List<Subscription> begun) {
        subscriptions.addAll(begun);
        if (closed) {
            subscriptions.forEach(Subscription::close);
        }
    }

    private void apply(EngineEvent event) {
        switch (event) {
            case EngineEvent.Snapshot snapshot -> replaceAll(snapshot);
            case EngineEvent.ContainerChanged changed ->
                containers.put(changed.container().id(), changed.container());
            case EngineEvent.ContainerRemoved gone -> {
                containers.remove(gone.id());
                metrics.forget(gone.id());
                removed.add(gone.id());
            }
            case EngineEvent.ImageChanged changed -> images.put(changed.image().id(), changed.image());
            case EngineEvent.ImageRemoved removed -> images.remove(removed.id());
            case EngineEvent.TrustChanged changed -> trust.set(changed.report());
            case EngineEvent.SyncChanged changed -> sync.set(changed.report());
            case EngineEvent.TrashChanged changed -> trash.put(changed.entry().id(), changed.entry());
            case EngineEvent.TrashRemoved gone -> leftTrash(gone);
            case EngineEvent.SettingsChanged changed -> settings.set(changed.settings());
            case EngineEvent.Unreachable lost -> unreachable.set(Optional.of(lost.reason()));
        }
        List.copyOf(listeners).forEach(listener -> listener.accept(event));
    }

    private void leftTrash(EngineEvent.TrashRemoved gone) {
        trash.remove(gone.id());
        switch (gone.how()) {
            case TOO_OLD, DISK_PRESSURE ->
                purged.set(Stream.concat(purged.get().stream(), Stream.of(gone)).toList());
            case RESTORED, PURGED -> {}
        }
    }

    private void replaceAll(EngineEvent.Snapshot snapshot) {
        unreachable.set(Optional.empty());
        Set<ContainerId> present =
                snapshot.containers().stream().map(Container::id).collect(Collectors.toSet());
        containers.keySet().stream().filter(id -> !present.contains(id)).forEach(metrics::forget);
        containers.keySet().retainAll(present);
        snapshot.containers().forEach(container -> containers.put(container.id(), container));
        images.keySet().retainAll(snapshot.images().stream().map(Image::id).collect(Collectors.toSet()));
        snapshot.images().forEach(image -> images.put(image.id(), image));
        settings.set(snapshot.settings());
        sync.set(snapshot.sync());
        trust.set(snapshot.trust());
        trash.keySet().retainAll(snapshot.trash().stream().map(TrashEntry::id).collect(Collectors.toSet()));
        snapshot.trash().forEach(entry -> trash.put(entry.id(), entry));
    }

    public ReadOnlyObjectProperty<EngineStage> stage() {
        return stage.getReadOnlyProperty();
    }

    /// From any thread.
    ///
    /// @throws UnavailableException while it opens, and when it could not be opened
    public Engine engine() {
        if (stage.get() instanceof EngineStage.Open open) {
            return open.engine();
        }
        throw new UnavailableException("reach", "the engine", "it is not open", "wait until it is, or restart Darsena");
    }

    /// Why the engine, which runs in another process, is out of reach; empty while it is there.
    public ReadOnlyObjectProperty<Optional<String>> unreachable() {
        return unreachable.getReadOnlyProperty();
    }

    public ObservableMap<ContainerId, Container> containers() {
        return containers;
    }

    public ObservableMap<ImageId, Image> images() {
        return images;
    }

    /// What was removed and can be had back.
    public ObservableMap<ContainerId, TrashEntry> trash() {
        return trash;
    }

    /// What left the trash for good without being asked for, since it was last noticed.
    public ReadOnlyObjectProperty<List<EngineEvent.TrashRemoved>> purged() {
        return purged.getReadOnlyProperty();
    }

    /// The person has been told.
    public void noticePurged() {
        purged.set(List.of());
    }

    /// What is set for the engine, as it last told.
    public ReadOnlyObjectProperty<EngineSettings> settings() {
        return settings.getReadOnlyProperty();
    }

    /// What is known of where images come from, as the engine last told.
    public ReadOnlyObjectProperty<TrustReport> trust() {
        return trust.getReadOnlyProperty();
    }

    /// What is known of registries and of pushes that wait, as the engine last told.
    public ReadOnlyObjectProperty<SyncReport> sync() {
        return sync.getReadOnlyProperty();
    }

    public MetricsFeed metrics() {
        return metrics;
    }

    /// Tells each event on the JavaFX thread, after the collections have followed it.
    public Subscription onEvent(Consumer<? super EngineEvent> listener) {
        listeners.add(listener);
        return () -> listeners.remove(listener);
    }

    /// Runs this once the collections know that the container was started, at once when they do: an
    /// engine's answer may overtake the events that lead to it. One that has been removed since counts as
    /// known. JavaFX thread only.
    public void whenStarted(ContainerId id, Runnable then) {
        if (isKnownStarted(id)) {
            then.run();
            return;
        }
        List<Subscription> once = new ArrayList<>();
        once.add(onEvent(event -> {
            if (isKnownStarted(id)) {
                once.forEach(Subscription::close);
                then.run();
            }
        }));
    }

    private boolean isKnownStarted(ContainerId id) {
        Container container = containers.get(id);
        return container == null ? removed.contains(id) : container.status() != ContainerStatus.CREATED;
    }

    /// Lets go of the engine; containers run on.
    @Override
    public void close() {
        closed = true;
        subscriptions.forEach(Subscription::close);
        subscriptions.clear();
        if (stage.get() instanceof EngineStage.Open open) {
            open.engine().close();
        }
    }
}
