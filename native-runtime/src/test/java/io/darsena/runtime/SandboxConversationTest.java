package io.darsena.runtime;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.darsena.runtime.protocol.Frame;
import java.io.EOFException;
import java.io.IOException;
import java.net.SocketException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(30)
class SandboxConversationTest {

    private static final long STARTED = 1_700_000_000_123_456_789L;

    @TempDir
    Path directory;

    private final BlockingQueue<SandboxExit> ends = new LinkedBlockingQueue<>();
    private final AtomicReference<ScriptedPeer> monitor = new AtomicReference<>();
    private ScriptedPeer.Script script = talk -> {};
    private ScriptedHost host;
    private DarsenaRuntime runtime;

    @BeforeEach
    void open() {
        host = new ScriptedHost(directory, (request, talk) -> {
            monitor.set(new ScriptedPeer(directory.resolve("monitor.sock"), script));
            talk.answer(request, ScriptedHost.ok().with("monitor-pid", 1));
        });
        runtime = new DarsenaRuntime(host, directory);
    }

    @AfterEach
    void close() {
        runtime.close();
        host.close();
        ScriptedPeer last = monitor.get();
        if (last != null) {
            last.close();
        }
    }

    @Test
    void startTellsTheHostAllOfTheSpecAndReturnsWhatTheMonitorTells() {
        script = talk -> {
            talk.send(Frame.named("starting").with("run", 1));
            talk.send(running(1).with("step", "namespaces:250000:pid mount").with("step", "exec:1000:"));
            talk.untilClosed();
        };

        Sandbox sandbox = runtime.start(Specs.in(directory, "sleep", "1 2"), ends::add);

        assertThat(sandbox.pid()).isEqualTo(4711);
        assertThat(sandbox.startedAt()).isEqualTo(Instant.ofEpochSecond(1_700_000_000L, 123_456_789));
        assertThat(sandbox.steps())
                .containsExactly(
                        new SetupStep("namespaces", Duration.ofNanos(250_000), "pid mount"),
                        new SetupStep("exec", Duration.ofNanos(1000), ""));
        Frame request = host.requests().getFirst();
        assertThat(request.values("arg")).containsExactly("sleep", "1 2");
        assertThat(request.values("lower")).containsExactly(directory + "/top", directory + "/bottom");
        assertThat(request.values("env")).containsExactly("PATH=/bin", "EMPTY=");
        assertThat(request.value("capabilities")).contains("a80425fb");
        assertThat(request.value("namespaces")).contains("pid,mount,net,uts,ipc,cgroup");
        assertThat(request.value("rlimit")).contains("nofile:10:20");
        assertThat(request.value("bind-options")).contains("rec,ro");
        assertThat(request.value("volatile")).contains("1");
        assertThat(request.value("read-only-root")).contains("0");
    }

    @Test
    void theEndIsToldOnce() throws Exception {
        script = talk -> {
            talk.send(running(1), exited(1, 143, 15), exited(1, 0, 0));
            talk.untilClosed();
        };

        runtime.start(Specs.in(directory, "x"), ends::add);

        SandboxExit exit = end();
        assertThat(exit.code()).isEqualTo(143);
        assertThat(exit.signal()).isEqualTo(OptionalInt.of(15));
        assertThat(exit.lost()).isFalse();
        assertNoMoreEnds();
    }

    @Test
    void aSandboxThatEndedBeforeAnybodyConnectedStartedAndEnded() throws Exception {
        host = new ScriptedHost(directory, (request, talk) -> {
            record("run=1", "code=0", "signal=0", "started-ns=" + STARTED, "exited-ns=" + (STARTED + 5), "failed=0");
            talk.answer(request, ScriptedHost.ok());
        });
        try (var quick = new DarsenaRuntime(host, directory)) {
            Sandbox sandbox = quick.start(Specs.in(directory, "true"), ends::add);

            assertThat(end().code()).isZero();
            assertThat(sandbox.startedAt()).isEqualTo(Instant.ofEpochSecond(1_700_000_000L, 123_456_789));
            sandbox.signal(15);
            assertNoMoreEnds();
        }
    }

