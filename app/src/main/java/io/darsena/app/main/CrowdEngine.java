package io.darsena.app.main;

import io.darsena.bridge.Engine;
import io.darsena.bridge.EngineDescription;
import io.darsena.bridge.Subscription;
import io.darsena.bridge.container.Container;
import io.darsena.bridge.container.ContainerId;
import io.darsena.bridge.container.ContainerMetrics;
import io.darsena.bridge.container.ContainerSpec;
import io.darsena.bridge.container.ContainerState;
import io.darsena.bridge.container.Containers;
import io.darsena.bridge.disk.Disk;
import io.darsena.bridge.error.UnavailableException;
import io.darsena.bridge.event.EngineEvent;
import io.darsena.bridge.event.EngineEvent.ContainerAction;
import io.darsena.bridge.image.Digest;
import io.darsena.bridge.image.ImageId;
import io.darsena.bridge.image.Images;
import io.darsena.bridge.layer.Layers;
import io.darsena.bridge.registry.Registries;
import io.darsena.bridge.sbom.Packages;
import io.darsena.bridge.settings.EngineSettings;
import io.darsena.bridge.sync.Sync;
import io.darsena.bridge.sync.SyncReport;
import io.darsena.bridge.trash.Trash;
import io.darsena.bridge.trust.Trust;
import io.darsena.bridge.trust.TrustReport;
import java.lang.reflect.Proxy;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;

/// An engine that exists in memory alone: many containers that run and do nothing, whose numbers all change every
/// second. It tells what a list shows; whatever else it is asked for it refuses. `this` guards `crowd`.
final class CrowdEngine implements Engine {

    private static final Duration BETWEEN_SAMPLES = Duration.ofSeconds(1);
    private static final ImageId IMAGE = new ImageId(new Digest("a".repeat(64)));

    private final List<Container> crowd = new ArrayList<>();
    private final List<Consumer<? super EngineEvent>> subscribers = new CopyOnWriteArrayList<>();

    CrowdEngine(int size) {
        Instant now = Instant.now();
        for (int i = 0; i < size; i++) {
            crowd.add(container(i, now.minusSeconds(17L * i)));
        }
    }

    private static Container container(int number, Instant since) {
        String image = "registry.example/harbour/service-" + number % 40 + ":1." + number % 7;
        return new Container(
                new ContainerId(String.format(Locale.ROOT, "%064x", 0x9e3779b97f4a7c15L * (number + 1))),
                "service-" + number % 40 + "-" + number,
                ContainerSpec.of(image),
                IMAGE,
                image,
                List.of("/bin/serve", "--port", Integer.toString(8000 + number)),
                new ContainerState.Running(4000 + number, since),
                Optional.empty(),
                since,
                1,
                List.of(),
                List.of(),
                Optional.empty());
    }

    /// Pauses every container that runs and resumes every one that is paused: as many events as there are containers,
    /// as fast as they can be told.
    synchronized void turnAll() {
        Instant now = Instant.now();
        crowd.replaceAll(container -> turned(container, now));
        for (Container container : crowd) {
            boolean paused = container.state() instanceof ContainerState.Paused;
            ContainerAction action = paused ? ContainerAction.PAUSE : ContainerAction.UNPAUSE;
            subscribers.forEach(
                    each -> each.accept(new EngineEvent.ContainerChanged(container, action, Optional.empty(), now)));
        }
    }

    private static Container turned(Container before, Instant now) {
        int pid = before.state().runningPid().orElseThrow();
        ContainerState state = before.state() instanceof ContainerState.Paused paused
                ? new ContainerState.Running(pid, paused.startedAt())
                : new ContainerState.Paused(pid, before.state().since(), now);
        return new Container(
                before.id(),
                before.name(),
                before.spec(),
                before.image(),
                before.imageName(),
                before.arguments(),
                state,
                before.activity(),
                before.createdAt(),
                before.runs(),
                before.history(),
                before.startSteps(),
                before.lastError());
    }

    @Override
    public synchronized Subscription subscribe(Consumer<? super EngineEvent> subscriber) {
        subscriber.accept(new EngineEvent.Snapshot(
                crowd, List.of(), EngineSettings.DEFAULT, List.of(), SyncReport.EMPTY, TrustReport.EMPTY));
        subscribers.add(subscriber);
        return () -> subscribers.remove(subscriber);
    }

    private Subscription measure(Consumer<? super List<ContainerMetrics>> subscriber) {
        Thread thread = Thread.ofPlatform().daemon().name("crowd-metrics").start(() -> {
            for (long second = 0; !Thread.currentThread().isInterrupted(); second++) {
                subscriber.accept(samples(second));
                try {
                    Thread.sleep(BETWEEN_SAMPLES);
                } catch (InterruptedException closed) {
                    return;
                }
            }
        });
        return thread::interrupt;
    }

    private synchronized List<ContainerMetrics> samples(long second) {
        Instant now = Instant.now();
        return crowd.stream()
                .map(container -> CrowdSample.of(container.id(), now, second))
                .toList();
    }

    @Override
    public EngineDescription description() {
        return new EngineDescription(
                "bench",
                "6.0",
                EngineDescription.Tier.ROOTFUL,
                EngineDescription.CgroupMode.V2,
                Path.of("/nonexistent"),
                Optional.empty(),
                Optional.empty(),
                List.of());
    }

    @Override
    @SuppressWarnings("unchecked") // what a proxy is asked with is what the interface says
    public Containers containers() {
        return (Containers) Proxy.newProxyInstance(
                Containers.class.getClassLoader(), new Class<?>[] {Containers.class}, (proxy, method, arguments) -> {
                    if (method.getName().equals("metrics")) {
                        return measure((Consumer<? super List<ContainerMetrics>>) arguments[0]);
                    }
                    throw refusal(method.getName());
                });
    }

    @Override
    public Images images() {
        throw refusal("images");
    }

    @Override
    public Registries registries() {
        throw refusal("registries");
    }

    @Override
    public Disk disk() {
        throw refusal("disk");
    }

    @Override
    public Sync sync() {
        throw refusal("sync");
    }

    @Override
    public Layers layers() {
        throw refusal("layers");
    }

    @Override
    public Packages packages() {
        throw refusal("packages");
    }

    @Override
    public Trust trust() {
        throw refusal("trust");
    }

    @Override
    public Trash trash() {
        throw refusal("trash");
    }

    @Override
    public EngineSettings settings() {
        return EngineSettings.DEFAULT;
    }

    @Override
    public void change(EngineSettings settings) {
        throw refusal("change");
    }

    private static UnavailableException refusal(String what) {
        return new UnavailableException("do", what, "this engine exists to be looked at", "use a real one");
    }

    @Override
    public void close() {
        subscribers.clear();
    }
}
