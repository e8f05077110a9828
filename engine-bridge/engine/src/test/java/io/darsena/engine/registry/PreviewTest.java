package io.darsena.engine.registry;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.darsena.bridge.error.CorruptedException;
import io.darsena.bridge.error.DeniedException;
import io.darsena.bridge.error.EngineException;
import io.darsena.bridge.error.InvalidRequestException;
import io.darsena.bridge.error.NotFoundException;
import io.darsena.bridge.error.UnavailableException;
import io.darsena.bridge.image.Digest;
import io.darsena.bridge.registry.ImagePreview;
import io.darsena.bridge.registry.PullRequest;
import io.darsena.bridge.registry.RegistryConfig;
import io.darsena.bridge.registry.RegistryHost;
import io.darsena.engine.image.LayoutBuilder;
import io.darsena.engine.image.document.Platform;
import io.darsena.engine.json.JsonObject;
import io.darsena.engine.registry.TestRegistry.Behaviour;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import tools.jackson.databind.node.ObjectNode;

/// Looking at what registries have, good ones and bad ones, without pulling it.
@Timeout(60)
class PreviewTest extends AgainstRegistry {

    private static final int BYTES = 20_000;
    private static final TestImage OLD = TestImage.of(1, 3, BYTES);

    /// Its lowest three layers are those of the old one.
    private static final TestImage NEW = TestImage.of(1, 4, BYTES);

    private ImagePreview preview(String rest) {
        return subject.registries.preview(PullRequest.of(name(rest)));
    }

    private static Digest config(TestImage image) {
        return Digest.parse(
                JsonObject.parse(image.bytes(), "manifest").object("config").text("digest"));
    }

    @Test
    void ofAnUpdateTheDocumentsAloneAreFetchedAndTheBytesAreThoseThatSyncTells() throws Exception {
        OLD.publish(registry, "a", "1");
        subject.pull(name("a:1").toString());
        List<Digest> kept = subject.cache.blobs().digests();
        NEW.publish(registry, "a", "1");
        registry.seen.clear();
        ImagePreview update = preview("a:1");
        assertThat(update.id().digest()).isEqualTo(config(NEW));
        assertThat(update.layers()).extracting(ImagePreview.Layer::blob).containsExactlyElementsOf(NEW.layers());
        assertThat(update.layers()).extracting(ImagePreview.Layer::here).containsExactly(true, true, true, false);
        assertThat(update.layersToFetch()).isEqualTo(1);
        assertThat(registry.seen)
                .filteredOn(TestRegistry.Seen::isBlob)
                .extracting(TestRegistry.Seen::path)
                .containsExactly("/v2/a/blobs/" + config(NEW));
        Map<Digest, Long> parts = subject.registries
                .compare(name("a:1"), Platform.ofThisMachine(), digest -> false)
                .contents()
                .orElseThrow()
                .parts();
        assertThat(update.missing())
                .isPositive()
                .isEqualTo(subject.cache.images.exchange().missing(parts));
        assertThat(subject.cache.blobs().digests()).containsExactlyInAnyOrderElementsOf(kept);

        byte[] begun = Arrays.copyOf(NEW.blob(NEW.layers().getLast()), BYTES / 2);
        Files.write(subject.cache.paths.partial(NEW.layers().getLast()), begun);
        assertThat(preview("a:1").missing())
                .as("a download that was broken off goes on")
                .isEqualTo(update.missing() - begun.length);
        subject.pull(name("a:1").toString());
        assertThat(subject.image(name("a:1").toString()).id()).isEqualTo(update.id());
    }

    @Test
    void ofAnIndexItIsThePlatformsImage() {
        LayoutBuilder layout = new LayoutBuilder();
        ObjectNode own = layout.manifest(TestImage.draft(1, TestImage.machine()));
        ObjectNode other = layout.manifest(TestImage.draft(2, "riscv64"));
        own.putObject("platform").put("os", "linux").put("architecture", TestImage.machine());
        other.putObject("platform").put("os", "linux").put("architecture", "riscv64");
        Digest index = Digest.parse(layout.nested(other, own).get("digest").asString());
        registry.publish(layout, "multi", "1", "application/vnd.oci.image.index.v1+json", index);
        ImagePreview mine = preview("multi:1");
        assertThat(mine.digest()).isEqualTo(index);
        assertThat(mine.manifest().toString()).isEqualTo(own.get("digest").asString());
        ImagePreview foreign = subject.registries.preview(
                new PullRequest(name("multi:1"), Optional.of("linux/riscv64"), Optional.empty()));
        assertThat(foreign.platform()).isEqualTo("linux/riscv64");
        assertThat(foreign.manifest().toString()).isEqualTo(other.get("digest").asString());
        assertThatThrownBy(() -> subject.registries.preview(
                        new PullRequest(name("multi:1"), Optional.of("a/b/c/d"), Optional.empty())))
                .isInstanceOf(InvalidRequestException.class)
                .hasMessageContaining("preview");
        assertThat(subject.cache.blobs().digests()).isEmpty();
    }

