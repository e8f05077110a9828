package io.darsena.engine.registry;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.darsena.bridge.error.DeniedException;
import io.darsena.bridge.error.InvalidRequestException;
import io.darsena.bridge.error.NotFoundException;
import io.darsena.bridge.error.UnavailableException;
import io.darsena.bridge.event.EngineEvent;
import io.darsena.bridge.event.EngineEvent.ImageAction;
import io.darsena.bridge.image.Digest;
import io.darsena.bridge.image.ImageReference;
import io.darsena.bridge.registry.ImageTransfer;
import io.darsena.bridge.registry.ImageTransfer.BlobStage;
import io.darsena.engine.image.LayoutBuilder;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import tools.jackson.databind.node.ObjectNode;

@Timeout(60)
class PushTest extends AgainstRegistry {

    private static final int LARGE = 6_000_000;

    private Digest push(String rest) {
        subject.told.clear();
        return subject.registries.push(name(rest), Optional.empty(), subject.told::add);
    }

    private TestImage imported(TestImage image, String rest) {
        ObjectNode descriptor = image.layout().manifests().addObject();
        descriptor.setAll(image.descriptor());
        subject.cache.load(image.layout()
                .directory(temporary.resolve("layout-" + image.digest().hex())));
        subject.cache.images.tag(
                new io.darsena.bridge.image.ImageId(
                        io.darsena.engine.image.document.Manifest.parse(image.bytes(), "manifest")
                                .config()
                                .digest()),
                name(rest));
        return image;
    }

    @Test
    void whatIsPushedIsThereAsItWasReceived() {
        TestImage image = imported(TestImage.of(1, 3, 40_000), "team/a:1");
        assertThat(push("team/a:1")).isEqualTo(image.digest());
        assertThat(registry.manifest("team/a", "1").bytes()).isEqualTo(image.bytes());
        assertThat(registry.manifest("team/a", "1").mediaType()).isEqualTo(TestImage.TYPE);
        for (Digest layer : image.layers()) {
            assertThat(registry.blobs.get(layer)).isEqualTo(image.blob(layer));
        }
        assertThat(subject.image(name("team/a:1").toString()).digests())
                .containsExactly(name("team/a:1").at(image.digest()));
        assertThat(subject.cache.events.getLast())
                .isInstanceOfSatisfying(
                        EngineEvent.ImageChanged.class,
                        event -> assertThat(event.action()).isEqualTo(ImageAction.PUSH));
        assertThat(subject.last().blobs())
                .hasSize(4)
                .extracting(ImageTransfer.Blob::stage)
                .containsOnly(BlobStage.DONE);
    }

    @Test
    void whatIsThereIsNotSentAgain() {
        imported(TestImage.of(1, 3, 40_000), "a:1");
        push("a:1");
        registry.seen.clear();
        push("a:1");
        assertThat(registry.count("POST", "uploads")).isZero();
        assertThat(subject.last().blobs()).extracting(ImageTransfer.Blob::stage).containsOnly(BlobStage.PRESENT);
    }

    @Test
    void whatAnotherRepositoryHasIsMounted() {
        imported(TestImage.of(1, 2, 40_000), "a:1");
        push("a:1");
        registry.behave((seen, reply) ->
                seen.query().startsWith("mount=") && seen.query().endsWith("&from=a") && reply.sent(201, Map.of(), ""));
        registry.behave((seen, reply) -> seen.method().equals("HEAD") && reply.sent(404, Map.of(), ""));
        subject.cache.images.tag(subject.image(name("a:1").toString()).id(), name("b:1"));
        push("b:1");
        assertThat(subject.last().blobs()).extracting(ImageTransfer.Blob::stage).containsOnly(BlobStage.MOUNTED);
    }

    @Test
    void aLargeBlobGoesOnWhereItsConnectionBroke() {
        TestImage image = imported(TestImage.of(1, 1, LARGE), "a:1");
        registry.breakPatchAfter.set(LARGE / 2);
        push("a:1");
        assertThat(registry.blobs.get(image.layers().getFirst()))
                .isEqualTo(image.blob(image.layers().getFirst()));
        List<TestRegistry.Seen> patches = registry.seen.stream()
                .filter(seen -> seen.method().equals("PATCH"))
                .toList();
        assertThat(patches).hasSize(2);
        assertThat(patches.get(1).header("content-range")).startsWith(LARGE / 2 + "-");
        assertThat(patches.get(1).body().length).isLessThan(LARGE / 2 + 10_000);
    }

    @Test
    void aLargeBlobGoesOnAsLongAsItGetsSomewhere() {
        TestImage image = imported(TestImage.of(1, 1, LARGE), "a:1");
        int breaks = 2 * RegistrySubject.PATIENCE.tries();
        registry.breakPatchAfter.set(LARGE / breaks);
        registry.behave((seen, reply) -> {
            if (seen.method().equals("GET") && seen.path().contains("/uploads/")) {
                registry.breakPatchAfter.set(LARGE / breaks);
            }
            return false;
        });
        push("a:1");
        assertThat(registry.count("PATCH", "/uploads/")).isGreaterThanOrEqualTo(breaks);
        assertThat(registry.blobs.get(image.layers().getFirst()))
                .isEqualTo(image.blob(image.layers().getFirst()));
    }

    @Test
    void aBlobThatGetsNowhereIsGivenUp() {
        imported(TestImage.of(1, 1, LARGE), "a:1");
        registry.breakPatchAfter.set(LARGE / 2);
        registry.behave((seen, reply) -> {
            if (seen.method().equals("GET") && seen.path().contains("/uploads/")) {
                registry.breakPatchAfter.set(0);
            }
            return false;
        });
        assertThatThrownBy(() -> push("a:1")).isInstanceOf(UnavailableException.class);
    }

