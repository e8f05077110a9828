package io.darsena.engine.image;

import static org.assertj.core.api.Assertions.assertThat;

import io.darsena.bridge.image.ArchiveFormat;
import io.darsena.bridge.image.Digest;
import io.darsena.bridge.image.ImageId;
import io.darsena.bridge.layer.DockerfileLines;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/// Statements of how an image was built, in layouts and archives: read, kept, and gone with the image.
class ProvenanceImportTest {

    @TempDir
    Path temporary;

    private TestCache cache;

    @BeforeEach
    void open() {
        cache = new TestCache(temporary.resolve("root"), new TarRuntime());
    }

    @AfterEach
    void close() {
        cache.close();
    }

    private ImageId load(LayoutBuilder layout) {
        List<ImageId> loaded = cache.load(layout.directory(temporary.resolve("layout")));
        assertThat(loaded).hasSize(1);
        return loaded.getFirst();
    }

    private List<String> lines(ImageId image) {
        return cache.images.dockerfileLines(image).stream()
                .map(told -> told.map(ProvenanceImportTest::words).orElse("-"))
                .toList();
    }

    private static String words(DockerfileLines lines) {
        return lines.file() + ":" + lines.first() + " " + lines.text();
    }

    private static final List<String> ALL = List.of("Dockerfile:1 COPY a /", "Dockerfile:2 COPY b /");

    @Test
    void anImageTellsFromWhichLinesItsLayersCame() {
        ImageId image = load(AttestedImage.of(2).named("site:1"));
        assertThat(lines(image)).isEqualTo(ALL);
        assertThat(cache.images.list()).as("a statement is no image").hasSize(1);
        cache.close();
        open();
        assertThat(lines(image)).as("after a restart").isEqualTo(ALL);
    }

    @ParameterizedTest
    @EnumSource(ArchiveFormat.class)
    void anArchiveGivesThemAndGetsThemBack(ArchiveFormat format) throws Exception {
        Path file = temporary.resolve("site.tar");
        Files.write(file, AttestedImage.of(2).named("site:1").archive().bytes());
        assertThat(lines(cache.load(file).getFirst())).isEqualTo(ALL);
        Path saved = temporary.resolve("saved.tar");
        cache.images.save(List.of("site:1"), format, saved, progress -> {});
        try (TestCache other = new TestCache(temporary.resolve("other"), new TarRuntime())) {
            ImageId image = other.load(saved).getFirst();
            assertThat(other.images.dockerfileLines(image)).isEqualTo(cache.images.dockerfileLines(image));
        }
    }

    @Test
    void aStatementBesideTheImageInIndexJsonItselfCounts() {
        AttestedImage attested = AttestedImage.of(2);
        attested.image().putObject("annotations").put(LayoutBuilder.REFERENCE, "site:1");
        attested.layout().manifests().add(attested.image()).add(attested.attestation());
        ImageId image = load(attested.layout());
        assertThat(lines(image)).isEqualTo(ALL);
        assertThat(cache.images.find("site:1")).isPresent();
        cache.images.remove(image);
        assertThat(cache.blobs().digests()).isEmpty();
    }

    @Test
    void whatIsStatedGoesWithTheImage() {
        AttestedImage attested = AttestedImage.of(2);
        ImageId image = load(attested.named("site:1"));
        assertThat(cache.blobs().digests()).contains(attested.statement(), attested.packages());
        cache.images.remove(image);
        assertThat(cache.blobs().digests()).isEmpty();
        assertThat(cache.images.dockerfileLines(image)).isEmpty();
    }

    private void tellsNothing(UnaryOperator<byte[]> change) {
        ImageId image = load(AttestedImage.of(2, false, change).named("site:1"));
        assertThat(cache.images.dockerfileLines(image)).containsExactly(Optional.empty(), Optional.empty());
    }

    private static UnaryOperator<byte[]> replacing(String from, String to) {
        return statement -> {
            String text = new String(statement, StandardCharsets.UTF_8);
            assertThat(text).contains(from);
            return text.replace(from, to).getBytes(StandardCharsets.UTF_8);
        };
    }

    @Test
    void aStatementThatIsBrokenTellsNothingAndIsInNobodysWay() {
        tellsNothing(statement -> Arrays.copyOf(statement, statement.length / 2));
    }

    @Test
    void aStatementAboutAnotherImageTellsNothing() {
        tellsNothing(replacing("\"sha256\":\"", "\"sha256\":\"00"));
    }

    @Test
    void aStatementThatIsTooLargeIsNotRead() {
        tellsNothing(statement -> {
            byte[] large = Arrays.copyOf(statement, (4 << 20) + 1);
            Arrays.fill(large, statement.length, large.length, (byte) ' ');
            return large;
        });
    }

    @Test
    void aStatementAboutAnotherManifestOfTheIndexIsNotThisImages() {
        AttestedImage attested = AttestedImage.of(2);
        attested.attestation()
                .putObject("annotations")
                .put("vnd.docker.reference.type", "attestation-manifest")
                .put("vnd.docker.reference.digest", attested.packages().toString());
        attested.layout().manifests().add(attested.layout().nested(attested.image(), attested.attestation()));
        ImageId image = load(attested.layout());
        assertThat(cache.images.dockerfileLines(image)).containsExactly(Optional.empty(), Optional.empty());
    }

    @Test
    void aStatementThatIsLostOnDiskIsLikeNone() throws Exception {
        AttestedImage attested = AttestedImage.of(2);
        ImageId image = load(attested.named("site:1"));
        Digest statement = attested.statement();
        Files.delete(cache.paths.blob(statement));
        assertThat(cache.images.dockerfileLines(image)).containsExactly(Optional.empty(), Optional.empty());
    }
}
