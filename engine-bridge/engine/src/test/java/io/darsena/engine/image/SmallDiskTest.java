package io.darsena.engine.image;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.darsena.bridge.error.UnavailableException;
import io.darsena.bridge.image.ArchiveFormat;
import io.darsena.runtime.ContainerRuntime;
import io.darsena.runtime.LayerExtraction;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/// The disk's end, with darsena-runtime's own extractor. Not among the kernel tests, which an ordinary user runs too:
/// only root can mount a small disk.
@Timeout(120)
class SmallDiskTest {

    private static final int MEBIBYTE = 1 << 20;

    @TempDir
    Path temporary;

    private Optional<Path> mounted = Optional.empty();

    @AfterEach
    void unmount() throws Exception {
        if (mounted.isPresent()) {
            assertThat(run("umount", mounted.get().toString())).isTrue();
        }
    }

    private Path disk(int mebibytes) throws Exception {
        Path disk = Files.createDirectory(temporary.resolve("disk"));
        Assumptions.assumeTrue(
                run("mount", "-t", "tmpfs", "-o", "size=" + mebibytes + "m", "darsena-test", disk.toString()),
                "a small disk can be mounted by root only");
        mounted = Optional.of(disk);
        return disk;
    }

    private Path layout(LayoutBuilder.ImageDraft draft) {
        return new LayoutBuilder().image("1", draft).directory(temporary.resolve("layout"));
    }

    /// A few hundred kilobytes that unpack to 400 MiB, on a disk of 160.
    @Test
    void aBombLeavesTheDiskItsReserve() throws Exception {
        Path disk = disk(160);
        try (ContainerRuntime runtime = RealRuntime.open(temporary);
                TestCache cache = new TestCache(disk, runtime)) {
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
        }
    }

    /// It would fit, but only to the last MiB, where the database and containers' logs have no room.
    @Test
    void whatWouldTakeTheReserveIsRefusedBeforeItIsWritten() throws Exception {
        Path disk = disk(160);
        try (ContainerRuntime runtime = RealRuntime.open(temporary);
                TestCache cache = new TestCache(disk, runtime)) {
            Path layout = bomb(150);
            assertThatThrownBy(() -> cache.load(layout))
                    .isInstanceOf(UnavailableException.class)
                    .hasMessageContaining("the disk is full");
            assertThat(cache.layerNames()).isEmpty();
        }
    }

    /// Layers are unpacked side by side, and each had the same room when it began.
    @Test
    void whatOthersWriteMeanwhileIsMissedInTime() throws Exception {
        Path disk = disk(160);
        try (ContainerRuntime runtime = RealRuntime.open(temporary)) {
            unpackWhileOthersWrite(runtime, disk, 80, 1);
            unpackWhileOthersWrite(runtime, disk, 1, 80);
        }
    }

    /// Files of some MiB each, of which others fill the disk when the first has been written.
    private static void unpackWhileOthersWrite(ContainerRuntime runtime, Path disk, int mebibytes, int files)
            throws Exception {
        Path target = disk.resolve("layer");
        Path other = disk.resolve("other");
        runtime.makeDirectory(target, 0755);
        try (LayerExtraction extraction = runtime.extract(target, disk.resolve("index"))) {
            OutputStream sink = extraction.sink();
            assertThatThrownBy(() -> {
                        for (int i = 0; i < files; i++) {
                            byte[] zeros = new byte[mebibytes * MEBIBYTE];
                            byte[] entry =
                                    new TarBytes().file("zeros" + i, zeros).bytes();
                            sink.write(entry, 0, 512 + MEBIBYTE);
                            sink.flush();
                            await(() -> Files.exists(target.resolve("zeros0")));
                            if (i == 0) {
                                fill(other, 40);
                            }
                            sink.write(entry, 512 + MEBIBYTE, (mebibytes - 1) * MEBIBYTE);
                        }
                        sink.write(new byte[1024]);
                        extraction.finish();
                    })
                    .hasStackTraceContaining("No space left on device");
        }
        assertThat(Files.getFileStore(disk).getUsableSpace()).isGreaterThan(50L * MEBIBYTE);
        Files.delete(other);
        runtime.delete(target);
    }

    private static void await(BooleanSupplier fact) {
        long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(20);
        while (!fact.getAsBoolean() && System.nanoTime() < end) {
            Thread.onSpinWait();
        }
        assertThat(fact.getAsBoolean()).isTrue();
    }

    /// Known beforehand, and found out on the way: a disk that others fill too.
    @Test
    void anArchiveThatFindsNoRoomLeavesWhatWasThere() throws Exception {
        Path disk = disk(16);
        byte[] content = new byte[10 * MEBIBYTE];
        new Random(5).nextBytes(content);
        try (TestCache cache = new TestCache(temporary.resolve("root"), new TarRuntime())) {
            cache.load(layout(new LayoutBuilder.ImageDraft().layer(new TarBytes().file("a", content))));
            Path archive = Files.writeString(disk.resolve("image.tar"), "what was there");
            String name = cache.images.list().getFirst().displayName();
            assertThatThrownBy(() -> cache.images.save(List.of(name), ArchiveFormat.DOCKER, archive, progress -> {
                        if (!Files.exists(disk.resolve("other"))) {
                            fill(disk.resolve("other"), 8);
                        }
                    }))
                    .isInstanceOf(UnavailableException.class)
                    .hasMessageContaining("the disk is full");
            assertThat(TestCache.names(disk)).containsExactly("image.tar", "other");
            assertThat(archive).hasContent("what was there");
            assertThatThrownBy(() -> cache.images.save(List.of(name), ArchiveFormat.DOCKER, archive, progress -> {}))
                    .isInstanceOf(UnavailableException.class)
                    .hasMessageContaining("it needs 11 MiB")
                    .hasMessageContaining("free some space");
            Files.delete(disk.resolve("other"));
            cache.images.save(List.of(name), ArchiveFormat.DOCKER, archive, progress -> {});
            assertThat(Files.size(archive)).isGreaterThan(10 * MEBIBYTE);
            assertThat(TestCache.names(disk)).containsExactly("image.tar");
        }
    }

    private static void fill(Path file, int mebibytes) {
        try {
            Files.write(file, new byte[mebibytes * MEBIBYTE]);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
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
