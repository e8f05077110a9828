package io.darsena.bridge.layer;

import static org.assertj.core.api.Assertions.assertThat;

import io.darsena.bridge.image.DiffId;
import io.darsena.bridge.image.Digest;
import io.darsena.bridge.image.Image;
import io.darsena.bridge.image.ImageConfig;
import io.darsena.bridge.image.ImageId;
import io.darsena.bridge.image.ImageReference;
import io.darsena.bridge.layer.ConfigComparison.Part;
import io.darsena.bridge.layer.ConfigComparison.Row;
import io.darsena.bridge.registry.ImagePreview;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/// Configurations and layers of two images beside each other.
class ImageComparisonTest {

    private static final ImageConfig NOTHING =
            new ImageConfig(List.of(), List.of(), List.of(), "", "", "", List.of(), List.of(), Map.of());

    private static Digest digest(int number) {
        return new Digest("%064x".formatted(number));
    }

    /// @param layers numbers that stand for diff ids; each is stored in that many bytes
    private static Image image(ImageConfig config, int... layers) {
        return new Image(
                new ImageId(digest(1)),
                List.of(),
                List.of(),
                digest(2),
                Optional.empty(),
                Instant.EPOCH,
                "linux/amd64",
                IntStream.of(layers)
                        .mapToObj(number -> new Image.Layer(
                                new DiffId(digest(number)), digest(number + 100), 2L * number, number, ""))
                        .toList(),
                config);
    }

    private static Row row(Part part, String name, String before, String after) {
        return new Row(part, name, said(before), said(after));
    }

    private static Optional<String> said(String words) {
        return Optional.of(words).filter(text -> !text.isEmpty());
    }

    @Test
    void eachPartOfTheConfigurationHasItsRow() {
        ImageConfig before = new ImageConfig(
                List.of("/entry"),
                List.of("sh", "-c", "echo \"hello\""),
                List.of("PATH=/bin", "A=1", "GONE="),
                "/",
                "root",
                "",
                List.of("80/tcp"),
                List.of("/data"),
                Map.of("vendor", "acme"));
        ImageConfig after = new ImageConfig(
                List.of("/entry"),
                List.of(),
                List.of("PATH=/bin:/usr/bin", "A=0", "A=1", "NEW=x=y"),
                "/srv",
                "www",
                "SIGQUIT",
                List.of("80/tcp", "443/tcp"),
                List.of(),
                Map.of("vendor", "acme", "version", "2"));
        ConfigComparison comparison = ConfigComparison.of(image(before), image(after));
        assertThat(comparison.rows())
                .containsExactly(
                        row(Part.ENTRYPOINT, "", "[\"/entry\"]", "[\"/entry\"]"),
                        row(Part.COMMAND, "", "[\"sh\", \"-c\", \"echo \\\"hello\\\"\"]", ""),
                        row(Part.ENVIRONMENT, "A", "1", "1"),
                        new Row(Part.ENVIRONMENT, "GONE", Optional.of(""), Optional.empty()),
                        row(Part.ENVIRONMENT, "NEW", "", "x=y"),
                        row(Part.ENVIRONMENT, "PATH", "/bin", "/bin:/usr/bin"),
                        row(Part.PORT, "443/tcp", "", "443/tcp"),
                        row(Part.PORT, "80/tcp", "80/tcp", "80/tcp"),
                        row(Part.USER, "", "root", "www"),
                        row(Part.WORKING_DIRECTORY, "", "/", "/srv"),
                        row(Part.VOLUME, "/data", "/data", ""),
                        row(Part.STOP_SIGNAL, "", "", "SIGQUIT"),
                        row(Part.LABEL, "vendor", "acme", "acme"),
                        row(Part.LABEL, "version", "", "2"),
                        row(Part.PLATFORM, "", "linux/amd64", "linux/amd64"));
        assertThat(comparison.rows().stream().map(Row::change))
                .containsExactly(
                        FileChange.NONE,
                        FileChange.REMOVED,
                        FileChange.NONE,
                        FileChange.REMOVED,
                        FileChange.ADDED,
                        FileChange.CHANGED,
                        FileChange.ADDED,
                        FileChange.NONE,
                        FileChange.CHANGED,
                        FileChange.CHANGED,
                        FileChange.REMOVED,
                        FileChange.ADDED,
                        FileChange.NONE,
                        FileChange.ADDED,
                        FileChange.NONE);
        assertThat(comparison.differences()).isEqualTo(10);
        assertThat(ConfigComparison.of(image(before), image(before)).differences())
                .isZero();
    }

