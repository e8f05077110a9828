package io.darsena.bridge.fake;

import io.darsena.bridge.Engine;
import io.darsena.bridge.EngineDescription;
import io.darsena.bridge.Subscription;
import io.darsena.bridge.container.ContainerId;
import io.darsena.bridge.error.EngineException;
import io.darsena.bridge.event.EngineEvent;
import io.darsena.bridge.image.ImageConfig;
import io.darsena.bridge.image.ImageId;
import io.darsena.bridge.layer.ExtendedAttribute;
import io.darsena.bridge.layer.Layers;
import io.darsena.bridge.sbom.PackageListing;
import io.darsena.bridge.settings.EngineSettings;
import io.darsena.bridge.trash.Departure;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;

/// A whole engine in memory. It holds the starter image [#STARTER], whose default program prints a line a second and
/// ends with 0 on TERM; a container's command may be any of the words that [SimulatedScript] knows.
///
/// For tests of what goes wrong: [#failNext] lets the next such operation fail, [#hold] keeps it in its transient.
public final class FakeEngine implements Engine {

    public static final String STARTER = "darsena/starter:latest";

    static final long STARTER_SIZE = 2 << 20;

    public static final ImageConfig STARTER_CONFIG = new ImageConfig(
            List.of(),
            List.of("starter"),
            List.of("PATH=/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin"),
            "",
            "",
            "",
            List.of(),
            List.of(),
            Map.of("org.opencontainers.image.title", "Darsena starter"));

    public static final EngineDescription ROOTFUL = new EngineDescription(
            "0.1.0",
            "6.18.0",
            EngineDescription.Tier.ROOTFUL,
            EngineDescription.CgroupMode.V2,
            Path.of("/var/lib/darsena"),
            Optional.of(Path.of("/etc/darsena")),
            Optional.of(Path.of("/run/darsena")),
            List.of());

    public static final EngineDescription ROOTLESS_WITHOUT_CGROUP = new EngineDescription(
            "0.1.0",
            "6.18.0",
            EngineDescription.Tier.ROOTLESS,
            EngineDescription.CgroupMode.NONE,
            Path.of("/home/ada/.local/share/darsena"),
            Optional.of(Path.of("/home/ada/.config/darsena")),
            Optional.of(Path.of("/run/user/1000/darsena")),
            List.of(new EngineDescription.Reduction(
                    "cgroup-not-delegated",
                    "this session has no cgroup of its own, so limits and pause do not work",
                    "log in through systemd, or start the engine as root")));

    private final EngineDescription description;
    private final Duration metricsEvery;
    private final FakeHub hub = new FakeHub();
    private final FakeImages images = new FakeImages(this);
    private final FakeContainers containers = new FakeContainers(this);
    private final FakeLayers layers = new FakeLayers(this);
    private final FakePackages packages = new FakePackages(this);
    private final FakeTrash trash = new FakeTrash(this);
    private final FakeRegistries registries = new FakeRegistries(this);
    private final FakeSync sync = new FakeSync(this);
    private final FakeTrust trust = new FakeTrust(this);
    private final FakeDisk disk = new FakeDisk(this);
    private final Map<String, EngineException> failures = new ConcurrentHashMap<>();
    private volatile EngineSettings settings = EngineSettings.DEFAULT;
    private final Set<String> held = ConcurrentHashMap.newKeySet();

    public FakeEngine() {
        this(ROOTFUL, Duration.ofSeconds(1));
    }

    /// @param metricsEvery how often metrics come; tests of charts want it short
    public FakeEngine(EngineDescription description, Duration metricsEvery) {
        this.description = description;
        this.metricsEvery = metricsEvery;
        addImage(STARTER, STARTER_CONFIG, STARTER_SIZE);
    }

    /// Puts an image into the cache as if it had been imported.
    public ImageId addImage(String name, ImageConfig config, long size) {
        return images.add(name, config, size);
    }

    /// As [#addImage(String, ImageConfig, long)], of layers that can be looked into. A layer without an entry is a step
    /// that changes the configuration alone.
    public ImageId addImage(String name, ImageConfig config, List<FakeLayer> steps) {
        ImageId id = images.add(
                name,
                config,
                steps.stream().filter(step -> !step.entries().isEmpty()).toList());
        layers.tell(id, steps);
        return id;
    }

