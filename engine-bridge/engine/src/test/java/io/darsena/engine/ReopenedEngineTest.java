package io.darsena.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.management.HotSpotDiagnosticMXBean;
import io.darsena.bridge.Engine;
import io.darsena.bridge.EngineDescription.Lack;
import io.darsena.bridge.container.Container;
import io.darsena.bridge.container.ContainerId;
import io.darsena.bridge.container.ContainerSpec;
import io.darsena.bridge.container.ContainerState;
import io.darsena.bridge.container.ContainerState.ExitCause;
import io.darsena.bridge.container.ContainerStatus;
import io.darsena.bridge.container.LogLimits;
import io.darsena.bridge.container.NetworkMode;
import io.darsena.bridge.container.ResourceLimits;
import io.darsena.bridge.contract.Recorder;
import io.darsena.bridge.error.DeniedException;
import io.darsena.bridge.error.FailedException;
import io.darsena.bridge.error.UnavailableException;
import io.darsena.bridge.settings.EngineSettings;
import io.darsena.bridge.trust.TrustRule.Demand;
import io.darsena.bridge.trust.TrustSettings;
import io.darsena.engine.cgroup.Cgroups;
import io.darsena.engine.paths.EnginePaths;
import io.darsena.engine.simulated.SimulatedImage;
import io.darsena.engine.simulated.SimulatedMachine;
import io.darsena.engine.store.Database;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/// What an engine finds that was away while its containers went on, on a machine that is simulated.
@Timeout(30)
class ReopenedEngineTest {

    @TempDir
    Path temporary;

    private final SimulatedMachine machine = new SimulatedMachine();
    private Optional<Engine> open = Optional.empty();

    @BeforeEach
    void begin() throws IOException {
        SimulatedImage.importInto(reopen(), temporary.resolve("image"));
    }

    @AfterEach
    void close() {
        open.ifPresent(Engine::close);
    }

    private EnginePaths paths() {
        return EnginePaths.under(temporary.resolve("engine"));
    }

    private Engine engine() {
        return open.orElseThrow();
    }

    private Engine reopen() {
        open.ifPresent(Engine::close);
        Engine engine = InProcessEngine.openWithoutStarter(paths(), machine);
        open = Optional.of(engine);
        return engine;
    }

    private static ContainerSpec spec(String... command) {
        return ContainerSpec.of(SimulatedImage.NAME).withCommand(List.of(command));
    }

    private ContainerId started(ContainerSpec spec) {
        ContainerId id = engine().containers().create(spec);
        engine().containers().start(id);
        return id;
    }

    private Container container(ContainerId id) {
        return engine().containers().container(id);
    }

    private static final ContainerSpec ENDLESS = spec("sh", "-c", "trap 'exit 4' TERM; while :; do sleep 1; done");

    @Test
    void anEngineThatClosesTakesItsSharedGroupAwayUnlessAContainerRuns() {
        ContainerId id = started(spec("sleep", "1000"));
        engine().close();
        assertThat(machine.hasSharedGroup()).isTrue();
        reopen().containers().forceRemove(id);
        engine().close();
        assertThat(machine.hasSharedGroup()).isFalse();
    }

    @Test
    void anEngineThatClosesEndsWhatKeepsTheTrash() throws IOException {
        assertThat(threads("trash keeping")).isPositive();
        engine().close();
        assertThat(threads("trash keeping")).isZero();
    }

    /// How many threads of this name live, the virtual ones among them.
    private long threads(String name) throws IOException {
        Path dump = temporary.resolve("threads-" + System.nanoTime());
        ManagementFactory.getPlatformMXBean(HotSpotDiagnosticMXBean.class)
                .dumpThreads(dump.toString(), HotSpotDiagnosticMXBean.ThreadDumpFormat.JSON);
        return Files.readAllLines(dump).stream()
                .filter(line -> line.contains("\"" + name + "\""))
                .count();
    }

