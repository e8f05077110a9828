package io.darsena.engine.image;

import static org.assertj.core.api.Assertions.assertThat;

import io.darsena.bridge.disk.PrunePlan;
import io.darsena.bridge.disk.PrunePlan.Candidate;
import io.darsena.bridge.disk.PrunePlan.Kind;
import io.darsena.bridge.disk.PruneResult;
import io.darsena.bridge.disk.PruneResult.LeftOut;
import io.darsena.bridge.event.EngineEvent;
import io.darsena.bridge.image.DiffId;
import io.darsena.bridge.image.Digest;
import io.darsena.bridge.image.ImageId;
import io.darsena.bridge.image.ImageReference;
import io.darsena.runtime.ContainerRuntime;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// What a clean-up shows and what it does. Three images: `a` and `b` share two layers, `c` shares one
/// with both.
abstract class ImagePruneContract {

    @TempDir
    Path temporary;

    @SuppressWarnings("NullAway.Init")
    private TestCache cache;

    @SuppressWarnings("NullAway.Init")
    private ImagePrune prune;

    private final Set<ImageReference> awaited = new HashSet<>();

    @SuppressWarnings("NullAway.Init")
    private ContainerRuntime runtime;

    abstract ContainerRuntime open(Path root);

    @BeforeEach
    void open() {
        Path root = temporary.resolve("root");
        runtime = open(root);
        cache = new TestCache(root, runtime);
        prune = cache.images.prune(() -> awaited);
        LayoutBuilder layout = new LayoutBuilder();
        layout.image("a:1", layer(1), layer(2), layer(3));
        layout.image("b:1", layer(1), layer(2), layer(4));
        layout.image("c:1", layer(1), layer(5));
        cache.load(layout.directory(temporary.resolve("layout")));
    }

    @AfterEach
    void close() {
        cache.close();
        runtime.close();
    }

    private static TarBytes layer(int number) {
        byte[] content = new byte[40_000 + number];
        new Random(number).nextBytes(content);
        return new TarBytes().file("f" + number, content);
    }

    private ImageId id(String name) {
        return cache.images.find(name).orElseThrow().id();
    }

    /// What everything but the database takes.
    private long onDisk() {
        return List.of(cache.paths.blobs(), cache.paths.layers(), cache.paths.ingest(), cache.paths.trash()).stream()
                .mapToLong(path -> runtime.usage(path).bytes())
                .sum();
    }

    @Test
    void whatIsShownIsWhatComesBackToTheByte() throws Exception {
        Files.write(cache.paths.partial(new Digest("a".repeat(64))), new byte[100_000]);
        PrunePlan plan = prune.plan();
        assertThat(plan.images()).extracting(Candidate::id).containsExactlyInAnyOrder(id("a:1"), id("b:1"), id("c:1"));
        assertThat(plan.parts().stream().filter(part -> part.kind() == Kind.LAYER))
                .as("shared layers once")
                .hasSize(5);
        assertThat(plan.remains()).isGreaterThanOrEqualTo(100_000);
        long before = onDisk();
        PruneResult result = prune.run(plan);
        assertThat(before - onDisk()).isEqualTo(plan.bytes()).isEqualTo(result.freed());
        assertThat(result.leftOut()).isEmpty();
        assertThat(cache.images.list()).isEmpty();
        assertThat(cache.layerNames()).isEmpty();
        assertThat(cache.blobs().digests()).isEmpty();
        assertThat(cache.unfinished()).isEmpty();
        assertThat(cache.events)
                .filteredOn(EngineEvent.ImageRemoved.class::isInstance)
                .hasSize(3);
        assertThat(prune.plan()).isEqualTo(PrunePlan.NOTHING);
    }

    @Test
    void aSharedLayerComesBackOnlyWithTheLastThatNeedsIt() {
        PrunePlan all = prune.plan();
        PrunePlan one = all.only(Set.of(id("a:1")), true);
        assertThat(one.bytes()).isEqualTo(all.bytesOf(id("a:1")));
        PrunePlan two = all.only(Set.of(id("a:1"), id("b:1")), true);
        assertThat(two.bytes())
                .as("and what the two share")
                .isGreaterThan(all.bytesOf(id("a:1")) + all.bytesOf(id("b:1")) + 80_000);
        long before = onDisk();
        assertThat(prune.run(two).freed()).isEqualTo(two.bytes()).isEqualTo(before - onDisk());
        assertThat(cache.images.list()).hasSize(1);
        assertThat(cache.layerNames()).hasSize(2);
    }

