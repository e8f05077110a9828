package io.darsena.engine.registry;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.darsena.bridge.error.InvalidRequestException;
import io.darsena.bridge.error.NotFoundException;
import io.darsena.bridge.event.EngineEvent;
import io.darsena.bridge.event.EngineEvent.ImageAction;
import io.darsena.bridge.image.Digest;
import io.darsena.bridge.image.Image;
import io.darsena.bridge.image.ImageReference;
import io.darsena.bridge.registry.ImageTransfer;
import io.darsena.bridge.registry.ImageTransfer.BlobStage;
import io.darsena.bridge.registry.ImageTransfer.StepKind;
import io.darsena.bridge.registry.PullRequest;
import io.darsena.bridge.registry.PullResult;
import io.darsena.bridge.registry.RateGauge;
import io.darsena.bridge.registry.RegistryConfig;
import io.darsena.bridge.registry.RegistryHost;
import io.darsena.bridge.registry.SeenRate;
import io.darsena.engine.image.LayoutBuilder;
import io.darsena.engine.image.TarBytes;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import tools.jackson.databind.node.ObjectNode;

/// Pulls from a registry that behaves well.
@Timeout(60)
class PullTest extends AgainstRegistry {

    private static final String INDEX = "application/vnd.oci.image.index.v1+json";

    @Test
    void whatIsPulledIsHereWithItsNameAndTheDigestTheRegistryKnowsItBy() {
        TestImage published = TestImage.of(1, 3, 50_000);
        Digest digest = published.publish(registry, "team/web", "1");
        PullResult result = subject.pull(address("team/web:1"));
        Image image = subject.image(address("team/web:1"));
        assertThat(result).isEqualTo(new PullResult(image.id(), digest, true));
        assertThat(image.manifest()).isEqualTo(digest);
        assertThat(image.layers()).extracting(Image.Layer::blob).containsExactlyElementsOf(published.layers());
        assertThat(image.digests()).extracting(ImageReference::toString).containsExactly(address("team/web@" + digest));
        assertThat(subject.image(address("team/web@" + digest)).id()).isEqualTo(image.id());
        assertThat(subject.cache.blobs().read(digest, 1 << 20)).isEqualTo(published.bytes());
        assertThat(subject.cache.unfinished()).isEmpty();
        assertThat(subject.cache.events)
                .filteredOn(EngineEvent.ImageChanged.class::isInstance)
                .singleElement()
                .satisfies(event ->
                        assertThat(((EngineEvent.ImageChanged) event).action()).isEqualTo(ImageAction.PULL));
        assertThat(registry.seen.getFirst().header("user-agent")).isEqualTo("Darsena/test");
    }

    @Test
    void everyLayerIsAskedForOnceAndNothingThatIsHere() {
        TestImage first = TestImage.of(1, 3, 50_000);
        first.publish(registry, "a", "1");
        subject.pull(address("a:1"));
        for (Digest layer : first.layers()) {
            assertThat(registry.count("GET", layer.toString())).isEqualTo(1);
        }
        TestImage second = TestImage.of(1, 4, 50_000);
        second.publish(registry, "b", "1");
        registry.seen.clear();
        subject.pull(address("b:1"));
        for (Digest layer : first.layers()) {
            assertThat(registry.count("GET", layer.toString())).isZero();
        }
        assertThat(subject.last().blobs())
                .extracting(ImageTransfer.Blob::stage)
                .containsExactly(BlobStage.PRESENT, BlobStage.PRESENT, BlobStage.PRESENT, BlobStage.DONE);
    }

    @Test
    void ofAnImageThatIsHereOnlyTheManifestIsAskedFor() {
        TestImage.of(1, 2, 1_000).publish(registry, "a", "1");
        subject.pull(address("a:1"));
        int events = subject.cache.events.size();
        registry.seen.clear();
        assertThat(subject.pull(address("a:1")).changed()).isFalse();
        assertThat(registry.seen).extracting(TestRegistry.Seen::method).containsExactly("HEAD");
        assertThat(subject.cache.events).hasSize(events);
        assertThat(subject.last().done()).isEqualTo(subject.last().total().orElseThrow());
    }

