package io.darsena.bridge.fake;

import io.darsena.bridge.Subscription;
import io.darsena.bridge.container.Container;
import io.darsena.bridge.container.ContainerId;
import io.darsena.bridge.container.ContainerMetrics;
import io.darsena.bridge.container.ContainerSpec;
import io.darsena.bridge.container.ContainerState;
import io.darsena.bridge.container.Containers;
import io.darsena.bridge.container.LogConsumer;
import io.darsena.bridge.container.LogLimits;
import io.darsena.bridge.container.LogQuery;
import io.darsena.bridge.container.LogRecord;
import io.darsena.bridge.container.NameSuggestion;
import io.darsena.bridge.container.OutputConsumer;
import io.darsena.bridge.container.Signal;
import io.darsena.bridge.container.StopOptions;
import io.darsena.bridge.error.ConflictException;
import io.darsena.bridge.error.InvalidRequestException;
import io.darsena.bridge.error.NotFoundException;
import io.darsena.bridge.event.EngineEvent;
import io.darsena.bridge.image.Image;
import io.darsena.bridge.trash.RestoredName;
import io.darsena.bridge.trash.TrashRefusal;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ThreadLocalRandom;
import java.util.function.Consumer;

/// The containers of a [FakeEngine]. `containers` guards the map and the uniqueness of names.
final class FakeContainers implements Containers {

    private final FakeEngine engine;
    private final Map<ContainerId, FakeContainer> containers = new LinkedHashMap<>();
    private final Map<ContainerId, FakeContainer> gone = new ConcurrentHashMap<>();
    private final FakeMetrics metrics;

    FakeContainers(FakeEngine engine) {
        this.engine = engine;
        this.metrics = new FakeMetrics(this::list, engine);
    }

    static NotFoundException noSuch(String name) {
        return new NotFoundException("find", "container " + name, "there is no such container", "");
    }

    private List<FakeContainer> all() {
        synchronized (containers) {
            return List.copyOf(containers.values());
        }
    }

    /// For the trash, to which what it holds is not there.
    FakeContainer present(ContainerId id) {
        synchronized (containers) {
            return Optional.ofNullable(containers.get(id)).orElseThrow(() -> noSuch(id.shortId()));
        }
    }

    private FakeContainer fake(ContainerId id) {
        synchronized (containers) {
            FakeContainer container = containers.get(id);
            if (container == null) {
                engine.trash().find(id).ifPresent(entry -> {
                    throw TrashRefusal.isThere("find", entry.container().name());
                });
                throw noSuch(id.shortId());
            }
            return container;
        }
    }

    /// Also one that is gone: one that removes itself may be gone before somebody asks how it ended.
    private FakeContainer known(ContainerId id) {
        FakeContainer past = gone.get(id);
        return past == null ? fake(id) : past;
    }

    @Override
    public List<Container> list() {
        return all().stream().map(FakeContainer::now).toList();
    }

    @Override
    public Container container(ContainerId id) {
        return fake(id).now();
    }

    @Override
    public Optional<Container> find(String nameOrId) {
        List<Container> list = list();
        Optional<Container> exact = list.stream()
                .filter(container -> container.name().equals(nameOrId)
                        || container.id().hex().equals(nameOrId))
                .findFirst();
        if (exact.isPresent()) {
            return exact;
        }
        List<Container> fitting = list.stream()
                .filter(container -> !nameOrId.isEmpty() && container.id().hex().startsWith(nameOrId))
                .toList();
        if (fitting.size() > 1) {
            throw new InvalidRequestException(
                    "find", "container " + nameOrId, "several ids begin so", "give more digits");
        }
        return fitting.stream().findFirst();
    }

    @Override
    public ContainerId create(ContainerSpec spec) {
        engine.failIfAsked("create");
        Image image = engine.images()
                .find(spec.image())
                .orElseThrow(() -> new NotFoundException(
                        "create",
                        "container" + spec.name().map(name -> " " + name).orElse(""),
                        "there is no image " + spec.image() + " in the cache",
                        "import it first"));
        spec.stopSignal().ifPresent(signal -> parse(signal, spec.image()));
        List<String> arguments =
                new ArrayList<>(spec.entrypoint().orElse(image.config().entrypoint()));
        arguments.addAll(spec.command()
                .orElse(
                        spec.entrypoint().isPresent()
                                ? List.of()
                                : image.config().command()));
        if (arguments.isEmpty() || arguments.getFirst().isEmpty()) {
            throw new InvalidRequestException(
                    "create", "container of " + spec.image(), "neither it nor its image names a command", "give one");
        }
        ContainerId[] id = new ContainerId[1];
        engine.hub().publish(() -> {
            Container created = created(spec, image, arguments);
            id[0] = created.id();
            return new EngineEvent.ContainerChanged(
                    created, EngineEvent.ContainerAction.CREATE, Optional.empty(), created.createdAt());
        });
        return id[0];
    }

    /// Under the hub's lock, which comes before that of the map.
    private Container created(ContainerSpec spec, Image image, List<String> arguments) {
        synchronized (containers) {
            String name = spec.name()
                    .orElseGet(() -> NameSuggestion.next(
                            ThreadLocalRandom.current(), taken -> holder(taken).isPresent()));
            requireFree("create", name);
            Instant at = Instant.now();
            String random = FakeImages.digest(name + System.nanoTime()).hex();
            Container created = new Container(
                    ContainerId.parse(random),
                    name,
                    spec,
                    image.id(),
                    image.calledBy(spec.image()),
                    arguments,
                    new ContainerState.Created(at),
                    Optional.empty(),
                    at,
                    0,
                    List.of(new Container.HistoryEntry(
                            io.darsena.bridge.container.ContainerStatus.CREATED, Optional.empty(), at)),
                    List.of(),
                    Optional.empty());
            containers.put(created.id(), new FakeContainer(engine, created));
            return created;
        }
    }

