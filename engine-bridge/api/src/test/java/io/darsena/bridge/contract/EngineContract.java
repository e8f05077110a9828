package io.darsena.bridge.contract;

import static io.darsena.bridge.container.ContainerStatus.CREATED;
import static io.darsena.bridge.container.ContainerStatus.EXITED;
import static io.darsena.bridge.container.ContainerStatus.PAUSED;
import static io.darsena.bridge.container.ContainerStatus.REMOVING;
import static io.darsena.bridge.container.ContainerStatus.RESTARTING;
import static io.darsena.bridge.container.ContainerStatus.RUNNING;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.darsena.bridge.Engine;
import io.darsena.bridge.Subscription;
import io.darsena.bridge.container.Container;
import io.darsena.bridge.container.ContainerId;
import io.darsena.bridge.container.ContainerMetrics;
import io.darsena.bridge.container.ContainerMetrics.Absence;
import io.darsena.bridge.container.ContainerMetrics.Measure;
import io.darsena.bridge.container.ContainerSpec;
import io.darsena.bridge.container.ContainerState;
import io.darsena.bridge.container.ContainerState.ExitCause;
import io.darsena.bridge.container.ContainerStatus;
import io.darsena.bridge.container.Containers;
import io.darsena.bridge.container.Lifecycle;
import io.darsena.bridge.container.Lifecycle.Trigger;
import io.darsena.bridge.container.LifecycleRefusal;
import io.darsena.bridge.container.LogLimits;
import io.darsena.bridge.container.LogQuery;
import io.darsena.bridge.container.LogRecord;
import io.darsena.bridge.container.ResourceLimits;
import io.darsena.bridge.error.ConflictException;
import io.darsena.bridge.error.InvalidRequestException;
import io.darsena.bridge.error.NotFoundException;
import io.darsena.bridge.event.EngineEvent;
import io.darsena.bridge.event.EngineEvent.ContainerAction;
import io.darsena.bridge.settings.EngineSettings;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalLong;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.Timeout;

/// What an engine does, whatever it is made of. Commands are such as a small shell knows, so that real and simulated
/// containers run the same.
@Timeout(120)
public abstract class EngineContract {

    private static final List<String> ENDLESS =
            List.of("sh", "-c", "trap 'exit 0' TERM; echo ready; while :; do sleep 0.05; done");
    private static final List<String> STUBBORN =
            List.of("sh", "-c", "trap '' TERM; echo ready; while :; do sleep 0.05; done");

    private final List<AutoCloseable> closing = new ArrayList<>();
    private Engine engine = new Closed();

    /// Opens an engine that has no container, and an image called [#image].
    protected abstract Engine open() throws Exception;

    protected abstract String image();

    /// Brings a container into a state that passes by itself, or needs a fault, and keeps it there until closed; empty
    /// when this engine cannot be made to.
    protected Optional<AutoCloseable> hold(Engine held, ContainerId id, ContainerStatus status) throws Exception {
        return Optional.empty();
    }

    /// The states that containers of this engine can be brought into and kept in. Those that pass by themselves are
    /// left to engines that can be held there.
    protected Set<ContainerStatus> states() {
        return EnumSet.allOf(ContainerStatus.class);
    }

    /// Whether containers can be paused here.
    protected boolean canPause() {
        return true;
    }

    @BeforeEach
    void openEngine() throws Exception {
        engine = open();
    }

    @AfterEach
    void closeEngine() throws Exception {
        for (AutoCloseable one : closing.reversed()) {
            one.close();
        }
        for (Container container : engine.containers().list()) {
            engine.containers().forceRemove(container.id());
        }
        assertThat(engine.containers().list()).isEmpty();
        engine.close();
    }

    protected final Engine engine() {
        return engine;
    }

    private Containers containers() {
        return engine.containers();
    }

    protected final ContainerSpec spec(String... command) {
        return ContainerSpec.of(image()).withCommand(List.of(command));
    }

    private ContainerId running(List<String> command) {
        ContainerId id = containers().create(ContainerSpec.of(image()).withCommand(command));
        containers().start(id);
        awaitReady(id);
        return id;
    }

