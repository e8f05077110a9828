package io.darsena.bridge.layer;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/// Words of a Dockerfile (Dockerfile reference, environment replacement): quotes hold words together, a backslash takes
/// the next character as it is, `$NAME`, `${NAME}`, `${NAME:-word}` and `${NAME:+word}` stand for variables. Reads one
/// text.
final class DockerfileWords {

    private final String text;
    private final Map<String, String> variables;
    private int at;

    private DockerfileWords(String text, Map<String, String> variables) {
        this.text = text;
        this.variables = variables;
    }

    /// The words between spaces, with their quotes.
    static List<String> split(String text) {
        List<String> words = new ArrayList<>();
        StringBuilder word = new StringBuilder();
        char quote = 0;
        for (int i = 0; i < text.length(); i++) {
            char next = text.charAt(i);
            if (quote == 0 && Character.isWhitespace(next)) {
                add(words, word);
                continue;
            }
            word.append(next);
            if (next == '\\' && quote != '\'' && i + 1 < text.length()) {
                word.append(text.charAt(++i));
            } else if (quote == 0 && (next == '"' || next == '\'')) {
                quote = next;
            } else if (next == quote) {
                quote = 0;
            }
        }
        add(words, word);
        return words;
    }

    private static void add(List<String> words, StringBuilder word) {
        if (!word.isEmpty()) {
            words.add(word.toString());
            word.setLength(0);
        }
    }

    /// What a word stands for.
    ///
    /// @throws IllegalArgumentException when a quote or a brace is not closed
    static String expanded(String word, Map<String, String> variables) {
        return new DockerfileWords(word, variables).upTo((char) 0);
    }

    private String upTo(char end) {
        StringBuilder value = new StringBuilder();
        while (at < text.length()) {
            char next = text.charAt(at++);
            if (end != 0 && next == end) {
                return value.toString();
            }
            switch (next) {
                case '\'' -> value.append(literal());
                case '"' -> value.append(quoted());
                case '$' -> value.append(variable());
                case '\\' -> value.append(at < text.length() ? text.charAt(at++) : '\\');
                default -> value.append(next);
            }
        }
        if (end != 0) {
            throw unclosed(end);
        }
        return value.toString();
    }

    private IllegalArgumentException unclosed(char end) {
        return new IllegalArgumentException("there is no closing " + end + " in " + text);
    }

    private String literal() {
        int end = text.indexOf('\'', at);
        if (end < 0) {
            throw unclosed('\'');
        }
        String value = text.substring(at, end);
        at = end + 1;
        return value;
    }

    private String quoted() {
        StringBuilder value = new StringBuilder();
        while (at < text.length()) {
            char next = text.charAt(at++);
            if (next == '"') {
                return value.toString();
            }
            if (next == '$') {
                value.append(variable());
            } else if (next == '\\' && at < text.length() && "\"$\\".indexOf(text.charAt(at)) >= 0) {
                value.append(text.charAt(at++));
            } else {
                value.append(next);
            }
        }
        throw unclosed('"');
    }

    private String variable() {
        boolean braced = at < text.length() && text.charAt(at) == '{';
        at += braced ? 1 : 0;
        int from = at;
        while (at < text.length() && isOfName(text.charAt(at), at - from)) {
            at++;
        }
        String name = text.substring(from, at);
        String value = variables.getOrDefault(name, "");
        if (!braced) {
            return name.isEmpty() ? "$" : value;
        }
        if (text.startsWith(":-", at) || text.startsWith(":+", at)) {
            boolean alternative = text.charAt(at + 1) == '+';
            at += 2;
            String word = upTo('}');
            return value.isEmpty() == alternative ? (alternative ? "" : value) : word;
        }
        if (name.isEmpty() || at == text.length() || text.charAt(at++) != '}') {
            throw new IllegalArgumentException("what follows $ and a brace is no variable in " + text);
        }
        return value;
    }

    private static boolean isOfName(char next, int place) {
        boolean letter = next >= 'a' && next <= 'z' || next >= 'A' && next <= 'Z' || next == '_';
        return letter || place > 0 && next >= '0' && next <= '9';
    }
}