    @Test
    void stepsAreToldInOrderWithTheirTimes() {
        TestImage.of(1, 2, 1_000).publish(registry, "a", "1");
        subject.pull(address("a:1"));
        ImageTransfer last = subject.last();
        assertThat(last.steps())
                .extracting(ImageTransfer.Step::kind)
                .containsExactly(
                        StepKind.RESOLVED, StepKind.MANIFEST, StepKind.LAYERS, StepKind.UNPACKED, StepKind.FINISHED);
        assertThat(last.steps()).allSatisfy(step -> assertThat(step.took()).isGreaterThanOrEqualTo(Duration.ZERO));
        assertThat(last.blobs()).extracting(ImageTransfer.Blob::stage).containsOnly(BlobStage.DONE);
        assertThat(last.notice()).isEmpty();
        assertThat(subject.told)
                .flatExtracting(ImageTransfer::blobs)
                .extracting(ImageTransfer.Blob::stage)
                .contains(BlobStage.UNPACKING, BlobStage.VERIFYING);
    }

    @Test
    void aPullByDigestGivesAnImageWithoutAName() {
        Digest digest = TestImage.of(1, 1, 1_000).publish(registry, "a", "1");
        subject.pull(address("a@" + digest));
        Image image = subject.image(address("a@" + digest));
        assertThat(image.names()).isEmpty();
        assertThat(image.digests()).hasSize(1);
        registry.seen.clear();
        assertThat(subject.pull(address("a@" + digest)).changed()).isFalse();
        assertThat(registry.seen).as("what it is is known").isEmpty();
    }

    @Test
    void ofTagAndDigestTheDigestAloneCounts() {
        Digest old = TestImage.of(1, 1, 1_000).publish(registry, "a", "1");
        Digest young = TestImage.of(2, 1, 1_000).publish(registry, "a", "1");
        subject.pull(address("a:1@" + old));
        Image image = subject.image(address("a:1@" + old));
        assertThat(image.manifest()).isEqualTo(old);
        assertThat(image.names()).isEmpty();
        assertThat(subject.cache.images.find(address("a:1"))).isEmpty();
        subject.pull(address("a:1"));
        assertThat(subject.image(address("a:1")).manifest()).isEqualTo(young);
        subject.pull(address("a:1@" + old));
        assertThat(subject.image(address("a:1")).manifest())
                .as("the name stays where it is")
                .isEqualTo(young);
    }

    @Test
    void aTagThatMovesTakesTheNameWithIt() {
        TestImage.of(1, 1, 1_000).publish(registry, "a", "1");
        PullResult before = subject.pull(address("a:1"));
        TestImage.of(2, 1, 1_000).publish(registry, "a", "1");
        PullResult after = subject.pull(address("a:1"));
        assertThat(after.changed()).isTrue();
        assertThat(subject.image(address("a:1")).id()).isEqualTo(after.image());
        assertThat(subject.image(before.image().toString()).names()).isEmpty();
    }

    /// An index with an image of one layer for this machine and one for another.
    private record TwoPlatforms(Digest index, Digest own, Digest other) {}

    private TwoPlatforms publishTwoPlatforms() {
        LayoutBuilder layout = new LayoutBuilder();
        ObjectNode own = layout.manifest(TestImage.draft(1, TestImage.machine()));
        ObjectNode other = layout.manifest(TestImage.draft(2, "riscv64"));
        own.putObject("platform").put("os", "linux").put("architecture", TestImage.machine());
        other.putObject("platform").put("os", "linux").put("architecture", "riscv64");
        Digest index = Digest.parse(layout.nested(other, own).get("digest").asString());
        registry.publish(layout, "multi", "1", INDEX, index);
        layout.blobs()
                .forEach((each, bytes) -> registry.manifests.computeIfPresent(
                        "multi@" + each,
                        (key, document) ->
                                new TestRegistry.Document(each.equals(index) ? INDEX : TestImage.TYPE, bytes)));
        return new TwoPlatforms(
                index,
                Digest.parse(own.get("digest").asString()),
                Digest.parse(other.get("digest").asString()));
    }

    @Test
    void ofAnIndexThisPlatformsImageComesAndTheIndexIsKept() {
        TwoPlatforms published = publishTwoPlatforms();
        Digest digest = published.index();
        PullResult result = subject.pull(address("multi:1"));
        assertThat(result.digest()).isEqualTo(digest);
        assertThat(subject.last().steps()).extracting(ImageTransfer.Step::kind).contains(StepKind.PLATFORM);
        Image image = subject.image(address("multi@" + digest));
        assertThat(image.manifest()).isEqualTo(published.own());
        assertThat(registry.count("GET", published.other().toString()))
                .as("what other machines need stays there")
                .isZero();
        registry.seen.clear();
        assertThat(subject.pull(address("multi:1")).changed()).isFalse();
        assertThat(registry.seen).hasSize(1);

        PullRequest foreign = new PullRequest(name("multi:1"), Optional.of("linux/riscv64"), Optional.empty());
        assertThat(subject.image(subject.pull(foreign).image().toString()).platform())
                .isEqualTo("linux/riscv64");
        PullRequest nowhere = new PullRequest(name("multi:1"), Optional.of("linux/s390x"), Optional.empty());
        assertThatThrownBy(() -> subject.pull(nowhere))
                .isInstanceOf(NotFoundException.class)
                .hasMessageContaining("linux/riscv64");
    }