    /// When it has said `ready` its traps are set.
    private void awaitReady(ContainerId id) {
        LogCollector collector = new LogCollector();
        try (Subscription logs = containers().logs(id, LogQuery.ALL.withFollow(true), collector)) {
            collector.awaitLine("ready");
        }
    }

    private ContainerStatus status(ContainerId id) {
        return containers().container(id).status();
    }

    // ------------------------------------------------------------------ the table

    @TestFactory
    Stream<DynamicTest> everyRequestInEveryStateDoesWhatTheTableSays() {
        return states().stream()
                .flatMap(from -> Arrays.stream(Trigger.values())
                        .filter(Trigger::isRequest)
                        .map(trigger -> DynamicTest.dynamicTest(from + " " + trigger, () -> requestIn(from, trigger))));
    }

    private void requestIn(ContainerStatus from, Trigger trigger) throws Exception {
        boolean pauses = from == PAUSED || trigger == Trigger.PAUSE && from == RUNNING;
        Assumptions.assumeTrue(canPause() || !pauses, "this host has no freezer");
        ContainerId id = containers().create(ContainerSpec.of(image()).withCommand(ENDLESS));
        try (AutoCloseable release = bring(id, from)) {
            assertThat(status(id)).isEqualTo(from);
            Optional<ContainerStatus> target = Lifecycle.target(from, trigger);
            if (target.isPresent()) {
                requestThatIsPossible(id, trigger, release);
            } else if (LifecycleRefusal.isAlreadySo(from, trigger)) {
                request(id, trigger);
                assertThat(status(id)).isEqualTo(from);
            } else {
                assertThatThrownBy(() -> request(id, trigger))
                        .isInstanceOf(ConflictException.class)
                        .hasMessageContaining("it is " + from.name().toLowerCase(Locale.ROOT))
                        .hasMessageContaining("; ");
                assertThat(status(id)).isEqualTo(from);
            }
        } finally {
            clearAway(id);
        }
    }

    private void clearAway(ContainerId id) throws InterruptedException {
        Optional<Container> left = containers().find(id.hex());
        while (left.isPresent()) {
            if (left.get().status() == REMOVING) {
                Thread.sleep(5);
            } else {
                forceRemoveUnlessGone(id);
            }
            left = containers().find(id.hex());
        }
    }

    /// A removal that was let go may be faster.
    private void forceRemoveUnlessGone(ContainerId id) {
        try {
            containers().forceRemove(id);
        } catch (NotFoundException gone) {
            assertThat(containers().find(id.hex())).isEmpty();
        }
    }

    /// A request may have to wait for what is held; then it is let go.
    private void requestThatIsPossible(ContainerId id, Trigger trigger, AutoCloseable release) throws Exception {
        AtomicReference<Throwable> failure = new AtomicReference<>();
        Thread thread = Thread.ofVirtual().start(() -> {
            try {
                request(id, trigger);
            } catch (RuntimeException | AssertionError thrown) {
                failure.set(thrown);
            }
        });
        Thread.sleep(50);
        release.close();
        thread.join(Duration.ofSeconds(30));
        assertThat(thread.isAlive()).isFalse();
        assertThat(failure.get()).isNull();
        Optional<ContainerStatus> after = containers().find(id.hex()).map(Container::status);
        Optional<ContainerStatus> expected = switch (trigger) {
            case START, RESUME, RESTART -> Optional.of(RUNNING);
            case PAUSE -> Optional.of(PAUSED);
            case STOP, KILL -> Optional.of(EXITED);
            default -> Optional.empty();
        };
        assertThat(after).isEqualTo(expected);
    }

    private void request(ContainerId id, Trigger trigger) {
        switch (trigger) {
            case START -> containers().start(id);
            case PAUSE -> containers().pause(id);
            case RESUME -> containers().resume(id);
            case STOP -> containers().stop(id, Duration.ofSeconds(5));
            case KILL -> containers().kill(id, "KILL");
            case RESTART -> containers().restart(id, Duration.ofSeconds(5));
            case REMOVE -> containers().remove(id);
            case FORCE_REMOVE -> containers().forceRemove(id);
            case PROCESS_ENDED, RESTARTED, RESTART_FAILED, REMOVE_FAILED ->
                throw new IllegalArgumentException(trigger + " is no request");
        }
    }

