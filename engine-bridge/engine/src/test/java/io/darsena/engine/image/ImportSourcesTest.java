package io.darsena.engine.image;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.github.luben.zstd.ZstdOutputStreamNoFinalizer;
import io.darsena.bridge.error.CorruptedException;
import io.darsena.bridge.image.Digest;
import io.darsena.bridge.image.Image;
import io.darsena.bridge.image.ImageId;
import io.darsena.bridge.image.ImageReference;
import io.darsena.engine.image.LayoutBuilder.ImageDraft;
import io.darsena.engine.image.document.Platform;
import java.io.ByteArrayOutputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.apache.commons.compress.compressors.bzip2.BZip2CompressorOutputStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.tukaani.xz.LZMA2Options;
import org.tukaani.xz.XZOutputStream;
import tools.jackson.databind.node.ObjectNode;

/// The forms in which images come: layouts, archives, indexes for several platforms, names in several annotations.
class ImportSourcesTest {

    private static final String HERE = Platform.ofThisMachine().architecture();

    @TempDir
    Path temporary;

    private TestCache cache;

    @BeforeEach
    void open() {
        cache = new TestCache(temporary.resolve("root"), new TarRuntime());
    }

    @AfterEach
    void close() {
        cache.close();
    }

    private static ImageDraft draft(String content) {
        return new ImageDraft().layer(new TarBytes().file("a", content));
    }

    private static ImageDraft draftFor(String architecture, String content) {
        ImageDraft draft = draft(content);
        draft.architecture = architecture;
        return draft;
    }

    private static ObjectNode on(ObjectNode descriptor, String architecture) {
        descriptor.putObject("platform").put("os", "linux").put("architecture", architecture);
        return descriptor;
    }

    private List<String> names() {
        return cache.images.list().stream()
                .flatMap(image -> image.names().stream())
                .map(ImageReference::familiar)
                .sorted()
                .toList();
    }

    private String content(ImageId id) throws Exception {
        return Files.readString(cache.images.layerDirectories(id).getFirst().resolve("a"));
    }

    private Path file(String name, byte[] bytes) throws Exception {
        return Files.write(temporary.resolve(name), bytes);
    }

    @Test
    void anArchivePlainAndGzippedWithItsEntriesInAnyOrder() throws Exception {
        LayoutBuilder layout = new LayoutBuilder().image("latest", draft("x"));
        cache.load(file("one.tar", layout.archive().bytes()));
        cache.load(file("two.oci.tar.gz", TarBytes.gzip(layout.archive().bytes())));
        TarBytes indexFirst =
                new TarBytes().file("./index.json", layout.index().toString()).directory("./blobs", 0755, 0, 0);
        layout.blobs().forEach((digest, bytes) -> indexFirst.file("./blobs/sha256/" + digest.hex(), bytes));
        indexFirst.file("./oci-layout", "{\"imageLayoutVersion\":\"1.1.0\"}");
        cache.load(file("three.tgz", indexFirst.bytes()));
        assertThat(cache.images.list()).hasSize(1);
        assertThat(names()).containsExactly("one:latest", "three:latest", "two:latest");
        assertThat(cache.unfinished()).isEmpty();
    }

    @Test
    void anArchiveCompressedInEveryWayThatDockerLoadTakes() throws Exception {
        byte[] archive =
                new LayoutBuilder().image("latest", draft("x")).archive().bytes();
        ByteArrayOutputStream zstd = new ByteArrayOutputStream();
        try (OutputStream packed = new ZstdOutputStreamNoFinalizer(zstd)) {
            packed.write(archive);
        }
        ByteArrayOutputStream xz = new ByteArrayOutputStream();
        try (OutputStream packed = new XZOutputStream(xz, new LZMA2Options(6))) {
            packed.write(archive);
        }
        ByteArrayOutputStream bzip2 = new ByteArrayOutputStream();
        try (OutputStream packed = new BZip2CompressorOutputStream(bzip2)) {
            packed.write(archive);
        }
        Map<String, byte[]> forms = Map.of(
                "one.tar.zst",
                zstd.toByteArray(),
                "two.tar.xz",
                xz.toByteArray(),
                "three.tar.bz2",
                bzip2.toByteArray());
        for (Map.Entry<String, byte[]> form : forms.entrySet()) {
            byte[] whole = form.getValue();
            cache.load(file(form.getKey(), whole));
            Path cut = file("cut-" + form.getKey(), Arrays.copyOf(whole, whole.length / 2));
            assertThatThrownBy(() -> cache.load(cut)).isInstanceOf(CorruptedException.class);
            Path headOnly = file("head-" + form.getKey(), Arrays.copyOf(whole, 7));
            assertThatThrownBy(() -> cache.load(headOnly)).isInstanceOf(CorruptedException.class);
        }
        assertThat(names()).containsExactly("one:latest", "three:latest", "two:latest");
        assertThat(cache.unfinished()).isEmpty();
    }

