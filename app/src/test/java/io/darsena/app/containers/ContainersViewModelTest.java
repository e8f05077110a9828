package io.darsena.app.containers;

import static org.assertj.core.api.Assertions.assertThat;

import io.darsena.app.containers.item.ContainerRow;
import io.darsena.app.session.Commands;
import io.darsena.app.session.EngineSession;
import io.darsena.app.session.EngineStage;
import io.darsena.app.session.WindowThread;
import io.darsena.app.text.Messages;
import io.darsena.bridge.container.ContainerId;
import io.darsena.bridge.container.ContainerSpec;
import io.darsena.bridge.container.ContainerStatus;
import io.darsena.bridge.container.Containers;
import io.darsena.bridge.container.Lifecycle.Trigger;
import io.darsena.bridge.error.FailedException;
import io.darsena.bridge.fake.FakeEngine;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(30)
class ContainersViewModelTest {

    private final WindowThread window = new WindowThread();
    private final FakeEngine engine = new FakeEngine(FakeEngine.ROOTFUL, Duration.ofMillis(20));
    private final Containers containers = engine.containers();
    private final EngineSession session = new EngineSession(window.pump());
    private final ContainersViewModel model = new ContainersViewModel(
            session, new Commands(session, window.pump()), window.pump(), Messages.in(Locale.ENGLISH));

    @BeforeEach
    void open() {
        window.run(() -> {
            model.follow();
            model.followNumbers();
            session.open(() -> engine);
        });
        window.until(() -> session.stage().get() instanceof EngineStage.Open);
    }

    @AfterEach
    void close() {
        window.run(session::close);
        window.close();
    }

    private ContainerId create(String name) {
        ContainerId id = containers.create(ContainerSpec.of(FakeEngine.STARTER).withName(name));
        window.until(() -> model.row(id).isPresent());
        return id;
    }

    private List<String> shown() {
        return window.doing(
                () -> model.shown().stream().map(row -> row.now().name()).toList());
    }

    @Test
    void theNewestStandsFirst() {
        create("first");
        create("second");
        assertThat(shown()).containsExactly("second", "first");
    }

    @Test
    void chipsFilterAndCountByWhatRuns() {
        create("idle");
        ContainerId busy = create("busy");
        containers.start(busy);
        ContainerId paused = create("paused");
        containers.start(paused);
        containers.pause(paused);
        window.until(() -> model.count(StateFilter.RUNNING).get() == 2);
        assertThat(window.doing(() -> model.count(StateFilter.STOPPED).get())).isEqualTo(1);
        window.run(() -> model.filter().set(StateFilter.RUNNING));
        assertThat(shown()).containsExactly("paused", "busy");
    }

    @Test
    void aRowLeavesTheFilteredListWhenItsStateNoLongerFits() {
        ContainerId id = create("job");
        containers.start(id);
        window.run(() -> model.filter().set(StateFilter.RUNNING));
        window.until(() -> model.shown().size() == 1);
        containers.kill(id, "KILL");
        window.until(() -> model.shown().isEmpty());
        containers.start(id);
        window.until(() -> model.shown().size() == 1);
    }

    @Test
    void searchLooksAtNameImageAndId() {
        ContainerId web = create("web-1");
        create("db");
        window.run(() -> model.search().set(" WEB "));
        assertThat(shown()).containsExactly("web-1");
        window.run(() -> model.search().set("starter"));
        assertThat(shown()).hasSize(2);
        window.run(() -> model.search().set(web.shortId()));
        assertThat(shown()).containsExactly("web-1");
        window.run(model::clearFilters);
        assertThat(shown()).hasSize(2);
    }

    @Test
    void aRemovedContainerLeavesTheList() {
        ContainerId id = create("gone");
        containers.remove(id);
        window.until(() -> model.row(id).isEmpty());
        assertThat(shown()).isEmpty();
    }

    @Test
    void whatChangesKeepsItsRow() {
        ContainerId id = create("same");
        ContainerRow row = window.doing(() -> model.row(id).orElseThrow());
        containers.start(id);
        window.until(() -> row.now().status() == ContainerStatus.RUNNING);
        containers.rename(id, "other");
        window.until(() -> row.now().name().equals("other"));
        assertThat(window.doing(() -> model.row(id).orElseThrow())).isSameAs(row);
    }

    @Test
    void metricsReachTheRowAndLeaveItWhenItEnds() {
        ContainerId id = create("measured");
        containers.start(id);
        ContainerRow row = window.doing(() -> model.row(id).orElseThrow());
        window.until(() -> row.metrics().get().isPresent());
        containers.kill(id, "KILL");
        window.until(() -> row.metrics().get().isEmpty());
    }

    @Test
    void agesGoOnWithTheBeatAndStandStillWhileNobodySeesThem() {
        window.run(() -> session.metrics().watched(false));
        Instant before = window.doing(() -> model.clock().get());
        window.run(() -> session.metrics().watched(true));
        assertThat(window.doing(() -> model.clock().get())).isAfter(before);
    }

    @Test
    void aRefusedRequestShowsAtTheListAndTheRowStaysTrue() {
        ContainerId id = create("stuck");
        engine.failNext("start", new FailedException("start", "container stuck", "the disk is full", "make room"));
        window.run(() -> model.actions().perform(Trigger.START, id));
        window.until(() -> model.actions().place().failure().get().isPresent());
        assertThat(window.doing(() -> model.row(id).map(row -> row.now().status())))
                .isEqualTo(Optional.of(ContainerStatus.CREATED));
    }

    @Test
    void theStarterRunsWithOneRequest() {
        window.until(() -> model.starter().isPresent());
        window.run(() -> model.runStarter(id -> {}));
        window.until(() ->
                model.shown().size() == 1 && model.shown().getFirst().now().status() == ContainerStatus.RUNNING);
    }

    @Test
    void aThousandContainersAreListedAndSearched() {
        for (int i = 0; i < 1000; i++) {
            containers.create(ContainerSpec.of(FakeEngine.STARTER).withName("job-" + i));
        }
        window.until(() -> model.shown().size() == 1000);
        window.run(() -> model.search().set("job-99"));
        assertThat(shown()).hasSize(11);
    }
}