    /// @return lets go of a state that is held
    private AutoCloseable bring(ContainerId id, ContainerStatus status) throws Exception {
        switch (status) {
            case CREATED -> {}
            case RUNNING, PAUSED, EXITED -> {
                containers().start(id);
                awaitReady(id);
                if (status == PAUSED) {
                    containers().pause(id);
                } else if (status == EXITED) {
                    containers().stop(id);
                }
            }
            case RESTARTING, REMOVING, DEAD -> {
                return hold(engine, id, status)
                        .orElseThrow(() -> new AssertionError("this engine cannot be kept in " + status));
            }
        }
        return () -> {};
    }

    // ------------------------------------------------------------------ ends

    @Test
    void theExitCodeIsTheCommands() {
        ContainerId id = containers().create(spec("sh", "-c", "exit 42"));
        containers().start(id);
        ContainerState.Exited exited = containers().await(id);
        assertThat(exited.code()).isEqualTo(42);
        assertThat(exited.cause()).isEqualTo(ExitCause.ENDED);
        assertThat(exited.signal()).isEmpty();
        assertThat(exited.since()).isAfterOrEqualTo(exited.startedAt());
    }

    @Test
    void aStopLetsItEndByItself() {
        ContainerId id = running(ENDLESS);
        containers().stop(id);
        ContainerState.Exited exited = containers().await(id);
        assertThat(exited.code()).isZero();
        assertThat(exited.cause()).isEqualTo(ExitCause.STOPPED);
    }

    @Test
    void aStopOfOneThatDoesNotListenKillsIt() {
        ContainerId id = running(STUBBORN);
        long begun = System.nanoTime();
        containers().stop(id, Duration.ofMillis(300));
        assertThat(Duration.ofNanos(System.nanoTime() - begun))
                .isBetween(Duration.ofMillis(300), Duration.ofSeconds(9));
        ContainerState.Exited exited = containers().await(id);
        assertThat(exited.code()).isEqualTo(137);
        assertThat(exited.signal()).hasValue(9);
        assertThat(exited.cause()).isEqualTo(ExitCause.KILLED);
    }

    @Test
    void theStopSignalOfTheRequestIsSent() {
        ContainerSpec spec = spec("sh", "-c", "trap 'exit 7' USR1; echo ready; while :; do sleep 0.05; done")
                .withStopSignal("SIGUSR1");
        ContainerId id = containers().create(spec);
        containers().start(id);
        awaitReady(id);
        containers().stop(id);
        assertThat(containers().await(id).code()).isEqualTo(7);
    }

    @Test
    void aKillOvertakesAStopThatWaits() throws Exception {
        ContainerId id = running(STUBBORN);
        Thread stopping = Thread.ofVirtual().start(() -> containers().stop(id, Duration.ofSeconds(60)));
        try (Recorder recorder = new Recorder(engine)) {
            recorder.await(event -> container(event, id)
                    .flatMap(Container::activity)
                    .filter(activity -> activity == Container.Activity.STOPPING)
                    .isPresent());
        }
        containers().kill(id, "SIGKILL");
        assertThat(status(id)).isEqualTo(EXITED);
        stopping.join(Duration.ofSeconds(10));
        assertThat(stopping.isAlive()).isFalse();
        assertThat(containers().await(id).cause()).isEqualTo(ExitCause.KILLED);
    }

    private static Optional<Container> container(EngineEvent event, ContainerId id) {
        return switch (event) {
            case EngineEvent.Snapshot snapshot ->
                snapshot.containers().stream()
                        .filter(container -> container.id().equals(id))
                        .findFirst();
            case EngineEvent.ContainerChanged changed ->
                Optional.of(changed.container())
                        .filter(container -> container.id().equals(id));
            case EngineEvent.ContainerRemoved removed -> Optional.empty();
            case EngineEvent.ImageChanged changed -> Optional.empty();
            case EngineEvent.ImageRemoved removed -> Optional.empty();
            case EngineEvent.SettingsChanged changed -> Optional.empty();
            case EngineEvent.Unreachable unreachable -> Optional.empty();
        };
    }

