package io.darsena.app.containers.logs;

import static org.assertj.core.api.Assertions.assertThat;

import io.darsena.app.session.EngineSession;
import io.darsena.app.session.EngineStage;
import io.darsena.app.session.WindowThread;
import io.darsena.bridge.container.ContainerId;
import io.darsena.bridge.container.ContainerSpec;
import io.darsena.bridge.container.Containers;
import io.darsena.bridge.container.LogRecord;
import io.darsena.bridge.fake.FakeEngine;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class LogsViewModelTest {

    private final WindowThread window = new WindowThread();
    private final FakeEngine engine = new FakeEngine();
    private final Containers containers = engine.containers();
    private final EngineSession session = new EngineSession(window.pump());
    private final LogsViewModel model = new LogsViewModel(session, window.pump());

    @BeforeEach
    void open() {
        window.run(() -> session.open(() -> engine));
        window.until(() -> session.stage().get() instanceof EngineStage.Open);
    }

    @AfterEach
    void close() {
        window.run(session::close);
        window.close();
    }

    private ContainerId started(String script) {
        ContainerId id =
                containers.create(ContainerSpec.of(FakeEngine.STARTER).withCommand(List.of("sh", "-c", script)));
        containers.start(id);
        return id;
    }

    private List<LogLine> lines() {
        return model.lines().lines(model.streams().get(), 0, 1000);
    }

    @Test
    void linesArriveInOrderWithTheirStreams() throws Exception {
        ContainerId id = started("echo one; echo two >&2; echo three");
        AutoCloseable following = window.doing(() -> model.follow(id));
        window.until(() -> model.count().get() == 3);
        assertThat(lines()).extracting(LogLine::text).containsExactly("one", "two", "three");
        assertThat(lines())
                .extracting(LogLine::stream)
                .containsExactly(LogRecord.Stream.STDOUT, LogRecord.Stream.STDERR, LogRecord.Stream.STDOUT);
        following.close();
    }

    @Test
    void aClearedViewStaysClearWhenTheTabIsLeftAndEnteredAgain() throws Exception {
        ContainerId id = started("echo before; sleep 60");
        AutoCloseable first = window.doing(() -> model.follow(id));
        window.until(() -> model.count().get() == 1);
        window.run(model::clear);
        first.close();
        AutoCloseable second = window.doing(() -> model.follow(id));
        containers.kill(id, "KILL");
        Thread.sleep(200);
        assertThat(window.doing(() -> model.count().get())).isZero();
        second.close();
    }

    @Test
    void nothingOfTheContainerBeforeReachesTheOneChosenAfter() throws Exception {
        ContainerId chatty = started("while :; do echo chatter; sleep 0.01; done");
        ContainerId quiet = started("echo quiet");
        AutoCloseable first = window.doing(() -> model.follow(chatty));
        window.until(() -> model.count().get() > 0);
        AutoCloseable second = window.doing(() -> {
            first.close();
            return model.follow(quiet);
        });
        window.until(() -> model.count().get() > 0);
        Thread.sleep(100);
        assertThat(window.doing(this::lines)).extracting(LogLine::text).containsOnly("quiet");
        second.close();
        containers.kill(chatty, "KILL");
    }

    @Test
    void aContainerThatIsGoneSaysSo() {
        ContainerId gone = new ContainerId("0".repeat(64));
        window.run(() -> model.follow(gone));
        window.until(() -> model.place().failure().get().isPresent());
        assertThat(model.place().failure().get().orElseThrow().kind()).isEqualTo("not-found");
    }
}
