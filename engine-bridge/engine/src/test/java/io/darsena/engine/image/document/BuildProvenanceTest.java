package io.darsena.engine.image.document;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.darsena.bridge.error.CorruptedException;
import io.darsena.bridge.image.Digest;
import io.darsena.bridge.layer.DockerfileLines;
import io.darsena.engine.json.JsonText;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.node.ObjectNode;

/// Statements without measure: what is told of them has a bound.
class BuildProvenanceTest {

    private static final Digest IMAGE = digest("a");
    private static final Digest LAYER = digest("1");

    private static Digest digest(String digit) {
        return Digest.parse("sha256:" + digit.repeat(64));
    }

    /// Its one layer was made by these lines.
    private static byte[] statement(String file, int first, int last, Consumer<ObjectNode> change) {
        ObjectNode statement = JsonText.object().put("predicateType", "https://slsa.dev/provenance/v1");
        statement.putArray("subject").addObject().putObject("digest").put("sha256", IMAGE.hex());
        ObjectNode predicate = statement.putObject("predicate");
        predicate.putObject("buildDefinition");
        ObjectNode own = predicate.putObject("runDetails").putObject("metadata").putObject("buildkit_metadata");
        ObjectNode source = own.putObject("source");
        source.putArray("infos")
                .addObject()
                .put("filename", "Dockerfile")
                .put("data", Base64.getEncoder().encodeToString(file.getBytes(StandardCharsets.UTF_8)));
        ObjectNode range = source.putObject("locations")
                .putObject("step0")
                .putArray("locations")
                .addObject()
                .putArray("ranges")
                .addObject();
        range.putObject("start").put("line", first);
        range.putObject("end").put("line", last);
        own.putObject("layers").putArray("step0:0").addArray().addObject().put("digest", LAYER.toString());
        change.accept(own);
        return JsonText.bytes(statement);
    }

    private static DockerfileLines told(String file, int first, int last) {
        return BuildProvenance.parse(statement(file, first, last, own -> {}), IMAGE, "statement")
                .orElseThrow()
                .lines(List.of(LAYER))
                .getFirst()
                .orElseThrow();
    }

    @Test
    void ofALongTextTheBeginningIsTold() {
        DockerfileLines lines = told("RUN one\n" + "RUN x\n".repeat(2_000), 1, 1_500);
        assertThat(lines.text())
                .hasSize(DockerfileLines.LONGEST_TEXT)
                .startsWith("RUN one\nRUN x")
                .endsWith("…");
        assertThat(lines.last()).isEqualTo(1_500);
        assertThat(told("x".repeat(100_000), 1, 1).text()).hasSize(DockerfileLines.LONGEST_TEXT);
    }

    @Test
    void ofALargeFileNoTextIsTold() {
        DockerfileLines lines = told("RUN one\n" + "#".repeat(1 << 20), 1, 1);
        assertThat(lines.text()).isEmpty();
        assertThat(lines.first()).isEqualTo(1);
    }

    @Test
    void linesBeyondTheEndHaveNoText() {
        assertThat(told("RUN one\r\nRUN two", 2, 9).text()).isEqualTo("RUN two");
        assertThat(told("RUN one", 5, 9).text()).isEmpty();
        assertThat(told("\n".repeat(200_000) + "RUN two", 150_000, 150_000).text())
                .isEmpty();
    }

    @Test
    void moreStepsThanAnybodyBuildsWithAreRefused() {
        byte[] many = statement("", 1, 1, own -> {
            ObjectNode layers = own.putObject("layers");
            for (int i = 0; i <= 20_000; i++) {
                layers.putArray("step" + i + ":0");
            }
        });
        assertThatThrownBy(() -> BuildProvenance.parse(many, IMAGE, "statement"))
                .isInstanceOf(CorruptedException.class)
                .hasMessageContaining("20001 steps");
    }

    @Test
    void aNameThatNobodyCouldReadIsNone() {
        byte[] long256 = statement(
                "RUN one",
                1,
                1,
                own -> ((ObjectNode) own.get("source"))
                        .putArray("infos")
                        .addObject()
                        .put("filename", "d".repeat(DockerfileLines.LONGEST_FILE + 1)));
        assertThat(BuildProvenance.parse(long256, IMAGE, "statement")
                        .orElseThrow()
                        .lines(List.of(LAYER))
                        .getFirst())
                .isEmpty();
    }
}
