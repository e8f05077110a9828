package io.darsena.engine.sync;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.darsena.bridge.error.NotFoundException;
import io.darsena.bridge.image.Digest;
import io.darsena.bridge.image.ImageReference;
import io.darsena.bridge.registry.Secret;
import io.darsena.bridge.settings.EngineSettings;
import io.darsena.bridge.sync.QueuedPush;
import io.darsena.bridge.sync.QueuedPush.Stage;
import io.darsena.bridge.sync.Standing;
import io.darsena.bridge.trust.TrustRule;
import io.darsena.bridge.trust.TrustSettings;
import io.darsena.engine.registry.Admission;
import io.darsena.engine.registry.FoundSignature;
import io.darsena.engine.registry.TestImage;
import io.darsena.engine.registry.TestRegistry;
import io.darsena.engine.trust.EngineTrust;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Supplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/// Pushes that wait. The registry is taken for Docker Hub, which needs a network.
@Timeout(60)
class QueuedPushTest {

    private static final ImageReference NAME = ImageReference.parse("team/web:1");

    @TempDir
    Path temporary;

    @SuppressWarnings("NullAway.Init")
    private TestRegistry registry;

    @SuppressWarnings("NullAway.Init")
    private SyncSubject subject;

    @BeforeEach
    void open() throws Exception {
        registry = new TestRegistry();
        subject = new SyncSubject(temporary, registry.host(), SyncSubject.BEGIN);
        TestImage.of(1, 2, 5000).publish(registry, "library/base", "1");
        subject.registries.pull("base:1");
        subject.registries.cache.images.tag(subject.registries.image("base:1").id(), NAME);
        registry.blobs.clear();
        registry.seen.clear();
    }

    @AfterEach
    void close() throws Exception {
        subject.close();
        registry.close();
    }

    private QueuedPush push() {
        return subject.sync.report().pushes().getFirst();
    }

    private boolean isThere() {
        return registry.manifests.containsKey("team/web@1");
    }

    @Test
    void aPushWaitsForTheNetworkSurvivesTheEngineAndIsSent() {
        subject.network = Network.State.OFFLINE;
        subject.sync.queuePush(NAME);
        assertThat(subject.sync.pushDue()).isEqualTo(subject.now.plus(QueuedPushes.LOOK));
        assertThat(registry.seen).isEmpty();
        assertThat(push().stage()).isEqualTo(Stage.WAITING);
        subject.close();
        subject = new SyncSubject(temporary, registry.host(), subject.now.plusSeconds(60));
        assertThat(push().name()).isEqualTo(NAME);
        assertThat(push().queuedAt()).isEqualTo(SyncSubject.BEGIN);
        subject.sync.pushDue();
        assertThat(isThere()).isTrue();
        assertThat(subject.sync.report().pushes()).isEmpty();
        assertThat(subject.standing("team/web:1")).isEqualTo(new Standing.UpToDate());
    }

    @Test
    void whatTimeMayMendIsTriedAgainLaterEachTime() {
        AtomicBoolean broken = new AtomicBoolean(true);
        registry.behave((seen, reply) -> broken.get() && reply.sent(503, Map.of(), ""));
        subject.sync.queuePush(NAME);
        subject.sync.pushDue();
        assertThat(push().stage()).isEqualTo(Stage.WAITING);
        assertThat(push().trouble()).isPresent();
        assertThat(push().nextAt().orElseThrow())
                .isBetween(subject.now.plusSeconds(269), subject.now.plus(Schedule.FIRST_RETRY));
        int asked = registry.seen.size();
        subject.sync.pushDue();
        assertThat(registry.seen).hasSize(asked);
        subject.passes(Duration.ofMinutes(6));
        subject.sync.pushDue();
        assertThat(push().nextAt().orElseThrow()).isAfter(subject.now.plusSeconds(539));
        broken.set(false);
        subject.sync.queuePush(NAME);
        subject.sync.pushDue();
        assertThat(isThere()).as("who asks again does not wait").isTrue();
    }

    @Test
    void whatIsRefusedIsShownAndNotTriedAgain() {
        registry.behave((seen, reply) -> seen.method().equals("POST") && reply.sent(403, Map.of(), ""));
        subject.sync.queuePush(NAME);
        subject.sync.pushDue();
        assertThat(push().stage()).isEqualTo(Stage.REFUSED);
        assertThat(push().trouble()).isPresent();
        int asked = registry.seen.size();
        subject.passes(Duration.ofDays(2));
        subject.sync.pushDue();
        assertThat(registry.seen).hasSize(asked);
        subject.sync.cancelPush(NAME);
        subject.sync.cancelPush(NAME);
        assertThat(subject.sync.report().pushes()).isEmpty();
        assertThatThrownBy(() -> subject.sync.queuePush(ImageReference.parse("nobody/has:this")))
                .isInstanceOf(NotFoundException.class);
    }

