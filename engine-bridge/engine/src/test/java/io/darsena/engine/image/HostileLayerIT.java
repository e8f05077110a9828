package io.darsena.engine.image;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.darsena.bridge.error.CorruptedException;
import io.darsena.bridge.error.EngineException;
import io.darsena.bridge.error.UnavailableException;
import io.darsena.bridge.image.ImageId;
import io.darsena.runtime.ContainerRuntime;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/// Layers of bad intent, and the disk's end, with darsena-runtime's own extractor.
@Timeout(120)
class HostileLayerIT {

    private static final int MEBIBYTE = 1 << 20;

    @TempDir
    Path temporary;

    private ContainerRuntime runtime;
    private Path root;

    @BeforeEach
    void open() throws IOException {
        runtime = RealRuntime.open(temporary);
        root = Files.createDirectory(temporary.resolve("root"));
    }

    @AfterEach
    void close() {
        runtime.close();
    }

    private Path layout(LayoutBuilder.ImageDraft draft) {
        return new LayoutBuilder().image("1", draft).directory(temporary.resolve("layout"));
    }

    @Test
    void layersThatReachOutsideWriteNothingThere() throws Exception {
        Path outside = Files.createDirectory(temporary.resolve("outside"));
        List<TarBytes> tars = List.of(
                new TarBytes().file("../../../../../../outside/evil", "evil"),
                new TarBytes().file(outside + "/evil", "evil"),
                new TarBytes().symbolicLink("out", outside.toString()).file("out/evil", "evil"),
                new TarBytes().symbolicLink("up", "../../../../..").file("up/outside/evil", "evil"),
                new TarBytes().file("a/../../../../../outside/evil", "evil"),
                new TarBytes().hardLink("passwd", "/etc/passwd"),
                new TarBytes().hardLink("passwd", "../../../../../../../../../etc/passwd"));
        for (TarBytes tar : tars) {
            try (TestCache cache = new TestCache(root, runtime)) {
                Path layout = layout(new LayoutBuilder.ImageDraft().layer(tar));
                try {
                    ImageId id = cache.load(layout).getFirst();
                    Path content = cache.images.layerDirectories(id).getFirst();
                    assertThat(content.resolve("passwd")).doesNotExist();
                    cache.images.remove(id);
                } catch (EngineException e) {
                    assertThat(e).isInstanceOf(CorruptedException.class);
                }
                assertThat(cache.layerNames()).isEmpty();
                assertThat(cache.unfinished()).isEmpty();
            }
            assertThat(outside).isEmptyDirectory();
        }
    }

    @Test
    void rubbishInAGzipStreamIsRefused() {
        LayoutBuilder.ImageDraft draft = new LayoutBuilder.ImageDraft();
        draft.tars.add("no tar at all ".repeat(10_000).getBytes(StandardCharsets.UTF_8));
        try (TestCache cache = new TestCache(root, runtime)) {
            assertThatThrownBy(() -> cache.load(layout(draft))).isInstanceOf(CorruptedException.class);
            assertThat(cache.layerNames()).isEmpty();
            assertThat(cache.blobs().digests()).isEmpty();
        }
    }

    @Test
    void impliedDirectoriesKeepTheirOwnerOnDisk() throws Exception {
        Assumptions.assumeTrue(
                Files.getAttribute(Path.of("/proc/self"), "unix:uid").equals(0), "other owners are seen by root only");
        TarBytes lower = new TarBytes().directory("home", 0755, 0, 0).directory("home/ada", 0700, 1000, 1001);
        TarBytes upper = new TarBytes().file("home/ada/x", "x");
        try (TestCache cache = new TestCache(root, runtime)) {
            ImageId id = cache.load(
                            layout(new LayoutBuilder.ImageDraft().layer(lower).layer(upper)))
                    .getFirst();
            Path top = cache.images.layerDirectories(id).getFirst().resolve("home/ada");
            assertThat(Files.getAttribute(top, "unix:uid")).isEqualTo(1000);
            assertThat(Files.getAttribute(top, "unix:gid")).isEqualTo(1001);
            assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(top, LinkOption.NOFOLLOW_LINKS)))
                    .isEqualTo("rwx------");
            assertThat(top).isEmptyDirectory();
        }
    }

    /// A few hundred kilobytes that unpack to 400 MiB, on a disk of 160.
    @Test
    void aBombLeavesTheDiskItsReserve() throws Exception {
        Path disk = Files.createDirectory(temporary.resolve("disk"));
        Assumptions.assumeTrue(
                run("mount", "-t", "tmpfs", "-o", "size=160m", "darsena-test", disk.toString()),
                "a small disk can be mounted by root only");
        try (TestCache cache = new TestCache(disk, runtime)) {
            Path layout = bomb(400);
            assertThatThrownBy(() -> cache.load(layout))
                    .isInstanceOf(UnavailableException.class)
                    .hasMessageContaining("the disk is full")
                    .hasMessageContaining("free some space");
            assertThat(cache.layerNames()).isEmpty();
            assertThat(cache.blobs().digests()).isEmpty();
            long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(20);
            while (Files.getFileStore(disk).getUsableSpace() < 140L * MEBIBYTE && System.nanoTime() < end) {
                Thread.onSpinWait();
            }
            assertThat(Files.getFileStore(disk).getUsableSpace()).isGreaterThan(140L * MEBIBYTE);
            assertThat(cache.load(layout(new LayoutBuilder.ImageDraft().layer(new TarBytes().file("a", "a")))))
                    .hasSize(1);
        } finally {
            assertThat(run("umount", disk.toString())).isTrue();
        }
    }

    private Path bomb(int mebibytes) throws IOException {
        byte[] header = Arrays.copyOf(new TarBytes().file("zeros", "").bytes(), 512);
        byte[] size = "%011o\0".formatted((long) mebibytes * MEBIBYTE).getBytes(StandardCharsets.US_ASCII);
        System.arraycopy(size, 0, header, 124, size.length);
        HostileImportTest.checksum(header);
        Path packed = temporary.resolve("bomb");
        try (OutputStream tar = new GZIPOutputStream(new BufferedOutputStream(Files.newOutputStream(packed)))) {
            tar.write(header);
            byte[] zeros = new byte[MEBIBYTE];
            for (int i = 0; i < mebibytes; i++) {
                tar.write(zeros);
            }
            tar.write(new byte[1024]);
        }
        LayoutBuilder.ImageDraft draft = new LayoutBuilder.ImageDraft();
        draft.gzip = false;
        draft.tars.add(Files.readAllBytes(packed));
        return layout(draft);
    }

    private static boolean run(String... command) throws Exception {
        return new ProcessBuilder(command).start().waitFor() == 0;
    }
}
