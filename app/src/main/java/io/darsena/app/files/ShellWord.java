package io.darsena.app.files;

import io.darsena.app.text.PlainText;
import io.darsena.bridge.layer.FilePath;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Locale;

/// A path to be copied: as it is where it is plain text, else as a word that bash and zsh read as its very bytes,
/// `$'/srv/a\nb'` (bash(1), QUOTING).
public final class ShellWord {

    private ShellWord() {}

    public static String of(FilePath path) {
        String text = path.toString();
        boolean same = Arrays.equals(text.getBytes(StandardCharsets.UTF_8), path.bytes());
        return same && PlainText.isPlain(text) ? "/" + text : quoted(path.bytes());
    }

    private static String quoted(byte[] bytes) {
        StringBuilder word = new StringBuilder("$'/");
        for (byte each : bytes) {
            switch (each) {
                case '\n' -> word.append("\\n");
                case '\t' -> word.append("\\t");
                case '\'', '\\' -> word.append('\\').append((char) each);
                default -> {
                    if (each >= ' ' && each <= '~') {
                        word.append((char) each);
                    } else {
                        // Always three digits: another one may follow.
                        word.append('\\').append(String.format(Locale.ROOT, "%03o", each & 0xff));
                    }
                }
            }
        }
        return word.append('\'').toString();
    }
}