    /// kaniko's and crane's names; bazel's and jib's.
    @Test
    void dockerArchivesOfOtherToolsWithTheirOwnNames() throws Exception {
        byte[] layer = TarBytes.gzip(new TarBytes().file("a", "packed").bytes());
        byte[] config = """
                {"os":"linux","architecture":"%s","rootfs":{"type":"layers","diff_ids":["%s"]}}""".formatted(
                HERE, LayoutBuilder.digest(new TarBytes().file("a", "packed").bytes())).getBytes(
                StandardCharsets.UTF_8);
        String hex = LayoutBuilder.digest(layer).hex();
        Map<String, String> forms = Map.of(
                LayoutBuilder.digest(config).toString(),
                hex + ".tar.gz",
                "config.json",
                "layer-0.tar",
                "blobs/sha256/" + LayoutBuilder.digest(config).hex(),
                "blobs/sha256/" + hex);
        int number = 0;
        for (Map.Entry<String, String> form : forms.entrySet()) {
            TarBytes tar = new TarBytes()
                    .file("manifest.json", """
                            [{"Config":"%s","RepoTags":["form:%d"],"Layers":["%s"]}]""".formatted(form.getKey(), number, form.getValue()))
                    .file(form.getKey(), config)
                    .file(form.getValue(), layer);
            ImageId id =
                    cache.load(file("form" + number++ + ".tar", tar.bytes())).getFirst();
            assertThat(content(id)).isEqualTo("packed");
            Image image = cache.images.find(id.toString()).orElseThrow();
            assertThat(image.layers().getFirst().blob().hex()).isEqualTo(hex);
            assertThat(new String(cache.blobs().read(image.manifest(), 1 << 20), StandardCharsets.UTF_8))
                    .contains("application/vnd.oci.image.layer.v1.tar+gzip");
            cache.images.remove(id);
        }
        assertThat(cache.blobs().digests()).isEmpty();
    }

    @Test
    void blobsThatNoImageNeedsDoNotStay() throws Exception {
        LayoutBuilder layout = new LayoutBuilder().image("latest", draft("x"));
        layout.blob("nobody needs this".getBytes(StandardCharsets.UTF_8));
        cache.load(file("one.tar", layout.archive().bytes()));
        assertThat(cache.blobs().digests()).hasSize(3);
    }

    @Test
    void namesComeFromAnnotationsOrTheFile() {
        LayoutBuilder layout = new LayoutBuilder()
                .image("1.35", draft("a"))
                .image("quay.io/team/tool:2", draft("b"))
                .image("ghcr.io/team/other", draft("c"));
        ImageDraft containerd = draft("d");
        containerd.descriptor = descriptor -> descriptor
                .putObject("annotations")
                .put(LayoutBuilder.CONTAINERD_NAME, "docker.io/library/redis:7")
                .put(LayoutBuilder.REFERENCE, "7");
        layout.image("", containerd);
        cache.load(layout.directory(temporary.resolve("Busy Box.oci")));
        assertThat(names())
                .containsExactly("busy-box:1.35", "ghcr.io/team/other:latest", "quay.io/team/tool:2", "redis:7");
    }

    @Test
    void twoNamesOfOneManifestAreOneImage() {
        LayoutBuilder layout = new LayoutBuilder().image("a", draft("x")).image("b", draft("x"));
        assertThat(cache.load(layout.directory(temporary.resolve("twins")))).hasSize(1);
        assertThat(names()).containsExactly("twins:a", "twins:b");
    }

    @Test
    void anArchiveWithoutNamesIsNamedAfterItsFile() {
        LayoutBuilder layout = new LayoutBuilder().image("", draft("x"));
        cache.load(layout.directory(temporary.resolve("tool.v2.oci")));
        assertThat(names()).containsExactly("tool.v2:latest");
    }

    @Test
    void ofAnIndexForManyPlatformsThisMachinesIsTaken() throws Exception {
        LayoutBuilder layout = new LayoutBuilder();
        ObjectNode statement = layout.manifest(draftFor("unknown", "statement"));
        statement.putObject("platform").put("os", "unknown").put("architecture", "unknown");
        ObjectNode nested = layout.nested(
                on(layout.manifest(draftFor("s390x", "big iron")), "s390x"),
                on(layout.manifest(draftFor(HERE, "here")), HERE),
                statement);
        nested.putObject("annotations").put(LayoutBuilder.REFERENCE, "multi:1");
        layout.manifests().add(layout.nested(nested));
        layout.manifests().remove(0);
        layout.manifests().add(nested);
        List<ImageId> ids = cache.load(layout.directory(temporary.resolve("multi")));
        assertThat(ids).hasSize(1);
        assertThat(content(ids.getFirst())).isEqualTo("here");
        assertThat(names()).containsExactly("multi:1");
    }

