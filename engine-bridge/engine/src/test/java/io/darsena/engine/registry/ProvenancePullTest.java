package io.darsena.engine.registry;

import static org.assertj.core.api.Assertions.assertThat;

import io.darsena.bridge.image.Digest;
import io.darsena.bridge.image.Image;
import io.darsena.bridge.image.ImageId;
import io.darsena.bridge.layer.DockerfileLines;
import io.darsena.bridge.registry.ImageTransfer.StepKind;
import io.darsena.bridge.registry.PullRequest;
import io.darsena.bridge.registry.PullResult;
import io.darsena.engine.image.AttestedImage;
import io.darsena.engine.image.LayoutBuilder;
import io.darsena.engine.image.TarRuntime;
import io.darsena.engine.image.TestCache;
import io.darsena.engine.registry.TestRegistry.Behaviour;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/// How an image was built comes after it, and never in its way.
@Timeout(60)
class ProvenancePullTest extends AgainstRegistry {

    private static List<Integer> lines(TestCache cache, ImageId image) {
        return cache.images.dockerfileLines(image).stream()
                .map(told -> told.map(DockerfileLines::first).orElse(0))
                .toList();
    }

    private PullResult pulled(String name) throws InterruptedException {
        PullResult result = subject.pull(address(name));
        subject.registries.settle();
        return result;
    }

    /// What it does with requests for one blob or manifest.
    private void behave(Digest of, Behaviour behaviour) {
        registry.behave((seen, reply) -> seen.path().endsWith("/" + of) && behaviour.answer(seen, reply));
    }

    @Test
    void itComesOnceAndNothingElseThatIsStated() throws Exception {
        AttestedImage attested = AttestedImage.of(3);
        attested.publish(registry, "site", "1");
        ImageId image = pulled("site:1").image();
        assertThat(lines(subject.cache, image)).containsExactly(1, 2, 3);
        assertThat(registry.count("GET", attested.statement().toString())).isEqualTo(1);
        assertThat(registry.count(
                        "GET", AttestedImage.digest(attested.attestation()).toString()))
                .isEqualTo(1);
        assertThat(registry.count("GET", attested.packages().toString())).isZero();
        assertThat(subject.cache.images.list()).hasSize(1);
        assertThat(subject.cache.unfinished()).isEmpty();
        assertThat(subject.last().steps().getLast().kind()).isEqualTo(StepKind.FINISHED);
        registry.seen.clear();
        pulled("site:1");
        assertThat(registry.seen).extracting(TestRegistry.Seen::method).containsExactly("HEAD");
    }

    @Test
    void aPullDoesNotWaitForIt() throws Exception {
        AttestedImage attested = AttestedImage.of(2);
        attested.publish(registry, "site", "1");
        CountDownLatch asked = new CountDownLatch(1);
        CountDownLatch over = new CountDownLatch(1);
        behave(attested.statement(), (seen, reply) -> {
            asked.countDown();
            awaited(over);
            return false;
        });
        ImageId image = subject.pull(address("site:1")).image();
        assertThat(lines(subject.cache, image)).containsExactly(0, 0);
        asked.await();
        int told = subject.told.size();
        over.countDown();
        subject.registries.settle();
        assertThat(lines(subject.cache, image)).containsExactly(1, 2);
        assertThat(subject.told).as("the pull has ended for whoever watched it").hasSize(told);
    }