    @Test
    void everyPlatformOfAnIndexComesForThePushThatPassesItOn() {
        TwoPlatforms published = publishTwoPlatforms();
        PullRequest all = new PullRequest(name("multi:1"), Optional.of(PullRequest.EVERY_PLATFORM), Optional.empty());
        assertThat(subject.pull(PullRequest.of(all.name())).changed()).isTrue();
        assertThat(subject.pull(all).digest()).isEqualTo(published.index());
        Image image = subject.image(address("multi:1"));
        assertThat(image.manifest()).isEqualTo(published.own());
        assertThat(subject.last().blobs())
                .as("a layer of this machine's, and what another needs")
                .hasSizeGreaterThanOrEqualTo(3)
                .allMatch(blob -> blob.stage() == BlobStage.DONE || blob.stage() == BlobStage.PRESENT);
        registry.seen.clear();
        assertThat(subject.pull(all).changed()).isFalse();
        assertThat(registry.seen).as("all of it is here").hasSize(1);
        registry.manifests.clear();
        registry.blobs.clear();
        assertThat(subject.registries.push(all.name(), Optional.empty(), subject.told::add))
                .isEqualTo(published.index());
        assertThat(registry.manifests).containsKeys("multi@" + published.other(), "multi@" + published.own());
    }

    @Test
    void whatAnotherPlatformNeedsGoesOnWhereAnEarlierPullWasBrokenOff() {
        publishTwoPlatforms();
        byte[] layer = TarBytes.gzip(TestImage.draft(2, "riscv64").tars.getFirst());
        String path = "/v2/multi/blobs/" + LayoutBuilder.digest(layer);
        AtomicInteger asked = new AtomicInteger();
        AtomicBoolean broken = new AtomicBoolean(true);
        registry.behave((seen, reply) -> {
            if (!seen.path().equals(path) || !broken.get()) {
                return false;
            }
            if (asked.getAndIncrement() > 0) {
                return reply.sent(404, Map.of(), "");
            }
            reply.head(200, Map.of(), "Content-Length: " + layer.length);
            reply.write(layer, 0, 50);
            reply.hangUp();
            return true;
        });
        PullRequest all = new PullRequest(name("multi:1"), Optional.of(PullRequest.EVERY_PLATFORM), Optional.empty());
        assertThatThrownBy(() -> subject.pull(all)).isInstanceOf(NotFoundException.class);
        broken.set(false);
        registry.seen.clear();
        assertThat(subject.pull(all).changed()).isTrue();
        assertThat(registry.seen)
                .filteredOn(seen -> seen.path().equals(path))
                .extracting(seen -> seen.header("range"))
                .containsExactly("bytes=50-");
        assertThat(subject.told)
                .flatExtracting(ImageTransfer::blobs)
                .filteredOn(blob -> blob.digest().equals(LayoutBuilder.digest(layer)))
                .extracting(ImageTransfer.Blob::stage)
                .contains(BlobStage.VERIFYING)
                .endsWith(BlobStage.DONE)
                .doesNotContain(BlobStage.UNPACKING);
    }

    @Test
    void ofEveryPlatformNothingIsSeenWhenALayerOfAnotherIsMissing() {
        TwoPlatforms published = publishTwoPlatforms();
        Digest layer = LayoutBuilder.digest(
                TarBytes.gzip(TestImage.draft(2, "riscv64").tars.getFirst()));
        assertThat(registry.blobs.remove(layer)).isNotNull();
        PullRequest all = new PullRequest(name("multi:1"), Optional.of(PullRequest.EVERY_PLATFORM), Optional.empty());
        assertThatThrownBy(() -> subject.pull(all))
                .isInstanceOf(NotFoundException.class)
                .hasMessageContaining("multi:1");
        assertThat(subject.cache.images.find(address("multi:1"))).isEmpty();
        assertThat(subject.pull(PullRequest.of(all.name())).digest()).isEqualTo(published.index());
    }