    /// What a container has written, instead of what it had written before.
    public void change(ContainerId container, FakeLayer layer) {
        layers.change(container, layer);
    }

    /// An extended attribute of what lies at a path, in whatever source.
    public void tellAttribute(String path, ExtendedAttribute attribute) {
        layers.tellAttribute(path, attribute);
    }

    /// What is found in an image, instead of what its files say.
    public void tellPackages(ImageId image, PackageListing listing) {
        packages.tell(image, listing);
    }

    /// How many files are being read.
    public int openFiles() {
        return layers.openFiles();
    }

    /// Lets the next operation of this name fail. Names are those of the methods of `Containers`, and
    /// `import`, `save`, `remove image`, `change settings`, `trash`, `restore`, `purge`, `pull`,
    /// `push`, `login`, `check`, `prune`, `show layers`, `show files`,
    /// `show waste`, `compare contents`, `find packages`, `read file`, `read on` (in the middle of a file),
    /// `commit`. A failed `remove` or `purge` leaves the container dead, with the failure's reason.
    public void failNext(String operation, EngineException failure) {
        failures.put(operation, failure);
    }

    /// Lets the kernel kill a running container because it needs more memory than its limit.
    public void runOutOfMemory(ContainerId id) {
        containers.runOutOfMemory(id);
    }

    /// Puts a container into the trash as if it had been done at that moment.
    public void trashAt(ContainerId id, Instant removedAt) {
        trash.put(id, removedAt);
    }

    /// Lets something leave the trash for good without being asked for.
    public void purgeByItself(ContainerId id, Departure how) {
        trash.purge(id, how);
    }

    /// Keeps operations of this name (`start`, `stop`, `restart`, `remove`, `pause`, `save`, `purge`, `pull`,
    /// `push`) in their transient until closed.
    public AutoCloseable hold(String operation) {
        held.add(operation);
        return () -> {
            synchronized (held) {
                held.remove(operation);
                held.notifyAll();
            }
        };
    }

    /// Tells subscribers what an engine in another process tells when it ends.
    public void goOutOfReach(String reason) {
        hub.publish(() -> new EngineEvent.Unreachable(reason, Instant.now()));
    }

    /// Tells subscribers what there is, as an engine that is back does.
    public void comeBack() {
        hub.publish(() -> new EngineEvent.Snapshot(
                containers.list(), images.list(), settings, trash.list(), sync.report(), trust.report()));
    }

    void failIfAsked(String operation) {
        EngineException failure = failures.remove(operation);
        if (failure != null) {
            throw failure;
        }
    }

    void waitWhileHeld(String operation) {
        synchronized (held) {
            while (held.contains(operation)) {
                try {
                    held.wait();
                } catch (InterruptedException interrupted) {
                    Thread.currentThread().interrupt();
                    return;
                }
            }
        }
    }

    FakeHub hub() {
        return hub;
    }

    Duration metricsEvery() {
        return metricsEvery;
    }

    boolean hasFreezer() {
        return description.cgroupMode() != EngineDescription.CgroupMode.NONE;
    }

    @Override
    public EngineDescription description() {
        return description;
    }

    @Override
    public FakeContainers containers() {
        return containers;
    }

    @Override
    public FakeImages images() {
        return images;
    }

    @Override
    public FakeTrash trash() {
        return trash;
    }

    @Override
    public Layers layers() {
        return layers;
    }

    @Override
    public FakePackages packages() {
        return packages;
    }

    @Override
    public FakeRegistries registries() {
        return registries;
    }

    @Override
    public FakeDisk disk() {
        return disk;
    }

    @Override
    public FakeSync sync() {
        return sync;
    }

    @Override
    public FakeTrust trust() {
        return trust;
    }

    @Override
    public EngineSettings settings() {
        return settings;
    }

    @Override
    public synchronized void change(EngineSettings wanted) {
        failIfAsked("change settings");
        if (!wanted.equals(settings)) {
            hub.publish(() -> {
                settings = wanted;
                return new EngineEvent.SettingsChanged(wanted, Instant.now());
            });
        }
    }

    @Override
    public Subscription subscribe(Consumer<? super EngineEvent> subscriber) {
        return hub.subscribe(
                subscriber,
                () -> new EngineEvent.Snapshot(
                        containers.list(), images.list(), settings, trash.list(), sync.report(), trust.report()));
    }

    @Override
    public void close() {
        containers.close();
    }
}
