package io.darsena.engine.image;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.darsena.bridge.error.CorruptedException;
import io.darsena.bridge.image.ArchiveFormat;
import io.darsena.bridge.image.Digest;
import io.darsena.bridge.image.Image;
import io.darsena.bridge.image.ImageId;
import io.darsena.bridge.image.ImageReference;
import io.darsena.engine.image.LayoutBuilder.ImageDraft;
import io.darsena.engine.image.document.Platform;
import io.darsena.engine.json.JsonObject;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicBoolean;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveInputStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.node.ObjectNode;

/// What archives hold: for Docker, for OCI's tools, for other platforms; and that what was received is given back.
class ImageExportTest {

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

    private static ObjectNode on(LayoutBuilder layout, String architecture) {
        ImageDraft draft = draft("for " + architecture);
        draft.architecture = architecture;
        ObjectNode descriptor = layout.manifest(draft);
        descriptor.putObject("platform").put("os", "linux").put("architecture", architecture);
        return descriptor;
    }

    /// An index for this machine and two others, with a statement about one of them.
    private static LayoutBuilder manyPlatforms(String name) {
        LayoutBuilder layout = new LayoutBuilder();
        ObjectNode statement = layout.manifest(draft("statement"));
        statement.putObject("platform").put("os", "unknown").put("architecture", "unknown");
        statement.putObject("annotations").put("vnd.docker.reference.type", "attestation-manifest");
        ObjectNode index = layout.nested(on(layout, "s390x"), on(layout, HERE), on(layout, "riscv64"), statement);
        index.putObject("annotations").put(LayoutBuilder.REFERENCE, name);
        layout.manifests().add(index);
        return layout;
    }

    private Image load(String directory, LayoutBuilder layout) {
        ImageId id = cache.load(layout.directory(temporary.resolve(directory))).getFirst();
        return cache.images.find(id.toString()).orElseThrow();
    }

