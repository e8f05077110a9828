package io.darsena.bridge.layer;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// Lists of texts in JSON (RFC 8259), as instructions of a Dockerfile have them. Reads one text.
final class JsonWords {

    private static final Pattern TEXT =
            Pattern.compile("\"((?:[^\"\\\\\\x00-\\x1f]|\\\\(?:[\"\\\\/bfnrt]|u[0-9a-fA-F]{4}))*+)\"");
    private static final Pattern OTHER = Pattern.compile("-?[0-9][0-9.eE+-]*|true|false|null");

    private final String text;
    private final List<String> words = new ArrayList<>();
    private boolean foreign;
    private int at;

    private JsonWords(String text) {
        this.text = text;
    }

    /// Empty when it is no such list.
    ///
    /// @throws IllegalArgumentException when it is a list that holds something else
    static Optional<List<String>> read(String text) {
        JsonWords reading = new JsonWords(text);
        if (!reading.isList()) {
            return Optional.empty();
        }
        if (reading.foreign) {
            throw new IllegalArgumentException("only texts may stand in its list");
        }
        return Optional.of(List.copyOf(reading.words));
    }

    private boolean isList() {
        if (!takes('[')) {
            return false;
        }
        if (takes(']')) {
            return at == text.length();
        }
        do {
            if (!takesValue()) {
                return false;
            }
        } while (takes(','));
        return takes(']') && at == text.length();
    }

    private boolean takesValue() {
        Optional<Matcher> word = find(TEXT);
        word.ifPresent(found -> words.add(unescaped(found.group(1))));
        boolean other = word.isEmpty() && find(OTHER).isPresent();
        foreign |= other;
        return other || word.isPresent();
    }

    private boolean takes(char sign) {
        if (at == text.length() || text.charAt(at) != sign) {
            return false;
        }
        at++;
        takeSpace();
        return true;
    }

    private void takeSpace() {
        while (at < text.length() && " \t\r\n".indexOf(text.charAt(at)) >= 0) {
            at++;
        }
    }

    /// Goes behind it, and behind the space that follows.
    private Optional<Matcher> find(Pattern wanted) {
        Matcher found = wanted.matcher(text).region(at, text.length());
        if (!found.lookingAt()) {
            return Optional.empty();
        }
        at = found.end();
        takeSpace();
        return Optional.of(found);
    }

    private static String unescaped(String text) {
        StringBuilder plain = new StringBuilder();
        for (int i = 0; i < text.length(); i++) {
            char letter = text.charAt(i);
            if (letter != '\\') {
                plain.append(letter);
                continue;
            }
            char escaped = text.charAt(++i);
            if (escaped == 'u') {
                plain.append((char) Integer.parseInt(text.substring(i + 1, i + 5), 16));
                i += 4;
            } else {
                int known = "bfnrt".indexOf(escaped);
                plain.append(known < 0 ? escaped : "\b\f\n\r\t".charAt(known));
            }
        }
        return plain.toString();
    }
}
