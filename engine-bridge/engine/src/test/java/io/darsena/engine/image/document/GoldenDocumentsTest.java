package io.darsena.engine.image.document;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.darsena.bridge.error.CorruptedException;
import io.darsena.bridge.image.Digest;
import io.darsena.bridge.image.ImageConfig;
import io.darsena.bridge.layer.DockerfileLines;
import java.net.URL;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicContainer;
import org.junit.jupiter.api.DynamicNode;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/// Documents as they are met, each beside what is read from it, or why it is refused.
class GoldenDocumentsTest {

    private static final int FEWEST_CASES = 4;

    @TestFactory
    Stream<DynamicNode> documents() {
        return Stream.of(
                kind("index", bytes -> describe(ImageIndex.parse(bytes, "index"))),
                kind("manifest", bytes -> describe(Manifest.parse(bytes, "manifest"))),
                kind("config", bytes -> describe(ConfigDocument.parse(bytes, "config"))),
                kind(
                        "provenance",
                        bytes -> BuildProvenance.parse(bytes, digest("a"), "provenance")
                                .map(GoldenDocumentsTest::describe)
                                .orElse(List.of("none"))));
    }

    private static DynamicNode kind(String kind, Function<byte[], List<String>> reader) {
        return DynamicContainer.dynamicContainer(
                kind,
                Stream.concat(
                        cases(kind + "/accepted").stream()
                                .map(file -> DynamicTest.dynamicTest(
                                        file.getFileName().toString(),
                                        () -> assertThat(reader.apply(Files.readAllBytes(file)))
                                                .isEqualTo(expected(file)))),
                        cases(kind + "/rejected").stream()
                                .map(file -> DynamicTest.dynamicTest(
                                        "rejected " + file.getFileName(),
                                        () -> assertThatThrownBy(() -> reader.apply(Files.readAllBytes(file)))
                                                .isInstanceOf(CorruptedException.class)
                                                .hasMessageContaining("cannot read " + kind)
                                                .hasMessageContaining(
                                                        expected(file).getFirst())))));
    }

    private static List<Path> cases(String folder) {
        try {
            URL url = Objects.requireNonNull(GoldenDocumentsTest.class.getResource(folder), folder);
            try (Stream<Path> files = Files.list(Path.of(url.toURI()))) {
                List<Path> cases = files.filter(file -> file.toString().endsWith(".json"))
                        .sorted()
                        .toList();
                assertThat(cases).hasSizeGreaterThan(FEWEST_CASES);
                return cases;
            }
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
    }

    private static List<String> expected(Path file) throws Exception {
        return Files.readAllLines(Path.of(file.toString().replaceAll("json$", "txt"))).stream()
                .filter(line -> !line.isEmpty())
                .toList();
    }

    private static String describe(Descriptor descriptor) {
        return descriptor.mediaType() + " " + descriptor.digest() + " " + descriptor.size();
    }

    private static List<String> describe(Manifest manifest) {
        List<String> lines = new ArrayList<>();
        lines.add("config " + describe(manifest.config()));
        manifest.layers().forEach(layer -> lines.add("layer " + describe(layer)));
        return lines;
    }

    private static List<String> describe(ImageIndex index) {
        return index.manifests().stream()
                .map(each -> describe(each) + " "
                        + each.platform().map(Platform::toString).orElse("-")
                        + pairs(" ", each.annotations()))
                .toList();
    }

    private static String pairs(String before, Map<String, String> map) {
        StringBuilder text = new StringBuilder();
        new TreeMap<>(map)
                .forEach((key, value) ->
                        text.append(before).append(key).append('=').append(value));
        return text.toString();
    }

    private static List<String> describe(ConfigDocument document) {
        List<String> lines = new ArrayList<>();
        lines.add("platform " + document.platform());
        lines.add("created " + document.created().map(Object::toString).orElse("-"));
        ImageConfig config = document.config();
        config.entrypoint().forEach(each -> lines.add("entrypoint " + each));
        config.command().forEach(each -> lines.add("command " + each));
        config.environment().forEach(each -> lines.add("environment " + each));
        addUnlessEmpty(lines, "working directory", config.workingDirectory());
        addUnlessEmpty(lines, "user", config.user());
        addUnlessEmpty(lines, "stop signal", config.stopSignal());
        config.exposedPorts().forEach(each -> lines.add("port " + each));
        config.volumes().forEach(each -> lines.add("volume " + each));
        config.labels().forEach((key, value) -> lines.add("label " + key + "=" + value));
        for (int i = 0; i < document.diffIds().size(); i++) {
            lines.add("diff " + document.diffIds().get(i) + " by "
                    + document.createdBy().get(i));
        }
        return lines;
    }

    private static Digest digest(String digit) {
        return Digest.parse("sha256:" + digit.repeat(64));
    }

    /// Of an image with four layers, `sha256:11…` at the bottom.
    private static List<String> describe(BuildProvenance provenance) {
        return provenance.lines(List.of(digest("1"), digest("2"), digest("3"), digest("4"))).stream()
                .map(told -> told.map(GoldenDocumentsTest::describe).orElse("-"))
                .toList();
    }

    private static String describe(DockerfileLines lines) {
        String place = lines.file() + " " + lines.first() + "-" + lines.last() + (lines.base() ? " base " : " own ");
        return (place + lines.text().replace('\n', '|')).strip();
    }

    private static void addUnlessEmpty(List<String> lines, String name, String value) {
        if (!value.isEmpty()) {
            lines.add(name + " " + value);
        }
    }
}
