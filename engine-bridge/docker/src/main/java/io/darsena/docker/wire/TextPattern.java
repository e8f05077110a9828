package io.darsena.docker.wire;

import java.util.BitSet;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.IntPredicate;

/// A regular expression or a glob that a client sent. What it is compared with is short, and no pattern takes longer
/// than its length times the square of the text's: where a part ends that begins at a place is found once.
public final class TextPattern {

    static final int LONGEST = 256;

    private final Node node;

    private TextPattern(Node node) {
        this.node = node;
    }

    /// Fits a text that holds what the expression says, as Go's `regexp.MatchString`.
    ///
    /// @throws IllegalArgumentException when it is malformed, or says what is not known here
    public static TextPattern regex(String expression) {
        requireShort(expression);
        Node anywhere = new Repeat(new One(any -> true), 0, Integer.MAX_VALUE);
        Node found = new RegexReader(expression).read();
        return new TextPattern(new Sequence(List.of(anywhere, found, anywhere)));
    }

    /// Fits a text that is as the glob says, as Go's `path.Match`: `*` and `?` stand for no slash.
    ///
    /// @throws IllegalArgumentException when it is malformed
    public static TextPattern glob(String glob) {
        requireShort(glob);
        return new TextPattern(new GlobReader(glob).read());
    }

    private static void requireShort(String pattern) {
        if (pattern.length() > LONGEST) {
            throw new IllegalArgumentException("a pattern is longer than " + LONGEST + " characters");
        }
    }

    public boolean fits(String text) {
        return new Run(text).ends(node, 0).get(text.length());
    }

    /// A part of a pattern.
    sealed interface Node {

        /// Where it can end when it begins there.
        BitSet ends(Run run, int from);
    }

    record One(IntPredicate characters) implements Node {
        @Override
        public BitSet ends(Run run, int from) {
            boolean fits = from < run.text.length() && characters.test(run.text.charAt(from));
            return where(fits, from + 1);
        }
    }

    record Beginning() implements Node {
        @Override
        public BitSet ends(Run run, int from) {
            return where(from == 0, from);
        }
    }

    record End() implements Node {
        @Override
        public BitSet ends(Run run, int from) {
            return where(from == run.text.length(), from);
        }
    }

    private static BitSet where(boolean holds, int place) {
        BitSet ends = new BitSet();
        ends.set(place, holds);
        return ends;
    }

    record Sequence(List<Node> parts) implements Node {
        @Override
        public BitSet ends(Run run, int from) {
            BitSet ends = where(true, from);
            for (Node part : parts) {
                ends = run.ends(part, ends);
            }
            return ends;
        }
    }

    record Choice(List<Node> choices) implements Node {
        @Override
        public BitSet ends(Run run, int from) {
            BitSet ends = new BitSet();
            choices.forEach(choice -> ends.or(run.ends(choice, from)));
            return ends;
        }
    }

    record Repeat(Node part, int least, int most) implements Node {
        /// More rounds than characters say nothing more: one of them takes none, and may be left out or taken again.
        @Override
        public BitSet ends(Run run, int from) {
            if (part instanceof One one) {
                return ends(one, run.text, from);
            }
            int enough = run.text.length() + 1;
            BitSet now = where(true, from);
            for (int round = 0; round < Math.min(least, enough) && !now.isEmpty(); round++) {
                now = run.ends(part, now);
            }
            BitSet ends = (BitSet) now.clone();
            for (int round = Math.min(least, enough); round < Math.min(most, 2 * enough) && !now.isEmpty(); round++) {
                now = run.ends(part, now);
                now.andNot(ends);
                ends.or(now);
            }
            return ends;
        }

        private BitSet ends(One one, String text, int from) {
            BitSet ends = new BitSet();
            int at = from;
            ends.set(at, least == 0);
            while (at < text.length() && at - from < most && one.characters.test(text.charAt(at))) {
                at++;
                ends.set(at, at - from >= least);
            }
            return ends;
        }
    }

    /// One comparison with one text.
    static final class Run {

        private final String text;
        private final IdentityHashMap<Node, Map<Integer, BitSet>> found = new IdentityHashMap<>();

        private Run(String text) {
            this.text = text;
        }

        /// Not to be changed.
        private BitSet ends(Node node, int from) {
            Map<Integer, BitSet> places = found.computeIfAbsent(node, first -> new HashMap<>());
            BitSet ends = places.get(from);
            if (ends == null) {
                ends = node.ends(this, from);
                places.put(from, ends);
            }
            return ends;
        }

        private BitSet ends(Node node, BitSet from) {
            BitSet ends = new BitSet();
            for (int place = from.nextSetBit(0); place >= 0; place = from.nextSetBit(place + 1)) {
                ends.or(ends(node, place));
            }
            return ends;
        }
    }
}
