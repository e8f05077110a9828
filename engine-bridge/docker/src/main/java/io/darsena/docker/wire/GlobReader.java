package io.darsena.docker.wire;

import io.darsena.docker.wire.TextPattern.Node;
import io.darsena.docker.wire.TextPattern.One;
import io.darsena.docker.wire.TextPattern.Repeat;
import io.darsena.docker.wire.TextPattern.Sequence;
import java.util.ArrayList;
import java.util.List;
import java.util.function.IntPredicate;

/// Reads a glob: `*`, `?`, sets, and a backslash before a character that stands for itself.
final class GlobReader {

    private static final IntPredicate NO_SLASH = one -> one != '/';

    private final PatternText text;

    GlobReader(String glob) {
        this.text = new PatternText(glob);
    }

    Node read() {
        List<Node> parts = new ArrayList<>();
        while (!text.ended()) {
            parts.add(part());
        }
        return new Sequence(parts);
    }

    private Node part() {
        char first = text.next();
        return switch (first) {
            case '*' -> new Repeat(new One(NO_SLASH), 0, Integer.MAX_VALUE);
            case '?' -> new One(NO_SLASH);
            case '[' -> new One(text.set(GlobReader::escaped));
            case '\\' -> new One(escaped(text));
            default -> new One(one -> one == first);
        };
    }

    private static IntPredicate escaped(PatternText text) {
        char escaped = text.next();
        return one -> one == escaped;
    }
}
