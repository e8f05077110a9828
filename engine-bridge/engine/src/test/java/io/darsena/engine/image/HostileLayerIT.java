package io.darsena.engine.image;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.darsena.bridge.error.CorruptedException;
import io.darsena.bridge.error.EngineException;
import io.darsena.bridge.image.ImageId;
import io.darsena.runtime.ContainerRuntime;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.nio.file.attribute.UserDefinedFileAttributeView;
import java.time.Instant;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/// Layers of bad intent with darsena-runtime's own extractor.
@Timeout(120)
class HostileLayerIT {

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
        TarBytes lower = new TarBytes().directory("home", 0755, 0, 0).directory("home/ada", 0700, 1000, 1001);
        TarBytes upper = new TarBytes().file("home/ada/x", "x");
        try (TestCache cache = new TestCache(root, runtime)) {
            ImageId id = cache.load(
                            layout(new LayoutBuilder.ImageDraft().layer(lower).layer(upper)))
                    .getFirst();
            Path top = cache.images.layerDirectories(id).getFirst().resolve("home/ada");
            assertThat(Files.getAttribute(top, "unix:uid")).isEqualTo(1000 + shift("/etc/subuid"));
            assertThat(Files.getAttribute(top, "unix:gid")).isEqualTo(1001 + shift("/etc/subgid"));
            assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(top, LinkOption.NOFOLLOW_LINKS)))
                    .isEqualTo("rwx------");
            cache.images.remove(id);
            assertThat(cache.layerNames()).isEmpty();
        }
    }

    @Test
    void impliedDirectoriesKeepTheirTimeAndExtendedAttributesOnDisk() throws Exception {
        byte[] value = {0, 1, (byte) 0xff, '\n', '='};
        TarArchiveEntry directory = new TarArchiveEntry("data/", true);
        directory.setMode(0755);
        directory.addPaxHeader("mtime", "1600000000.123456700");
        directory.addPaxHeader(
                "LIBARCHIVE.xattr.user.darsena.test", Base64.getEncoder().encodeToString(value));
        TarBytes lower = new TarBytes().posix(directory);
        TarBytes upper = new TarBytes().file("data/x", "x");
        try (TestCache cache = new TestCache(root, runtime)) {
            ImageId id = cache.load(
                            layout(new LayoutBuilder.ImageDraft().layer(lower).layer(upper)))
                    .getFirst();
            List<Path> layers = cache.images.layerDirectories(id);
            assertThat(layers).hasSize(3);
            for (Path layer : List.of(layers.getFirst(), layers.getLast())) {
                Path data = layer.resolve("data");
                assertThat(Files.getLastModifiedTime(data).toInstant())
                        .isEqualTo(Instant.ofEpochSecond(1_600_000_000, 123_456_700));
                assumeTrue(
                        Files.getFileStore(data).supportsFileAttributeView(UserDefinedFileAttributeView.class),
                        "this file system keeps no extended attributes of users");
                UserDefinedFileAttributeView attributes =
                        Files.getFileAttributeView(data, UserDefinedFileAttributeView.class);
                ByteBuffer read = ByteBuffer.allocate(64);
                attributes.read("darsena.test", read);
                assertThat(Arrays.copyOf(read.array(), read.position())).isEqualTo(value);
            }
        }
    }

    /// What a container's ids other than 0 become outside: an ordinary user's begin with 1 at the subordinate range.
    private static int shift(String ranges) throws IOException {
        if (Files.getAttribute(Path.of("/proc/self"), "unix:uid").equals(0)) {
            return 0;
        }
        String range = System.getProperty("user.name") + ":";
        return Files.readAllLines(Path.of(ranges)).stream()
                .filter(line -> line.startsWith(range))
                .map(line -> Integer.parseInt(line.split(":")[1]) - 1)
                .findFirst()
                .orElseThrow();
    }
}
