package io.darsena.app.family;

import static org.assertj.core.api.Assertions.assertThat;

import io.darsena.bridge.image.DiffId;
import io.darsena.bridge.image.Digest;
import io.darsena.bridge.image.Image;
import io.darsena.bridge.image.Image.Layer;
import io.darsena.bridge.image.ImageConfig;
import io.darsena.bridge.image.ImageId;
import io.darsena.bridge.image.ImageReference;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;

/// Which image stands below which.
class FamilyTest {

    private static final ImageConfig CONFIG =
            new ImageConfig(List.of(), List.of(), List.of(), "", "", "", List.of(), List.of(), Map.of());

    /// @param layers their sizes, each of which stands for a layer of its own, with a blob of as many thousands of
    /// bytes
    private static Image image(String name, int... layers) {
        List<Layer> made = new ArrayList<>();
        for (int size : layers) {
            made.add(new Layer(new DiffId(digest(size)), digest(1_000 + size), size, 1_000L * size, ""));
        }
        return new Image(
                new ImageId(digest(name.hashCode())),
                List.of(ImageReference.parse(name)),
                List.of(),
                digest(name.hashCode() ^ 7),
                Optional.empty(),
                Instant.EPOCH,
                "linux/amd64",
                made,
                CONFIG);
    }

    private static Digest digest(int number) {
        return new Digest(String.format(Locale.ROOT, "%064x", number));
    }

    private static List<String> lines(Image... images) {
        return Family.of(List.of(images)).stream()
                .map(row -> ".".repeat(row.depth())
                        + row.image().map(Image::displayName).orElse("shared by " + row.images()) + " +"
                        + row.adds().bytes()
                        + "/"
                        + row.whole().bytes() + " " + row.own() + "/" + row.layers())
                .toList();
    }

    @Test
    void whatIsMadeOfAnImageStandsBelowItWithWhatItAdds() {
        assertThat(lines(image("app:1", 100, 20, 3), image("base:1", 100), image("runtime:1", 100, 20)))
                .containsExactly(
                        "base:1 +100100/100100 1/1", ".runtime:1 +20020/120120 1/2", "..app:1 +3003/123123 1/3");
    }

    @Test
    void layersThatSeveralShareAndThatAreNoImageHaveALineOfTheirOwn() {
        assertThat(lines(image("one:1", 50, 7, 1), image("two:1", 50, 7, 2), image("other:1", 9)))
                .containsExactly(
                        "shared by 2 +57057/57057 2/2",
                        ".two:1 +2002/59059 1/3",
                        ".one:1 +1001/58058 1/3",
                        "other:1 +9009/9009 1/1");
    }

    @Test
    void imagesThatDifferInTheirConfigurationAloneStandTogether() {
        assertThat(lines(image("b:1", 5), image("a:1", 5), image("c:1", 5, 6)))
                .containsExactly("a:1 +5005/5005 1/1", ".b:1 +0/5005 0/1", ".c:1 +6006/11011 1/2");
    }

    @Test
    void anImageWithoutLayersIsThere() {
        assertThat(lines(image("scratch:1"))).containsExactly("scratch:1 +0/0 0/0");
    }

    @Test
    void aLayerOnDifferentOnesIsStoredOnceAndCountsWhereItIsListedFirst() {
        assertThat(lines(image("large:1", 50, 7), image("small:1", 9, 7)))
                .containsExactly("large:1 +57057/57057 2/2", "small:1 +9009/16016 2/2");
        assertThat(lines(image("twice:1", 5, 5))).containsExactly("twice:1 +5005/5005 2/2");
    }

    @Test
    void aLayerThatCameAsTwoBlobsIsUnpackedOnceAndKeptTwice() {
        Layer gzip = new Layer(new DiffId(digest(1)), digest(2), 100, 40, "");
        Layer zstd = new Layer(new DiffId(digest(1)), digest(3), 100, 30, "");
        DiskShare.Count count = new DiskShare.Count();
        assertThat(count.add(List.of(gzip))).isEqualTo(new DiskShare(100, 40));
        assertThat(count.add(List.of(zstd, gzip))).isEqualTo(new DiskShare(0, 30));
    }

    @Property(tries = 200)
    void eachImageStandsThereOnceAndWhatAllAddIsWhatTheyTakeTogether(
            @ForAll @Size(max = 12) List<@Size(max = 6) List<@IntRange(min = 1, max = 4) Integer>> all) {
        List<Image> images = new ArrayList<>();
        Set<Integer> layers = new HashSet<>();
        for (int i = 0; i < all.size(); i++) {
            List<Integer> sizes = all.get(i);
            images.add(image(
                    "image" + i + ":1", sizes.stream().mapToInt(each -> each).toArray()));
            layers.addAll(sizes);
        }
        long together = layers.stream().mapToLong(size -> 1_001L * size).sum();
        List<FamilyRow> rows = Family.of(images);
        assertThat(rows.stream().flatMap(row -> row.image().stream())).containsExactlyInAnyOrderElementsOf(images);
        assertThat(rows.stream().mapToLong(row -> row.adds().bytes()).sum()).isEqualTo(together);
        assertThat(rows)
                .allSatisfy(row -> row.image().ifPresent(image -> {
                    assertThat(row.whole().files())
                            .isEqualTo(image.layers().stream()
                                    .distinct()
                                    .mapToLong(Layer::size)
                                    .sum());
                    assertThat(row.layers()).isEqualTo(image.layers().size());
                }));
    }
}
