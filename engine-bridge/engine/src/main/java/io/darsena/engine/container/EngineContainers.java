package io.darsena.engine.container;

import io.darsena.bridge.Subscription;
import io.darsena.bridge.container.Container;
import io.darsena.bridge.container.ContainerId;
import io.darsena.bridge.container.ContainerMetrics;
import io.darsena.bridge.container.ContainerSpec;
import io.darsena.bridge.container.ContainerState;
import io.darsena.bridge.container.Containers;
import io.darsena.bridge.container.Lifecycle.Trigger;
import io.darsena.bridge.container.LogConsumer;
import io.darsena.bridge.container.LogQuery;
import io.darsena.bridge.container.LogRecord;
import io.darsena.bridge.container.OutputConsumer;
import io.darsena.bridge.container.Signal;
import io.darsena.bridge.container.StopOptions;
import io.darsena.bridge.error.InvalidRequestException;
import io.darsena.bridge.error.NotFoundException;
import io.darsena.bridge.event.EngineEvent.ContainerAction;
import io.darsena.bridge.trash.Trash;
import io.darsena.bridge.trash.TrashRefusal;
import io.darsena.engine.cgroup.Cgroups;
import io.darsena.engine.container.log.ContainerLogs;
import io.darsena.engine.event.EventSink;
import io.darsena.engine.image.ImageStore;
import io.darsena.engine.metrics.MetricsFeed;
import io.darsena.engine.metrics.UsageSource;
import io.darsena.engine.paths.Absence;
import io.darsena.engine.paths.EnginePaths;
import io.darsena.engine.settings.KeptSettings;
import io.darsena.engine.store.Database;
import io.darsena.runtime.ContainerRuntime;
import io.darsena.runtime.Sandbox;
import io.darsena.runtime.SandboxSpec.DeviceGuard;
import io.darsena.runtime.cgroup.CgroupMetrics;
import io.darsena.runtime.seccomp.SeccompFilters;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// The containers of the in-process engine: finds one and hands the request to its [ContainerLifecycle].
public final class EngineContainers implements Containers, AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(EngineContainers.class);
    private static final Duration METRICS_PERIOD = Duration.ofSeconds(1);
    private static final int ENDS_REMEMBERED = 256;

    private final ContainerSurroundings around;
    private final Map<ContainerId, ContainerLifecycle> lifecycles = new ConcurrentHashMap<>();
    private final ContainerNames names = new ContainerNames();
    private final TrashedContainers trashed;
    private final TrashKeeping keeping;
    private final ContainerCreation creation;
    private final MetricsFeed metrics;
    private final FirstStart firstStart;
    private final LateSearch lateSearch = new LateSearch();

    /// How containers ended that are gone: one that removes itself may be gone before somebody asks. Guarded by itself.
    private final Map<ContainerId, ContainerState.Exited> goneEnds = new LinkedHashMap<>();

    public EngineContainers(
            EnginePaths paths,
            Database database,
            ContainerRuntime runtime,
            Cgroups cgroups,
            ImageStore images,
            SeccompFilters filters,
            KeptSettings settings,
            TrashedContainers trashed,
            EventSink events) {
        this.around = new ContainerSurroundings(
                paths,
                runtime,
                cgroups,
                images,
                new ContainerRows(database),
                new SandboxPolicy(filters, deviceGuard(runtime, cgroups)),
                new ContainerLogs(),
                settings,
                events);
        this.trashed = trashed;
        this.keeping =
                new TrashKeeping(() -> settings.now().trash(), trashed::list, trashed::purge, () -> free(paths.data()));
        this.creation = new ContainerCreation(around, names);
        this.metrics = new MetricsFeed(new Usage(), METRICS_PERIOD);
        this.firstStart = new FirstStart(around.policy()::prepare);
    }

    private static DeviceGuard deviceGuard(ContainerRuntime runtime, Cgroups cgroups) {
        if (runtime.facts().rootless()) {
            return DeviceGuard.USER_NAMESPACE;
        }
        return cgroups.deviceRefusal().isEmpty() ? DeviceGuard.CONTROL_GROUP : DeviceGuard.MOUNTS;
    }

    /// Reads what the database holds. Called once, before anything else.
    public List<Container> load() {
        Map<ContainerId, Trigger> wishes = around.rows().wishes();
        for (ContainerRecord record : around.rows().all()) {
            ContainerId id = record.definition().id();
            names.take("open", record.name(), id);
            ContainerLifecycle lifecycle = new ContainerLifecycle(around, record, this::forget);
            lifecycle.inherit(Optional.ofNullable(wishes.get(id)));
            lifecycles.put(id, lifecycle);
        }
        trashed.load();
        return list();
    }

    /// Makes true what was read, and clears away what nobody owns. Called once, after `load`. What is wrong
    /// with one container keeps nobody from the others.
    public void reconcile() {
        Set<ContainerLifecycle> unfound = ConcurrentHashMap.newKeySet();
        boolean heal = hasMostFiles();
        // At once: a monitor that does not answer is waited for, and there may be several.
        try (ExecutorService searches = Executors.newVirtualThreadPerTaskExecutor()) {
            for (ContainerLifecycle lifecycle : lifecycles.values()) {
                searches.execute(() -> {
                    if (!lifecycle.reconcile(heal)) {
                        unfound.add(lifecycle);
                    }
                });
            }
        }
        lateSearch.begin(unfound);
        trashed.resume(heal);
        keeping.begin();
        new Leftovers(around, id -> lifecycles.containsKey(id) || trashed.holds(id)).clear();
    }

    /// Whether those that have no files have lost them for good.
    private boolean hasMostFiles() {
        List<Path> all = new ArrayList<>(trashed.states());
        lifecycles.values().stream()
                .filter(ContainerLifecycle::hasFiles)
                .forEach(each -> all.add(each.directory().state()));
        long gone = all.stream().filter(Files::notExists).count();
        boolean most = Absence.isForGood(gone, all.size());
        if (!most) {
            LOG.warn(
                    "{} of {} containers have no files in {}, and all of them stay: if that is a disk of its own, mount "
                            + "it and open Darsena again, else remove them",
                    gone,
                    all.size(),
                    around.paths().containers());
        }
        return most;
    }

    private void forget(ContainerLifecycle lifecycle) {
        lifecycle.lastEnd().ifPresent(end -> {
            synchronized (goneEnds) {
                goneEnds.put(lifecycle.id(), end);
                if (goneEnds.size() > ENDS_REMEMBERED) {
                    goneEnds.remove(goneEnds.keySet().iterator().next());
                }
            }
        });
        lifecycles.remove(lifecycle.id());
        names.release(lifecycle.record().name(), lifecycle.id());
    }

    private static long free(Path data) {
        try {
            return Files.getFileStore(data).getUsableSpace();
        } catch (IOException failure) {
            throw new UncheckedIOException("cannot tell how full the disk of " + data + " is", failure);
        }
    }

    static NotFoundException noSuch(String operation, String name) {
        return new NotFoundException(operation, "container " + name, "there is no such container", "");
    }

    private ContainerLifecycle lifecycle(String operation, ContainerId id) {
        ContainerLifecycle found = lifecycles.get(id);
        if (found == null) {
            trashed.nameOf(id).ifPresent(name -> {
                throw TrashRefusal.isThere(operation, name);
            });
            throw noSuch(operation, id.shortId());
        }
        return found;
    }

    public Trash trash() {
        return new EngineTrash(this, trashed);
    }

    void putAway(ContainerId id) {
        ContainerLifecycle lifecycle = lifecycles.get(id);
        if (lifecycle == null) {
            throw noSuch("trash", id.shortId());
        }
        lifecycle.putAway(trashed::add);
    }

    /// @return the name that it bears now
    String bringBack(ContainerId id) {
        return trashed.restore(id, record -> names.claimAgain(record.name(), id), new TrashedContainers.Rebirth() {
            @Override
            public void born(ContainerRecord record) {
                ContainerLifecycle lifecycle = new ContainerLifecycle(around, record, EngineContainers.this::forget);
                lifecycles.put(id, lifecycle);
                lifecycle.announce(ContainerAction.RESTORE);
            }

            @Override
            public void failed(String name, ContainerId unborn) {
                names.release(name, unborn);
            }
        });
    }

    @Override
    public List<Container> list() {
        return lifecycles.values().stream()
                .map(ContainerLifecycle::container)
                .sorted(Comparator.comparing(Container::createdAt))
                .toList();
    }

    @Override
    public Container container(ContainerId id) {
        return lifecycle("find", id).container();
    }

    @Override
    public Optional<Container> find(String nameOrId) {
        Optional<ContainerLifecycle> named = names.holder(nameOrId).map(lifecycles::get);
        if (named.isPresent()) {
            return named.map(ContainerLifecycle::container);
        }
        if (!nameOrId.matches("[0-9a-f]{1,64}")) {
            return Optional.empty();
        }
        List<ContainerLifecycle> fitting = new ArrayList<>();
        lifecycles.forEach((id, lifecycle) -> {
            if (id.hex().startsWith(nameOrId)) {
                fitting.add(lifecycle);
            }
        });
        if (fitting.size() > 1) {
            throw new InvalidRequestException(
                    "find", "container " + nameOrId, fitting.size() + " ids begin so", "give more digits");
        }
        return fitting.stream().findFirst().map(ContainerLifecycle::container);
    }

    @Override
    public ContainerId create(ContainerSpec spec) {
        return creation.create(spec, record -> {
            ContainerLifecycle lifecycle = new ContainerLifecycle(around, record, this::forget);
            lifecycles.put(lifecycle.id(), lifecycle);
            lifecycle.announce(ContainerAction.CREATE);
        });
    }

    @Override
    public void start(ContainerId id) {
        lifecycle("start", id).start();
    }

    @Override
    public void pause(ContainerId id) {
        lifecycle("pause", id).pause();
    }

    @Override
    public void resume(ContainerId id) {
        lifecycle("resume", id).resume();
    }

    @Override
    public void stop(ContainerId id, StopOptions options) {
        lifecycle("stop", id).stop(options);
    }

    @Override
    public void kill(ContainerId id, String signal) {
        ContainerLifecycle lifecycle = lifecycle("kill", id);
        Signal parsed;
        try {
            parsed = Signal.parse(signal);
        } catch (IllegalArgumentException unknown) {
            throw new InvalidRequestException(
                    "kill",
                    "container " + lifecycle.record().name(),
                    "there is no signal '" + signal + "'",
                    "use a name such as KILL, or a number from 1 to 64");
        }
        lifecycle.kill(parsed);
    }

    @Override
    public void restart(ContainerId id, StopOptions options) {
        lifecycle("restart", id).restart(options);
    }

    @Override
    public void rename(ContainerId id, String name) {
        ContainerLifecycle lifecycle = lifecycle("rename", id);
        lifecycle.rename(name, () -> {
            String old = lifecycle.record().name();
            if (old.equals(name)) {
                return;
            }
            names.take("rename", name, id);
            try {
                around.rows().rename(id, name);
            } catch (RuntimeException failure) {
                names.release(name, id);
                throw failure;
            }
            names.release(old, id);
        });
    }

    @Override
    public void remove(ContainerId id) {
        lifecycle("remove", id).remove(false);
    }

    @Override
    public void forceRemove(ContainerId id) {
        lifecycle("remove", id).remove(true);
    }

    @Override
    public ContainerState.Exited await(ContainerId id) {
        ContainerLifecycle present = lifecycles.get(id);
        if (present != null) {
            return present.await();
        }
        synchronized (goneEnds) {
            ContainerState.Exited end = goneEnds.get(id);
            if (end == null) {
                throw noSuch("wait for", id.shortId());
            }
            return end;
        }
    }

    @Override
    public String inspect(ContainerId id) {
        ContainerLifecycle lifecycle = lifecycle("inspect", id);
        return new ContainerInspection(around, lifecycle.record(), lifecycle.directory()).json();
    }

    /// Does something while the container is neither started nor ended nor removed; its process may end of itself.
    public void hold(String operation, ContainerId id, BiConsumer<Container, Optional<Sandbox>> work) {
        lifecycle(operation, id).hold(work);
    }

    @Override
    public Subscription logs(ContainerId id, LogQuery query, LogConsumer consumer) {
        ContainerLifecycle lifecycle = lifecycle("read the log of", id);
        return around.logs().read(id, lifecycle.directory().state(), query, consumer, lifecycle::isOver);
    }

    @Override
    public Subscription attach(ContainerId id, Set<LogRecord.Stream> streams, OutputConsumer consumer) {
        return lifecycle("attach to", id).attach(streams, consumer);
    }

    @Override
    public Subscription metrics(Consumer<? super List<ContainerMetrics>> subscriber) {
        return metrics.subscribe(subscriber);
    }

    /// Ends logs, metrics and what empties the trash. Containers run on.
    @Override
    public void close() {
        keeping.close();
        firstStart.close();
        metrics.close();
        lifecycles.values().forEach(ContainerLifecycle::detach);
        lateSearch.close();
        around.logs().close();
    }

    private static boolean hasOwnNetwork(ContainerDefinition definition) {
        return switch (definition.spec().network()) {
            case NONE -> true;
            case HOST -> false;
        };
    }

    private final class Usage implements UsageSource {
        @Override
        public List<Subject> running() {
            List<Subject> subjects = new ArrayList<>();
            for (ContainerLifecycle lifecycle : lifecycles.values()) {
                ContainerRecord record = lifecycle.record();
                record.state()
                        .runningPid()
                        .ifPresent(pid -> subjects.add(
                                new Subject(lifecycle.id(), pid, record.run(), hasOwnNetwork(record.definition()))));
            }
            return subjects;
        }

        @Override
        public Optional<CgroupMetrics> cgroup(ContainerId id) {
            return around.cgroups().metrics(id);
        }
    }
}
