package io.darsena.app.layers;

import io.darsena.app.text.Messages;
import io.darsena.app.text.PlainText;
import io.darsena.bridge.layer.DockerfileLines;

/// Lines of a Dockerfile in words: where they stand, and what stands there.
final class SourceWords {

    /// Of a longer name its end is shown.
    private static final int LONGEST_NAME = 32;

    private SourceWords() {}

    /// As `Dockerfile:12–15`; of what came with the base image it is said that this is named there.
    static String place(Messages messages, DockerfileLines lines) {
        String file = lines.file();
        String name = PlainText.line(
                file.length() > LONGEST_NAME ? "…" + file.substring(file.length() - LONGEST_NAME + 1) : file);
        String first = Integer.toString(lines.first());
        String place = lines.last() == lines.first()
                ? messages.text("dockerfile.line", name, first)
                : messages.text("dockerfile.lines", name, first, Integer.toString(lines.last()));
        return lines.base() ? messages.text("dockerfile.base", place) : place;
    }

    /// Each line after its number; empty where nobody recorded them.
    static String numbered(DockerfileLines lines) {
        if (lines.text().isEmpty()) {
            return "";
        }
        String[] texts = PlainText.lines(lines.text()).split("\n", -1);
        int digits = Integer.toString(lines.first() + texts.length - 1).length();
        StringBuilder all = new StringBuilder();
        for (int i = 0; i < texts.length; i++) {
            String number = Integer.toString(lines.first() + i);
            all.append(i == 0 ? "" : "\n")
                    .append("\u00a0".repeat(digits - number.length()))
                    .append(number)
                    .append("\u00a0\u00a0")
                    .append(texts[i]);
        }
        return all.toString();
    }
}
