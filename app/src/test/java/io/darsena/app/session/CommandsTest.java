package io.darsena.app.session;

import static org.assertj.core.api.Assertions.assertThat;

import io.darsena.bridge.container.LogLimits;
import io.darsena.bridge.error.ConflictException;
import io.darsena.bridge.fake.FakeEngine;
import io.darsena.bridge.trash.TrashPolicy;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(30)
class CommandsTest {

    private final WindowThread window = new WindowThread();
    private final FakeEngine engine = new FakeEngine();
    private final EngineSession session = new EngineSession(window.pump());
    private final Commands commands = new Commands(session, window.pump());
    private final FailurePlace place = new FailurePlace();

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

    @Test
    void aFailureShowsWhereItWasAskedWithReasonAndRemedy() {
        window.run(() -> commands.run(place, on -> {
            throw new ConflictException("remove", "container web-1", "it is running", "stop it first");
        }));
        window.until(() -> place.failure().get().isPresent());
        Failure failure = place.failure().get().orElseThrow();
        assertThat(failure.kind()).isEqualTo("conflict");
        assertThat(failure.operation()).isEqualTo("remove");
        assertThat(failure.reason()).isEqualTo("it is running");
        assertThat(failure.remedy()).isEqualTo("stop it first");
        assertThat(failure.details()).contains("cannot remove container web-1").contains("ConflictException");
    }

    @Test
    void theNextCommandClearsTheFailureOfTheLast() {
        window.run(() -> place.show(Failure.of(new IllegalStateException("old"))));
        window.run(() -> commands.run(place, on -> {}));
        window.run(() -> assertThat(place.failure().get()).isEmpty());
    }

    @Test
    void successIsToldOnceTheWorkIsDoneAndOnTheWindowsThread() {
        CompletableFuture<Thread> told = new CompletableFuture<>();
        CompletableFuture<Thread> worked = new CompletableFuture<>();
        window.run(() -> commands.run(
                place, on -> worked.complete(Thread.currentThread()), () -> told.complete(Thread.currentThread())));
        assertThat(told.join()).isSameAs(window.thread());
        assertThat(worked.join().isVirtual()).isTrue();
    }

    @Test
    void aCancelledCommandShowsNoFailure() throws InterruptedException {
        CountDownLatch begun = new CountDownLatch(1);
        Command command = window.doing(() -> commands.run(place, on -> {
            begun.countDown();
            Thread.sleep(60_000);
        }));
        assertThat(begun.await(10, TimeUnit.SECONDS)).isTrue();
        window.run(command::cancel);
        window.until(() -> !command.running().get());
        assertThat(place.failure().get()).isEmpty();
    }

    @Test
    void changesOfTheSettingsNeitherOvertakeNorUndoEachOther() {
        TrashPolicy last = new TrashPolicy(OptionalInt.of(200), OptionalLong.empty());
        LogLimits logs = new LogLimits(1 << 20, 3);
        window.run(() -> {
            for (int days = 1; days <= 200; days++) {
                TrashPolicy policy = new TrashPolicy(OptionalInt.of(days), OptionalLong.empty());
                commands.change(place, settings -> settings.withTrash(policy));
                if (days == 100) {
                    commands.change(place, settings -> settings.withLogs(logs));
                }
            }
        });
        window.until(() -> engine.settings().trash().equals(last));
        assertThat(engine.settings().logs()).isEqualTo(logs);
    }

    @Test
    void aChangeThatFailsLetsTheNextOneThrough() {
        window.run(() -> {
            commands.change(place, settings -> {
                throw new IllegalStateException("no");
            });
            commands.change(place, settings -> settings.withTrash(TrashPolicy.NEVER));
        });
        window.until(() -> engine.settings().trash().equals(TrashPolicy.NEVER));
    }

    @Test
    void withoutAnEngineACommandSaysSo() {
        EngineSession closed = new EngineSession(window.pump());
        window.run(() -> new Commands(closed, window.pump()).run(place, on -> {}));
        window.until(() -> place.failure().get().isPresent());
        assertThat(place.failure().get().orElseThrow().kind()).isEqualTo("unavailable");
    }
}