    private Optional<FakeContainer> holder(String name) {
        return containers.values().stream()
                .filter(container -> container.now().name().equals(name))
                .findFirst();
    }

    private void requireFree(String operation, String name) {
        holder(name).ifPresent(other -> {
            throw new ConflictException(
                    operation,
                    "container " + name,
                    "the name is taken by container " + other.now().id().shortId(),
                    "choose another, or remove or rename that one");
        });
    }

    void claim(String name, FakeContainer claimant, Runnable change) {
        if (!ContainerSpec.NAME.matcher(name).matches()) {
            throw new InvalidRequestException(
                    "rename",
                    "container " + claimant.now().name(),
                    "'" + name + "' is not a valid name",
                    "use letters, digits, '_', '.' and '-'");
        }
        synchronized (containers) {
            if (holder(name).filter(other -> other != claimant).isPresent()) {
                requireFree("rename", name);
            }
            change.run();
        }
    }

    void removed(FakeContainer container) {
        Container last = container.now();
        engine.hub().publish(() -> {
            synchronized (containers) {
                containers.remove(last.id());
                gone.put(last.id(), container);
            }
            return new EngineEvent.ContainerRemoved(last.id(), last.name(), Instant.now());
        });
    }

    /// @return the name that it bears now
    String comeBack(FakeContainer container) {
        engine.hub().publish(() -> {
            synchronized (containers) {
                Container last = container.now();
                String name =
                        RestoredName.of(last.name(), taken -> holder(taken).isPresent());
                container.comeBack(name);
                gone.remove(last.id());
                containers.put(last.id(), container);
                return new EngineEvent.ContainerChanged(
                        container.now(), EngineEvent.ContainerAction.RESTORE, Optional.empty(), Instant.now());
            }
        });
        return container.now().name();
    }

    private static Signal parse(String signal, String subject) {
        try {
            return Signal.parse(signal);
        } catch (IllegalArgumentException invalid) {
            throw new InvalidRequestException(
                    "signal", "container " + subject, String.valueOf(invalid.getMessage()), "use a name such as TERM");
        }
    }

    void runOutOfMemory(ContainerId id) {
        fake(id).runOutOfMemory();
    }

    @Override
    public void start(ContainerId id) {
        fake(id).start();
    }

    @Override
    public void pause(ContainerId id) {
        fake(id).pause();
    }

    @Override
    public void resume(ContainerId id) {
        fake(id).resume();
    }

    @Override
    public void stop(ContainerId id, StopOptions options) {
        fake(id).stop(options);
    }

    @Override
    public void kill(ContainerId id, String signal) {
        FakeContainer container = fake(id);
        container.kill(parse(signal, container.now().name()));
    }

    @Override
    public void restart(ContainerId id, StopOptions options) {
        fake(id).restart(options);
    }

    @Override
    public void rename(ContainerId id, String name) {
        fake(id).rename(name);
    }

    @Override
    public void remove(ContainerId id) {
        fake(id).remove(false);
    }

    @Override
    public void forceRemove(ContainerId id) {
        fake(id).remove(true);
    }

    @Override
    public ContainerState.Exited await(ContainerId id) {
        FakeContainer container = known(id);
        try {
            return container.await();
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new io.darsena.bridge.error.FailedException(
                    "await", "container " + container.now().name(), "the wait was interrupted", "");
        }
    }

    @Override
    public String inspect(ContainerId id) {
        Container container = container(id);
        return """
                {
                  "Id" : "%s",
                  "Name" : "/%s",
                  "Path" : "%s",
                  "Image" : "%s",
                  "State" : {
                    "Status" : "%s",
                    "Running" : %b,
                    "Paused" : %b,
                    "Pid" : %d
                  },
                  "HostConfig" : {
                    "NetworkMode" : "%s",
                    "LogConfig" : {
                      "Type" : "cri",
                      "Config" : {
                        "max-size" : "%d",
                        "max-file" : "%d"
                      }
                    },
                    "Memory" : %d,
                    "AutoRemove" : %b
                  },
                  "Config" : {
                    "Hostname" : "%s",
                    "Image" : "%s"
                  }
                }""".formatted(
                        id,
                        container.name(),
                        container.arguments().getFirst(),
                        container.image(),
                        container.status().name().toLowerCase(java.util.Locale.ROOT),
                        container.state().runningPid().isPresent(),
                        container.state() instanceof ContainerState.Paused,
                        container.state().runningPid().orElse(0),
                        container.spec().network().word(),
                        logLimits(container).maxBytes(),
                        logLimits(container).files(),
                        container.spec().limits().memory().orElse(0),
                        container.spec().autoRemove(),
                        container.spec().hostname().orElse(id.shortId()),
                        container.spec().image());
    }

    private LogLimits logLimits(Container container) {
        return container.spec().logLimits().orElse(engine.settings().logs());
    }

    @Override
    public Subscription logs(ContainerId id, LogQuery query, LogConsumer consumer) {
        return fake(id).log.read(query, consumer);
    }

    @Override
    public Subscription attach(ContainerId id, Set<LogRecord.Stream> streams, OutputConsumer consumer) {
        return fake(id).log.attach(streams, consumer);
    }

    @Override
    public Subscription metrics(Consumer<? super List<ContainerMetrics>> subscriber) {
        return metrics.subscribe(subscriber);
    }

    void close() {
        metrics.close();
    }
}