    @Test
    void oneThatRunsIsFoundRunningAndItsEndIsHeard() {
        ContainerId id = started(ENDLESS.withName("kept"));
        Container before = container(id);
        reopen();
        assertThat(container(id)).isEqualTo(before);
        engine().containers().stop(id);
        assertThat(engine().containers().await(id).code()).isEqualTo(4);
    }

    @Test
    void oneThatIsPausedIsFoundPaused() {
        ContainerId id = started(ENDLESS);
        engine().containers().pause(id);
        reopen();
        assertThat(container(id).status()).isEqualTo(ContainerStatus.PAUSED);
        engine().containers().resume(id);
        assertThat(container(id).status()).isEqualTo(ContainerStatus.RUNNING);
    }

    @Test
    void oneThatEndedMeanwhileHasItsTrueCode() throws Exception {
        ContainerId id = started(spec("sh", "-c", "sleep 0.2; exit 6"));
        open.ifPresent(Engine::close);
        open = Optional.empty();
        Thread.sleep(400);
        reopen();
        ContainerState.Exited end = (ContainerState.Exited) container(id).state();
        assertThat(end.code()).isEqualTo(6);
        assertThat(end.cause()).isEqualTo(ExitCause.ENDED);
        assertThat(machine.hasGroup(id)).isFalse();
    }

    @Test
    void oneWhoseEndNobodySawIsLost() {
        ContainerId id = started(ENDLESS);
        open.ifPresent(Engine::close);
        open = Optional.empty();
        machine.crash(id);
        reopen();
        ContainerState.Exited end = (ContainerState.Exited) container(id).state();
        assertThat(end.code()).isEqualTo(255);
        assertThat(end.cause()).isEqualTo(ExitCause.LOST);
        engine().containers().start(id);
        assertThat(container(id).status()).isEqualTo(ContainerStatus.RUNNING);
    }

    @Test
    void aMonitorThatDoesNotAnswerKeepsNoEngineFromOpeningAndIsAskedAgain() {
        ContainerId silent = started(ENDLESS.withName("silent"));
        ContainerId other = started(ENDLESS);
        Container before = container(silent);
        machine.silence(silent, true);
        reopen();
        assertThat(container(silent)).isEqualTo(before);
        assertThat(container(other).status()).isEqualTo(ContainerStatus.RUNNING);
        String answer = "cannot reach container silent: its monitor (darsena-monitor " + silent.shortId()
                + ") does not answer; end that process, or let it go on if it was stopped";
        assertThatThrownBy(() -> engine().containers().stop(silent))
                .isInstanceOf(UnavailableException.class)
                .hasMessage(answer);
        assertThatThrownBy(() -> engine().containers().kill(silent, "KILL")).hasMessage(answer);
        assertThatThrownBy(() -> engine().containers().forceRemove(silent)).hasMessage(answer);
        machine.silence(silent, false);
        engine().containers().stop(silent);
        assertThat(engine().containers().await(silent).code()).isEqualTo(4);
    }

    @Test
    void aControlGroupThatCannotBeClearedAwayKeepsNoEngineFromOpening() {
        ContainerId id = started(ENDLESS);
        open.ifPresent(Engine::close);
        open = Optional.empty();
        machine.crash(id);
        machine.stickGroup(id);
        reopen();
        assertThat(container(id).state())
                .isInstanceOfSatisfying(
                        ContainerState.Exited.class,
                        end -> assertThat(end.cause()).isEqualTo(ExitCause.LOST));
    }

    @Test
    void aCrashWithinARestartKeepsTheEndThatWasKnown() throws Exception {
        ContainerId id = started(spec("sh", "-c", "trap 'exit 0' TERM; while :; do sleep 1; done"));
        engine().containers().stop(id);
        ContainerState.Exited known = engine().containers().await(id);
        restartingSince(id, known.since());
        ContainerState.Exited found = (ContainerState.Exited) container(id).state();
        assertThat(found).isEqualTo(known);
        assertThat(found.cause()).isEqualTo(ExitCause.STOPPED);
    }

