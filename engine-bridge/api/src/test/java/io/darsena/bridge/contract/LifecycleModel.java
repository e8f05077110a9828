package io.darsena.bridge.contract;

import static org.assertj.core.api.Assertions.assertThat;

import io.darsena.bridge.Engine;
import io.darsena.bridge.container.Container;
import io.darsena.bridge.container.Container.HistoryEntry;
import io.darsena.bridge.container.ContainerId;
import io.darsena.bridge.container.ContainerSpec;
import io.darsena.bridge.container.ContainerStatus;
import io.darsena.bridge.container.Lifecycle;
import io.darsena.bridge.container.Lifecycle.Trigger;
import io.darsena.bridge.container.LifecycleRefusal;
import io.darsena.bridge.error.ConflictException;
import io.darsena.bridge.event.EngineEvent;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/// Plays requests on one container and compares it, after each, with what the state table alone would make of them.
public final class LifecycleModel {

    private static final List<String> STUBBORN = List.of("sh", "-c", "while :; do sleep 1; done");

    private final Engine engine;
    private final ContainerId id;
    private ContainerStatus expected = ContainerStatus.CREATED;

    private LifecycleModel(Engine engine, String image) {
        this.engine = engine;
        this.id = engine.containers().create(ContainerSpec.of(image).withCommand(STUBBORN));
    }

    /// @param requests none that removes it
    public static void play(Engine engine, String image, List<Trigger> requests) {
        LifecycleModel model = new LifecycleModel(engine, image);
        try (Recorder recorder = new Recorder(engine)) {
            requests.forEach(model::request);
            engine.containers().forceRemove(model.id);
            recorder.awaitRemoved(model.id);
            model.checkHistory(recorder);
        }
    }

    private void request(Trigger trigger) {
        Optional<ContainerStatus> target = Lifecycle.target(expected, trigger);
        boolean refused = false;
        try {
            send(trigger);
        } catch (ConflictException conflict) {
            refused = true;
            assertThat(conflict.remedy()).isNotEmpty();
        }
        assertThat(refused)
                .as("%s in %s", trigger, expected)
                .isEqualTo(target.isEmpty() && !LifecycleRefusal.isAlreadySo(expected, trigger));
        expected = target.map(status -> status == ContainerStatus.RESTARTING ? ContainerStatus.RUNNING : status)
                .orElse(expected);
        Container container = engine.containers().container(id);
        assertThat(container.status()).as("after %s", trigger).isEqualTo(expected);
        assertThat(container.activity()).isEmpty();
    }

    private void send(Trigger trigger) {
        switch (trigger) {
            case START -> engine.containers().start(id);
            case PAUSE -> engine.containers().pause(id);
            case RESUME -> engine.containers().resume(id);
            case STOP -> engine.containers().stop(id, Duration.ZERO);
            case KILL -> engine.containers().kill(id, "KILL");
            case RESTART -> engine.containers().restart(id, Duration.ZERO);
            case REMOVE, FORCE_REMOVE, PROCESS_ENDED, RESTARTED, RESTART_FAILED, REMOVE_FAILED ->
                throw new IllegalArgumentException(trigger + " is not played");
        }
    }

    /// Its history is a way through the table, and the events told each step of it.
    private void checkHistory(Recorder recorder) {
        List<Container> told = recorder.changes(id).stream()
                .map(EngineEvent.ContainerChanged::container)
                .toList();
        assertThat(told).isNotEmpty();
        List<HistoryEntry> history = told.getLast().history();
        for (int step = 1; step < history.size(); step++) {
            HistoryEntry from = history.get(step - 1);
            HistoryEntry to = history.get(step);
            assertThat(Lifecycle.target(from.status(), to.trigger().orElseThrow()))
                    .contains(to.status());
            assertThat(to.at()).isAfterOrEqualTo(from.at());
        }
        for (int index = 1; index < told.size(); index++) {
            assertThat(told.get(index).history().size())
                    .isGreaterThanOrEqualTo(
                            Math.min(50, told.get(index - 1).history().size()));
        }
    }
}