    @Test
    void aSignalThatIsHandledDoesNotEndIt() {
        ContainerId id = running(List.of(
                "sh", "-c", "trap 'echo hup' HUP; trap 'exit 0' TERM; echo ready; while :; do sleep 0.05; done"));
        LogCollector collector = new LogCollector();
        try (Subscription logs = containers().logs(id, LogQuery.ALL.withFollow(true), collector)) {
            containers().kill(id, "HUP");
            collector.awaitLine("hup");
        }
        assertThat(status(id)).isEqualTo(RUNNING);
        assertThatThrownBy(() -> containers().kill(id, "NONSENSE")).isInstanceOf(InvalidRequestException.class);
    }

    @Test
    void waitingForOneThatWasNeverStartedWaits() throws Exception {
        ContainerId id = containers().create(spec("sh", "-c", "exit 5"));
        AtomicReference<ContainerState.Exited> end = new AtomicReference<>();
        Thread waiting = Thread.ofVirtual().start(() -> end.set(containers().await(id)));
        Thread.sleep(50);
        assertThat(end.get()).isNull();
        containers().start(id);
        waiting.join(Duration.ofSeconds(20));
        assertThat(end.get().code()).isEqualTo(5);
    }

    @Test
    void aCommandThatIsNotThereIsToldAndRemembered() {
        ContainerId id = containers().create(spec("no-such-program"));
        assertThatThrownBy(() -> containers().start(id))
                .isInstanceOf(InvalidRequestException.class)
                .hasMessageContaining("no-such-program");
        Container container = containers().container(id);
        assertThat(container.status()).isEqualTo(CREATED);
        assertThat(container.lastError()).isPresent();
        assertThat(container.activity()).isEmpty();
    }

    @Test
    void aStartTellsItsStepsAndWhatTheyMade() {
        ContainerSpec spec = spec("sh", "-c", "exit 0");
        ContainerId id = containers().create(spec);
        assertThat(containers().container(id).startSteps()).isEmpty();
        assertThat(containers().container(id).runs()).isZero();
        containers().start(id);
        ContainerState.Exited end = containers().await(id);
        Container container = containers().container(id);
        assertThat(end.code()).isZero();
        assertThat(container.runs()).isEqualTo(1);
        assertThat(container.startSteps())
                .extracting(Container.StartStep::name)
                .containsExactly(
                        "resolve",
                        "storage",
                        "cgroup",
                        "monitor",
                        "namespaces",
                        "overlay",
                        "filesystems",
                        "confinement",
                        "exec");
        assertThat(fact(container, "resolve", "reference")).isEqualTo(container.imageName());
        assertThat(fact(container, "resolve", "image"))
                .isEqualTo(container.image().toString());
        assertThat(Integer.parseInt(fact(container, "resolve", "layers"))).isPositive();
        assertThat(fact(container, "storage", "upper")).startsWith("/");
        for (String kind : List.of("pid", "mount", "uts", "ipc")) {
            assertThat(Long.parseLong(fact(container, "namespaces", kind))).isPositive();
        }
        assertThat(fact(container, "overlay", "writable")).isEqualTo("1");
        assertThat(fact(container, "confinement", "user")).isEqualTo("0:0");
        assertThat(fact(container, "exec", "command")).isEqualTo("sh");
    }

    private static String fact(Container container, String step, String key) {
        return container.startSteps().stream()
                .filter(each -> each.name().equals(step))
                .flatMap(each -> each.fact(key).stream())
                .findFirst()
                .orElseThrow(() -> new AssertionError(step + " does not tell " + key));
    }

    @Test
    void startsAreCountedAlsoThoseThatFail() {
        ContainerId id = containers().create(spec("sh", "-c", "exit 0"));
        containers().start(id);
        containers().await(id);
        containers().start(id);
        containers().await(id);
        assertThat(containers().container(id).runs()).isEqualTo(2);
        ContainerId broken = containers().create(spec("no-such-program"));
        assertThatThrownBy(() -> containers().start(broken)).isInstanceOf(InvalidRequestException.class);
        assertThat(containers().container(broken).runs()).isEqualTo(1);
    }

