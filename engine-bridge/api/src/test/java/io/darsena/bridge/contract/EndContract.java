package io.darsena.bridge.contract;

import static io.darsena.bridge.container.ContainerStatus.CREATED;
import static io.darsena.bridge.container.ContainerStatus.EXITED;
import static io.darsena.bridge.container.ContainerStatus.RESTARTING;
import static io.darsena.bridge.container.ContainerStatus.RUNNING;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.darsena.bridge.Subscription;
import io.darsena.bridge.container.Container;
import io.darsena.bridge.container.ContainerId;
import io.darsena.bridge.container.ContainerSpec;
import io.darsena.bridge.container.ContainerState;
import io.darsena.bridge.container.ContainerState.ExitCause;
import io.darsena.bridge.container.ContainerStatus;
import io.darsena.bridge.container.LogQuery;
import io.darsena.bridge.container.Signal;
import io.darsena.bridge.container.StopOptions;
import io.darsena.bridge.error.InvalidRequestException;
import io.darsena.bridge.event.EngineEvent;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;

/// How a run ends, by itself or by request, and how the next one begins.
interface EndContract extends ContractSubject {
    @Test
    default void theExitCodeIsTheCommands() {
        ContainerId id = containers().create(spec("sh", "-c", "exit 42"));
        containers().start(id);
        ContainerState.Exited exited = containers().await(id);
        assertThat(exited.code()).isEqualTo(42);
        assertThat(exited.cause()).isEqualTo(ExitCause.ENDED);
        assertThat(exited.signal()).isEmpty();
        assertThat(exited.since()).isAfterOrEqualTo(exited.startedAt());
    }

    @Test
    default void aStopLetsItEndByItself() {
        ContainerId id = running(ENDLESS);
        containers().stop(id);
        ContainerState.Exited exited = containers().await(id);
        assertThat(exited.code()).isZero();
        assertThat(exited.cause()).isEqualTo(ExitCause.STOPPED);
    }

    @Test
    default void aStopOfOneThatDoesNotListenKillsIt() {
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
    default void aStopMaySendAnotherSignalThanTheContainersOwn() {
        ContainerId id = running(List.of("sh", "-c", "trap 'exit 7' USR1; echo ready; while :; do sleep 0.05; done"));
        containers().stop(id, StopOptions.NONE.withSignal(Signal.parse("USR1")));
        ContainerState.Exited exited = containers().await(id);
        assertThat(exited.code()).isEqualTo(7);
        assertThat(exited.cause()).isEqualTo(ExitCause.STOPPED);
    }

    @Test
    default void theStopSignalOfTheRequestIsSent() {
        ContainerSpec spec = spec("sh", "-c", "trap 'exit 7' USR1; echo ready; while :; do sleep 0.05; done")
                .withStopSignal("SIGUSR1");
        ContainerId id = containers().create(spec);
        containers().start(id);
        awaitReady(id);
        containers().stop(id);
        assertThat(containers().await(id).code()).isEqualTo(7);
    }

    @Test
    default void aKillOvertakesAStopThatWaits() throws Exception {
        ContainerId id = running(STUBBORN);
        Thread stopping = Thread.ofVirtual().start(() -> containers().stop(id, Duration.ofSeconds(60)));
        try (Recorder recorder = new Recorder(engine())) {
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
            case EngineEvent.SyncChanged changed -> Optional.empty();
            case EngineEvent.TrustChanged changed -> Optional.empty();
            case EngineEvent.TrashChanged changed -> Optional.empty();
            case EngineEvent.TrashRemoved removed -> Optional.empty();
            case EngineEvent.SettingsChanged changed -> Optional.empty();
            case EngineEvent.Unreachable unreachable -> Optional.empty();
        };
    }

    @Test
    default void aSignalThatIsHandledDoesNotEndIt() {
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
    default void waitingForOneThatWasNeverStartedWaits() throws Exception {
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
    default void restartingOneWhoseCommandEndsRunsItAgain() {
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
    default void aDeathTellsHowTheRunEndedWhateverComesAfterIt() {
        try (Recorder recorder = new Recorder(engine())) {
            ContainerId id = running(ENDLESS);
            containers().restart(id);
            containers().forceRemove(id);
            recorder.awaitRemoved(id);
            assertThat(recorder.changes(id))
                    .allSatisfy(changed -> assertThat(changed.end().isPresent())
                            .isEqualTo(changed.action() == EngineEvent.ContainerAction.DIE));
            assertThat(recorder.changes(id).stream()
                            .flatMap(changed -> changed.end().stream())
                            .map(ContainerState.Exited::code))
                    .containsExactly(0, 137);
        }
    }

    @Test
    default void aRestartIsSeenInTheHistory() {
        ContainerId id = running(ENDLESS);
        containers().restart(id);
        List<ContainerStatus> history = containers().container(id).history().stream()
                .map(Container.HistoryEntry::status)
                .toList();
        assertThat(history).containsExactly(CREATED, RUNNING, RESTARTING, RUNNING);
    }
}
