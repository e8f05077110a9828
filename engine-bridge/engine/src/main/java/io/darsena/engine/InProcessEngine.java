package io.darsena.engine;

import io.darsena.bridge.Engine;
import io.darsena.bridge.EngineDescription;
import io.darsena.bridge.Subscription;
import io.darsena.bridge.container.Containers;
import io.darsena.bridge.disk.Disk;
import io.darsena.bridge.error.EngineException;
import io.darsena.bridge.error.UnavailableException;
import io.darsena.bridge.event.EngineEvent;
import io.darsena.bridge.image.Images;
import io.darsena.bridge.layer.Layers;
import io.darsena.bridge.registry.Registries;
import io.darsena.bridge.sbom.Packages;
import io.darsena.bridge.settings.EngineSettings;
import io.darsena.bridge.sync.Sync;
import io.darsena.bridge.trash.Trash;
import io.darsena.bridge.trust.Trust;
import io.darsena.engine.cgroup.Cgroups;
import io.darsena.engine.container.EngineContainers;
import io.darsena.engine.container.TrashedContainers;
import io.darsena.engine.event.EventHub;
import io.darsena.engine.image.ImageCache;
import io.darsena.engine.layer.EngineLayers;
import io.darsena.engine.paths.DataLock;
import io.darsena.engine.paths.EnginePaths;
import io.darsena.engine.paths.RunDirectory;
import io.darsena.engine.registry.EngineRegistries;
import io.darsena.engine.sbom.EnginePackages;
import io.darsena.engine.settings.KeptSettings;
import io.darsena.engine.starter.StarterImage;
import io.darsena.engine.store.Database;
import io.darsena.engine.sync.EngineSync;
import io.darsena.engine.trust.EngineTrust;
import io.darsena.runtime.ContainerRuntime;
import io.darsena.runtime.RuntimeUnavailableException;
import io.darsena.runtime.seccomp.SeccompFilters;
import java.time.Clock;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// The engine within this process: puts its parts together, and nothing else. One a data directory; containers
/// live on when it is closed or killed, and the next one finds them.
public final class InProcessEngine implements Engine {

    private static final Logger LOG = LoggerFactory.getLogger(InProcessEngine.class);

    private final Deque<AutoCloseable> open = new ArrayDeque<>();
    private final EngineDescription description;
    private final EventHub hub;
    private final KeptSettings settings;
    private final ImageCache images;
    private final EngineLayers layers;
    private final EnginePackages packages;
    private final EngineRegistries registries;
    private final EngineSync sync;
    private final EngineTrust trust;
    private final EngineContainers containers;
    private final EngineDisk disk;
    private final StarterImage starter;

    private InProcessEngine(EnginePaths given, Machine machine) {
        try {
            given.inUse().prepare();
            opened(DataLock.acquire(given));
            EnginePaths paths = given.inUse();
            opened(RunDirectory.open(paths));
            Database database = opened(Database.open(paths));
            Cgroups cgroups = opened(machine.cgroups(paths));
            ContainerRuntime runtime = opened(machine.runtime(paths));
            description = HostDescription.of(machine, paths, runtime.facts(), cgroups);
            hub = opened(new EventHub());
            settings = KeptSettings.read(paths, hub);
            TrashedContainers trashed = new TrashedContainers(paths, database, runtime, hub);
            images = new ImageCache(
                    paths,
                    database,
                    runtime,
                    trashed,
                    hub,
                    cache -> new StarterImage(paths, database, cache).restore());
            registries = opened(new EngineRegistries(
                    paths,
                    images,
                    () -> settings.now().registries(),
                    machine.environment(),
                    machine.home(),
                    HostDescription.version()));
            sync = opened(new EngineSync(
                    database,
                    images.exchange(),
                    registries,
                    () -> settings.now().sync(),
                    machine.network(),
                    hub,
                    Clock.systemUTC()));
            trust = new EngineTrust(
                    paths,
                    database,
                    images.exchange(),
                    registries,
                    settings::now,
                    settings::trust,
                    hub,
                    Clock.systemUTC());
            starter = new StarterImage(paths, database, images);
            SeccompFilters filters = new SeccompFilters(paths.data().resolve("seccomp"));
            containers = opened(
                    new EngineContainers(paths, database, runtime, cgroups, images, filters, settings, trashed, hub));
            layers = new EngineLayers(
                    paths, runtime, images, containers, (what, id, work) -> containers.hold(what, id, work::run));
            packages = new EnginePackages(paths, images, containers, layers::readable, HostDescription.version());
            disk = new EngineDisk(paths, runtime, containers, images.prune(sync::awaited));
            hub.begin(containers.load(), images.list(), settings.now(), trashed.list(), sync.report(), trust.report());
            opened(hub.subscribe(sync::heed));
            opened(hub.subscribe(trust::heed));
            sync.begin();
            containers.reconcile();
        } catch (RuntimeUnavailableException failure) {
            close();
            throw new UnavailableException(
                    "open",
                    "the engine in " + given.data(),
                    String.valueOf(failure.getMessage()),
                    "see Settings, Engine for what this host lacks");
        } catch (RuntimeException failure) {
            close();
            throw failure;
        }
    }

    /// Opens the engine on this machine, and makes true what it remembers: containers that run are found again,
    /// what a crash has left half done is finished or cleared away. A cache that never had the starter image gets
    /// it.
    ///
    /// @throws io.darsena.bridge.error.DeniedException when the directories cannot be had
    /// @throws UnavailableException when another engine works on the same data, or the runtime cannot be started
    public static InProcessEngine open(EnginePaths paths) {
        return open(paths, new LinuxMachine());
    }

    /// As [#open(EnginePaths)], on another machine.
    public static InProcessEngine open(EnginePaths paths, Machine machine) {
        InProcessEngine engine = openWithoutStarter(paths, machine);
        engine.bringStarter();
        return engine;
    }

    /// An engine without the starter image is an engine: what keeps it out is told, and tried again next time.
    private void bringStarter() {
        try {
            starter.ensure();
        } catch (EngineException failure) {
            LOG.warn("the starter image could not be brought", failure);
        }
    }

    static InProcessEngine openWithoutStarter(EnginePaths paths, Machine machine) {
        return new InProcessEngine(paths, machine);
    }

    private <T extends AutoCloseable> T opened(T part) {
        open.push(part);
        return part;
    }

    @Override
    public EngineDescription description() {
        return settings.trouble().map(description::with).orElse(description);
    }

    @Override
    public Containers containers() {
        return containers;
    }

    @Override
    public Images images() {
        return images;
    }

    @Override
    public Layers layers() {
        return layers;
    }

    @Override
    public Packages packages() {
        return packages;
    }

    @Override
    public Registries registries() {
        return registries;
    }

    @Override
    public Sync sync() {
        return sync;
    }

    @Override
    public Trust trust() {
        return trust;
    }

    @Override
    public Disk disk() {
        return disk;
    }

    @Override
    public Trash trash() {
        return containers.trash();
    }

    @Override
    public EngineSettings settings() {
        return settings.now();
    }

    @Override
    public void change(EngineSettings wanted) {
        settings.change(wanted);
    }

    @Override
    public Subscription subscribe(Consumer<? super EngineEvent> subscriber) {
        return hub.subscribe(subscriber);
    }

    @Override
    public synchronized void close() {
        while (!open.isEmpty()) {
            AutoCloseable part = open.pop();
            try {
                part.close();
            } catch (Exception failure) {
                LOG.warn("closing {} failed", part.getClass().getSimpleName(), failure);
            }
        }
    }
}