    @Test
    void aStartThatFailsSaysWhereAndNobodyIsToldOfAnEnd() throws Exception {
        script = talk -> talk.send(Frame.named("failed")
                .with("run", 1)
                .with("stage", "command")
                .with("operation", "execute")
                .with("object", "/nope")
                .with("errno", 2)
                .with("reason", "No such file or directory"));

        assertThatThrownBy(() -> runtime.start(Specs.in(directory, "/nope"), ends::add))
                .isInstanceOfSatisfying(SandboxStartException.class, e -> {
                    assertThat(e.failure().stage()).isEqualTo("command");
                    assertThat(e.failure().errno()).hasValue(2);
                })
                .hasMessage("execute /nope: No such file or directory");
        assertNoMoreEnds();
    }

    @Test
    void aMonitorThatDiesDuringTheStartIsAFailedStart() {
        script = talk -> {
            monitor.get().die();
            throw new EOFException("killed");
        };

        assertThatThrownBy(() -> runtime.start(Specs.in(directory, "x"), ends::add))
                .isInstanceOf(SandboxStartException.class)
                .hasMessageContaining("its monitor ended before it told how the start went");
    }

    @Test
    void aHostThatRefusesToStartIsAFailedStart() {
        host = new ScriptedHost(
                directory,
                (request, talk) ->
                        talk.answer(request, ScriptedHost.error("monitor", "bind", "/run", 13, "Permission denied")));
        try (var refusing = new DarsenaRuntime(host, directory)) {
            assertThatThrownBy(() -> refusing.start(Specs.in(directory, "x"), ends::add))
                    .isInstanceOf(SandboxStartException.class)
                    .hasMessage("bind /run: Permission denied");
        }
    }

    @Test
    void aHostThatDiesHavingForkedTheMonitorHasStartedTheSandbox() {
        script = talk -> {
            talk.send(running(1));
            talk.untilClosed();
        };
        host = new ScriptedHost(directory, (request, talk) -> {
            monitor.set(new ScriptedPeer(directory.resolve("monitor.sock"), script));
            throw new EOFException("killed");
        });
        try (var dying = new DarsenaRuntime(host, directory)) {
            assertThat(dying.start(Specs.in(directory, "x"), ends::add).pid()).isEqualTo(4711);
        }
    }

    @Test
    void aHostThatDiesBeforeItForkedHasStartedNothing() {
        host = new ScriptedHost(directory, (request, talk) -> {
            throw new EOFException("killed");
        });
        try (var dying = new DarsenaRuntime(host, directory)) {
            assertThatThrownBy(() -> dying.start(Specs.in(directory, "x"), ends::add))
                    .isInstanceOf(RuntimeUnavailableException.class);
        }
    }

    @Test
    void aDroppedConnectionIsMadeAnewAndTheEndStillToldOnce() throws Exception {
        var connections = new AtomicInteger();
        script = talk -> {
            talk.send(running(1));
            if (connections.incrementAndGet() < 3) {
                return;
            }
            talk.send(exited(1, 7, 0));
        };

        runtime.start(Specs.in(directory, "x"), ends::add);

        assertThat(end().code()).isEqualTo(7);
        assertThat(connections).hasValue(3);
        assertNoMoreEnds();
    }

    @Test
    void aMonitorThatDropsAClientBeforeItTellsAnythingIsAskedAgain() throws Exception {
        var connections = new AtomicInteger();
        script = talk -> {
            int connection = connections.incrementAndGet();
            if (connection == 1 || connection == 3) {
                return;
            }
            talk.send(running(1));
            if (connection == 4) {
                talk.send(exited(1, 9, 0));
                talk.untilClosed();
            }
        };

        runtime.start(Specs.in(directory, "x"), ends::add);

        assertThat(end().code()).isEqualTo(9);
        assertThat(connections).hasValue(4);
        assertNoMoreEnds();
    }

    @Test
    void garbageFromAMonitorIsNotBelievedButItsRecordIs() throws Exception {
        script = talk -> {
            talk.send(running(1));
            record("run=1", "code=3", "signal=0", "started-ns=" + STARTED, "exited-ns=" + STARTED);
            talk.sendRaw(ByteBuffer.wrap(new byte[] {0, 0, 0, 3, 'a', 'b', 'c'}));
            monitor.get().close();
        };

        runtime.start(Specs.in(directory, "x"), ends::add);

        assertThat(end().code()).isEqualTo(3);
        assertNoMoreEnds();
    }

