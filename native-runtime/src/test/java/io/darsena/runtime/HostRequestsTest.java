package io.darsena.runtime;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.darsena.runtime.protocol.Frame;
import java.io.EOFException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(30)
class HostRequestsTest {

    @TempDir
    Path directory;

    @Test
    void factsAreWhatTheHostTells() {
        try (var host = new ScriptedHost(directory, (request, talk) -> {});
                var runtime = new DarsenaRuntime(host, directory)) {
            RuntimeFacts facts = runtime.facts();

            assertThat(facts.release()).isEqualTo("6.18.0-test");
            assertThat(facts.rootless()).isTrue();
            assertThat(facts.singleUid()).isTrue();
            assertThat(facts.reductions())
                    .containsExactly(
                            new RuntimeFacts.Reduction(RuntimeFacts.Lack.SINGLE_UID, "no newuidmap"),
                            new RuntimeFacts.Reduction(RuntimeFacts.Lack.NO_OVERLAY, "Operation not permitted"));
        }
    }

    @Test
    void anErrorBecomesOneSentence() {
        try (var host = new ScriptedHost(
                        directory,
                        (request, talk) -> talk.answer(
                                request,
                                ScriptedHost.error("", "unlink", "/a/b", 1, "Operation not permitted")
                                        .with("hint", "it is immutable")));
                var runtime = new DarsenaRuntime(host, directory)) {
            assertThatThrownBy(() -> runtime.delete(Path.of("/a")))
                    .isInstanceOf(RuntimeUnavailableException.class)
                    .hasMessage("unlink /a/b: Operation not permitted (hint: it is immutable)");
        }
    }

    @Test
    void usageAndMakeDirectoryCarryTheirNumbers() {
        try (var host = new ScriptedHost(
                        directory,
                        (request, talk) -> talk.answer(
                                request, ScriptedHost.ok().with("bytes", 8192).with("files", 3)));
                var runtime = new DarsenaRuntime(host, directory)) {
            assertThat(runtime.usage(Path.of("/x"))).isEqualTo(new ContainerRuntime.TreeUsage(8192, 3));
            runtime.makeDirectory(Path.of("/x/y"), 0755);

            Frame made = host.requests().getLast();
            assertThat(made.name()).isEqualTo("make-dir");
            assertThat(made.value("mode")).contains("755");
            assertThat(made.value("path")).contains("/x/y");
        }
    }

    @Test
    void answersMayComeInAnyOrderAndLate() throws Exception {
        var held = new ConcurrentLinkedQueue<Frame>();
        int requests = 50;
        try (var host = new ScriptedHost(directory, (request, talk) -> {
                    held.add(request);
                    if (held.size() == requests) {
                        List<Frame> reversed = new ArrayList<>(held).reversed();
                        for (Frame waiting : reversed) {
                            long length = waiting.required("path").length();
                            talk.answer(
                                    waiting,
                                    ScriptedHost.ok().with("bytes", length).with("files", 0));
                        }
                    }
                });
                var runtime = new DarsenaRuntime(host, directory);
                var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Future<Long>> sizes = new ArrayList<>();
            for (int i = 1; i <= requests; i++) {
                Path path = Path.of("/" + "x".repeat(i));
                sizes.add(threads.submit(() -> runtime.usage(path).bytes()));
            }
            for (int i = 1; i <= requests; i++) {
                assertThat(sizes.get(i - 1).get()).isEqualTo(i + 1);
            }
        }
    }

    @Test
    void whoWaitsWhenTheHostDiesIsToldAndTheNextRequestStartsAnotherHost() {
        var dying = new AtomicInteger(1);
        try (var host = new ScriptedHost(directory, (request, talk) -> {
                    if (dying.getAndDecrement() > 0) {
                        throw new EOFException("killed");
                    }
                    talk.answer(request, ScriptedHost.ok());
                });
                var runtime = new DarsenaRuntime(host, directory)) {
            assertThatThrownBy(() -> runtime.extract(Path.of("/t"), Path.of("/i")))
                    .isInstanceOf(RuntimeUnavailableException.class)
                    .hasMessageContaining("unpack a layer into /t")
                    .hasMessageContaining("no connection with darsena-runtime");

            runtime.makeDirectory(Path.of("/x"), 0700);
            assertThat(host.launches()).isEqualTo(2);
        }
    }