    @Test
    void schemaOneAndForeignLayersAreRefusedInWords() {
        String one = "{\"schemaVersion\":1,\"name\":\"a\",\"tag\":\"1\",\"fsLayers\":[]}";
        registry.manifests.put(
                "a@1",
                new TestRegistry.Document(
                        "application/vnd.docker.distribution.manifest.v1+prettyjws",
                        one.getBytes(StandardCharsets.UTF_8)));
        assertThatThrownBy(() -> subject.pull(address("a:1")))
                .isInstanceOf(InvalidRequestException.class)
                .hasMessageContaining("schema 1");
        TestImage foreign = TestImage.of(
                1,
                1,
                100,
                draft -> draft.manifest =
                        manifest -> ((ObjectNode) manifest.get("layers").get(0))
                                .put("mediaType", "application/vnd.docker.image.rootfs.foreign.diff.tar.gzip"));
        foreign.publish(registry, "f", "1");
        assertThatThrownBy(() -> subject.pull(address("f:1")))
                .isInstanceOf(InvalidRequestException.class)
                .hasMessageContaining("foreign");
        assertThat(subject.cache.blobs().digests()).isEmpty();
    }

    @Test
    void whatIsNotThereIsNotFoundInTheRegistrysWords() {
        assertThatThrownBy(() -> subject.pull(address("nothing:1")))
                .isInstanceOf(NotFoundException.class)
                .hasMessageContaining("manifest unknown")
                .hasMessageContaining(address("nothing:1"));
    }

    @Test
    void mirrorsAreAskedFirstAndTheRegistryForWhatTheyLack() throws Exception {
        try (TestRegistry mirror = new TestRegistry();
                TestRegistry dead = new TestRegistry()) {
            dead.close();
            TestImage image = TestImage.of(1, 3, 10_000);
            image.publish(registry, "a", "1");
            image.publish(mirror, "a", "1");
            mirror.blobs.remove(image.layers().get(1));
            subject.settings = subject.settings.with(new RegistryConfig(
                    new RegistryHost(registry.host()),
                    false,
                    List.of(new RegistryHost(dead.host()), new RegistryHost(mirror.host())),
                    Optional.empty()));
            subject.pull(address("a:1"));
            assertThat(registry.seen)
                    .filteredOn(seen -> !seen.path().equals("/v2/"))
                    .extracting(TestRegistry.Seen::path)
                    .containsExactly("/v2/a/blobs/" + image.layers().get(1));
            assertThat(subject.image(address("a:1")).digests().getFirst().registry())
                    .isEqualTo(registry.host());
            assertThat(subject.last().steps())
                    .filteredOn(step -> step.kind() == StepKind.PASSED_OVER)
                    .extracting(ImageTransfer.Step::detail)
                    .as("each that could not give something, once, with its reason")
                    .satisfiesExactly(
                            first -> assertThat(first)
                                    .startsWith(dead.host() + ": ")
                                    .hasSizeGreaterThan(25),
                            second -> assertThat(second).startsWith(mirror.host() + ": "));
        }
    }

    @Test
    void aMirrorThatLiesIsPassedOver() throws Exception {
        try (TestRegistry mirror = new TestRegistry()) {
            TestImage image = TestImage.of(1, 2, 10_000);
            image.publish(registry, "a", "1");
            image.publish(mirror, "a", "1");
            TestImage other = TestImage.of(2, 1, 10_000);
            byte[] lie = other.blob(other.layers().getFirst());
            mirror.blobs.put(image.layers().getFirst(), lie);
            subject.settings = subject.settings.with(new RegistryConfig(
                    new RegistryHost(registry.host()),
                    false,
                    List.of(new RegistryHost(mirror.host())),
                    Optional.empty()));
            subject.pull(address("a:1"));
            assertThat(subject.image(address("a:1")).layers()).hasSize(2);
        }
    }

    @Test
    void theRateLimitIsToldAsTheRegistryTellsIt() {
        TestImage.of(1, 1, 100).publish(registry, "a", "1");
        registry.behave((seen, reply) -> seen.isManifest()
                && reply.sent(
                        200,
                        Map.of(
                                "Content-Type", TestImage.TYPE,
                                "ratelimit-limit", "100;w=21600",
                                "ratelimit-remaining", "76;w=21600"),
                        new String(TestImage.of(1, 1, 100).bytes(), StandardCharsets.UTF_8)));
        subject.pull(address("a:1"));
        assertThat(subject.last().rate()).contains(new RateGauge(100, 76, Duration.ofHours(6)));
        SeenRate seen = subject.registries.rates().getFirst();
        assertThat(seen.registry().name()).isEqualTo(registry.host());
        assertThat(seen.rate()).isEqualTo(new RateGauge(100, 76, Duration.ofHours(6)));
        assertThat(new KeptRates(subject.cache.paths.rates()).with(List.of()))
                .as("the next engine knows it, too")
                .containsExactly(seen);
    }
}
