package io.darsena.docker.wire;

import java.util.function.IntPredicate;

/// The characters of a pattern, one after the other, and what regular expressions and globs write alike.
final class PatternText {

    private final String text;
    private int at;

    PatternText(String text) {
        this.text = text;
    }

    boolean ended() {
        return at == text.length();
    }

    boolean sees(char wanted) {
        return !ended() && text.charAt(at) == wanted;
    }

    /// Takes it when it is the next.
    boolean take(String wanted) {
        boolean there = text.startsWith(wanted, at);
        at += there ? wanted.length() : 0;
        return there;
    }

    /// @throws IllegalArgumentException where the pattern has ended
    char next() {
        if (ended()) {
            throw malformed("it breaks off");
        }
        return text.charAt(at++);
    }

    IllegalArgumentException malformed(String why) {
        return new IllegalArgumentException("the pattern '" + text + "' is not valid: " + why);
    }

    /// What stands between brackets, the first of which is taken. At least one character or range.
    ///
    /// @param escape reads what a backslash, which is taken, stands for
    IntPredicate set(Escape escape) {
        boolean negated = take("^");
        IntPredicate set = nothing -> false;
        boolean first = true;
        while (first || !sees(']')) {
            set = set.or(range(escape, first));
            first = false;
        }
        next();
        return negated ? set.negate() : set;
    }

    private IntPredicate range(Escape escape, boolean first) {
        if (first && sees(']')) {
            throw malformed("brackets hold nothing");
        }
        char low = next();
        if (low == '\\') {
            IntPredicate escaped = escape.read(this);
            if (!sees('-')) {
                return escaped;
            }
            throw malformed("a range begins with a backslash");
        }
        if (low == '[' && sees(':')) {
            throw malformed("named classes are not known");
        }
        if (!take("-")) {
            return one -> one == low;
        }
        if (sees(']')) {
            return one -> one == low || one == '-';
        }
        char high = next();
        if (high < low || high == '\\') {
            throw malformed("a range has no end");
        }
        return one -> low <= one && one <= high;
    }

    /// What a backslash stands for.
    interface Escape {
        IntPredicate read(PatternText text);
    }
}