    @Test
    void whatAContainerUsesOrAPushWaitsForIsNotShown() {
        cache.users.put(id("a:1"), List.of("web"));
        awaited.add(ImageReference.parse("c:1"));
        PrunePlan plan = prune.plan();
        assertThat(plan.images()).extracting(Candidate::id).containsExactly(id("b:1"));
        long before = onDisk();
        prune.run(plan);
        assertThat(before - onDisk()).isEqualTo(plan.bytes());
        assertThat(cache.layerNames()).as("1, 2, 3 and 5").hasSize(4);
    }

    @Test
    void whatCameIntoUseOrGotANameMeanwhileIsLeftOutAndSaid() {
        PrunePlan plan = prune.plan();
        cache.users.put(id("a:1"), List.of("web"));
        cache.images.tag(id("c:1"), ImageReference.parse("keep:me"));
        long before = onDisk();
        PruneResult result = prune.run(plan);
        assertThat(result.images()).containsExactly(id(plan, "b:1"));
        assertThat(result.leftOut())
                .contains(new LeftOut("a:1", "a container uses it: web"), new LeftOut("c:1", "it has other names now"));
        assertThat(before - onDisk()).isEqualTo(result.freed()).isLessThan(plan.bytes());
        assertThat(cache.images.list()).hasSize(2);
    }

    private static ImageId id(PrunePlan plan, String name) {
        return plan.images().stream()
                .filter(image -> image.names().contains(ImageReference.parse(name)))
                .findFirst()
                .orElseThrow()
                .id();
    }

    @Test
    void neverMoreGoesThanWasShown() {
        cache.users.put(id("b:1"), List.of("web"));
        PrunePlan plan = prune.plan().only(Set.of(id("a:1")), false);
        cache.users.clear();
        cache.images.remove(id("b:1"));
        long before = onDisk();
        PruneResult result = prune.run(plan);
        assertThat(result.images())
                .as("with it the layer would go now that it shared with b")
                .isEmpty();
        assertThat(result.leftOut())
                .extracting(LeftOut::reason)
                .containsExactly("more would go with it now than was shown");
        assertThat(onDisk()).isEqualTo(before);
    }

    @Test
    void whatAPullReliesOnStaysAndIsNotShown() {
        Holdings holdings = cache.images.holdings();
        DiffId shared =
                cache.images.find("a:1").orElseThrow().layers().getFirst().diffId();
        PrunePlan plan = prune.plan();
        try (Holdings.Hold pull = holdings.hold()) {
            pull.on(shared);
            pull.on(id("c:1").digest());
            assertThat(prune.plan().parts()).noneMatch(part -> part.digest().equals(shared.toString()));
            assertThat(prune.plan().images()).extracting(Candidate::id).doesNotContain(id("c:1"));
            long before = onDisk();
            PruneResult result = prune.run(plan);
            assertThat(result.images()).hasSize(2);
            assertThat(result.leftOut()).contains(new LeftOut("c:1", "it is just being pulled, saved or pushed"));
            assertThat(before - onDisk()).isEqualTo(result.freed());
            assertThat(cache.layerNames()).contains(shared.digest().hex());
        }
        assertThat(cache.images.list()).hasSize(1);
        assertThat(cache.layerNames()).hasSize(2);
    }

    @Test
    void aDownloadThatAPullGoesOnWithIsNotTaken() throws Exception {
        Digest blob = new Digest("b".repeat(64));
        Files.write(cache.paths.partial(blob), new byte[10]);
        PartialBlobs partials = cache.images.partials();
        PrunePlan plan = prune.plan();
        try (PartialBlobs.Claim claim = partials.claim(Set.of(blob))) {
            assertThat(prune.plan().remains()).isZero();
            PruneResult result = prune.run(plan.only(Set.of(), true));
            assertThat(result.freed()).isZero();
            assertThat(result.leftOut()).hasSize(1);
        }
        assertThat(cache.paths.partial(blob)).exists();
    }
}
