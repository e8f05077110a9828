package io.darsena.app.control;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// One line of indented JSON, taken apart for colouring. It colours what it recognises and passes on the rest, so that
/// the parts together are always the line.
public record JsonLine(String text, List<Part> parts) {

    /// What a part is, which is also its style class.
    public enum Kind {
        KEY,
        STRING,
        NUMBER,
        WORD,
        PLAIN
    }

    public record Part(Kind kind, String text) {}

    private static final Pattern TOKEN =
            Pattern.compile("(?<key>\"(?:[^\"\\\\]|\\\\.)*\"(?=\\s*:))|(?<string>\"(?:[^\"\\\\]|\\\\.)*\"?)"
                    + "|(?<number>-?\\d+(?:\\.\\d+)?(?:[eE][+-]?\\d+)?)|(?<word>\\b(?:true|false|null)\\b)");

    public JsonLine {
        parts = List.copyOf(parts);
    }

    public static JsonLine of(String text) {
        List<Part> parts = new ArrayList<>();
        Matcher token = TOKEN.matcher(text);
        int end = 0;
        while (token.find()) {
            if (token.start() > end) {
                parts.add(new Part(Kind.PLAIN, text.substring(end, token.start())));
            }
            parts.add(new Part(kind(token), token.group()));
            end = token.end();
        }
        if (end < text.length()) {
            parts.add(new Part(Kind.PLAIN, text.substring(end)));
        }
        return new JsonLine(text, parts);
    }

    private static Kind kind(Matcher token) {
        if (token.group("key") != null) {
            return Kind.KEY;
        }
        if (token.group("string") != null) {
            return Kind.STRING;
        }
        return token.group("number") != null ? Kind.NUMBER : Kind.WORD;
    }
}