    @Test
    void aRegistryThatWantsToBeLeftAloneIs() {
        imported(TestImage.of(1, 1, 4_000), "a:1");
        AtomicInteger refusals = new AtomicInteger(1);
        registry.behave((seen, reply) -> seen.method().equals("POST")
                && refusals.getAndDecrement() > 0
                && reply.sent(429, Map.of("Retry-After", "1"), ""));
        long began = System.nanoTime();
        push("a:1");
        assertThat(Duration.ofNanos(System.nanoTime() - began)).isGreaterThan(Duration.ofMillis(900));
        registry.blobs.clear();
        registry.behave(
                (seen, reply) -> seen.method().equals("POST") && reply.sent(429, Map.of("Retry-After", "3600"), ""));
        registry.seen.clear();
        assertThatThrownBy(() -> push("a:1"))
                .isInstanceOf(UnavailableException.class)
                .hasMessageContaining("rate limit");
        assertThat(registry.count("POST", "/uploads/")).isLessThanOrEqualTo(2);
    }

    @Test
    void aRegistryThatStumblesIsTriedAgain() {
        imported(TestImage.of(1, 2, 40_000), "a:1");
        AtomicInteger troubles = new AtomicInteger(4);
        registry.behave((seen, reply) -> troubles.getAndDecrement() > 0 && reply.sent(503, Map.of(), ""));
        push("a:1");
        assertThat(registry.manifests).containsKey("a@1");
    }

    @Test
    void aRefusalIsToldInTheRegistrysWords() {
        imported(TestImage.of(1, 1, 4_000), "a:1");
        registry.behave((seen, reply) -> seen.method().equals("POST")
                && reply.sent(403, Map.of(), "{\"errors\":[{\"code\":\"DENIED\",\"message\":\"quota reached\"}]}"));
        assertThatThrownBy(() -> push("a:1"))
                .isInstanceOf(DeniedException.class)
                .hasMessageContaining("quota reached");
        assertThat(registry.manifests).isEmpty();
        assertThatThrownBy(() -> push("none:1")).isInstanceOf(NotFoundException.class);
        assertThatThrownBy(() -> push("a@" + "sha256:" + "0".repeat(64))).isInstanceOf(InvalidRequestException.class);
    }

    private static Admission signing() {
        return new Admission() {
            @Override
            public Runnable admit(ImageReference name, Digest digest, List<Supplier<List<FoundSignature>>> signatures) {
                return () -> {};
            }

            @Override
            public Optional<Signing> signing(ImageReference name) {
                return Optional.of(digest -> new FoundSignature.Simple(new byte[] {'{', '}'}, "signature"));
            }

            @Override
            public boolean awaitsKey(ImageReference name) {
                return false;
            }

            @Override
            public void sent(ImageReference name, Digest digest) {}
        };
    }

    @Test
    void atNoMomentDoesTheNameStandForWhatIsNotSigned() {
        TestImage image = imported(TestImage.of(1, 1, 4_000), "a:1");
        subject.registries.guard(signing());
        String signature = image.digest().toString().replace(':', '-') + ".sig";
        registry.behave((seen, reply) ->
                seen.method().equals("PUT") && seen.path().endsWith(signature) && reply.sent(403, Map.of(), ""));
        assertThatThrownBy(() -> push("a:1")).isInstanceOf(DeniedException.class);
        assertThat(registry.manifests).isEmpty();
        registry.behave((seen, reply) -> {
            if (seen.method().equals("PUT") && seen.path().endsWith(signature)) {
                assertThat(registry.manifests).doesNotContainKey("a@1");
                registry.well(seen, reply);
                return true;
            }
            return false;
        });
        push("a:1");
        assertThat(registry.manifests).containsKeys("a@1", "a@" + signature);
    }

    @Test
    void anIndexGoesWhereAllOfItIsHereAndOtherwiseThisPlatformsManifest() {
        LayoutBuilder layout = new LayoutBuilder();
        ObjectNode own = layout.manifest(TestImage.draft(1, TestImage.machine()));
        ObjectNode other = layout.manifest(TestImage.draft(2, "riscv64"));
        own.putObject("platform").put("os", "linux").put("architecture", TestImage.machine());
        other.putObject("platform").put("os", "linux").put("architecture", "riscv64");
        ObjectNode index = layout.nested(own, other);
        layout.manifests().add(index);
        subject.cache.load(layout.directory(temporary.resolve("multi")));
        subject.cache.images.tag(subject.cache.images.list().getFirst().id(), name("multi:1"));
        Digest digest = Digest.parse(index.get("digest").asString());
        assertThat(push("multi:1")).isEqualTo(digest);
        assertThat(registry.manifest("multi", "1").bytes())
                .isEqualTo(layout.blobs().get(digest));
        assertThat(registry.manifests)
                .containsKey("multi@" + own.get("digest").asString())
                .containsKey("multi@" + other.get("digest").asString());

        try (RegistrySubject second = new RegistrySubject(temporary.resolve("second"))) {
            second.pull(name("multi:1").toString());
            second.cache.images.tag(second.image(name("multi:1").toString()).id(), name("single:1"));
            Digest single = second.registries.push(name("single:1"), Optional.empty(), told -> {});
            assertThat(single.toString()).isEqualTo(own.get("digest").asString());
        }
    }
}