    @Test
    void aMirrorIsAskedFirstAndOneThatLiesIsPassedOver() throws Exception {
        try (TestRegistry mirror = new TestRegistry()) {
            NEW.publish(registry, "a", "1");
            NEW.publish(mirror, "a", "1");
            byte[] lie = NEW.blob(config(NEW)).clone();
            lie[0] ^= 1;
            mirror.blobs.put(config(NEW), lie);
            subject.settings = subject.settings.with(new RegistryConfig(
                    new RegistryHost(registry.host()),
                    false,
                    List.of(new RegistryHost(mirror.host())),
                    Optional.empty()));
            assertThat(preview("a:1").id().digest()).isEqualTo(config(NEW));
            assertThat(registry.seen)
                    .filteredOn(seen -> !seen.path().equals("/v2/"))
                    .extracting(TestRegistry.Seen::path)
                    .containsExactly("/v2/a/blobs/" + config(NEW));
        }
    }

    private static Behaviour toConfig(Behaviour behaviour) {
        return (seen, reply) -> seen.path().endsWith(config(NEW).toString()) && behaviour.answer(seen, reply);
    }

    static Stream<Arguments> troubles() {
        byte[] config = NEW.blob(config(NEW));
        byte[] other = config.clone();
        other[config.length / 2] ^= 1;
        Map<Behaviour, Class<? extends EngineException>> all = new LinkedHashMap<>();
        all.put(
                toConfig((seen, reply) -> reply.sent(200, Map.of(), new String(other, StandardCharsets.UTF_8))),
                CorruptedException.class);
        all.put(
                toConfig((seen, reply) -> {
                    reply.head(200, Map.of(), "Transfer-Encoding: chunked");
                    reply.write(Integer.toHexString(config.length + 9) + "\r\n");
                    reply.write(Arrays.copyOf(config, config.length + 9), 0, config.length + 9);
                    reply.write("\r\n0\r\n\r\n");
                    return true;
                }),
                CorruptedException.class);
        all.put(toConfig((seen, reply) -> reply.sent(404, Map.of(), "")), NotFoundException.class);
        all.put(toConfig((seen, reply) -> reply.sent(500, Map.of(), "")), UnavailableException.class);
        all.put(
                (seen, reply) -> reply.sent(401, Map.of("WWW-Authenticate", "Basic realm=\"test\""), ""),
                DeniedException.class);
        all.put(
                (seen, reply) -> seen.isManifest()
                        && reply.sent(200, Map.of(), "{\"schemaVersion\":1,\"name\":\"a\",\"fsLayers\":[]}"),
                InvalidRequestException.class);
        all.put(
                (seen, reply) -> seen.isManifest() && reply.sent(200, Map.of(), "<html>welcome</html>"),
                CorruptedException.class);
        return all.entrySet().stream().map(entry -> Arguments.of(entry.getKey(), entry.getValue()));
    }

    @ParameterizedTest
    @MethodSource("troubles")
    void aTroubleIsToldForWhatItIsAndNothingIsKept(Behaviour behaviour, Class<? extends EngineException> kind) {
        NEW.publish(registry, "a", "1");
        registry.behave(behaviour);
        assertThatThrownBy(() -> preview("a:1")).isInstanceOf(kind);
        assertThat(subject.cache.blobs().digests()).isEmpty();
        assertThat(subject.cache.unfinished()).isEmpty();
    }

    @Test
    void aConfigurationThatPromisesToBeHugeIsNotAskedForAndForeignLayersAreRefused() {
        TestImage huge = TestImage.of(
                1,
                1,
                100,
                draft -> draft.manifest = manifest -> ((ObjectNode) manifest.get("config")).put("size", 5 << 20));
        huge.publish(registry, "a", "1");
        assertThatThrownBy(() -> preview("a:1"))
                .isInstanceOf(CorruptedException.class)
                .hasMessageContaining("at most 4194304");
        assertThat(registry.seen).noneMatch(TestRegistry.Seen::isBlob);
        TestImage foreign = TestImage.of(
                1,
                1,
                100,
                draft -> draft.manifest =
                        manifest -> ((ObjectNode) manifest.get("layers").get(0))
                                .put("mediaType", "application/vnd.docker.image.rootfs.foreign.diff.tar.gzip"));
        foreign.publish(registry, "f", "1");
        assertThatThrownBy(() -> preview("f:1"))
                .isInstanceOf(InvalidRequestException.class)
                .hasMessageContaining("preview")
                .hasMessageContaining("foreign");
    }
}