    @Test
    void aMonitorKilledWithoutARecordLosesTheSandbox() throws Exception {
        script = talk -> {
            talk.send(running(1));
            talk.untilClosed();
        };
        runtime.start(Specs.in(directory, "x"), ends::add);
        monitor.get().die();

        SandboxExit exit = end();
        assertThat(exit.lost()).isTrue();
        assertThat(exit.code()).isEqualTo(255);
        assertNoMoreEnds();
    }

    @Test
    void signalsReachTheMonitorAndItsRefusalIsReported() {
        var signals = new LinkedBlockingQueue<String>();
        script = talk -> {
            talk.send(running(1));
            while (true) {
                Frame request = talk.read();
                signals.add(request.name() + " " + request.required("signal"));
                talk.answer(
                        request,
                        request.number("signal") == 99
                                ? ScriptedHost.error("", "signal", "4711", 22, "Invalid argument")
                                : ScriptedHost.ok());
            }
        };
        Sandbox sandbox = runtime.start(Specs.in(directory, "x"), ends::add);

        sandbox.signal(15);
        assertThatThrownBy(() -> sandbox.signal(99)).hasMessage("signal 4711: Invalid argument");
        assertThat(signals).containsExactly("signal 15", "signal 99");
    }

    @Test
    void aClosedSandboxHearsNothingMore() throws Exception {
        script = talk -> {
            talk.send(running(1));
            talk.untilClosed();
        };
        Sandbox sandbox = runtime.start(Specs.in(directory, "x"), ends::add);
        sandbox.close();
        monitor.get().die();

        assertNoMoreEnds();
    }

    @Test
    void aLivingSandboxIsFoundAgain() throws Exception {
        monitor.set(new ScriptedPeer(directory.resolve("monitor.sock"), talk -> {
            talk.send(running(5), exited(5, 0, 0));
            talk.untilClosed();
        }));

        Optional<ContainerRuntime.Reconnected> found = runtime.reconnect(directory, directory, 5, ends::add);

        assertThat(found.orElseThrow())
                .isInstanceOfSatisfying(
                        ContainerRuntime.Reconnected.Alive.class,
                        alive -> assertThat(alive.sandbox().pid()).isEqualTo(4711));
        assertThat(end().run()).isEqualTo(5);
    }

    @Test
    void aMonitorOfAnotherRunIsNotTheOneLookedFor() {
        monitor.set(new ScriptedPeer(directory.resolve("monitor.sock"), talk -> {
            talk.send(running(5));
            talk.untilClosed();
        }));

        assertThat(runtime.reconnect(directory, directory, 4, ends::add)).isEmpty();
    }

    @Test
    void anEndedSandboxIsFoundInItsRecordAndNobodyIsTold() throws Exception {
        record("run=2", "code=137", "signal=9", "started-ns=" + STARTED, "exited-ns=" + (STARTED + 1), "failed=0");

        assertThat(runtime.reconnect(directory, directory, 3, ends::add)).isEmpty();
        ContainerRuntime.Reconnected found =
                runtime.reconnect(directory, directory, 2, ends::add).orElseThrow();

        assertThat(found).isInstanceOfSatisfying(ContainerRuntime.Reconnected.Ended.class, ended -> {
            assertThat(ended.exit().code()).isEqualTo(137);
            assertThat(ended.exit().signal()).hasValue(9);
        });
        assertNoMoreEnds();
    }

    @Test
    void aStartThatFailedUnheardIsFoundWithTheExitCodeDockerGives() throws Exception {
        record("run=1", "failed=1", "stage=command", "operation=execute", "object=/nope", "errno=2", "reason=no");

        ContainerRuntime.Reconnected found =
                runtime.reconnect(directory, directory, 1, ends::add).orElseThrow();

        assertThat(found)
                .isInstanceOfSatisfying(
                        ContainerRuntime.Reconnected.Ended.class,
                        ended -> assertThat(ended.exit().code()).isEqualTo(127));
    }

    @Test
    void aSocketThatRefusesAndNoRecordIsNothing() {
        var dead = new ScriptedPeer(directory.resolve("monitor.sock"), talk -> {});
        dead.die();

        assertThat(runtime.reconnect(directory, directory, 1, ends::add)).isEmpty();
    }

    @Test
    void aRecordThatCannotBeReadIsNone() throws Exception {
        record("run=1", "code=many", "signal=0", "exited-ns=1");
        assertThat(runtime.reconnect(directory, directory, 1, ends::add)).isEmpty();
        Files.write(directory.resolve("exit"), new byte[400]);
        assertThat(runtime.reconnect(directory, directory, 1, ends::add)).isEmpty();
        Files.delete(directory.resolve("exit"));
        Files.createDirectory(directory.resolve("exit"));
        assertThat(runtime.reconnect(directory, directory, 1, ends::add)).isEmpty();
    }