    @Test
    void aCrashWithinARestartOfOneThatHadEndedKeepsItsEndToo() throws Exception {
        ContainerId id = started(spec("sh", "-c", "exit 6"));
        ContainerState.Exited known = engine().containers().await(id);
        restartingSince(id, Instant.now());
        assertThat(container(id).state()).isEqualTo(known);
    }

    /// As an engine leaves it that is killed between the two halves of a restart.
    private void restartingSince(ContainerId id, Instant since) throws Exception {
        open.ifPresent(Engine::close);
        open = Optional.empty();
        try (Database database = Database.open(paths())) {
            database.change(session -> session.execute(
                    "UPDATE containers SET status = 'RESTARTING', since = ? WHERE id = ?", since, id.hex()));
        }
        reopen();
    }

    @Test
    void anOrphanInItsSecondRunIsEnded() throws Exception {
        ContainerId id = started(ENDLESS);
        engine().containers().stop(id);
        engine().containers().start(id);
        open.ifPresent(Engine::close);
        open = Optional.empty();
        for (String suffix : List.of("", "-wal", "-shm")) {
            Files.deleteIfExists(Path.of(paths().database() + suffix));
        }
        reopen();
        assertThat(engine().containers().list()).isEmpty();
        machine.awaitEnd(id);
        assertThat(paths().container(id)).doesNotExist();
    }

    @Test
    void aContainerWithoutItsFilesIsNotListedAnyMore() throws Exception {
        ContainerId gone = engine().containers().create(ENDLESS);
        ContainerId kept = engine().containers().create(ENDLESS);
        open.ifPresent(Engine::close);
        open = Optional.empty();
        Files.move(paths().container(gone), temporary.resolve("taken away"));
        reopen();
        assertThat(engine().containers().list()).extracting(Container::id).containsExactly(kept);
        reopen();
        assertThat(engine().containers().list()).extracting(Container::id).containsExactly(kept);
    }

    @Test
    void aDiskOfContainersThatIsNotMountedCostsNone() throws Exception {
        ContainerId one = engine().containers().create(ENDLESS);
        ContainerId two = engine().containers().create(ENDLESS);
        ContainerId trashed = engine().containers().create(ENDLESS);
        engine().trash().put(trashed);
        engine().close();
        Files.move(paths().containers(), temporary.resolve("not mounted"));
        reopen();
        assertThat(engine().containers().list()).extracting(Container::id).containsExactlyInAnyOrder(one, two);
        engine().close();
        Files.delete(paths().containers());
        Files.move(temporary.resolve("not mounted"), paths().containers());
        reopen();
        engine().trash().restore(trashed);
        for (ContainerId id : List.of(one, two, trashed)) {
            engine().containers().start(id);
            assertThat(container(id).status()).isEqualTo(ContainerStatus.RUNNING);
        }
    }

    @Test
    void aRefusedRemovalOfOneThatRemovesItselfLeavesItThat() throws Exception {
        ContainerId id = started(ENDLESS.withAutoRemove(true));
        machine.silence(id, true);
        reopen();
        assertThatThrownBy(() -> engine().containers().forceRemove(id)).isInstanceOf(UnavailableException.class);
        machine.silence(id, false);
        engine().containers().stop(id);
        while (engine().containers().find(id.hex()).isPresent()) {
            Thread.sleep(2);
        }
        assertThat(paths().container(id)).doesNotExist();
    }

    @Test
    void onlyAMonitorThatDoesNotAnswerIsToBeEnded() {
        ContainerId id = started(ENDLESS.withName("healthy"));
        machine.failFreezerReads(Optional.of("input/output error"));
        reopen();
        assertThatThrownBy(() -> engine().containers().stop(id))
                .isInstanceOf(UnavailableException.class)
                .hasMessage("cannot reach container healthy: how it stands cannot be known: input/output error; "
                        + "try again");
        machine.failFreezerReads(Optional.empty());
        engine().containers().stop(id);
        assertThat(engine().containers().await(id).code()).isEqualTo(4);
    }