    private Map<String, byte[]> saved(ArchiveFormat format, String... names) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        cache.images.save(List.of(names), format, bytes, progress -> {});
        return files(bytes.toByteArray());
    }

    private static Map<String, byte[]> files(byte[] tar) {
        Map<String, byte[]> files = new LinkedHashMap<>();
        try (TarArchiveInputStream entries = new TarArchiveInputStream(new ByteArrayInputStream(tar))) {
            for (TarArchiveEntry entry = entries.getNextEntry(); entry != null; entry = entries.getNextEntry()) {
                assertThat(entry.getLongUserId() + entry.getLongGroupId()).isZero();
                assertThat(entry.getUserName() + entry.getGroupName()).isEmpty();
                assertThat(entry.getLastModifiedTime().toMillis()).isZero();
                assertThat(files.put(entry.getName(), entries.readAllBytes())).isNull();
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return files;
    }

    private static void assertHoldsAll(Map<String, byte[]> archive, Map<Digest, byte[]> blobs) {
        blobs.forEach((digest, bytes) -> assertThat(archive.get("blobs/sha256/" + digest.hex()))
                .as(digest.toString())
                .isEqualTo(bytes));
        assertThat(archive.keySet().stream().filter(name -> name.length() > "blobs/sha256/".length()))
                .hasSize(blobs.size());
    }

    private static List<JsonObject> manifests(Map<String, byte[]> archive) {
        return JsonObject.parse(archive.getOrDefault("index.json", new byte[0]), "index.json")
                .objects("manifests");
    }

    @Test
    void anIndexForManyPlatformsIsGivenBackWhole() {
        LayoutBuilder layout = manyPlatforms("multi:1");
        String digest = layout.manifests().get(0).get("digest").stringValue();
        load("multi", layout);
        for (ArchiveFormat format : ArchiveFormat.values()) {
            Map<String, byte[]> archive = saved(format, "multi:1");
            assertHoldsAll(archive, layout.blobs());
            assertThat(manifests(archive)).singleElement().satisfies(each -> {
                assertThat(each.text("digest")).isEqualTo(digest);
                assertThat(each.text("mediaType")).isEqualTo("application/vnd.oci.image.index.v1+json");
            });
        }
    }

    @Test
    void theSameFromAnArchiveAndAgainFromWhatWasSaved() throws Exception {
        LayoutBuilder layout = manyPlatforms("multi:1");
        Path received =
                Files.write(temporary.resolve("received.tar"), layout.archive().bytes());
        cache.load(received);
        Path first = temporary.resolve("first.tar");
        cache.images.save(List.of("multi:1"), ArchiveFormat.DOCKER, first, progress -> {});
        try (TestCache other = new TestCache(temporary.resolve("other"), new TarRuntime())) {
            other.load(first);
            Path second = temporary.resolve("second.tar");
            other.images.save(List.of("multi:1"), ArchiveFormat.DOCKER, second, progress -> {});
            assertThat(second).hasSameBinaryContentAs(first);
        }
    }

    @Test
    void manifestsForManyPlatformsThatStandInIndexJsonItself() {
        LayoutBuilder layout = new LayoutBuilder();
        for (String architecture : List.of("s390x", HERE)) {
            layout.manifests().add(on(layout, architecture));
        }
        Image image = load("flat", layout);
        Map<String, byte[]> archive = saved(ArchiveFormat.OCI, "flat");
        layout.blobs().forEach((digest, bytes) -> assertThat(archive).containsKey("blobs/sha256/" + digest.hex()));
        assertThat(manifests(archive).getFirst().text("digest"))
                .isNotEqualTo(image.manifest().toString());
    }

    @Test
    void whatTheSourceLacksOfOtherPlatformsIsLackedByTheArchiveToo() {
        LayoutBuilder layout = manyPlatforms("multi:1");
        List<Digest> order = List.copyOf(layout.blobs().keySet());
        Digest statementLayer = order.getFirst();
        layout.blobs().remove(statementLayer);
        load("multi", layout);
        assertHoldsAll(saved(ArchiveFormat.OCI, "multi:1"), layout.blobs());
    }

    @Test
    void whatIsKeptForAnIndexStaysThroughARestartAndGoesWithTheImage() {
        LayoutBuilder layout = manyPlatforms("multi:1");
        Image image = load("multi", layout);
        cache.close();
        cache = new TestCache(temporary.resolve("root"), new TarRuntime());
        assertThat(cache.blobs().digests()).hasSize(layout.blobs().size());
        assertHoldsAll(saved(ArchiveFormat.OCI, "multi:1"), layout.blobs());
        cache.images.remove(image.id());
        assertThat(cache.blobs().digests()).isEmpty();
    }

    @Test
    void aNameThatCameByItsManifestAloneIsSavedSo() {
        Image image = load("multi", manyPlatforms("multi:1"));
        LayoutBuilder single = new LayoutBuilder();
        ObjectNode manifest = on(single, HERE);
        manifest.remove("platform");
        manifest.putObject("annotations").put(LayoutBuilder.REFERENCE, "single:1");
        single.manifests().add(manifest);
        assertThat(load("single", single).id()).isEqualTo(image.id());
        assertThat(manifests(saved(ArchiveFormat.OCI, "single:1", "multi:1")))
                .extracting(each -> each.text("digest"))
                .containsExactly(
                        image.manifest().toString(),
                        manyPlatforms("multi:1")
                                .manifests()
                                .get(0)
                                .get("digest")
                                .stringValue());
    }

    @Test
    void forDockerItIsAlsoWhatDockerSaveWrites() {
        LayoutBuilder layout =
                new LayoutBuilder().image("web:1", draft("web")).image("registry.example/db:2", draft("db"));
        load("two", layout);
        cache.images.tag(cache.images.find("web:1").orElseThrow().id(), ImageReference.parse("web:latest"));
        Map<String, byte[]> archive = saved(ArchiveFormat.DOCKER, "web:latest", "web:1", "registry.example/db:2");
        assertThat(archive.keySet()).startsWith("oci-layout", "index.json", "manifest.json");
        List<JsonObject> images =
                JsonObject.parseArray(archive.getOrDefault("manifest.json", new byte[0]), "manifest.json");
        assertThat(images).hasSize(2);
        assertThat(images.getFirst().texts("RepoTags")).containsExactly("web:1", "web:latest");
        assertThat(images.get(1).texts("RepoTags")).containsExactly("registry.example/db:2");
        for (JsonObject image : images) {
            assertThat(archive).containsKey(image.text("Config"));
            assertThat(archive).containsKeys(image.texts("Layers").toArray(String[]::new));
        }
        assertThat(manifests(archive))
                .extracting(each -> each.textMap("annotations").get(LayoutBuilder.CONTAINERD_NAME))
                .containsExactly("docker.io/library/web:latest", "docker.io/library/web:1", "registry.example/db:2");
        assertThat(saved(ArchiveFormat.OCI, "web:1")).doesNotContainKey("manifest.json");
    }

    @Test
    void anImageAskedForByItsIdIsNameless() {
        Image image = load("one", new LayoutBuilder().image("web:1", draft("web")));
        Map<String, byte[]> archive = saved(ArchiveFormat.DOCKER, image.id().shortId());
        assertThat(manifests(archive).getFirst().has("annotations")).isFalse();
        JsonObject docker = JsonObject.parseArray(archive.getOrDefault("manifest.json", new byte[0]), "manifest.json")
                .getFirst();
        assertThat(docker.has("RepoTags")).isFalse();
    }

    @Test
    void dockersMediaTypesStayDockers() {
        ImageDraft draft = draft("x");
        String type = "application/vnd.docker.distribution.manifest.v2+json";
        draft.manifest = manifest -> {
            manifest.put("mediaType", type);
            ((ObjectNode) manifest.get("config")).put("mediaType", "application/vnd.docker.container.image.v1+json");
            ((ObjectNode) manifest.get("layers").get(0))
                    .put("mediaType", "application/vnd.docker.image.rootfs.diff.tar.gzip");
        };
        draft.descriptor = descriptor -> descriptor.put("mediaType", type);
        LayoutBuilder layout = new LayoutBuilder().image("docker:1", draft);
        load("docker", layout);
        Map<String, byte[]> archive = saved(ArchiveFormat.OCI, "docker:1");
        assertThat(manifests(archive).getFirst().text("mediaType")).isEqualTo(type);
        assertHoldsAll(archive, layout.blobs());
    }

    @Test
    void removingAnImageWhileItIsSavedDoesNotTearItsArchive() {
        LayoutBuilder layout = manyPlatforms("multi:1");
        Image image = load("multi", layout);
        AtomicBoolean removed = new AtomicBoolean();
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        cache.images.save(List.of("multi:1"), ArchiveFormat.OCI, bytes, progress -> {
            if (removed.compareAndSet(false, true)) {
                cache.images.remove(image.id());
            }
        });
        assertThat(removed).isTrue();
        assertHoldsAll(files(bytes.toByteArray()), layout.blobs());
        assertThat(cache.blobs().digests()).isEmpty();
    }

    @Test
    void aBlobThatIsDamagedOnDiskIsNotPassedOn() throws Exception {
        Image image = load("one", new LayoutBuilder().image("web:1", draft("web")));
        Path blob = cache.paths.blob(image.layers().getFirst().blob());
        byte[] damaged = Files.readAllBytes(blob);
        damaged[damaged.length / 2] ^= 1;
        Files.write(blob, damaged);
        Path file = temporary.resolve("saved.tar");
        assertThatThrownBy(() -> cache.images.save(List.of("web:1"), ArchiveFormat.OCI, file, progress -> {}))
                .isInstanceOf(CorruptedException.class)
                .hasMessageContaining("damaged on disk")
                .hasMessageContaining("import its image again");
        Files.delete(blob);
        assertThatThrownBy(() -> cache.images.save(List.of("web:1"), ArchiveFormat.OCI, file, progress -> {}))
                .isInstanceOf(CorruptedException.class)
                .hasMessageContaining("missing on disk");
        assertThat(TestCache.names(temporary)).containsExactly("one", "root");
    }
}