    @Test
    void layersAreSharedFromTheLowestAsFarAsTheyAreTheSame() {
        LayerComparison comparison = LayerComparison.of(image(NOTHING, 1, 2, 5, 4), image(NOTHING, 1, 2, 3, 4, 3));
        assertThat(numbers(comparison.shared())).containsExactly(1L, 2L);
        assertThat(numbers(comparison.before())).containsExactly(5L, 4L);
        assertThat(numbers(comparison.after())).containsExactly(3L, 4L, 3L);
        assertThat(comparison.toFetch())
                .as("layer 4 is there already, layer 3 comes once")
                .isEqualTo(3);
    }

    @Test
    void equalImagesShareAllLayers() {
        LayerComparison comparison = LayerComparison.of(image(NOTHING, 1, 2), image(NOTHING, 1, 2));
        assertThat(comparison.shared()).hasSize(2);
        assertThat(comparison.before()).isEmpty();
        assertThat(comparison.after()).isEmpty();
        assertThat(comparison.toFetch()).isZero();
    }

    /// What a registry has, with nothing of the layers here whose number is odd.
    private static ImagePreview preview(int... layers) {
        return new ImagePreview(
                ImageReference.parse("acme/site:1"),
                digest(3),
                new ImageId(digest(1)),
                digest(2),
                "linux/arm64",
                Optional.empty(),
                new ImageConfig(List.of(), List.of(), List.of(), "", "www", "", List.of(), List.of(), Map.of()),
                IntStream.of(layers)
                        .mapToObj(number -> new ImagePreview.Layer(
                                new DiffId(digest(number)), digest(number + 100), number, number % 2 * number, ""))
                        .toList(),
                900);
    }

    @Test
    void ofWhatARegistryHasBlobsAreComparedAndTheOtherWayRoundToo() {
        LayerComparison comparison = LayerComparison.of(image(NOTHING, 1, 2, 5), preview(1, 2, 3, 4));
        assertThat(comparison.isUnpacked()).isFalse();
        assertThat(comparison.shared()).hasSize(2);
        assertThat(comparison.before())
                .singleElement()
                .satisfies(layer -> assertThat(comparison.bytes(layer)).isEqualTo(5));
        assertThat(comparison.after().stream().map(LayerComparison.Layer::here)).containsExactly(false, true);
        assertThat(comparison.after().stream().map(comparison::bytes)).containsExactly(3L, 4L);
        assertThat(numbers(comparison.reversed().before())).containsExactly(3L, 4L);
        LayerComparison here = LayerComparison.of(image(NOTHING, 1), image(NOTHING, 1, 7));
        assertThat(here.isUnpacked()).isTrue();
        assertThat(here.bytes(here.after().getFirst())).isEqualTo(14);

        ConfigComparison config = ConfigComparison.of(image(NOTHING), preview(1));
        assertThat(config.rows())
                .containsExactly(row(Part.USER, "", "", "www"), row(Part.PLATFORM, "", "linux/amd64", "linux/arm64"));
        assertThat(config.reversed().rows())
                .containsExactly(row(Part.USER, "", "www", ""), row(Part.PLATFORM, "", "linux/arm64", "linux/amd64"));
    }

    private static List<Long> numbers(List<LayerComparison.Layer> layers) {
        return layers.stream().map(LayerComparison.Layer::storedSize).toList();
    }
}