    @Test
    void whatAnEarlierEngineWasAskedIsKnownThoughTheRecordCannotBeCorrected() throws Exception {
        ContainerId id = started(ENDLESS);
        engine().close();
        try (Database database = Database.open(paths())) {
            database.change(session -> {
                session.execute(
                        "UPDATE containers SET wish = 'STOP', since = ? WHERE id = ?",
                        Instant.now().minusSeconds(9),
                        id.hex());
                session.execute("CREATE TRIGGER full BEFORE UPDATE OF status ON containers WHEN NEW.status = 'RUNNING' "
                        + "BEGIN SELECT RAISE(ABORT, 'no room'); END");
            });
        }
        reopen();
        engine().containers().kill(id, "TERM");
        assertThat(engine().containers().await(id).cause()).isEqualTo(ExitCause.STOPPED);
    }

    @Test
    void oneThatRemovesItselfAndEndedMeanwhileIsRemoved() throws Exception {
        ContainerId id = started(spec("sh", "-c", "sleep 0.1").withAutoRemove(true));
        open.ifPresent(Engine::close);
        open = Optional.empty();
        Thread.sleep(200);
        reopen();
        while (engine().containers().find(id.hex()).isPresent()) {
            Thread.sleep(2);
        }
        assertThat(paths().container(id)).doesNotExist();
    }

    @Test
    void aDirectoryThatNoContainerOwnsIsDeleted() throws IOException {
        ContainerId orphan = new ContainerId("cd".repeat(32));
        ContainerId kept = engine().containers().create(ENDLESS);
        Files.createDirectories(paths().container(orphan).resolve("upper/etc"));
        Files.createDirectories(paths().containerRun(orphan));
        reopen();
        assertThat(paths().container(orphan)).doesNotExist();
        assertThat(paths().containerRun(orphan)).doesNotExist();
        assertThat(paths().container(kept)).exists();
    }

    @Test
    void aRemovalThatFailedIsDeadAndSaysWhyAndCanBeTriedAgain() {
        ContainerId id = engine().containers().create(ENDLESS.withName("held"));
        machine.failDeletes(Optional.of("device or resource busy"));
        assertThatThrownBy(() -> engine().containers().remove(id))
                .isInstanceOf(FailedException.class)
                .hasMessage("cannot remove container held: device or resource busy; remove it again");
        assertThat(container(id).state())
                .isInstanceOfSatisfying(
                        ContainerState.Dead.class,
                        dead -> assertThat(dead.reason()).isEqualTo("device or resource busy"));
        reopenKeepingTheFault();
        assertThat(container(id).status()).isEqualTo(ContainerStatus.DEAD);
        machine.failDeletes(Optional.empty());
        engine().containers().remove(id);
        assertThat(engine().containers().list()).isEmpty();
    }

    private void reopenKeepingTheFault() {
        machine.failDeletes(Optional.empty());
        reopen();
    }

    @Test
    void definitionsSurviveWhole() {
        ContainerSpec spec = ENDLESS.withName("whole")
                .withEnvironment(List.of("A=1", "B=zwei\nZeilen"))
                .withWorkingDirectory("/srv")
                .withUser("1000:1000")
                .withHostname("harbour")
                .withLabels(java.util.Map.of("one", "1", "two", ""))
                .withReadOnlyRoot(true)
                .withAutoRemove(true)
                .withStopSignal("SIGQUIT")
                .withStopTimeout(java.time.Duration.ofSeconds(3))
                .withNetwork(NetworkMode.HOST)
                .withLogLimits(new LogLimits(123_456, 7))
                .withEntrypoint(List.of("sh", "-c"))
                .withLimits(new ResourceLimits(
                        OptionalLong.of(64 << 20),
                        OptionalLong.of(65 << 20),
                        OptionalDouble.of(1.25),
                        OptionalLong.of(9)));
        ContainerId id = engine().containers().create(spec);
        Container before = container(id);
        String inspected = engine().containers().inspect(id);
        reopen();
        assertThat(container(id)).isEqualTo(before);
        assertThat(engine().containers().inspect(id)).isEqualTo(inspected);
    }

