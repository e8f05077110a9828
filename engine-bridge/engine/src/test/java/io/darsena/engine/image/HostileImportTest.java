package io.darsena.engine.image;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.darsena.bridge.error.CorruptedException;
import io.darsena.bridge.error.EngineException;
import io.darsena.bridge.error.InvalidRequestException;
import io.darsena.bridge.error.UnavailableException;
import io.darsena.bridge.image.Digest;
import io.darsena.engine.image.LayoutBuilder.ImageDraft;
import io.darsena.engine.image.document.Platform;
import java.io.BufferedOutputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.IntStream;
import java.util.zip.GZIPOutputStream;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarConstants;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.node.ObjectNode;

/// Archives and layouts that lie, reach elsewhere or want too much. Each is refused with its reason, and leaves
/// nothing.
class HostileImportTest {

    private static final int MEBIBYTE = 1 << 20;

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

    private static ImageDraft draft() {
        return new ImageDraft().layer(new TarBytes().file("a", "content of a"));
    }

    private static LayoutBuilder good() {
        return new LayoutBuilder().image("latest", draft());
    }

    private Path archive(byte[] bytes) {
        try {
            return Files.write(temporary.resolve("archive.tar"), bytes);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private Path layout(LayoutBuilder builder) {
        return builder.directory(temporary.resolve("layout"));
    }

    private void refused(Class<? extends EngineException> kind, String reason, Path source) {
        assertThatThrownBy(() -> cache.load(source)).isInstanceOf(kind).hasMessageContaining(reason);
        assertThat(cache.images.list()).isEmpty();
        assertThat(cache.layerNames()).isEmpty();
        assertThat(cache.blobs().digests()).isEmpty();
        assertThat(cache.unfinished()).isEmpty();
        assertThat(cache.events).isEmpty();
    }

    private void corrupted(String reason, LayoutBuilder builder) {
        refused(CorruptedException.class, reason, layout(builder));
        refused(CorruptedException.class, reason, archive(builder.archive().bytes()));
    }

    private static Digest layerOf(LayoutBuilder layout) {
        return layout.blobs().keySet().iterator().next();
    }

    @Test
    void aBlobWithOtherBytesThanItsDigest() {
        LayoutBuilder layout = good();
        byte[] bytes = layout.blobs().getOrDefault(layerOf(layout), new byte[0]).clone();
        bytes[bytes.length / 2] ^= 1;
        layout.blobs().put(layerOf(layout), bytes);
        corrupted("its bytes have digest", layout);
    }

    @Test
    void aLayerThatIsNotThere() {
        LayoutBuilder layout = good();
        layout.blobs().remove(layerOf(layout));
        corrupted("it is not in", layout);
    }

    @Test
    void aForeignLayerThatIsNotThere() {
        ImageDraft draft = draft();
        draft.manifest = manifest -> ((ObjectNode) manifest.get("layers").get(0))
                .put("mediaType", "application/vnd.docker.image.rootfs.foreign.diff.tar.gzip");
        LayoutBuilder layout = new LayoutBuilder().image("latest", draft);
        layout.blobs().remove(layerOf(layout));
        corrupted("foreign layer", layout);
    }

    @Test
    void sizesThatLie() {
        for (long delta : new long[] {-1, 1, 1_000_000}) {
            ImageDraft draft = draft();
            draft.manifest = manifest -> {
                ObjectNode layer = (ObjectNode) manifest.get("layers").get(0);
                layer.put("size", layer.get("size").longValue() + delta);
            };
            corrupted("promise", new LayoutBuilder().image("latest", draft));
        }
    }

    @Test
    void aLayerLargerThanTheDisk() {
        ImageDraft draft = draft();
        draft.manifest = manifest -> ((ObjectNode) manifest.get("layers").get(0)).put("size", 1L << 60);
        refused(CorruptedException.class, "promise", layout(new LayoutBuilder().image("latest", draft)));
    }

    @Test
    void anEntryOfAnArchiveLargerThanTheDisk() {
        TarBytes tar = new TarBytes();
        byte[] whole = tar.file("blobs/sha256/" + "a".repeat(64), new byte[512]).bytes();
        byte[] size = "77777777777\0".getBytes(StandardCharsets.US_ASCII);
        System.arraycopy(size, 0, whole, 124, size.length);
        // A base-256 size (GNU): eight exbibytes less one.
        Arrays.fill(whole, 124, 136, (byte) 0xff);
        whole[124] = (byte) 0x80;
        Arrays.fill(whole, 125, 128, (byte) 0);
        whole[128] = 0x0f;
        checksum(whole);
        refused(UnavailableException.class, "the disk is full", archive(whole));
    }

    /// Headers of old GNU tar that each promise 64 GiB of nothing, before a good archive: what reads all that has
    /// work for
    /// hours.
    private static byte[] emptySparse(String name) {
        byte[] header = Arrays.copyOf(new TarBytes().file(name, "").bytes(), 512);
        header[156] = 'S';
        Arrays.fill(header, 345, 512, (byte) 0);
        text(header, 257, "ustar  \0");
        text(header, 386, "777777777777"); // the first run's place
        text(header, 398, "00000000000\0"); // and its length
        text(header, 483, "777777777777"); // the size with its holes
        checksum(header);
        ByteArrayOutputStream archive = new ByteArrayOutputStream();
        for (int i = 0; i < 1000; i++) {
            archive.writeBytes(header);
        }
        archive.writeBytes(good().archive().bytes());
        return archive.toByteArray();
    }

    private static void text(byte[] header, int offset, String text) {
        byte[] bytes = text.getBytes(StandardCharsets.US_ASCII);
        System.arraycopy(bytes, 0, header, offset, bytes.length);
    }

    @Test
    @Timeout(value = 30, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
    void entriesOfNothingThatNeverEnd() {
        for (String name : List.of("other", "other/", "manifest.json", "blobs/sha256/" + "a".repeat(64))) {
            refused(CorruptedException.class, "a sparse or a special file", archive(emptySparse(name)));
        }
    }

    static void checksum(byte[] tar) {
        Arrays.fill(tar, 148, 156, (byte) ' ');
        int sum = IntStream.range(0, 512).map(i -> tar[i] & 0xff).sum();
        byte[] text = "%06o\0 ".formatted(sum).getBytes(StandardCharsets.US_ASCII);
        System.arraycopy(text, 0, tar, 148, text.length);
    }

    @Test
    void aDiffIdThatIsNotTheLayers() {
        ImageDraft draft = draft();
        draft.config = config -> config.putObject("rootfs")
                .put("type", "layers")
                .putArray("diff_ids")
                .add("sha256:" + "ab".repeat(32));
        corrupted("not to sha256:abab", new LayoutBuilder().image("latest", draft));
    }

    @Test
    void moreOrFewerDiffIdsThanLayers() {
        ImageDraft draft = draft();
        draft.config =
                config -> config.putObject("rootfs").put("type", "layers").putArray("diff_ids");
        corrupted("1 layers, and its config tells of 0", new LayoutBuilder().image("latest", draft));
    }

    @Test
    void mediaTypesThatNobodyKnows() {
        ImageDraft layer = draft();
        layer.manifest =
                manifest -> ((ObjectNode) manifest.get("layers").get(0)).put("mediaType", "application/x-evil");
        corrupted("application/x-evil, which is not known", new LayoutBuilder().image("latest", layer));
        ImageDraft encrypted = draft();
        encrypted.manifest = manifest -> ((ObjectNode) manifest.get("layers").get(0))
                .put("mediaType", "application/vnd.oci.image.layer.v1.tar+gzip+encrypted");
        corrupted("which is not known", new LayoutBuilder().image("latest", encrypted));
        ImageDraft artifact = draft();
        artifact.manifest =
                manifest -> ((ObjectNode) manifest.get("config")).put("mediaType", "application/vnd.oci.empty.v1+json");
        corrupted("not that of an image", new LayoutBuilder().image("latest", artifact));
        ImageDraft unknown = draft();
        unknown.descriptor = descriptor -> descriptor.put("mediaType", "text/plain");
        corrupted("neither a manifest nor an index", new LayoutBuilder().image("latest", unknown));
    }

    @Test
    void aManifestOfManyMegabytes() {
        ImageDraft draft = draft();
        draft.manifest = manifest -> manifest.put("padding", "x".repeat(5 * MEBIBYTE));
        corrupted("at most 4194304 are read", new LayoutBuilder().image("latest", draft));
    }

    @Test
    void anIndexOfManyMegabytes() {
        LayoutBuilder layout = good();
        layout.index().put("padding", "x".repeat(5 * MEBIBYTE));
        refused(CorruptedException.class, "larger than 4194304", layout(layout));
        refused(
                CorruptedException.class,
                "more than 4194304",
                archive(layout.archive().bytes()));
    }

    @Test
    void indexesInIndexesWithoutEnd() {
        LayoutBuilder layout = new LayoutBuilder();
        ObjectNode deep = layout.manifest(draft());
        for (int i = 0; i < 6; i++) {
            deep = layout.nested(deep);
        }
        layout.manifests().add(deep);
        corrupted("more than 4 deep", layout);
    }

    @Test
    void jsonThatIsTooDeep() {
        LayoutBuilder layout = good();
        Path directory = layout(layout);
        assertThat(directory).satisfies(path -> Files.writeString(path.resolve("index.json"), "[".repeat(100_000)));
        refused(CorruptedException.class, "not valid JSON", directory);
    }

    @Test
    void symbolicLinksInALayout() throws Exception {
        Path secret = Files.writeString(temporary.resolve("secret"), "secret");
        for (String place : List.of("index.json", "oci-layout", "blobs", "blobs/sha256", "blob")) {
            LayoutBuilder builder = good();
            Path directory = builder.directory(temporary.resolve("layout-" + place.replace('/', '-')));
            Path victim = place.equals("blob")
                    ? directory.resolve("blobs/sha256").resolve(layerOf(builder).hex())
                    : directory.resolve(place);
            Path aside = temporary.resolve("aside-" + place.replace('/', '-'));
            Files.move(victim, aside);
            Files.createSymbolicLink(victim, Files.isDirectory(aside) ? aside : secret);
            refused(
                    CorruptedException.class,
                    place.startsWith("blobs") ? "not a directory" : "symbolic link",
                    directory);
        }
    }

    @Test
    void aPipeInThePlaceOfABlobDoesNotHoldTheImportUp() throws Exception {
        LayoutBuilder builder = good();
        Path directory = layout(builder);
        Path blob = directory.resolve("blobs/sha256").resolve(layerOf(builder).hex());
        Files.delete(blob);
        assertThat(new ProcessBuilder("mkfifo", blob.toString()).start().waitFor())
                .isZero();
        refused(CorruptedException.class, "no regular file", directory);
    }

    @Test
    void linksAndSpecialFilesInThePlaceOfBlobs() {
        String name = "blobs/sha256/" + layerOf(good()).hex();
        for (TarBytes tar : List.of(
                new TarBytes().symbolicLink(name, "/etc/passwd"),
                new TarBytes().hardLink(name, "/etc/passwd"),
                new TarBytes().fifo(name),
                new TarBytes().symbolicLink("index.json", "/etc/passwd"))) {
            refused(CorruptedException.class, "is a link, a sparse or a special file", archive(tar.bytes()));
        }
    }

    @Test
    void aSparseBlob() {
        TarArchiveEntry sparse =
                new TarArchiveEntry("blobs/sha256/" + "a".repeat(64), TarConstants.LF_GNUTYPE_SPARSE, true);
        byte[] tar = new TarBytes().put(sparse, new byte[0]).bytes();
        byte[] real = "0".repeat(11).getBytes(StandardCharsets.US_ASCII);
        System.arraycopy(real, 0, tar, 386, real.length);
        System.arraycopy("77777777777".getBytes(StandardCharsets.US_ASCII), 0, tar, 483, 11);
        checksum(tar);
        refused(CorruptedException.class, "", archive(tar));
    }

    @Test
    void namesThatReachElsewhereAreNotEvenLookedAt() throws Exception {
        TarBytes tar = good().archive();
        tar.file("../outside", "evil")
                .file("/tmp/darsena-evil", "evil")
                .file("blobs/sha256/../../../../outside", "evil")
                .file("blobs/sha256/" + "A".repeat(64), "evil")
                .file("blobs/sha512/" + "a".repeat(128), "evil")
                .symbolicLink("blobs", "/tmp");
        cache.load(archive(tar.bytes()));
        assertThat(cache.images.list()).hasSize(1);
        assertThat(cache.blobs().digests()).hasSize(3);
        assertThat(temporary.resolve("outside")).doesNotExist();
        assertThat(Path.of("/tmp/darsena-evil")).doesNotExist();
        assertThat(TestCache.names(temporary)).containsExactly("archive.tar", "root");
    }

    @Test
    void twoIndexesInOneArchive() {
        TarBytes tar = good().archive().file("index.json", "{}");
        refused(CorruptedException.class, "is in it twice", archive(tar.bytes()));
    }

    @Test
    void oneMemberTwiceInADocument() throws Exception {
        Path directory = layout(good());
        String index = Files.readString(directory.resolve("index.json"));
        Files.writeString(
                directory.resolve("index.json"), index.replaceFirst("\\{", "{\"manifests\":[],\"schemaVersion\":2,"));
        refused(CorruptedException.class, "not valid JSON", directory);
    }

    @Test
    void aMillionEntries() throws Exception {
        byte[] entry = Arrays.copyOf(new TarBytes().file("x", "").bytes(), 512);
        refused(CorruptedException.class, "more than 100000 entries", repeated(entry, 100_500));
    }

    private Path repeated(byte[] entry, int times) throws IOException {
        Path file = temporary.resolve("repeated.tar.gz");
        try (OutputStream packed = new GZIPOutputStream(new BufferedOutputStream(Files.newOutputStream(file)))) {
            for (int i = 0; i < times; i++) {
                packed.write(entry);
            }
        }
        return file;
    }

    @Test
    void headersThatWouldFillTheMemory() {
        TarArchiveEntry longName = new TarArchiveEntry("././@LongLink", TarConstants.LF_GNUTYPE_LONGNAME, true);
        longName.setSize(3 * MEBIBYTE);
        byte[] name = new byte[3 * MEBIBYTE];
        Arrays.fill(name, (byte) 'x');
        refused(
                CorruptedException.class,
                "headers are larger",
                archive(new TarBytes().put(longName, name).bytes()));
        TarArchiveEntry pax = new TarArchiveEntry("pax", TarConstants.LF_PAX_EXTENDED_HEADER_LC, true);
        byte[] record = ("3000013 comment=" + "y".repeat(3_000_000 - 4) + "\n").getBytes(StandardCharsets.US_ASCII);
        pax.setSize(record.length);
        refused(
                CorruptedException.class,
                "headers are larger",
                archive(new TarBytes().put(pax, record).bytes()));
    }

    @Test
    void aBombOfThingsThatBelongToNoImage() throws Exception {
        byte[] entry = new TarBytes().file("zeros", "").bytes();
        byte[] size = "%011o\0".formatted(257L * MEBIBYTE).getBytes(StandardCharsets.US_ASCII);
        System.arraycopy(size, 0, entry, 124, size.length);
        checksum(entry);
        refused(CorruptedException.class, "belong to no image", repeated(entry, 1));
    }

    @Test
    void archivesThatEndTooEarlyOrAreNone() {
        byte[] whole = good().archive().bytes();
        for (int length : new int[] {700, 1_400, 2_000}) {
            refused(EngineException.class, "", archive(Arrays.copyOf(whole, length)));
        }
        byte[] packed = TarBytes.gzip(whole);
        refused(CorruptedException.class, "", archive(Arrays.copyOf(packed, packed.length / 2)));
        refused(
                CorruptedException.class,
                "",
                archive("this is no archive, but long enough to be one. "
                        .repeat(100)
                        .getBytes(StandardCharsets.UTF_8)));
        refused(InvalidRequestException.class, "neither an OCI archive", archive(new byte[0]));
        refused(InvalidRequestException.class, "neither an OCI archive", archive(new byte[10_240]));
        refused(CorruptedException.class, "", archive(new byte[] {0x28, (byte) 0xb5, 0x2f, (byte) 0xfd, 0, 0}));
        refused(InvalidRequestException.class, "no such file", temporary.resolve("nothing"));
        refused(InvalidRequestException.class, "no OCI image layout", temporary.resolve("root"));
        refused(InvalidRequestException.class, "neither a file nor a directory", Path.of("/dev/zero"));
    }

    /// An OCI archive, one of `docker save`, and both compressed, cut wherever a transfer may have stopped.
    @Test
    void archivesCutAtEveryFourthKilobyte() {
        byte[] content = new byte[60_000];
        new Random(3).nextBytes(content);
        ImageDraft draft = new ImageDraft().layer(new TarBytes().file("a", content));
        draft.gzip = false;
        byte[] oci = new LayoutBuilder().image("latest", draft).archive().bytes();
        for (byte[] whole : List.of(oci, TarBytes.gzip(oci), dockerArchive(content))) {
            for (int length = 4_096; length < whole.length - 10_240; length += 4_096) {
                refused(EngineException.class, "cannot ", archive(Arrays.copyOf(whole, length)));
            }
            cache.load(archive(whole));
            cache.images.remove(cache.images.list().getFirst().id());
            cache.events.clear();
        }
    }

    private static byte[] dockerArchive(byte[] content) {
        byte[] layer = new TarBytes().file("a", content).bytes();
        byte[] config = """
                {"os":"linux","architecture":"%s","rootfs":{"type":"layers","diff_ids":["%s"]}}""".formatted(Platform.ofThisMachine().architecture(), LayoutBuilder.digest(layer))
                .getBytes(StandardCharsets.UTF_8);
        return new TarBytes()
                .file("layer.tar", layer)
                .file("config.json", config)
                .file("manifest.json", """
                        [{"Config":"config.json","RepoTags":["cut:1"],"Layers":["layer.tar"]}]""")
                .bytes();
    }

    /// An index that leads to itself cannot be made; one in which many lead to the same can.
    @Test
    void indexesThatLeadToTheSameAgainAndAgain() {
        LayoutBuilder layout = new LayoutBuilder();
        ObjectNode bottom = layout.manifest(draft());
        for (int level = 0; level < 4; level++) {
            ObjectNode[] many = new ObjectNode[200];
            Arrays.fill(many, bottom);
            bottom = layout.nested(many);
        }
        layout.manifests().add(bottom);
        cache.load(layout(layout));
        assertThat(cache.images.list()).hasSize(1);
    }

    @Test
    void moreManifestsThanAreRead() {
        LayoutBuilder layout = new LayoutBuilder();
        ObjectNode[] indexes = new ObjectNode[3];
        for (int index = 0; index < indexes.length; index++) {
            ObjectNode[] many = new ObjectNode[700];
            for (int i = 0; i < many.length; i++) {
                ImageDraft draft = draft();
                draft.architecture = "machine" + index + "-" + i;
                many[i] = layout.manifest(draft);
            }
            indexes[index] = layout.nested(many);
        }
        layout.manifests().add(layout.nested(indexes));
        refused(
                CorruptedException.class,
                "more than 4000",
                archive(layout.archive().bytes()));
    }

    @Test
    void anImageForAnotherMachine() {
        ImageDraft draft = draft();
        draft.architecture = "s390x";
        refused(InvalidRequestException.class, "images for linux/s390x", layout(new LayoutBuilder().image("a", draft)));
    }

    @Test
    void nothingButStatementsAboutImages() {
        ImageDraft draft = draft();
        draft.descriptor = descriptor ->
                descriptor.putObject("platform").put("os", "unknown").put("architecture", "unknown");
        refused(InvalidRequestException.class, "no image", layout(new LayoutBuilder().image("a", draft)));
    }

    @Test
    void namesThatAreNoneGiveWayToTheFilesName() {
        for (String name : List.of("a b", "../../etc", "x".repeat(300), "docker.io/", "a@sha256:b")) {
            cache.load(new LayoutBuilder().image(name, draft()).directory(temporary.resolve("My Layout.oci")));
            assertThat(cache.images.find("my-layout:latest")).as(name).isPresent();
            cache.images.remove(cache.images.list().getFirst().id());
        }
    }

    @Test
    void aLayerThatIsNoTar() {
        ImageDraft draft = new ImageDraft();
        draft.tars.add("this is no tar".repeat(100).getBytes(StandardCharsets.UTF_8));
        assertThatThrownBy(() -> cache.load(layout(new LayoutBuilder().image("latest", draft))))
                .isInstanceOf(CorruptedException.class);
        assertThat(cache.layerNames()).isEmpty();
        assertThat(cache.unfinished()).isEmpty();
    }

    @Test
    void ofTwoImagesTheGoodOneStays() {
        ImageDraft bad = new ImageDraft().layer(new TarBytes().file("b", "b"));
        bad.config = config -> config.putObject("rootfs")
                .put("type", "layers")
                .putArray("diff_ids")
                .add("sha256:" + "ab".repeat(32));
        LayoutBuilder layout = new LayoutBuilder().image("good", draft()).image("bad", bad);
        assertThatThrownBy(() -> cache.load(layout(layout))).isInstanceOf(CorruptedException.class);
        assertThat(cache.images.list()).hasSize(1);
        assertThat(cache.layerNames()).hasSize(1);
        assertThat(cache.blobs().digests()).hasSize(3);
    }

    @Test
    void valuesThatNoKernelTakes() {
        Map<String, String> cases = Map.of("Cmd", "NUL", "Env", "NUL");
        cases.forEach((member, reason) -> {
            ImageDraft draft = draft();
            draft.config = config ->
                    ((ObjectNode) config.get("config")).putArray(member).add("a\0b");
            corrupted(reason, new LayoutBuilder().image("latest", draft));
        });
    }
}
