package io.darsena.app.commit;

import io.darsena.app.run.CommandWords;
import io.darsena.app.text.PlainText;
import io.darsena.bridge.layer.FilePath;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/// Words in the lines of a Dockerfile, so that they mean themselves, whatever a container has called its files.
final class DockerfileWords {

    private static final String PLAIN = "[A-Za-z0-9_@%+=:,./][A-Za-z0-9_@%+=:,./-]*";

    private DockerfileWords() {}

    /// Whether a path is text: a Dockerfile is.
    static boolean canSay(FilePath path) {
        return Arrays.equals(path.toString().getBytes(StandardCharsets.UTF_8), path.bytes());
    }

    /// What runs one after the other: in one line of a shell, unless a word would break or forge that.
    static List<String> run(List<List<String>> commands) {
        boolean breaks = commands.stream().flatMap(List::stream).anyMatch(word -> !PlainText.isPlain(word));
        return breaks
                ? commands.stream().map(command -> "RUN " + json(command)).toList()
                : List.of("RUN "
                        + String.join(
                                " && ",
                                commands.stream().map(CommandWords::line).toList()));
    }

    /// From where it lies below the directory of the Dockerfile to where it lies in the image.
    static String copied(String path) {
        return path.matches(PLAIN)
                ? path + " /" + path
                : json(List.of(word(path.replace("\\", "\\\\").replaceAll("[*?\\[]", "[$0]")), word("/" + path)));
    }

    /// Variables, quotes and backslashes are read in every word of a copy, also in a list (Dockerfile reference,
    /// Environment replacement); what is copied is a pattern (Go, filepath.Match) besides.
    static String word(String text) {
        return text.replaceAll("[\\\\$'\"]", "\\\\$0");
    }

    static String json(List<String> words) {
        return "[" + String.join(", ", words.stream().map(DockerfileWords::json).toList()) + "]";
    }

    private static String json(String word) {
        StringBuilder text = new StringBuilder("\"");
        boolean plain = PlainText.isPlain(word);
        for (char letter : word.toCharArray()) {
            if (letter == '"' || letter == '\\') {
                text.append('\\').append(letter);
            } else if (!plain && !PlainText.isPlain(Character.toString(letter))) {
                text.append("\\").append(String.format(Locale.ROOT, "u%04x", (int) letter));
            } else {
                text.append(letter);
            }
        }
        return text.append('"').toString();
    }
}
