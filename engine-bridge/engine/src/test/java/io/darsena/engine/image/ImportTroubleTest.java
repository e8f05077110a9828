package io.darsena.engine.image;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.darsena.bridge.error.UnavailableException;
import io.darsena.bridge.image.ImageId;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/// Imports that meet each other, are cancelled, or find no room.
@Timeout(60)
class ImportTroubleTest {

    @TempDir
    Path temporary;

    private final AtomicReference<Consumer<String>> hook = new AtomicReference<>(step -> {});
    private ObservedRuntime runtime;
    private TestCache cache;

    @BeforeEach
    void open() {
        runtime = new ObservedRuntime(new TarRuntime(), step -> hook.get().accept(step));
        cache = new TestCache(temporary.resolve("root"), runtime);
    }

    @AfterEach
    void close() {
        cache.close();
    }

    private Path layout(String name, int layers) {
        LayoutBuilder.ImageDraft draft = new LayoutBuilder.ImageDraft();
        for (int i = 0; i < layers; i++) {
            draft.layer(new TarBytes().file("f" + i, "content " + i));
        }
        draft.config = config -> config.put("author", name);
        return new LayoutBuilder().image("1", draft).directory(temporary.resolve(name));
    }

    @Test
    void importsAtOnceShareTheUnpackingOfALayer() throws Exception {
        List<Path> layouts = List.of(layout("a", 6), layout("b", 6), layout("c", 6), layout("d", 6));
        try (ExecutorService threads = Executors.newFixedThreadPool(8)) {
            List<Future<List<ImageId>>> imports = new ArrayList<>();
            for (Path layout : layouts) {
                imports.add(threads.submit(() -> cache.load(layout)));
                imports.add(threads.submit(() -> cache.load(layout)));
            }
            for (Future<List<ImageId>> each : imports) {
                assertThat(each.get(30, TimeUnit.SECONDS)).hasSize(1);
            }
        }
        assertThat(cache.images.list()).hasSize(4);
        assertThat(runtime.extractions).hasValue(6);
        assertThat(cache.unfinished()).isEmpty();
    }

    @Test
    void importingAndRemovingAtOnceLeavesWholeImagesOnly() throws Exception {
        Path one = layout("a", 3);
        Path two = layout("b", 3);
        try (ExecutorService threads = Executors.newFixedThreadPool(2)) {
            Future<?> first = threads.submit(() -> importAndRemove(one));
            Future<?> second = threads.submit(() -> importAndRemove(two));
            first.get(50, TimeUnit.SECONDS);
            second.get(50, TimeUnit.SECONDS);
        }
        assertThat(cache.images.list()).isEmpty();
        assertThat(cache.layerNames()).isEmpty();
        assertThat(cache.blobs().digests()).isEmpty();
        assertThat(cache.unfinished()).isEmpty();
    }

    private void importAndRemove(Path layout) {
        for (int i = 0; i < 15; i++) {
            ImageId id = cache.load(layout).getFirst();
            assertThat(cache.images.layerDirectories(id))
                    .allSatisfy(directory -> assertThat(directory).isDirectory());
            cache.images.remove(id);
        }
    }

    @Test
    void anInterruptCancelsAndLeavesNothing() throws Exception {
        Path layout = layout("a", 5);
        CountDownLatch inside = new CountDownLatch(1);
        hook.set(step -> {
            if (step.equals("finish")) {
                inside.countDown();
                sleepUninterrupted();
            }
        });
        AtomicReference<Throwable> thrown = new AtomicReference<>(new AssertionError("nothing was thrown"));
        Thread importing = Thread.ofPlatform().start(() -> {
            try {
                cache.load(layout);
            } catch (Throwable e) {
                thrown.set(e);
            }
        });
        inside.await();
        importing.interrupt();
        importing.join();
        assertThat(thrown.get()).isInstanceOf(CancellationException.class);
        assertThat(cache.images.list()).isEmpty();
        assertThat(cache.layerNames()).isEmpty();
        assertThat(cache.blobs().digests()).isEmpty();
        assertThat(cache.unfinished()).isEmpty();
        hook.set(step -> {});
        assertThat(cache.load(layout)).hasSize(1);
    }

    private static void sleepUninterrupted() {
        try {
            Thread.sleep(30_000);
            throw new AssertionError("it was not interrupted");
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    @Test
    void whoWaitsForALayerUnpacksItWhenTheFirstOneFails() throws Exception {
        Path one = layout("a", 1);
        Path two = layout("b", 1);
        CountDownLatch inside = new CountDownLatch(1);
        CountDownLatch waiting = new CountDownLatch(1);
        hook.set(step -> {
            if (step.equals("finish") && inside.getCount() > 0) {
                inside.countDown();
                try {
                    waiting.await();
                } catch (InterruptedException e) {
                    Thread.currentThread().interrupt();
                }
                throw TarRuntime.rejected("No space left on device");
            }
        });
        try (ExecutorService threads = Executors.newFixedThreadPool(2)) {
            Future<List<ImageId>> first = threads.submit(() -> cache.load(one));
            inside.await();
            Future<List<ImageId>> second = threads.submit(() -> cache.load(two));
            Thread.sleep(100);
            waiting.countDown();
            assertThatThrownBy(first::get).cause().isInstanceOf(UnavailableException.class);
            assertThat(second.get()).hasSize(1);
        }
        assertThat(cache.images.list()).hasSize(1);
        assertThat(cache.layerNames()).hasSize(1);
    }

    @Test
    void aFullDiskIsSaidToBeFull() {
        hook.set(step -> {
            if (step.equals("write")) {
                throw TarRuntime.rejected("write f0: No space left on device");
            }
        });
        assertThatThrownBy(() -> cache.load(layout("a", 2)))
                .isInstanceOf(UnavailableException.class)
                .hasMessageContaining("the disk is full")
                .hasMessageContaining("free some space");
        assertThat(cache.layerNames()).isEmpty();
        assertThat(cache.blobs().digests()).isEmpty();
        assertThat(cache.unfinished()).isEmpty();
    }
}