    @Test
    void manifestsOfOneNameAreOneImageForSeveralPlatforms() throws Exception {
        LayoutBuilder layout = new LayoutBuilder();
        for (String architecture : List.of("s390x", HERE)) {
            ImageDraft draft = draftFor(architecture, architecture);
            draft.descriptor = descriptor -> on(descriptor, architecture);
            layout.image("1", draft);
        }
        List<ImageId> ids = cache.load(layout.directory(temporary.resolve("flat")));
        assertThat(content(ids.getFirst())).isEqualTo(HERE);
        assertThat(names()).containsExactly("flat:1");
    }

    @Test
    void dockersMediaTypesAreUnderstood() {
        ImageDraft draft = draft("x");
        draft.manifest = manifest -> {
            manifest.put("mediaType", "application/vnd.docker.distribution.manifest.v2+json");
            ((ObjectNode) manifest.get("config")).put("mediaType", "application/vnd.docker.container.image.v1+json");
            ((ObjectNode) manifest.get("layers").get(0))
                    .put("mediaType", "application/vnd.docker.image.rootfs.diff.tar.gzip");
        };
        draft.descriptor =
                descriptor -> descriptor.put("mediaType", "application/vnd.docker.distribution.manifest.v2+json");
        assertThat(cache.load(new LayoutBuilder().image("1", draft).directory(temporary.resolve("docker"))))
                .hasSize(1);
    }

    @Test
    void anArchiveOfDockerSaveFromBeforeItWroteLayouts() throws Exception {
        byte[] layer = new TarBytes().file("a", "from docker").bytes();
        byte[] config = """
                {"os":"linux","architecture":"%s","rootfs":{"type":"layers","diff_ids":["%s"]},"config":{"Cmd":["x"]}}""".formatted(HERE, LayoutBuilder.digest(layer)).getBytes(StandardCharsets.UTF_8);
        String first = "a".repeat(64) + "/layer.tar";
        String second = "b".repeat(64) + "/layer.tar";
        String configName = LayoutBuilder.digest(config).hex() + ".json";
        byte[] twice = """
                {"os":"linux","architecture":"%s","rootfs":{"type":"layers","diff_ids":["%s"]},"author":"second"}""".formatted(HERE, LayoutBuilder.digest(layer)).getBytes(StandardCharsets.UTF_8);
        String twiceName = LayoutBuilder.digest(twice).hex() + ".json";
        TarBytes tar = new TarBytes()
                .symbolicLink(second, "../" + first)
                .file(first, layer)
                .file(configName, config)
                .file(twiceName, twice)
                .file("repositories", "{}")
                .file("manifest.json", """
                        [{"Config":"%s","RepoTags":["web:1","web:2"],"Layers":["%s"]},
                         {"Config":"%s","RepoTags":null,"Layers":["%s"]}]""".formatted(configName, first, twiceName, second));
        List<ImageId> ids = cache.load(file("saved.tar", tar.bytes()));
        assertThat(ids).hasSize(2);
        assertThat(content(ids.getFirst())).isEqualTo("from docker");
        assertThat(names()).containsExactly("web:1", "web:2");
        assertThat(cache.layerNames()).hasSize(1);
        assertThat(cache.blobs().digests()).hasSize(5);
    }

    @Test
    void anArchiveOfDockerSaveThatLacksALayer() throws Exception {
        TarBytes tar = new TarBytes().file("manifest.json", """
                [{"Config":"../../etc/passwd","RepoTags":[],"Layers":[]}]""");
        Path archive = file("bad.tar", tar.bytes());
        assertThatThrownBy(() -> cache.load(archive)).hasMessageContaining("'../../etc/passwd' is not in the archive");
        assertThat(cache.blobs().digests()).isEmpty();
    }

    @Test
    void whatIsImportedIsWhatStandsInTheStore() {
        LayoutBuilder layout = new LayoutBuilder().image("1", draft("x"));
        Image image = cache.images
                .find(cache.load(layout.directory(temporary.resolve("exact")))
                        .getFirst()
                        .toString())
                .orElseThrow();
        for (Map.Entry<Digest, byte[]> blob : layout.blobs().entrySet()) {
            assertThat(cache.blobs().read(blob.getKey(), 1 << 20)).isEqualTo(blob.getValue());
        }
        assertThat(image.layers().getFirst().storedSize())
                .isEqualTo(layout.blobs().values().iterator().next().length);
    }
}
