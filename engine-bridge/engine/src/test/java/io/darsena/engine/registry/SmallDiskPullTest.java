package io.darsena.engine.registry;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.darsena.bridge.error.UnavailableException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.node.ObjectNode;

/// Pulls at the disk's end. Not among the kernel tests, which an ordinary user runs too: only root can mount a small
/// disk.
@Timeout(60)
class SmallDiskPullTest {

    private static final int MEBIBYTE = 1 << 20;

    @TempDir
    Path temporary;

    @SuppressWarnings("NullAway.Init")
    private TestRegistry registry;

    private Path disk = Path.of("/nonexistent");
    private boolean mounted;

    @BeforeEach
    void mount() throws Exception {
        registry = new TestRegistry();
        // SQLite's native library stays loaded from where the first database was: not from the disk.
        new RegistrySubject(temporary.resolve("elsewhere")).close();
        disk = Files.createDirectory(temporary.resolve("disk"));
        mounted = run("mount", "-t", "tmpfs", "-o", "size=160m", "darsena-test", disk.toString());
        Assumptions.assumeTrue(mounted, "a small disk can be mounted by root only");
    }

    @AfterEach
    void unmount() throws Exception {
        registry.close();
        if (mounted) {
            assertThat(run("umount", disk.toString())).isTrue();
        }
    }

    private static boolean run(String... command) throws Exception {
        return new ProcessBuilder(command).start().waitFor() == 0;
    }

    @Test
    void aDiskThatCannotHoldTheLayersIsToldBeforeTheFirstByteOfThem() {
        TestImage image = TestImage.of(
                1,
                2,
                1_000,
                draft -> draft.manifest = manifest -> manifest.get("layers")
                        .values()
                        .forEach(layer -> ((ObjectNode) layer).put("size", 60L * MEBIBYTE)));
        image.publish(registry, "a", "1");
        try (RegistrySubject subject = new RegistrySubject(disk)) {
            assertThatThrownBy(() -> subject.pull(registry.host() + "/a:1"))
                    .isInstanceOf(UnavailableException.class)
                    .hasMessageContaining("it needs 120 MiB");
            assertThat(image.layers())
                    .allSatisfy(layer ->
                            assertThat(registry.count("GET", layer.toString())).isZero());
        }
    }

    @Test
    void aDiskThatFillsUpOnTheWayLosesNothingThatWasThere() throws Exception {
        TestImage.of(2, 1, MEBIBYTE).publish(registry, "before", "1");
        TestImage large = TestImage.of(3, 1, 20 * MEBIBYTE);
        large.publish(registry, "large", "1");
        Path other = disk.resolve("other");
        try (RegistrySubject subject = new RegistrySubject(disk)) {
            subject.pull(registry.host() + "/before:1");
            AtomicBoolean first = new AtomicBoolean(true);
            registry.behave((seen, reply) -> {
                if (seen.path().endsWith(large.layers().getFirst().toString()) && first.getAndSet(false)) {
                    Files.write(other, new byte[88 * MEBIBYTE]);
                }
                return false;
            });
            assertThatThrownBy(() -> subject.pull(registry.host() + "/large:1"))
                    .isInstanceOf(UnavailableException.class)
                    .hasMessageContaining("the disk is full")
                    .hasMessageContaining("free some space");
            assertThat(subject.cache.images.list()).hasSize(1);
            assertThat(subject.cache.unfinished())
                    .as("what is of no use takes no room")
                    .isEmpty();
            Files.delete(other);
            subject.pull(registry.host() + "/large:1");
            assertThat(subject.cache.images.list()).hasSize(2);
        }
    }
}