    @Test
    void aLivingSandboxIsFoundWhicheverRunItIs() throws Exception {
        monitor.set(new ScriptedPeer(directory.resolve("monitor.sock"), talk -> {
            talk.send(running(5));
            talk.untilClosed();
        }));

        assertThat(runtime.reconnect(directory, directory, ContainerRuntime.ANY_RUN, ends::add)
                        .orElseThrow())
                .isInstanceOfSatisfying(
                        ContainerRuntime.Reconnected.Alive.class,
                        alive -> assertThat(alive.sandbox().pid()).isEqualTo(4711));
    }

    @Test
    void aMonitorThatTakesNobodyIsNeitherWaitedForNorTakenForGone() throws Exception {
        var address = UnixDomainSocketAddress.of(directory.resolve("monitor.sock"));
        List<SocketChannel> waiting = new ArrayList<>();
        try (var stopped = ServerSocketChannel.open(StandardProtocolFamily.UNIX)) {
            stopped.bind(address, 1);
            assertThatThrownBy(() -> {
                        while (true) {
                            SocketChannel client = SocketChannel.open(StandardProtocolFamily.UNIX);
                            waiting.add(client);
                            client.configureBlocking(false);
                            client.connect(address);
                        }
                    })
                    .isInstanceOf(SocketException.class);

            assertThatThrownBy(() -> runtime.reconnect(directory, directory, 1, ends::add))
                    .isInstanceOf(RuntimeUnavailableException.class)
                    .hasMessageStartingWith("wait for run 1: its monitor cannot be reached: connect to "
                            + directory.resolve("monitor.sock") + ": ");
        } finally {
            for (SocketChannel client : waiting) {
                client.close();
            }
        }
    }

    @Test
    void aSocketDeepInTheFileSystemIsReached() throws Exception {
        Path deep = directory.resolve("d".repeat(100)).resolve("e".repeat(100));
        Files.createDirectories(deep);
        Path near = directory.resolve("monitor.sock");
        monitor.set(new ScriptedPeer(near, talk -> {
            talk.send(running(1));
            talk.untilClosed();
        }));
        Files.move(near, deep.resolve("monitor.sock"));

        assertThat(runtime.reconnect(deep, deep, 1, ends::add).orElseThrow())
                .isInstanceOf(ContainerRuntime.Reconnected.Alive.class);
    }

    @Test
    void aSocketIsReachedWhateverTheLengthOfItsPath() throws Exception {
        for (int length = 100; length <= 112; length++) {
            Path deep =
                    directory.resolve("d".repeat(length - directory.toString().length() - 14));
            Files.createDirectory(deep);
            Path near = directory.resolve("monitor.sock");
            try (var peer = new ScriptedPeer(near, talk -> {
                talk.send(running(1));
                talk.untilClosed();
            })) {
                Files.move(near, deep.resolve("monitor.sock"));
                assertThat(deep.resolve("monitor.sock").toString()).hasSize(length);
                assertThat(runtime.reconnect(deep, deep, 1, ends::add).orElseThrow())
                        .isInstanceOf(ContainerRuntime.Reconnected.Alive.class);
            }
        }
    }

    private static Frame.Builder running(long run) {
        return Frame.named("running")
                .with("run", run)
                .with("pid", 4711)
                .with("start-ticks", 1)
                .with("started-ns", STARTED);
    }

    private static Frame.Builder exited(long run, int code, int signal) {
        return Frame.named("exited")
                .with("run", run)
                .with("code", code)
                .with("signal", signal)
                .with("started-ns", STARTED)
                .with("exited-ns", STARTED + 1_000);
    }

    private void record(String... lines) throws IOException {
        Files.write(directory.resolve("exit"), List.of(lines));
    }

    private SandboxExit end() throws InterruptedException {
        SandboxExit exit = ends.poll(10, TimeUnit.SECONDS);
        assertThat(exit).as("the listener was told").isNotNull();
        return exit;
    }

    private void assertNoMoreEnds() throws InterruptedException {
        assertThat(ends.poll(150, TimeUnit.MILLISECONDS)).as("a second end").isNull();
    }
}