    private static void awaited(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    @Test
    void whatCannotBeHadIsLeftOutAndTriedAgainByTheNextPull() throws Exception {
        AttestedImage attested = AttestedImage.of(2);
        attested.publish(registry, "site", "1");
        AtomicBoolean broken = new AtomicBoolean(true);
        behave(attested.statement(), (seen, reply) -> broken.get() && reply.sent(404, Map.of(), ""));
        PullResult first = pulled("site:1");
        assertThat(first.changed()).isTrue();
        assertThat(lines(subject.cache, first.image())).containsExactly(0, 0);
        assertThat(subject.cache.unfinished()).isEmpty();
        broken.set(false);
        assertThat(pulled("site:1").changed()).isFalse();
        assertThat(lines(subject.cache, first.image())).containsExactly(1, 2);
    }

    @Test
    void whatNobodyReadsOfItMayBeMissing() throws Exception {
        AttestedImage attested = AttestedImage.of(2, false, UnaryOperator.identity());
        attested.publish(registry, "site", "1");
        Digest config = LayoutBuilder.digest("{}".getBytes(StandardCharsets.UTF_8));
        assertThat(registry.blobs.remove(config)).isNotNull();
        ImageId image = pulled("site:1").image();
        assertThat(lines(subject.cache, image)).containsExactly(1, 2);
        assertThat(subject.registries.push(name("site:1"), Optional.empty(), subject.told::add))
                .as("what is not whole is not passed on as if it were")
                .isEqualTo(AttestedImage.digest(attested.image()));
    }

    @Test
    void wrongBytesAreNotKept() throws Exception {
        AttestedImage attested = AttestedImage.of(2);
        attested.publish(registry, "site", "1");
        byte[] right = Objects.requireNonNull(registry.blobs.get(attested.statement()));
        byte[] wrong = Arrays.copyOf(right, right.length);
        wrong[10] ^= 1;
        registry.blobs.put(attested.statement(), wrong);
        ImageId image = pulled("site:1").image();
        assertThat(lines(subject.cache, image)).containsExactly(0, 0);
        assertThat(subject.cache.blobs().digests()).doesNotContain(attested.statement());
        assertThat(subject.cache.unfinished()).isEmpty();
    }

    @Test
    void whatIsTooLargeIsNotAskedFor() throws Exception {
        UnaryOperator<byte[]> filled = statement -> {
            byte[] large = Arrays.copyOf(statement, (4 << 20) + 1);
            Arrays.fill(large, statement.length, large.length, (byte) ' ');
            return large;
        };
        AttestedImage attested = AttestedImage.of(2, false, filled);
        attested.publish(registry, "site", "1");
        pulled("site:1");
        assertThat(registry.count("GET", attested.statement().toString())).isZero();
    }

    @Test
    void whereTheRateLimitIsNearItIsLeftOut() throws Exception {
        AttestedImage attested = AttestedImage.of(2);
        Digest index = attested.publish(registry, "site", "1");
        AtomicBoolean near = new AtomicBoolean(true);
        registry.behave((seen, reply) -> {
            if (!seen.path().endsWith("/manifests/1")) {
                return false;
            }
            TestRegistry.Document document = registry.manifest("site", index.toString());
            Map<String, String> headers = Map.of(
                    "Content-Type",
                    document.mediaType(),
                    "Docker-Content-Digest",
                    index.toString(),
                    "ratelimit-limit",
                    "100;w=21600",
                    "ratelimit-remaining",
                    (near.get() ? "20" : "90") + ";w=21600");
            reply.send(200, headers, document.bytes());
            return true;
        });
        ImageId image = pulled("site:1").image();
        assertThat(lines(subject.cache, image)).containsExactly(0, 0);
        assertThat(registry.count(
                        "GET", AttestedImage.digest(attested.attestation()).toString()))
                .isZero();
        near.set(false);
        pulled("site:1");
        assertThat(lines(subject.cache, image)).containsExactly(1, 2);
    }

    @Test
    void itStaysWithTheImageAndGoesWithIt() throws Exception {
        AttestedImage.of(2).publish(registry, "site", "1");
        ImageId image = pulled("site:1").image();
        subject.close();
        try (TestCache again = new TestCache(temporary.resolve("root"), new TarRuntime())) {
            assertThat(lines(again, image)).as("after a restart").containsExactly(1, 2);
            again.images.remove(image);
            assertThat(again.blobs().digests()).isEmpty();
        }
        subject = new RegistrySubject(temporary.resolve("root"));
    }

    /// Returns when the statement has been asked for, which is not answered before `go`.
    private ImageId pulledWhileItsStatementIsHeld(AttestedImage attested, CountDownLatch go) throws Exception {
        attested.publish(registry, "site", "1");
        CountDownLatch asked = new CountDownLatch(1);
        behave(attested.statement(), (seen, reply) -> {
            asked.countDown();
            awaited(go);
            return false;
        });
        ImageId image = subject.pull(address("site:1")).image();
        asked.await();
        return image;
    }

    @Test
    void ofAnImageThatIsRemovedMeanwhileNothingIsKept() throws Exception {
        AttestedImage attested = AttestedImage.of(2);
        CountDownLatch removed = new CountDownLatch(1);
        ImageId image = pulledWhileItsStatementIsHeld(attested, removed);
        subject.cache.images.remove(image);
        removed.countDown();
        subject.registries.settle();
        assertThat(subject.cache.blobs().digests()).isEmpty();
    }

    @Test
    void anEngineThatEndsBreaksItOff() throws Exception {
        AttestedImage attested = AttestedImage.of(2);
        CountDownLatch over = new CountDownLatch(1);
        ImageId image = pulledWhileItsStatementIsHeld(attested, over);
        subject.registries.close();
        over.countDown();
        assertThat(lines(subject.cache, image)).containsExactly(0, 0);
        assertThat(subject.cache.blobs().digests()).doesNotContain(attested.statement());
    }

    @Test
    void anIndexOfOneImageAndItsProvenanceIsPassedOnAsItCame() throws Exception {
        AttestedImage attested = AttestedImage.of(2, false, UnaryOperator.identity());
        Digest index = attested.publish(registry, "site", "1");
        pulled("site:1");
        registry.manifests.clear();
        registry.blobs.clear();
        assertThat(subject.registries.push(name("site:1"), Optional.empty(), subject.told::add))
                .isEqualTo(index);
        assertThat(registry.blobs).containsKey(attested.statement());
    }

    @Test
    void aStatementThatIsNotHereLeavesTheImagesOwnManifestToBePassedOn() throws Exception {
        AttestedImage attested = AttestedImage.of(2);
        attested.publish(registry, "site", "1");
        pulled("site:1");
        Image image = subject.image(address("site:1"));
        assertThat(subject.registries.push(name("site:1"), Optional.empty(), subject.told::add))
                .isEqualTo(image.manifest());
    }

    @Test
    void withEveryPlatformAllStatementsCome() throws Exception {
        AttestedImage attested = AttestedImage.of(2);
        Digest index = attested.publish(registry, "site", "1");
        PullRequest all = new PullRequest(name("site:1"), Optional.of(PullRequest.EVERY_PLATFORM), Optional.empty());
        ImageId image = subject.pull(all).image();
        assertThat(lines(subject.cache, image)).containsExactly(1, 2);
        assertThat(subject.cache.blobs().digests()).contains(attested.packages());
        assertThat(subject.cache.images.list()).as("a statement is no image").hasSize(1);
        registry.manifests.clear();
        registry.blobs.clear();
        assertThat(subject.registries.push(all.name(), Optional.empty(), subject.told::add))
                .isEqualTo(index);
        assertThat(registry.blobs).containsKeys(attested.statement(), attested.packages());
    }
}