    @Test
    void restartingOneWhoseCommandEndsRunsItAgain() {
        ContainerId id = containers().create(spec("sh", "-c", "echo once"));
        containers().start(id);
        containers().await(id);
        containers().restart(id);
        containers().await(id);
        LogCollector collector = new LogCollector();
        containers().logs(id, LogQuery.ALL, collector);
        assertThat(collector.awaitEnd()).containsExactly("once", "once");
    }

    @Test
    void aRestartIsSeenInTheHistory() {
        ContainerId id = running(ENDLESS);
        containers().restart(id);
        List<ContainerStatus> history = containers().container(id).history().stream()
                .map(Container.HistoryEntry::status)
                .toList();
        assertThat(history).containsExactly(CREATED, RUNNING, RESTARTING, RUNNING);
    }

    // ------------------------------------------------------------------ creation, names, removal

    @Test
    void aContainerOfAnUnknownImageIsRefused() {
        assertThatThrownBy(() -> containers().create(ContainerSpec.of("no-such-image:1")))
                .isInstanceOf(NotFoundException.class)
                .hasMessageContaining("no-such-image");
        assertThat(containers().list()).isEmpty();
    }

    @Test
    void aNameIsOneContainersAlone() {
        ContainerId first = containers().create(spec("true").withName("web-1"));
        assertThatThrownBy(() -> containers().create(spec("true").withName("web-1")))
                .isInstanceOf(ConflictException.class)
                .hasMessageContaining("web-1")
                .hasMessageContaining(first.shortId());
        ContainerId second = containers().create(spec("true").withName("web-2"));
        assertThatThrownBy(() -> containers().rename(second, "web-1")).isInstanceOf(ConflictException.class);
        containers().rename(first, "front");
        containers().rename(second, "web-1");
        assertThat(containers().find("web-1").map(Container::id)).contains(second);
        assertThat(containers().find("front").map(Container::id)).contains(first);
        assertThatThrownBy(() -> containers().rename(first, "not a name")).isInstanceOf(InvalidRequestException.class);
        containers().remove(second);
        containers().rename(first, "web-1");
        assertThat(containers().container(first).name()).isEqualTo("web-1");
    }

    @Test
    void onesWithoutANameGetDifferentOnes() {
        List<String> names = Stream.generate(() -> containers().create(spec("true")))
                .limit(8)
                .map(id -> containers().container(id).name())
                .toList();
        assertThat(names)
                .doesNotHaveDuplicates()
                .allMatch(name -> ContainerSpec.NAME.matcher(name).matches());
    }

    @Test
    void oneIsFoundByNameIdAndPrefix() {
        ContainerId id = containers().create(spec("true").withName("found"));
        assertThat(containers().find("found").map(Container::id)).contains(id);
        assertThat(containers().find(id.hex()).map(Container::id)).contains(id);
        assertThat(containers().find(id.shortId()).map(Container::id)).contains(id);
        assertThat(containers().find("nothing")).isEmpty();
        assertThat(containers().find("")).isEmpty();
        assertThatThrownBy(() -> containers().container(new ContainerId("0".repeat(64))))
                .isInstanceOf(NotFoundException.class);
    }

    @Test
    void oneThatRemovesItselfIsGoneAfterItsEnd() {
        try (Recorder recorder = new Recorder(engine)) {
            ContainerId id = containers().create(spec("sh", "-c", "exit 3").withAutoRemove(true));
            containers().start(id);
            assertThat(containers().await(id).code()).isEqualTo(3);
            recorder.awaitRemoved(id);
            assertThat(containers().find(id.hex())).isEmpty();
        }
    }

    @Test
    void oneThatIsGoneIsUnknownToEveryRequest() {
        ContainerId id = containers().create(spec("true"));
        containers().remove(id);
        for (Trigger trigger : Trigger.values()) {
            if (trigger.isRequest()) {
                assertThatThrownBy(() -> request(id, trigger)).isInstanceOf(NotFoundException.class);
            }
        }
    }

