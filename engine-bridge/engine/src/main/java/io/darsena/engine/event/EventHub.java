package io.darsena.engine.event;

import io.darsena.bridge.Subscription;
import io.darsena.bridge.container.Container;
import io.darsena.bridge.container.ContainerId;
import io.darsena.bridge.event.EngineEvent;
import io.darsena.bridge.image.Image;
import io.darsena.bridge.image.ImageId;
import io.darsena.bridge.settings.EngineSettings;
import io.darsena.bridge.sync.SyncReport;
import io.darsena.bridge.trash.TrashEntry;
import io.darsena.bridge.trust.TrustReport;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

/// Hands events to subscribers. It keeps what the events have told as the present state, so that a snapshot and the
/// changes behind it have no gap and no part of the engine need be asked or locked for one.
///
/// Lock order: a container's state lock, then the hub's; the hub calls nobody while it holds its own.
public final class EventHub implements EventSink, AutoCloseable {

    /// Events that a subscriber may be behind; then it gets a snapshot instead.
    static final int LONGEST_QUEUE = 1024;

    private final Map<ContainerId, Container> containers = new LinkedHashMap<>();
    private final Map<ImageId, Image> images = new LinkedHashMap<>();
    private final Map<ContainerId, TrashEntry> trash = new LinkedHashMap<>();
    private EngineSettings settings = EngineSettings.DEFAULT;
    private SyncReport sync = SyncReport.EMPTY;
    private TrustReport trust = TrustReport.EMPTY;
    private final List<EventSubscriber> subscribers = new ArrayList<>();

    /// What is there before the first event.
    public synchronized void begin(
            List<Container> presentContainers,
            List<Image> presentImages,
            EngineSettings presentSettings,
            List<TrashEntry> presentTrash,
            SyncReport presentSync,
            TrustReport presentTrust) {
        sync = presentSync;
        trust = presentTrust;
        presentTrash.forEach(entry -> trash.put(entry.id(), entry));
        settings = presentSettings;
        presentContainers.forEach(container -> containers.put(container.id(), container));
        presentImages.forEach(image -> images.put(image.id(), image));
    }

    @Override
    public synchronized void emit(EngineEvent event) {
        switch (event) {
            case EngineEvent.Snapshot snapshot ->
                throw new IllegalArgumentException("a snapshot is the hub's own to make");
            case EngineEvent.ContainerChanged changed ->
                containers.put(changed.container().id(), changed.container());
            case EngineEvent.ContainerRemoved removed -> containers.remove(removed.id());
            case EngineEvent.ImageChanged changed -> images.put(changed.image().id(), changed.image());
            case EngineEvent.ImageRemoved removed -> images.remove(removed.id());
            case EngineEvent.TrashChanged changed -> trash.put(changed.entry().id(), changed.entry());
            case EngineEvent.TrashRemoved removed -> trash.remove(removed.id());
            case EngineEvent.SyncChanged changed -> sync = changed.report();
            case EngineEvent.TrustChanged changed -> trust = changed.report();
            case EngineEvent.SettingsChanged changed -> settings = changed.settings();
            case EngineEvent.Unreachable unreachable ->
                throw new IllegalArgumentException("an engine does not lose itself");
        }
        for (EventSubscriber subscriber : subscribers) {
            subscriber.offer(event);
        }
    }

    public synchronized Subscription subscribe(Consumer<? super EngineEvent> consumer) {
        EventSubscriber subscriber = new EventSubscriber(this, consumer);
        subscriber.offer(snapshot());
        subscribers.add(subscriber);
        subscriber.begin();
        return subscriber;
    }

    /// For a subscriber that fell behind: makes room in its queue and puts the present state there.
    synchronized void catchUp(EventSubscriber subscriber) {
        subscriber.restart(snapshot());
    }

    private EngineEvent.Snapshot snapshot() {
        return new EngineEvent.Snapshot(
                List.copyOf(containers.values()),
                List.copyOf(images.values()),
                settings,
                List.copyOf(trash.values()),
                sync,
                trust);
    }

    synchronized void forget(EventSubscriber subscriber) {
        subscribers.remove(subscriber);
    }

    /// Ends all subscriptions.
    @Override
    public void close() {
        List<EventSubscriber> present;
        synchronized (this) {
            present = List.copyOf(subscribers);
        }
        present.forEach(EventSubscriber::close);
    }
}
