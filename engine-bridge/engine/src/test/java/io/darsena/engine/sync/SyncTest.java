package io.darsena.engine.sync;

import static org.assertj.core.api.Assertions.assertThat;

import io.darsena.bridge.image.Digest;
import io.darsena.bridge.image.ImageReference;
import io.darsena.bridge.registry.RegistryHost;
import io.darsena.bridge.sync.Standing;
import io.darsena.bridge.sync.SyncReport.Quiet;
import io.darsena.bridge.sync.SyncSettings;
import io.darsena.engine.image.LayoutBuilder;
import io.darsena.engine.registry.TestImage;
import io.darsena.engine.registry.TestRegistry;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.node.ObjectNode;

/// What the sync asks of registries, when, and what it makes of the answers.
@Timeout(60)
class SyncTest {

    private static final Duration EVERY = SyncSettings.DEFAULT.every().orElseThrow();
    private static final Duration LONG = EVERY.plusHours(1);

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
    }

    @AfterEach
    void close() throws Exception {
        subject.close();
        registry.close();
    }

    private String name(String rest) {
        return registry.host() + "/" + rest;
    }

    /// Publishes an image of so many layers and forgets what was asked before.
    private TestImage publish(int layers, String repository) {
        TestImage image = TestImage.of(1, layers, 20_000);
        image.publish(registry, repository, "1");
        registry.seen.clear();
        return image;
    }

    private void pulled(int layers, String repository) {
        publish(layers, repository);
        subject.registries.pull(name(repository + ":1"));
        registry.seen.clear();
    }

    private List<String> asked() {
        return registry.seen.stream()
                .map(each -> each.method() + " " + each.path().replaceFirst(".*/", ""))
                .toList();
    }

    @Test
    void whatWasPulledIsComparedByItsHeadAsOftenAsIsSet() {
        pulled(2, "web");
        assertThat(subject.standing(name("web:1"))).isEqualTo(new Standing.UpToDate());
        assertThat(subject.tag(name("web:1")).checkedAt()).hasValue(SyncSubject.BEGIN);
        subject.after(Duration.ofHours(5));
        assertThat(asked()).as("it is not due").isEmpty();
        subject.after(Duration.ofHours(2));
        assertThat(asked()).containsExactly("HEAD 1");
        assertThat(subject.tag(name("web:1")).checkedAt()).hasValue(SyncSubject.BEGIN.plus(Duration.ofHours(7)));
        assertThat(subject.sync.compareDue())
                .isBetween(subject.now.plus(EVERY.multipliedBy(9).dividedBy(10)), subject.now.plus(LONG));
        assertThat(asked()).hasSize(1);
    }

    @Test
    void ofANewDigestTheManifestIsReadOnceAndTheBytesAreThoseAPullFetches() {
        pulled(3, "web");
        TestImage newer = publish(5, "web");
        subject.after(LONG);
        assertThat(asked()).containsExactly("HEAD 1", "GET " + newer.digest());
        Standing.UpdateAvailable update = (Standing.UpdateAvailable) subject.standing(name("web:1"));
        assertThat(update.digest()).isEqualTo(newer.digest());
        subject.after(LONG);
        assertThat(asked()).as("the same news is not read again").hasSize(3).endsWith("HEAD 1");

        registry.seen.clear();
        subject.registries.pull(name("web:1"));
        assertThat(update.bytes()).hasValue(fetched());
        registry.seen.clear();
        assertThat(subject.standing(name("web:1"))).isEqualTo(new Standing.UpToDate());
        assertThat(subject.sync.compareDue()).isAfter(subject.now.plus(Duration.ofHours(5)));
        assertThat(asked()).as("the pull was a check").isEmpty();
    }

    /// Bytes that the registry has given out.
    private long fetched() {
        return registry.seen.stream()
                .filter(each -> each.method().equals("GET"))
                .map(each -> each.path().replaceFirst(".*/", ""))
                .filter(word -> word.startsWith("sha256:"))
                .mapToLong(digest -> Objects.requireNonNull(registry.blobs.get(Digest.parse(digest))).length)
                .sum();
    }

    @Test
    void whatOtherImagesBringMeanwhileIsNotFetchedAgain() {
        pulled(1, "web");
        publish(4, "web");
        subject.after(LONG);
        long before = bytes(name("web:1"));
        pulled(3, "other");
        assertThat(bytes(name("web:1"))).isEqualTo(before - storedBytes(1, 2));
    }

    private long bytes(String name) {
        return ((Standing.UpdateAvailable) subject.standing(name)).bytes().orElseThrow();
    }

    private static long storedBytes(int... layers) {
        TestImage image = TestImage.of(1, 4, 20_000);
        return Arrays.stream(layers)
                .mapToLong(each -> image.blob(image.layers().get(each)).length)
                .sum();
    }

    @Test
    void anIndexThatIsNewForOtherPlatformsOnlyIsNoUpdate() {
        LayoutBuilder layout = new LayoutBuilder();
        ObjectNode own = layout.manifest(TestImage.draft(1, TestImage.machine()));
        own.putObject("platform").put("os", "linux").put("architecture", TestImage.machine());
        publishIndex(layout, own, layout.manifest(TestImage.draft(2, "s390x")));
        subject.registries.pull(name("web:1"));
        publishIndex(layout, own, layout.manifest(TestImage.draft(3, "s390x")));
        subject.after(LONG);
        assertThat(subject.standing(name("web:1"))).isEqualTo(new Standing.UpToDate());
        registry.seen.clear();
        subject.after(LONG);
        assertThat(asked()).containsExactly("HEAD 1");

        publishIndex(layout, layout.manifest(TestImage.draft(4, "s390x")));
        subject.after(LONG);
        assertThat(subject.standing(name("web:1"))).isInstanceOf(Standing.Unknown.class);
    }

    private void publishIndex(LayoutBuilder layout, ObjectNode... manifests) {
        for (ObjectNode each : manifests) {
            if (!each.has("platform")) {
                each.putObject("platform").put("os", "linux").put("architecture", "s390x");
            }
        }
        ObjectNode index = layout.nested(manifests);
        Digest digest = Digest.parse(index.get("digest").asString());
        layout.blobs().forEach((blob, bytes) -> {
            registry.blobs.put(blob, bytes);
            registry.manifests.put("web@" + blob, new TestRegistry.Document(TestImage.TYPE, bytes));
        });
        String type = "application/vnd.oci.image.index.v1+json";
        byte[] bytes = Objects.requireNonNull(layout.blobs().get(digest));
        registry.manifests.put("web@1", new TestRegistry.Document(type, bytes));
        registry.manifests.put("web@" + digest, new TestRegistry.Document(type, bytes));
    }

    @Test
    void whatIsNotThereAnyMoreIsGoneAndMayComeBack() {
        pulled(1, "web");
        TestRegistry.Document tag = Objects.requireNonNull(registry.manifests.remove("web@1"));
        subject.after(LONG);
        assertThat(subject.standing(name("web:1"))).isEqualTo(new Standing.Gone());
        registry.manifests.put("web@1", tag);
        subject.after(LONG);
        assertThat(subject.standing(name("web:1"))).isEqualTo(new Standing.UpToDate());
    }

    /// Docker Hub says so of what was deleted.
    @Test
    void whatIsRefusedAfterTheTimeOfACheckIsNotKnownAnyMore() {
        pulled(1, "web");
        AtomicBoolean hidden = new AtomicBoolean(true);
        registry.behave((seen, reply) ->
                hidden.get() && reply.sent(401, Map.of("WWW-Authenticate", "Basic realm=\"test\""), ""));
        subject.passes(Duration.ofHours(1));
        subject.sync.check(ImageReference.parse(name("web:1")));
        assertThat(subject.standing(name("web:1")))
                .as("what was known an hour ago is not old")
                .isEqualTo(new Standing.UpToDate());
        assertThat(subject.tag(name("web:1")).trouble()).contains("it was deleted there, or wants a login");
        subject.after(LONG);
        assertThat(subject.standing(name("web:1")))
                .isEqualTo(new Standing.Unknown("it was deleted there, or wants a login"));
        hidden.set(false);
        subject.after(LONG);
        assertThat(subject.standing(name("web:1"))).isEqualTo(new Standing.UpToDate());
        registry.behave((seen, reply) -> reply.sent(503, Map.of(), ""));
        subject.after(LONG.multipliedBy(2));
        assertThat(subject.standing(name("web:1")))
                .as("a registry that cannot be reached says nothing")
                .isEqualTo(new Standing.UpToDate());
    }

    @Test
    void aTagThatWasMovedBackIsNoUpdateAndDoesNotComeByItself() {
        pulled(1, "web");
        subject.sync.autoPull(ImageReference.parse(name("web:1")), true);
        subject.after(LONG);
        TestImage newer = publish(2, "web");
        subject.after(LONG);
        assertThat(subject.registries.image(name("web:1")).manifest()).isEqualTo(newer.digest());
        TestImage old = publish(1, "web");
        subject.after(LONG);
        subject.after(LONG);
        assertThat(subject.standing(name("web:1"))).isEqualTo(new Standing.MovedBack(old.digest()));
        assertThat(subject.registries.image(name("web:1")).manifest()).isEqualTo(newer.digest());
        TestImage third = publish(3, "web");
        subject.after(LONG);
        assertThat(subject.registries.image(name("web:1")).manifest()).isEqualTo(third.digest());
    }

    /// What was seen and never pulled is old all the same.
    @Test
    void whatACheckHasSeenCountsAsWell() {
        pulled(1, "web");
        TestImage seen = publish(2, "web");
        subject.after(LONG);
        assertThat(subject.standing(name("web:1"))).isInstanceOf(Standing.UpdateAvailable.class);
        publish(3, "web");
        subject.registries.pull(name("web:1"));
        subject.after(LONG);
        publish(2, "web");
        subject.after(LONG);
        assertThat(subject.standing(name("web:1"))).isEqualTo(new Standing.MovedBack(seen.digest()));
    }

    @Test
    void aNameThatDidNotComeFromItsRegistryIsNotAskedForUntilAPersonDoes() {
        pulled(1, "web");
        var image = subject.registries.image(name("web:1"));
        subject.registries.cache.images.tag(image.id(), ImageReference.parse(name("web:mine")));
        subject.registries.cache.images.tag(image.id(), ImageReference.parse(name("secret/plans:1")));
        subject.after(LONG);
        assertThat(asked()).containsExactly("HEAD 1");
        assertThat(subject.standing(name("web:mine"))).isEqualTo(new Standing.LocalOnly());
        subject.sync.check(ImageReference.parse(name("web:mine")));
        assertThat(subject.standing(name("web:mine"))).isEqualTo(new Standing.LocalOnly());

        TestImage.of(7, 1, 500).publish(registry, "web", "mine");
        assertThat(subject.sync.check(ImageReference.parse(name("web:mine"))).standing())
                .isInstanceOf(Standing.UpdateAvailable.class);
    }

    @Test
    void aNameThatWasGivenToAnotherImageHereIsLocalAndIsNotOverwritten() {
        pulled(1, "web");
        subject.sync.autoPull(ImageReference.parse(name("web:1")), true);
        TestImage.of(9, 1, 500).publish(registry, "base", "1");
        subject.registries.pull(name("base:1"));
        var own = subject.registries.image(name("base:1"));
        subject.registries.cache.images.tag(own.id(), ImageReference.parse(name("web:1")));
        publish(2, "web");
        subject.after(LONG);
        assertThat(subject.standing(name("web:1"))).isEqualTo(new Standing.LocalOnly());
        assertThat(subject.registries.image(name("web:1")).id()).isEqualTo(own.id());
    }

    @Test
    void failuresBackOffKeepWhatWasKnownAndLeaveTheRegistryAlone() {
        pulled(1, "a");
        pulled(1, "b");
        AtomicReference<Map<String, String>> headers = new AtomicReference<>(Map.of());
        TestRegistry.Behaviour broken = (seen, reply) -> reply.sent(503, headers.get(), "");
        registry.behave((seen, reply) -> headers.get().containsKey("off") ? false : broken.answer(seen, reply));
        subject.after(LONG);
        assertThat(registry.seen.stream().filter(each -> each.path().contains("/b/")))
                .as("a registry that fails is not asked about its other names")
                .isEmpty();
        assertThat(subject.tag(name("a:1"))).satisfies(tag -> {
            assertThat(tag.standing()).isEqualTo(new Standing.UpToDate());
            assertThat(tag.checkedAt()).hasValue(SyncSubject.BEGIN);
            assertThat(tag.trouble())
                    .hasValueSatisfying(reason -> assertThat(reason).contains("503"));
            assertThat(tag.nextAt().orElseThrow())
                    .isBetween(subject.now.plusSeconds(269), subject.now.plus(Schedule.FIRST_RETRY));
        });
        assertThat(subject.tag(name("b:1")).trouble()).isPresent();
        int sofar = registry.seen.size();
        subject.after(Duration.ofMinutes(4));
        assertThat(registry.seen).hasSize(sofar);
        headers.set(Map.of("Retry-After", "7200"));
        subject.after(Duration.ofMinutes(2));
        assertThat(subject.tag(name("a:1")).nextAt().orElseThrow()).isAfterOrEqualTo(subject.now.plusSeconds(7199));
        headers.set(Map.of("off", ""));
        subject.after(Duration.ofHours(3));
        assertThat(subject.tag(name("a:1")).trouble()).isEmpty();
        assertThat(subject.tag(name("b:1")).trouble()).isEmpty();
    }

    @Test
    void onANetworkThatCostsOrWithoutOneNothingIsAskedButOnThisMachine() {
        pulled(1, "web");
        TestImage.of(4, 1, 500).publish(registry, "library/hub", "1");
        subject.registries.pull("hub:1");
        registry.seen.clear();
        for (Network.State state : List.of(Network.State.METERED, Network.State.OFFLINE)) {
            subject.network = state;
            subject.after(LONG);
            assertThat(asked()).as("the one on this machine").containsExactly("HEAD 1");
            assertThat(registry.seen.getFirst().path()).contains("/web/");
            assertThat(subject.sync.report().quiet())
                    .hasValue(state == Network.State.METERED ? Quiet.METERED : Quiet.OFFLINE);
            assertThat(subject.tag("hub:1").trouble())
                    .as("waiting is no trouble")
                    .isEmpty();
            registry.seen.clear();
        }
        subject.network = Network.State.METERED;
        subject.settings = new SyncSettings(Optional.of(EVERY), true, List.of());
        subject.after(Duration.ZERO);
        assertThat(registry.seen)
                .singleElement()
                .satisfies(each -> assertThat(each.path()).contains("/library/hub/"));
        assertThat(subject.sync.report().quiet()).isEmpty();
    }

    @Test
    void aRegistryThatIsSetToNeverIsNotAsked() {
        pulled(1, "web");
        subject.settings = SyncSettings.DEFAULT.with(
                new SyncSettings.Schedule(new RegistryHost(registry.host()), Optional.empty()));
        subject.after(Duration.ofDays(40));
        assertThat(asked()).isEmpty();
        assertThat(subject.tag(name("web:1")).nextAt()).isEmpty();
        subject.sync.checkAll();
        assertThat(asked()).containsExactly("HEAD 1");
    }

    @Test
    void whatIsKnownSurvivesTheEngine() {
        pulled(1, "web");
        publish(2, "web");
        subject.after(LONG);
        subject.sync.autoPull(ImageReference.parse(name("web:1")), false);
        var before = subject.sync.report();
        subject.close();
        subject = new SyncSubject(temporary, registry.host(), subject.now);
        assertThat(subject.sync.report()).isEqualTo(before);
        registry.seen.clear();
        subject.after(Duration.ofHours(1));
        assertThat(asked()).as("a restart asks for nothing").isEmpty();
    }

    @Test
    void aNewerImageIsPulledByItselfWhereThatIsSet() {
        pulled(1, "web");
        Digest newer = publish(2, "web").digest();
        subject.after(LONG);
        assertThat(subject.registries.image(name("web:1")).manifest()).isNotEqualTo(newer);
        subject.sync.autoPull(ImageReference.parse(name("web:1")), true);
        subject.sync.compareDue();
        assertThat(subject.registries.image(name("web:1")).manifest()).isEqualTo(newer);
        Digest newest = publish(3, "web").digest();
        subject.after(LONG);
        assertThat(subject.registries.image(name("web:1")).manifest()).isEqualTo(newest);
        assertThat(subject.tag(name("web:1")).autoPull()).isTrue();
        assertThat(subject.standing(name("web:1"))).isEqualTo(new Standing.UpToDate());
    }

    @Test
    void nearTheRateLimitNoManifestIsReadAndNothingPulledByItself() {
        pulled(1, "web");
        subject.sync.autoPull(ImageReference.parse(name("web:1")), true);
        TestImage published = publish(2, "web");
        Digest newer = published.digest();
        AtomicReference<String> remaining = new AtomicReference<>("20;w=21600");
        registry.behave((seen, reply) -> seen.method().equals("HEAD")
                && reply.sent(
                        200,
                        Map.of(
                                "ratelimit-limit",
                                "100;w=21600",
                                "ratelimit-remaining",
                                remaining.get(),
                                "Content-Type",
                                TestImage.TYPE,
                                "Docker-Content-Digest",
                                newer.toString()),
                        new String(published.bytes(), StandardCharsets.ISO_8859_1)));
        subject.after(LONG);
        assertThat(asked()).containsExactly("HEAD 1");
        assertThat(subject.standing(name("web:1")))
                .isEqualTo(new Standing.UpdateAvailable(newer, OptionalLong.empty()));
        remaining.set("90;w=21600");
        subject.after(LONG);
        assertThat(subject.registries.image(name("web:1")).manifest()).isEqualTo(newer);
    }
}