    @Test
    void anImageInUseIsNotRemovedAndTheMessageNamesWho() {
        containers().create(spec("true").withName("user-of-it"));
        var image = engine.images().find(image()).orElseThrow();
        assertThatThrownBy(() -> engine.images().remove(image.id()))
                .isInstanceOf(ConflictException.class)
                .hasMessageContaining("user-of-it");
    }

    // ------------------------------------------------------------------ what it is made of

    @Test
    void commandEnvironmentDirectoryAndHostNameAreAsAskedFor() {
        ContainerSpec spec = ContainerSpec.of(image())
                .withEntrypoint(List.of("sh", "-c"))
                .withCommand(List.of("echo $GREETING; pwd; hostname"))
                .withEnvironment(List.of("GREETING=good morning"))
                .withWorkingDirectory("/tmp")
                .withHostname("harbour");
        ContainerId id = containers().create(spec);
        containers().start(id);
        containers().await(id);
        LogCollector collector = new LogCollector();
        containers().logs(id, LogQuery.ALL, collector);
        assertThat(collector.awaitEnd()).containsExactly("good morning", "/tmp", "harbour");
        assertThat(containers().container(id).arguments()).containsExactly("sh", "-c", "echo $GREETING; pwd; hostname");
    }

    @Test
    void itsFilesOutlastARunAndAreItsOwn() {
        ContainerId writer = containers().create(spec("sh", "-c", "echo mark >> /tmp/notes; cat /tmp/notes"));
        ContainerId other = containers().create(spec("sh", "-c", "cat /tmp/notes"));
        for (int run = 0; run < 2; run++) {
            containers().start(writer);
            assertThat(containers().await(writer).code()).isZero();
        }
        containers().start(other);
        assertThat(containers().await(other).code()).isEqualTo(1);
        LogCollector collector = new LogCollector();
        containers().logs(writer, LogQuery.ALL, collector);
        assertThat(collector.awaitEnd()).containsExactly("mark", "mark", "mark");
    }

    @Test
    void inspectTellsAsDockerDoes() {
        ContainerId id = containers().create(spec("sh", "-c", "exit 0").withName("looked-at"));
        assertThat(containers().inspect(id))
                .contains("\"Id\" : \"" + id + "\"", "\"Name\" : \"/looked-at\"", "\"Status\" : \"created\"")
                .contains("\"Path\" : \"sh\"");
    }

    // ------------------------------------------------------------------ events

    @Test
    void aSubscriptionBeginsWithWhatIsThere() {
        ContainerId id = containers().create(spec("true"));
        try (Recorder recorder = new Recorder(engine)) {
            recorder.await(event -> true);
            assertThat(recorder.events().getFirst()).isInstanceOfSatisfying(EngineEvent.Snapshot.class, snapshot -> {
                assertThat(snapshot.containers()).extracting(Container::id).containsExactly(id);
                assertThat(snapshot.images()).isNotEmpty();
            });
        }
    }

    @Test
    void theEventsOfALifeComeInOrder() {
        try (Recorder recorder = new Recorder(engine)) {
            ContainerId id = containers().create(ContainerSpec.of(image()).withCommand(ENDLESS));
            containers().start(id);
            awaitReady(id);
            containers().stop(id);
            containers().rename(id, "renamed-once");
            containers().remove(id);
            recorder.awaitRemoved(id);
            List<ContainerAction> actions = recorder.changes(id).stream()
                    .map(EngineEvent.ContainerChanged::action)
                    .filter(action -> action != ContainerAction.ACTIVITY)
                    .toList();
            assertThat(actions)
                    .containsExactly(
                            ContainerAction.CREATE,
                            ContainerAction.START,
                            ContainerAction.DIE,
                            ContainerAction.STOP,
                            ContainerAction.RENAME);
            List<Container> told = recorder.changes(id).stream()
                    .map(EngineEvent.ContainerChanged::container)
                    .toList();
            assertThat(told.getLast().status()).isEqualTo(REMOVING);
            assertThat(told)
                    .anyMatch(container -> container.activity().equals(Optional.of(Container.Activity.STARTING)));
            assertThat(told)
                    .anyMatch(container -> container.activity().equals(Optional.of(Container.Activity.STOPPING)));
            assertThat(recorder.events().getLast()).isInstanceOf(EngineEvent.ContainerRemoved.class);
        }
    }