    private ImageReference queued(String name) {
        ImageReference reference = ImageReference.parse(name);
        subject.registries.cache.images.tag(subject.registries.image("base:1").id(), reference);
        subject.sync.queuePush(reference);
        subject.passes(Duration.ofSeconds(1));
        return reference;
    }

    @Test
    void aRegistryThatCannotBeHoldsUpNoOtherPush() {
        for (String name :
                List.of("team.1/web:1", "[::::]/web:1", "localhost:99999/web:1", "mistyped.host:99999/web:1")) {
            queued(name);
        }
        subject.sync.queuePush(NAME);
        subject.sync.pushDue();
        assertThat(isThere()).isTrue();
        assertThat(subject.sync.report().pushes()).hasSize(4).allSatisfy(push -> {
            assertThat(push.stage()).isEqualTo(Stage.REFUSED);
            assertThat(push.trouble()).contains("it is no host with a port up to 65535");
        });
    }

    @Test
    void aMistakeOfOursHoldsUpNoOtherPush() {
        ImageReference unlucky = queued("team/unlucky:1");
        subject.registries.registries.guard(new Admission() {
            @Override
            public Runnable admit(ImageReference name, Digest digest, List<Supplier<List<FoundSignature>>> signatures) {
                return () -> {};
            }

            @Override
            public Optional<Signing> signing(ImageReference name) {
                if (name.equals(unlucky)) {
                    throw new IllegalStateException("a mistake");
                }
                return Optional.empty();
            }

            @Override
            public boolean awaitsKey(ImageReference name) {
                return false;
            }

            @Override
            public void sent(ImageReference name, Digest digest) {}
        });
        subject.sync.queuePush(NAME);
        subject.sync.pushDue();
        assertThat(isThere()).isTrue();
        assertThat(push().name()).isEqualTo(unlucky);
        assertThat(push().stage()).isEqualTo(Stage.REFUSED);
        assertThat(push().trouble()).contains("a mistake");
    }

    private EngineTrust trust() {
        TrustRule rule = new TrustRule("docker.io/team", TrustRule.Demand.ACCEPT, List.of(), Optional.of("team"));
        return new EngineTrust(
                subject.registries.cache.paths,
                subject.registries.cache.database,
                subject.registries.cache.images.exchange(),
                subject.registries.registries,
                () -> EngineSettings.DEFAULT.withTrust(TrustSettings.DEFAULT.with(rule)),
                key -> {},
                subject.sync::heed,
                Clock.systemUTC());
    }

    @Test
    void aPushWhoseKeyIsLockedWaitsUntilItIsUnlocked() {
        trust().generate("team", new Secret("open sesame"));
        EngineTrust reopened = trust();
        subject.sync.queuePush(NAME);
        assertThat(subject.sync.pushDue()).isEqualTo(Instant.MAX);
        assertThat(push().stage()).isEqualTo(Stage.LOCKED);
        assertThat(push().trouble()).isEmpty();
        assertThat(registry.seen).isEmpty();
        reopened.unlock("team", new Secret("open sesame"));
        assertThat(push().stage()).isEqualTo(Stage.WAITING);
        subject.sync.pushDue();
        assertThat(isThere()).isTrue();
        assertThat(subject.sync.report().pushes()).isEmpty();
    }

    @Test
    void onePushIsBrokenOffAndTheNextIsSent() throws Exception {
        ImageReference second = ImageReference.parse("team/web:2");
        subject.registries.cache.images.tag(subject.registries.image("base:1").id(), second);
        CountDownLatch begun = new CountDownLatch(1);
        registry.behave((seen, reply) -> {
            if (!seen.path().contains("/blobs/uploads/") || begun.getCount() == 0) {
                return false;
            }
            begun.countDown();
            reply.fallSilent();
            return true;
        });
        subject.sync.queuePush(NAME);
        subject.passes(Duration.ofSeconds(1));
        subject.sync.queuePush(second);
        Thread pushing = Thread.ofVirtual().start(subject.sync::pushDue);
        assertThat(begun.await(20, TimeUnit.SECONDS)).isTrue();
        assertThat(push().stage()).isEqualTo(Stage.SENDING);
        subject.sync.cancelPush(NAME);
        pushing.join();
        assertThat(isThere()).isFalse();
        assertThat(registry.manifests).containsKey("team/web@2");
        assertThat(subject.sync.report().pushes()).isEmpty();
    }
}
