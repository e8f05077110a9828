package io.darsena.bridge.fake;

import io.darsena.bridge.image.DiffId;
import io.darsena.bridge.image.Digest;
import io.darsena.bridge.image.Image;
import io.darsena.bridge.image.ImageConfig;
import io.darsena.bridge.image.ImageId;
import io.darsena.bridge.image.ImageReference;
import java.net.URLDecoder;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/// What a [FakeEngine] saves images as: a line an image, fields by tab, lists by space, all words URL-encoded.
final class FakeArchive {

    private static final String MAGIC = "fake archive";

    private FakeArchive() {}

    static byte[] of(List<Image> images) {
        return images.stream()
                .map(FakeArchive::line)
                .collect(Collectors.joining("\n", MAGIC + "\n", "\n"))
                .getBytes(StandardCharsets.UTF_8);
    }

    static boolean isOne(String content) {
        return content.startsWith(MAGIC + "\n");
    }

    static List<Image> read(String content) {
        return content.lines().skip(1).map(FakeArchive::image).toList();
    }

    private static String line(Image image) {
        ImageConfig config = image.config();
        Image.Layer layer = image.layers().getFirst();
        return String.join(
                "\t",
                image.id().toString(),
                image.manifest().toString(),
                word(image.createdAt().map(Instant::toString).orElse("")),
                word(image.platform()),
                words(image.names().stream().map(ImageReference::toString).toList()),
                layer.diffId() + " " + layer.blob() + " " + layer.size() + " " + layer.storedSize(),
                word(layer.createdBy()),
                words(config.entrypoint()),
                words(config.command()),
                words(config.environment()),
                words(List.of(config.workingDirectory(), config.user(), config.stopSignal())),
                words(config.exposedPorts()),
                words(config.volumes()),
                words(config.labels().entrySet().stream()
                        .sorted(Map.Entry.comparingByKey())
                        .flatMap(label -> List.of(label.getKey(), label.getValue()).stream())
                        .toList()));
    }

    private static Image image(String line) {
        String[] fields = line.split("\t", -1);
        String[] layer = fields[5].split(" ");
        List<String> places = list(fields[10]);
        Map<String, String> labels = new LinkedHashMap<>();
        List<String> pairs = list(fields[13]);
        for (int i = 0; i + 1 < pairs.size(); i += 2) {
            labels.put(pairs.get(i), pairs.get(i + 1));
        }
        return new Image(
                ImageId.parse(fields[0]),
                list(fields[4]).stream().map(ImageReference::parse).toList(),
                List.of(),
                Digest.parse(fields[1]),
                Optional.of(text(fields[2])).filter(at -> !at.isEmpty()).map(Instant::parse),
                Instant.now(),
                text(fields[3]),
                List.of(new Image.Layer(
                        DiffId.parse(layer[0]),
                        Digest.parse(layer[1]),
                        Long.parseLong(layer[2]),
                        Long.parseLong(layer[3]),
                        text(fields[6]))),
                new ImageConfig(
                        list(fields[7]),
                        list(fields[8]),
                        list(fields[9]),
                        places.get(0),
                        places.get(1),
                        places.get(2),
                        list(fields[11]),
                        list(fields[12]),
                        labels));
    }

    private static String word(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }

    private static String words(List<String> texts) {
        return texts.stream().map(text -> "=" + word(text)).collect(Collectors.joining(" "));
    }

    private static String text(String word) {
        return URLDecoder.decode(word, StandardCharsets.UTF_8);
    }

    private static List<String> list(String words) {
        return Arrays.stream(words.split(" "))
                .filter(word -> !word.isEmpty())
                .map(word -> text(word.substring(1)))
                .toList();
    }
}