    @Test
    void settingsSurviveAndABadFileIsAReductionUntilItIsMended() throws IOException {
        EngineSettings wanted = EngineSettings.DEFAULT.withLogs(new LogLimits(100_000, 2));
        engine().change(wanted);
        reopen();
        assertThat(engine().settings()).isEqualTo(wanted);
        assertThat(engine().description().reductions()).isEmpty();
        Files.writeString(paths().settings(), "nonsense");
        reopen();
        assertThat(engine().settings().withTrust(TrustSettings.DEFAULT)).isEqualTo(EngineSettings.DEFAULT);
        assertThat(engine().settings().trust().rules())
                .as("what was demanded is not known, so everything is")
                .singleElement()
                .satisfies(rule -> assertThat(rule.demand()).isEqualTo(Demand.REFUSE));
        assertThat(engine().description().reductions())
                .singleElement()
                .satisfies(reduction -> assertThat(reduction.key()).isEqualTo("settings-file"));
        engine().change(wanted);
        assertThat(engine().description().reductions()).isEmpty();
    }

    @Test
    void outOfMemoryIsTheReasonAndIsToldBeforeTheEnd() {
        ContainerId id = started(ENDLESS);
        try (Recorder recorder = new Recorder(engine())) {
            machine.runOutOfMemory(id);
            assertThat(engine().containers().await(id).cause()).isEqualTo(ExitCause.OUT_OF_MEMORY);
            recorder.await(event -> recorder.changes(id).size() == 2);
            assertThat(recorder.changes(id))
                    .extracting(change -> change.action().name())
                    .containsExactly("OOM", "DIE");
        }
        engine().containers().start(id);
        engine().containers().kill(id, "KILL");
        assertThat(engine().containers().await(id).cause()).isEqualTo(ExitCause.KILLED);
    }

    @Test
    void withoutCgroupsPauseAndLimitsAreDeniedWithReasonAndCure() {
        machine.withoutCgroups(new Cgroups.Refusal(Lack.CGROUP_NOT_MOUNTED, "there is no cgroup here", "get one"));
        ContainerId id = started(ENDLESS.withName("bare"));
        assertThatThrownBy(() -> engine().containers().pause(id))
                .isInstanceOf(DeniedException.class)
                .hasMessage("cannot pause container bare: there is no cgroup here; get one");
        ResourceLimits limits = new ResourceLimits(
                OptionalLong.of(64 << 20), OptionalLong.empty(), OptionalDouble.empty(), OptionalLong.empty());
        assertThatThrownBy(() -> engine().containers().create(ENDLESS.withLimits(limits)))
                .isInstanceOf(DeniedException.class)
                .hasMessageContaining("its limits cannot be kept: there is no cgroup here; get one");
    }

    @Test
    void impossibleRequestsSayStateAndRemedy() {
        ContainerId id = engine().containers().create(spec("true").withName("web-1"));
        assertThatThrownBy(() -> engine().containers().pause(id))
                .hasMessage("cannot pause container web-1: it is created; start it first");
        engine().containers().start(id);
        engine().containers().await(id);
        assertThatThrownBy(() -> engine().containers().pause(id))
                .hasMessage("cannot pause container web-1: it is exited; start it first");
        ContainerId running = started(ENDLESS.withName("web-2"));
        assertThatThrownBy(() -> engine().containers().remove(running))
                .hasMessage("cannot remove container web-2: it is running; stop it first, or force its removal");
    }
}
