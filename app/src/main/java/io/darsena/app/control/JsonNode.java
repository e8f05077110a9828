package io.darsena.app.control;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// A value in a JSON text with its name and its place: what a tree of it shows. What is no JSON gives no node; depth is
/// bounded, so that no text can exhaust the stack.
///
/// @param name the member's name, or the element's number in brackets; empty at the root
/// @param path where it stands, as `.State.Mounts[0]`
/// @param value as it is written; of an object or an array, all of it
/// @param open `{` or `[` for what has children, else 0
public record JsonNode(String name, String path, String value, char open, List<JsonNode> children) {

    private static final int DEEPEST = 200;

    public JsonNode {
        children = List.copyOf(children);
    }

    public static Optional<JsonNode> of(String text) {
        try {
            Reading reading = new Reading(text);
            JsonNode root = reading.value("", "", 0);
            reading.space();
            return reading.at == text.length() ? Optional.of(root) : Optional.empty();
        } catch (NotJson | StringIndexOutOfBoundsException broken) {
            return Optional.empty();
        }
    }

    /// What the value is without its quotation marks.
    public String plain() {
        return value.startsWith("\"") && value.length() > 1 ? unescaped(value) : value;
    }

    private static String unescaped(String quoted) {
        StringBuilder plain = new StringBuilder();
        int i = 1;
        while (i < quoted.length() - 1) {
            char here = quoted.charAt(i++);
            if (here != '\\') {
                plain.append(here);
                continue;
            }
            char kind = quoted.charAt(i++);
            if (kind == 'u') {
                plain.append((char) Integer.parseInt(quoted, i, i + 4, 16));
                i += 4;
            } else {
                plain.append(
                        switch (kind) {
                            case 'n' -> '\n';
                            case 't' -> '\t';
                            case 'r' -> '\r';
                            case 'b' -> '\b';
                            case 'f' -> '\f';
                            default -> kind;
                        });
            }
        }
        return plain.toString();
    }

    private static final class NotJson extends RuntimeException {

        private static final long serialVersionUID = 1L;
    }

    private static final class Reading {

        private final String text;
        private int at;

        Reading(String text) {
            this.text = text;
        }

        void space() {
            while (at < text.length() && " \t\r\n".indexOf(text.charAt(at)) >= 0) {
                at++;
            }
        }

        private boolean next(char wanted) {
            space();
            boolean there = text.charAt(at) == wanted;
            at += there ? 1 : 0;
            return there;
        }

        private void must(char wanted) {
            if (!next(wanted)) {
                throw new NotJson();
            }
        }

        JsonNode value(String name, String path, int depth) {
            if (depth > DEEPEST) {
                throw new NotJson();
            }
            space();
            int from = at;
            char first = text.charAt(at);
            List<JsonNode> children = new ArrayList<>();
            if (first == '{') {
                members(path, depth, children);
            } else if (first == '[') {
                elements(path, depth, children);
            } else if (first == '"') {
                string();
            } else {
                word();
            }
            char open = first == '{' || first == '[' ? first : 0;
            return new JsonNode(name, path, text.substring(from, at), open, children);
        }

        private void members(String path, int depth, List<JsonNode> children) {
            at++;
            if (next('}')) {
                return;
            }
            do {
                space();
                int from = at;
                string();
                String name = unescaped(text.substring(from, at));
                must(':');
                children.add(value(name, path + step(name), depth + 1));
            } while (next(','));
            must('}');
        }

        private static String step(String name) {
            return name.matches("[A-Za-z_][A-Za-z0-9_]*") ? "." + name : "[\"" + name.replace("\"", "\\\"") + "\"]";
        }

        private void elements(String path, int depth, List<JsonNode> children) {
            at++;
            if (next(']')) {
                return;
            }
            do {
                String place = "[" + children.size() + "]";
                children.add(value(place, path + place, depth + 1));
            } while (next(','));
            must(']');
        }

        private void string() {
            must('"');
            while (text.charAt(at) != '"') {
                if (text.charAt(at) == '\\') {
                    escape();
                } else {
                    at++;
                }
            }
            at++;
        }

        private void escape() {
            at++;
            if (text.charAt(at) == 'u') {
                for (int i = 1; i <= 4; i++) {
                    if (Character.digit(text.charAt(at + i), 16) < 0) {
                        throw new NotJson();
                    }
                }
                at += 4;
            }
            at++;
        }

        private void word() {
            int from = at;
            while (at < text.length() && "+-.0123456789eEtrufalsn".indexOf(text.charAt(at)) >= 0) {
                at++;
            }
            String word = text.substring(from, at);
            if (!word.matches("true|false|null|-?\\d+(\\.\\d+)?([eE][+-]?\\d+)?")) {
                throw new NotJson();
            }
        }
    }
}
