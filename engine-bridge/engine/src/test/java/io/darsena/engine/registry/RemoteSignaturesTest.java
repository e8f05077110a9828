package io.darsena.engine.registry;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.darsena.bridge.error.CorruptedException;
import io.darsena.bridge.image.Digest;
import io.darsena.bridge.image.ImageReference;
import io.darsena.bridge.registry.RegistryHost;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(60)
class RemoteSignaturesTest {

    private static final String MANIFEST = "application/vnd.oci.image.manifest.v1+json";
    private static final String INDEX = "application/vnd.oci.image.index.v1+json";
    private static final Digest DIGEST = Digest.parse("sha256:" + "ab".repeat(32));
    private static final String HYPHENATED = "sha256-" + "ab".repeat(32);

    @TempDir
    Path directory;

    private final TestRegistry registry;

    @SuppressWarnings("NullAway.Init")
    private RegistrySubject subject;

    RemoteSignaturesTest() throws IOException {
        registry = new TestRegistry();
    }

    @BeforeEach
    void open() {
        subject = new RegistrySubject(directory);
    }

    @AfterEach
    void close() throws IOException {
        subject.close();
        registry.close();
    }

    private ImageReference name() {
        return ImageReference.parse(registry.host() + "/team/web:1");
    }

    private List<FoundSignature> found() {
        return subject.registries.signatures(name(), DIGEST);
    }

    private static String signature(FoundSignature found) {
        return found instanceof FoundSignature.Simple simple ? simple.signature() : found.toString();
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    private String layer(String payload, String signature) {
        return layer(registry.blob(bytes(payload)), payload.length(), signature);
    }

    private static String layer(Digest digest, long size, String signature) {
        return "{\"mediaType\":\"" + RemoteSignatures.PAYLOAD + "\",\"digest\":\"" + digest + "\",\"size\":" + size
                + ",\"annotations\":{\"" + RemoteSignatures.SIGNATURE + "\":\"" + signature + "\"}}";
    }

    private byte[] manifest(String... layers) {
        return bytes("{\"schemaVersion\":2,\"mediaType\":\"" + MANIFEST + "\",\"config\":{\"mediaType\":\"x/y\","
                + "\"digest\":\"" + DIGEST + "\",\"size\":2},\"layers\":[" + String.join(",", layers) + "]}");
    }

    private void put(String tag, String mediaType, byte[] document) {
        registry.manifests.put("team/web@" + tag, new TestRegistry.Document(mediaType, document));
    }

    private byte[] index(byte[] manifest, String artifact) {
        Digest digest = RemoteDocument.digest(manifest);
        put(digest.toString(), MANIFEST, manifest);
        return bytes("{\"schemaVersion\":2,\"mediaType\":\"" + INDEX + "\",\"manifests\":[{\"mediaType\":\"" + MANIFEST
                + "\",\"digest\":\"" + digest + "\",\"size\":" + manifest.length + ",\"artifactType\":\"" + artifact
                + "\"}]}");
    }

    @Test
    void theyAreFoundByTheTagOfTheDigestAndWhereNoneAreThereAreNone() {
        assertThat(found()).isEmpty();
        put(HYPHENATED + ".sig", MANIFEST, manifest(layer("one", "AA=="), layer("two", "BB==")));
        assertThat(found()).extracting(RemoteSignaturesTest::signature).containsExactly("AA==", "BB==");
        assertThat(found().getFirst())
                .isInstanceOfSatisfying(
                        FoundSignature.Simple.class,
                        first -> assertThat(first.payload()).isEqualTo(bytes("one")));
    }

    @Test
    void theyAreFoundAmongTheReferrersAndUnderTheirFallbackTag() {
        byte[] index = index(manifest(layer("one", "AA==")), RemoteSignatures.ARTIFACT);
        put(HYPHENATED, INDEX, index);
        assertThat(found()).extracting(RemoteSignaturesTest::signature).containsExactly("AA==");
        registry.manifests.remove("team/web@" + HYPHENATED);
        registry.behave((seen, reply) -> seen.path().equals("/v2/team/web/referrers/" + DIGEST)
                && reply.sent(200, Map.of("Content-Type", INDEX), new String(index, StandardCharsets.UTF_8)));
        assertThat(found()).extracting(RemoteSignaturesTest::signature).containsExactly("AA==");
        put(HYPHENATED, INDEX, index(manifest(layer("two", "BB==")), "application/sbom"));
        assertThat(found()).hasSize(1);
    }

    @Test
    void oneMoreStandsBesideThoseThatAreThere() {
        subject.registries.sign(name(), DIGEST, new FoundSignature.Simple(bytes("one"), "AA=="));
        subject.registries.sign(name(), DIGEST, new FoundSignature.Simple(bytes("two"), "BB=="));
        subject.registries.sign(name(), DIGEST, new FoundSignature.Simple(bytes("two"), "CC=="));
        assertThat(found()).extracting(RemoteSignaturesTest::signature).containsExactly("AA==", "CC==");
        registry.publishAnother("team/web", "1");
        assertThat(subject.registries.tags(new RegistryHost(registry.host()), "team/web", 9))
                .as("a signature is no image")
                .containsExactly("1");
    }

    @Test
    void whatIsNotAsItShouldBeIsRefused() {
        put(HYPHENATED + ".sig", MANIFEST, manifest(layer(DIGEST, 100_000, "AA==")));
        assertThatThrownBy(this::found).isInstanceOf(CorruptedException.class).hasMessageContaining("larger than");
        Digest wrong = Digest.parse("sha256:" + "cd".repeat(32));
        registry.blobs.put(wrong, bytes("other"));
        put(HYPHENATED + ".sig", MANIFEST, manifest(layer(wrong, 5, "AA==")));
        assertThatThrownBy(this::found).isInstanceOf(CorruptedException.class).hasMessageContaining("digest promises");
        String one = layer("one", "AA==");
        String[] many = IntStream.range(0, 101).mapToObj(i -> one).toArray(String[]::new);
        put(HYPHENATED + ".sig", MANIFEST, manifest(many));
        assertThatThrownBy(this::found).isInstanceOf(CorruptedException.class).hasMessageContaining("more than 100");
        for (String garbage : List.of("", "[]", "{\"schemaVersion\":1}", "{\"schemaVersion\":2,\"layers\":7}")) {
            put(HYPHENATED + ".sig", MANIFEST, bytes(garbage));
            assertThatThrownBy(this::found).as(garbage).isInstanceOf(CorruptedException.class);
        }
        put(HYPHENATED + ".sig", MANIFEST, manifest(one.replace("\"annotations\"", "\"unknown\"")));
        assertThat(found()).isEmpty();
        assertThat(registry.seen.stream().map(TestRegistry.Seen::path).collect(Collectors.toSet()))
                .noneMatch(path -> path.contains(wrong + "/"));
    }
}
