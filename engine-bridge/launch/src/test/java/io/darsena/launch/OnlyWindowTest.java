package io.darsena.launch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.darsena.bridge.error.UnavailableException;
import io.darsena.engine.paths.DataLock;
import io.darsena.engine.paths.EnginePaths;
import java.io.IOException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.ServerSocketChannel;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(60)
class OnlyWindowTest {

    @TempDir
    @SuppressWarnings("NullAway.Init")
    Path root;

    @Test
    void theSecondOneShowsTheFirst() throws Exception {
        CountDownLatch shown = new CountDownLatch(1);
        try (OnlyWindow first = OnlyWindow.claim(Optional.of(root)).orElseThrow()) {
            first.whenAsked(shown::countDown);
            assertThat(OnlyWindow.claim(Optional.of(root))).isEmpty();
            assertThat(shown.await(10, TimeUnit.SECONDS)).isTrue();
        }
    }

    @Test
    void oneThatIsNotDrawnYetShowsItselfWhenItIs() throws Exception {
        AtomicInteger shown = new AtomicInteger();
        try (OnlyWindow first = OnlyWindow.claim(Optional.of(root)).orElseThrow()) {
            assertThat(OnlyWindow.claim(Optional.of(root))).isEmpty();
            first.whenAsked(shown::incrementAndGet);
            assertThat(shown).hasValue(1);
        }
    }

    @Test
    void aClosedOneMakesRoom() throws Exception {
        OnlyWindow.claim(Optional.of(root)).orElseThrow().close();
        OnlyWindow.claim(Optional.of(root)).orElseThrow().close();
    }

    @Test
    void onOtherDataThereIsAnother() throws Exception {
        try (OnlyWindow here = OnlyWindow.claim(Optional.of(root.resolve("a"))).orElseThrow();
                OnlyWindow there =
                        OnlyWindow.claim(Optional.of(root.resolve("b"))).orElseThrow()) {
            assertThat(here).isNotSameAs(there);
        }
    }

    @Test
    void ofManyThatOpenAtOnceOneIsTheFirst() throws Exception {
        List<Callable<Optional<OnlyWindow>>> openings = new ArrayList<>();
        for (int i = 0; i < 8; i++) {
            openings.add(() -> OnlyWindow.claim(Optional.of(root)));
        }
        int first = 0;
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            for (Future<Optional<OnlyWindow>> outcome : threads.invokeAll(openings)) {
                if (outcome.get().isPresent()) {
                    outcome.get().get().close();
                    first++;
                }
            }
        }
        assertThat(first).isEqualTo(1);
    }

    @Test
    void aWindowOfAProcessThatDoesNotAnswerIsToldWithTheProcess() throws Exception {
        EnginePaths paths = EnginePaths.under(root);
        paths.prepare();
        try (DataLock lock = DataLock.acquire(paths);
                ServerSocketChannel silent = listening(paths.windowSocket())) {
            assertThat(lock).isNotNull();
            assertThat(silent.isOpen()).isTrue();
            assertThatThrownBy(() -> OnlyWindow.claim(Optional.of(root)))
                    .isInstanceOf(UnavailableException.class)
                    .hasMessageContaining(
                            "process " + ProcessHandle.current().pid() + " works on it and does not answer");
        }
    }

    @Test
    void anEngineThatIsServedAndDoesNotAnswerIsToldToo() throws Exception {
        EnginePaths paths = EnginePaths.under(root);
        paths.prepare();
        try (ServerSocketChannel silent = listening(paths.apiSocket())) {
            assertThat(silent.isOpen()).isTrue();
            assertThatThrownBy(() -> EngineLauncher.open(Optional.of(root)))
                    .isInstanceOf(UnavailableException.class)
                    .hasMessageContaining("what listens on " + paths.apiSocket() + " does not answer");
        }
    }

    /// As a stopped process does: the kernel takes connections, and nobody reads.
    private static ServerSocketChannel listening(Path socket) throws IOException {
        return ServerSocketChannel.open(StandardProtocolFamily.UNIX).bind(UnixDomainSocketAddress.of(socket));
    }
}
