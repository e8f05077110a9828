package io.darsena.engine.image;

import static org.assertj.core.api.Assertions.assertThat;

import io.darsena.bridge.image.Image;
import io.darsena.engine.starter.StarterImage;
import java.io.BufferedReader;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(60)
class StarterImageTest {

    @TempDir
    Path temporary;

    private TestCache cache;
    private StarterImage starter;

    @BeforeEach
    void open() {
        cache = new TestCache(temporary.resolve("root"), new TarRuntime());
        starter = new StarterImage(cache.paths, cache.database, cache.images);
    }

    @AfterEach
    void close() {
        cache.close();
    }

    private Path content() {
        Image image = cache.images.require("test", StarterImage.NAME.familiar());
        return cache.images.layerDirectories(image.id()).getFirst();
    }

    @Test
    void aNewCacheGetsItOnceAndWhoRemovesItDoesNotGetItBack() {
        starter.ensure();
        Image image = cache.images.require("test", "darsena/starter");
        starter.ensure();
        assertThat(cache.images.list()).containsExactly(image);
        cache.images.remove(image.id());
        starter.ensure();
        assertThat(cache.images.list()).isEmpty();
        assertThat(starter.restore()).isEqualTo(image.id());
        assertThat(cache.images.list()).hasSize(1);
        assertThat(cache.unfinished()).isEmpty();
    }

    @Test
    void itShowsItsLicenceAndWhereItsSourceIs() throws Exception {
        starter.ensure();
        Path licences = content().resolve("usr/share/licenses/busybox");
        assertThat(Files.readString(licences.resolve("copyright"))).contains("GPL-2");
        assertThat(Files.readString(licences.resolve("GPL-2"))).contains("GNU GENERAL PUBLIC LICENSE");
        assertThat(Files.readString(licences.resolve("SOURCE"))).contains("apt-get source");
        Image image = cache.images.require("test", "darsena/starter");
        assertThat(image.config().labels())
                .containsEntry("org.opencontainers.image.licenses", "GPL-2.0-only AND Apache-2.0");
        assertThat(image.config().command()).containsExactly("tide");
    }

    @Test
    void allAppletsAreThere() {
        starter.ensure();
        assertThat(content().resolve("bin")).isDirectoryContaining("glob:**/sh");
        for (String applet : List.of("sh", "ls", "cat", "sleep", "true", "wget", "vi", "top", "ps", "dd")) {
            assertThat(Files.isSymbolicLink(content().resolve("bin").resolve(applet)))
                    .as(applet)
                    .isTrue();
        }
    }

    @Test
    void buildingItAgainGivesTheSameBytes() throws Exception {
        Path again = temporary.resolve("again");
        Process build = new ProcessBuilder(
                        Path.of("src/main/starter/bundle-starter")
                                .toAbsolutePath()
                                .toString(),
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        again.toString())
                .inheritIO()
                .start();
        assertThat(build.waitFor(50, TimeUnit.SECONDS)).isTrue();
        assertThat(build.exitValue()).isZero();
        try (InputStream bundled = Objects.requireNonNull(StarterImage.class.getResourceAsStream("starter.oci.tar"))) {
            assertThat(bundled.readAllBytes())
                    .isEqualTo(Files.readAllBytes(again.resolve("io/darsena/engine/starter/starter.oci.tar")));
        }
    }

    @Test
    void theTideTellsALineASecondAndEndsWithZeroAtOnce() throws Exception {
        starter.ensure();
        content().resolve("bin/busybox").toFile().setExecutable(true);
        long begin = System.nanoTime();
        Process tide = new ProcessBuilder(
                        content().resolve("bin/busybox").toString(),
                        "sh",
                        content().resolve("usr/local/bin/tide").toString())
                .redirectError(ProcessBuilder.Redirect.DISCARD)
                .start();
        try (BufferedReader lines = tide.inputReader()) {
            assertThat(lines.readLine()).startsWith("The tide rises and falls");
            assertThat(lines.readLine()).endsWith("second 1");
            assertThat(lines.readLine()).endsWith("second 2");
            assertThat(lines.readLine()).endsWith("second 3");
            assertThat(Duration.ofNanos(System.nanoTime() - begin))
                    .isBetween(Duration.ofMillis(1_000), Duration.ofSeconds(8));
            begin = System.nanoTime();
            tide.toHandle().destroy(); // destroy() of the process would close its output before its last words
            assertThat(tide.waitFor(10, TimeUnit.SECONDS)).isTrue();
            assertThat(tide.exitValue()).isZero();
            assertThat(Duration.ofNanos(System.nanoTime() - begin)).isLessThan(Duration.ofMillis(800));
        } finally {
            tide.destroyForcibly();
        }
    }
}
