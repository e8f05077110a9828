package io.darsena.engine.image;

import static org.assertj.core.api.Assertions.assertThat;

import io.darsena.bridge.contract.OtherJvm;
import io.darsena.bridge.image.Image;
import io.darsena.bridge.image.ImageId;
import io.darsena.runtime.ContainerRuntime;
import java.io.BufferedReader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Kills a process with SIGKILL in the middle of an import or a removal, and opens its data again: what was there is
/// whole, nothing else is left, and the same can be done again.
class CrashIT {

    private static final int LAYERS = 6;

    @TempDir
    Path temporary;

    private Path layout() {
        Random random = new Random(7);
        LayoutBuilder.ImageDraft draft = new LayoutBuilder.ImageDraft();
        for (int i = 0; i < LAYERS; i++) {
            byte[] content = new byte[300_000];
            random.nextBytes(content);
            draft.layer(new TarBytes().file("f" + i, content));
        }
        return new LayoutBuilder().image("1", draft).directory(temporary.resolve("layout"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"make 1", "extract 2", "write 9", "finish 4", "finished 1", "finished 6"})
    void killedInTheMiddleOfAnImport(String point) throws Exception {
        Path layout = layout();
        kill(point, "import", layout);
        assertNothingThere();
        importAndCheck(layout);
    }

    @ParameterizedTest
    @ValueSource(ints = {5, 60, 120, 240})
    void killedAtAnyTimeOfAnImport(int milliseconds) throws Exception {
        Path layout = layout();
        killAfter(milliseconds, layout);
        try (TestCache cache = reopened()) {
            List<Image> images = cache.images.list();
            assertThat(cache.layerNames()).hasSize(images.isEmpty() ? 0 : LAYERS);
            assertThat(cache.blobs().digests()).hasSize(images.isEmpty() ? 0 : LAYERS + 2);
        }
        importAndCheck(layout);
    }

    @Test
    void killedInTheMiddleOfARemoval() throws Exception {
        Path layout = layout();
        importAndCheck(layout);
        kill("delete 2", "remove", layout);
        assertNothingThere();
        importAndCheck(layout);
    }

    private void assertNothingThere() throws InterruptedException {
        try (TestCache cache = reopened()) {
            assertThat(cache.images.list()).isEmpty();
            assertThat(cache.layerNames()).isEmpty();
            assertThat(cache.blobs().digests()).isEmpty();
        }
    }

    /// Trash is emptied in the background.
    private TestCache reopened() throws InterruptedException {
        TestCache cache = new TestCache(temporary.resolve("root"), new TarRuntime());
        Instant end = Instant.now().plusSeconds(20);
        while (!cache.unfinished().isEmpty() && Instant.now().isBefore(end)) {
            Thread.sleep(10);
        }
        assertThat(cache.unfinished()).isEmpty();
        return cache;
    }

    private void importAndCheck(Path layout) throws Exception {
        try (TestCache cache = reopened()) {
            ImageId id = cache.load(layout).getFirst();
            List<Path> directories = cache.images.layerDirectories(id);
            assertThat(directories).hasSize(LAYERS);
            assertThat(Files.size(directories.getFirst().resolve("f" + (LAYERS - 1))))
                    .isEqualTo(300_000);
            assertThat(cache.unfinished()).isEmpty();
        }
    }

    private Process process(String point, String action, Path layout) throws Exception {
        List<String> command = OtherJvm.command(Victim.class);
        command.addAll(List.of(temporary.resolve("root").toString(), point, action, layout.toString()));
        return new ProcessBuilder(command)
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
    }

    private void kill(String point, String action, Path layout) throws Exception {
        Process victim = process(point, action, layout);
        try (BufferedReader output = victim.inputReader()) {
            assertThat(output.readLine()).isEqualTo("ready");
            assertThat(output.readLine()).isEqualTo("at " + point);
        } finally {
            victim.destroyForcibly().waitFor(10, TimeUnit.SECONDS);
        }
    }

    private void killAfter(int milliseconds, Path layout) throws Exception {
        Process victim = process("never 0", "import", layout);
        try (BufferedReader output = victim.inputReader()) {
            assertThat(output.readLine()).isEqualTo("ready");
            Thread.sleep(milliseconds);
        } finally {
            victim.destroyForcibly().waitFor(10, TimeUnit.SECONDS);
        }
    }

    /// Stops for ever at the n-th step of a kind, or does all.
    static final class Victim {

        private Victim() {}

        public static void main(String[] arguments) {
            String[] point = arguments[1].split(" ");
            AtomicInteger left = new AtomicInteger(Integer.parseInt(point[1]));
            ContainerRuntime runtime = new ObservedRuntime(new TarRuntime(), step -> {
                if (step.equals(point[0]) && left.decrementAndGet() == 0) {
                    System.out.println("at " + arguments[1]);
                    sleep();
                }
            });
            TestCache cache = new TestCache(Path.of(arguments[0]), runtime);
            System.out.println("ready");
            if (arguments[2].equals("import")) {
                cache.load(Path.of(arguments[3]));
            } else {
                cache.images.remove(cache.images.list().getFirst().id());
            }
            sleep();
        }

        private static void sleep() {
            try {
                Thread.sleep(60_000);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        }
    }
}
