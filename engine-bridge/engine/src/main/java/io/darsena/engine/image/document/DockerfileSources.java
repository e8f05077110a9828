package io.darsena.engine.image.document;

import io.darsena.bridge.layer.DockerfileLines;
import io.darsena.engine.json.JsonObject;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// The files of which a build's provenance speaks, with their text where it has that. For one thread.
final class DockerfileSources {

    /// Of a larger file no text is told.
    private static final int LARGEST = 1 << 20;

    /// What comes after these is no line of its own.
    private static final int MOST_LINES = 100_000;

    private static final String CUT = "…";

    private final List<Source> sources;

    /// By the place in the list; read when first asked for.
    private final Map<Integer, List<String>> lines = new HashMap<>();

    /// @param data its bytes in Base64; empty where they are not told
    private record Source(String file, String data) {}

    private DockerfileSources(List<Source> sources) {
        this.sources = sources;
    }

    /// @param infos `source.infos` of BuildKit's metadata
    static DockerfileSources of(List<JsonObject> infos) {
        List<Source> sources = new ArrayList<>();
        infos.forEach(info -> sources.add(new Source(info.textOrEmpty("filename"), info.textOrEmpty("data"))));
        return new DockerfileSources(sources);
    }

    /// Empty when there is no such file, or it has no name that can be shown.
    Optional<DockerfileLines> lines(int source, int first, int last, boolean base) {
        if (source < 0 || source >= sources.size()) {
            return Optional.empty();
        }
        String file = sources.get(source).file();
        if (file.isBlank() || file.length() > DockerfileLines.LONGEST_FILE) {
            return Optional.empty();
        }
        return Optional.of(new DockerfileLines(file, first, last, text(source, first, last), base));
    }

    private String text(int source, int first, int last) {
        List<String> all = lines.computeIfAbsent(source, unread -> read(sources.get(unread)));
        int end = Math.min(last, all.size());
        StringBuilder text = new StringBuilder();
        for (int line = first; line <= end && text.length() <= DockerfileLines.LONGEST_TEXT; line++) {
            text.append(line == first ? "" : "\n").append(all.get(line - 1));
        }
        if (text.length() > DockerfileLines.LONGEST_TEXT) {
            int left = DockerfileLines.LONGEST_TEXT - CUT.length();
            text.setLength(Character.isHighSurrogate(text.charAt(left - 1)) ? left - 1 : left);
            text.append(CUT);
        }
        return text.toString();
    }

    private static List<String> read(Source source) {
        try {
            byte[] bytes = Base64.getDecoder().decode(source.data());
            return bytes.length > LARGEST
                    ? Collections.emptyList()
                    : List.of(new String(bytes, StandardCharsets.UTF_8).split("\r?\n", MOST_LINES));
        } catch (IllegalArgumentException noBase64) {
            return List.of();
        }
    }
}