    @Test
    void whatMayBeDoneTwiceIsAskedOnceMoreWhenTheHostDiedOverIt() {
        var dying = new AtomicInteger(1);
        try (var host = new ScriptedHost(directory, (request, talk) -> {
                    if (dying.getAndDecrement() > 0) {
                        throw new EOFException("killed");
                    }
                    talk.answer(request, ScriptedHost.ok());
                });
                var runtime = new DarsenaRuntime(host, directory)) {
            runtime.delete(Path.of("/t"));

            assertThat(host.requests()).hasSize(2);
            assertThat(host.launches()).isEqualTo(2);
        }
    }

    @Test
    void aHostThatDiedWhileIdleIsReplacedByTheNextRequest() {
        try (var host = new ScriptedHost(directory, (request, talk) -> talk.answer(request, ScriptedHost.ok()));
                var runtime = new DarsenaRuntime(host, directory)) {
            runtime.delete(Path.of("/t"));
            host.die();
            runtime.delete(Path.of("/t"));

            assertThat(host.launches()).isEqualTo(2);
        }
    }

    @Test
    void garbageEndsTheConnectionWithAReason() {
        try (var host = new ScriptedHost(
                        directory,
                        (request, talk) ->
                                talk.sendRaw(ByteBuffer.wrap("HTTP/1.1".getBytes(StandardCharsets.US_ASCII))));
                var runtime = new DarsenaRuntime(host, directory)) {
            assertThatThrownBy(() -> runtime.extract(Path.of("/t"), Path.of("/i")))
                    .isInstanceOf(RuntimeUnavailableException.class)
                    .hasMessageContaining("a frame says it has");
        }
    }

    @Test
    void anEndInsideAFrameIsNamed() {
        try (var host = new ScriptedHost(directory, (request, talk) -> {
                    ByteBuffer half = ScriptedHost.ok().build().encode();
                    talk.sendRaw(half.limit(5));
                    throw new EOFException("killed");
                });
                var runtime = new DarsenaRuntime(host, directory)) {
            assertThatThrownBy(() -> runtime.extract(Path.of("/t"), Path.of("/i")))
                    .hasMessageContaining("it ended inside a frame");
        }
    }

    @Test
    void aHostThatNeverComesUpIsTriedThreeTimes() {
        var launches = new AtomicInteger();
        RuntimeHost.Launcher broken = () -> {
            launches.incrementAndGet();
            throw new RuntimeUnavailableException("cannot start it: no such file");
        };
        try (var runtime = new DarsenaRuntime(broken, directory)) {
            assertThatThrownBy(runtime::facts).hasMessage("cannot start it: no such file");
            assertThat(launches).hasValue(3);
        }
    }

    @Test
    void aProgramThatEndsBeforeItIsReadyIsReportedWithItsLastWords() {
        assertThatThrownBy(() -> DarsenaRuntime.open(new RuntimeBinary(Path.of("/bin/ls")), directory, false))
                .isInstanceOf(RuntimeUnavailableException.class)
                .hasMessageContaining("cannot start /bin/ls")
                .hasMessageContaining("before it was ready; its last words: Try");
    }

    @Test
    void interruptionNeitherEndsARequestNorIsLost() throws Exception {
        var asked = new CountDownLatch(1);
        var released = new CountDownLatch(1);
        try (var host = new ScriptedHost(directory, (request, talk) -> {
                    asked.countDown();
                    await(released);
                    talk.answer(request, ScriptedHost.ok());
                });
                var runtime = new DarsenaRuntime(host, directory);
                var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            var thread = new Thread[1];
            Future<Boolean> interrupted = threads.submit(() -> {
                thread[0] = Thread.currentThread();
                runtime.delete(Path.of("/t"));
                return Thread.currentThread().isInterrupted();
            });
            asked.await();
            thread[0].interrupt();
            released.countDown();

            assertThat(interrupted.get()).isTrue();
            runtime.delete(Path.of("/t"));
            assertThat(host.launches()).isEqualTo(1);
        }
    }

    private static void await(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