    @Test
    void aSubscriberThatDoesNotReturnDelaysNoCommand() throws Exception {
        CountDownLatch release = new CountDownLatch(1);
        try (Subscription stuck = engine.subscribe(event -> await(release))) {
            ContainerId id = containers().create(spec("true"));
            containers().start(id);
            assertThat(containers().await(id).code()).isZero();
            release.countDown();
        }
    }

    private static void await(CountDownLatch latch) {
        try {
            assertThat(latch.await(30, TimeUnit.SECONDS)).isTrue();
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    @Test
    void noEventComesAfterAClosedSubscription() throws Exception {
        Recorder recorder = new Recorder(engine);
        recorder.await(event -> true);
        recorder.close();
        int before = recorder.events().size();
        containers().create(spec("true"));
        Thread.sleep(100);
        assertThat(recorder.events()).hasSize(before);
    }

    // ------------------------------------------------------------------ logs

    @Test
    void theStreamsOfALogAreApart() {
        ContainerId id = containers().create(spec("sh", "-c", "echo out; echo err >&2"));
        containers().start(id);
        containers().await(id);
        LogCollector both = new LogCollector();
        containers().logs(id, LogQuery.ALL, both);
        both.awaitEnd();
        assertThat(both.all())
                .anyMatch(record -> record.line().equals("out") && record.stream() == LogRecord.Stream.STDOUT)
                .anyMatch(record -> record.line().equals("err") && record.stream() == LogRecord.Stream.STDERR)
                .hasSize(2);
        LogCollector errors = new LogCollector();
        containers().logs(id, LogQuery.ALL.withStreams(false, true), errors);
        assertThat(errors.awaitEnd()).containsExactly("err");
    }

    @Test
    void theTailOfALogIsItsLastRecords() {
        ContainerId id = containers().create(spec("seq", "500"));
        containers().start(id);
        containers().await(id);
        LogCollector tail = new LogCollector();
        containers().logs(id, LogQuery.ALL.withTail(3), tail);
        assertThat(tail.awaitEnd()).containsExactly("498", "499", "500");
        LogCollector none = new LogCollector();
        containers().logs(id, LogQuery.ALL.withTail(0), none);
        assertThat(none.awaitEnd()).isEmpty();
        LogCollector late = new LogCollector();
        containers().logs(id, LogQuery.ALL.withSince(Instant.now().plusSeconds(60)), late);
        assertThat(late.awaitEnd()).isEmpty();
    }

    @Test
    void aFollowedLogGoesOnAcrossRunsAndEndsWithTheContainer() {
        ContainerId id = containers().create(spec("sh", "-c", "echo hello"));
        LogCollector collector = new LogCollector();
        containers().logs(id, LogQuery.ALL.withFollow(true), collector);
        containers().start(id);
        containers().await(id);
        collector.awaitLine("hello");
        containers().start(id);
        containers().await(id);
        containers().remove(id);
        assertThat(collector.awaitEnd()).containsExactly("hello", "hello");
    }

    @Test
    void aLogFollowedUntilTheExitIsWhole() {
        ContainerId id = containers().create(spec("seq", "2000"));
        LogCollector collector = new LogCollector();
        containers().logs(id, LogQuery.ALL.followedUntilExit(), collector);
        containers().start(id);
        assertThat(collector.awaitEnd()).hasSize(2000).endsWith("2000");
    }

    // ------------------------------------------------------------------ settings

    @Test
    void settingsBeginAtTheirDefaultsAndChangeAsAWhole() {
        assertThat(engine.settings()).isEqualTo(EngineSettings.DEFAULT);
        EngineSettings wanted = engine.settings().withLogs(new LogLimits(1_000_000, 5));
        try (Recorder recorder = new Recorder(engine)) {
            engine.change(wanted);
            assertThat(engine.settings()).isEqualTo(wanted);
            engine.change(wanted);
            engine.change(EngineSettings.DEFAULT);
            recorder.await(event -> settings(event).equals(Optional.of(EngineSettings.DEFAULT))
                    && event instanceof EngineEvent.SettingsChanged);
            assertThat(recorder.events().stream().flatMap(event -> settings(event).stream()))
                    .containsExactly(EngineSettings.DEFAULT, wanted, EngineSettings.DEFAULT);
        }
    }

    private static Optional<EngineSettings> settings(EngineEvent event) {
        return switch (event) {
            case EngineEvent.Snapshot snapshot -> Optional.of(snapshot.settings());
            case EngineEvent.SettingsChanged changed -> Optional.of(changed.settings());
            default -> Optional.empty();
        };
    }

    // ------------------------------------------------------------------ metrics

    @Test
    void metricsComeForWhatRuns() throws Exception {
        ContainerId id = running(ENDLESS);
        containers().create(spec("true"));
        List<List<ContainerMetrics>> heard = new ArrayList<>();
        CountDownLatch two = new CountDownLatch(2);
        try (Subscription metrics = containers().metrics(samples -> {
            synchronized (heard) {
                heard.add(samples);
            }
            two.countDown();
        })) {
            assertThat(two.await(10, TimeUnit.SECONDS)).isTrue();
        }
        synchronized (heard) {
            assertThat(heard.getFirst()).extracting(ContainerMetrics::id).containsExactly(id);
            assertThat(heard.getFirst().getFirst().cpuPercent()).isEmpty();
            assertThat(heard.get(1).getFirst().cpuPercent()).isPresent();
            assertThat(heard.get(1).getFirst().memory()).isPresent();
            assertThat(heard.getFirst().getFirst().absence(Measure.CPU)).contains(Absence.FIRST_SAMPLE);
        }
    }

    @Test
    void whatIsLimitedIsMeasuredAgainstItsLimitAndWhatIsNotSaysSo() throws Exception {
        Assumptions.assumeTrue(canPause(), "this host has no control groups");
        ResourceLimits limits = new ResourceLimits(
                OptionalLong.of(64 << 20), OptionalLong.empty(), OptionalDouble.of(0.5), OptionalLong.of(50));
        ContainerId limited = containers()
                .create(ContainerSpec.of(image()).withCommand(ENDLESS).withLimits(limits));
        containers().start(limited);
        ContainerId unlimited = running(ENDLESS);
        AtomicReference<List<ContainerMetrics>> heard = new AtomicReference<>(List.of());
        CountDownLatch first = new CountDownLatch(1);
        try (Subscription metrics = containers().metrics(samples -> {
            heard.compareAndSet(List.of(), samples);
            first.countDown();
        })) {
            assertThat(first.await(10, TimeUnit.SECONDS)).isTrue();
        }
        for (ContainerMetrics sample : heard.get()) {
            boolean isLimited = sample.id().equals(limited);
            assertThat(sample.memoryLimit()).isEqualTo(isLimited ? limits.memory() : OptionalLong.empty());
            assertThat(sample.processLimit()).isEqualTo(isLimited ? limits.processes() : OptionalLong.empty());
            assertThat(sample.absence(Measure.PROCESS_LIMIT))
                    .isEqualTo(isLimited ? Optional.empty() : Optional.of(Absence.UNLIMITED));
            assertThat(sample.absence(Measure.MEMORY_LIMIT).isPresent()).isNotEqualTo(isLimited);
            assertThat(sample.throttling()).isPresent();
        }
        assertThat(heard.get()).extracting(ContainerMetrics::id).containsExactlyInAnyOrder(limited, unlimited);
    }

    /// Stands in until the real one is open.
    private static final class Closed implements Engine {
        private static IllegalStateException notOpen() {
            return new IllegalStateException("the engine is not open");
        }

        @Override
        public io.darsena.bridge.EngineDescription description() {
            throw notOpen();
        }

        @Override
        public Containers containers() {
            throw notOpen();
        }

        @Override
        public io.darsena.bridge.image.Images images() {
            throw notOpen();
        }

        @Override
        public EngineSettings settings() {
            throw notOpen();
        }

        @Override
        public void change(EngineSettings settings) {
            throw notOpen();
        }

        @Override
        public Subscription subscribe(java.util.function.Consumer<? super EngineEvent> subscriber) {
            throw notOpen();
        }

        @Override
        public void close() {}
    }
}
