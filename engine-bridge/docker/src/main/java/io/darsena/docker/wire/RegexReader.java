package io.darsena.docker.wire;

import io.darsena.docker.wire.TextPattern.Beginning;
import io.darsena.docker.wire.TextPattern.Choice;
import io.darsena.docker.wire.TextPattern.End;
import io.darsena.docker.wire.TextPattern.Node;
import io.darsena.docker.wire.TextPattern.One;
import io.darsena.docker.wire.TextPattern.Repeat;
import io.darsena.docker.wire.TextPattern.Sequence;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.IntPredicate;

/// Reads a regular expression: characters, `.`, sets, `\d` `\s` `\w`, groups, `|`, `^`, `$`, repetition.
final class RegexReader {

    /// As Go has it.
    private static final int MOST_ROUNDS = 1000;

    private static final IntPredicate DIGIT = one -> '0' <= one && one <= '9';
    private static final IntPredicate SPACE = one -> " \t\n\f\r".indexOf(one) >= 0;
    private static final IntPredicate WORD =
            DIGIT.or(one -> 'a' <= one && one <= 'z' || 'A' <= one && one <= 'Z' || one == '_');

    private final PatternText text;

    RegexReader(String expression) {
        this.text = new PatternText(expression);
    }

    Node read() {
        Node node = choice();
        if (!text.ended()) {
            throw text.malformed("a parenthesis closes that was not opened");
        }
        return node;
    }

    private Node choice() {
        List<Node> choices = new ArrayList<>(List.of(sequence()));
        while (text.take("|")) {
            choices.add(sequence());
        }
        return new Choice(choices);
    }

    private Node sequence() {
        List<Node> parts = new ArrayList<>();
        while (!text.ended() && !text.sees('|') && !text.sees(')')) {
            parts.add(repeated(part()));
        }
        return new Sequence(parts);
    }

    private Node part() {
        char first = text.next();
        return switch (first) {
            case '^' -> new Beginning();
            case '$' -> new End();
            case '.' -> new One(one -> one != '\n');
            case '[' -> new One(text.set(RegexReader::escaped));
            case '\\' -> new One(escaped(text));
            case '(' -> group();
            case '*', '+', '?' -> throw text.malformed("there is nothing to repeat");
            default -> new One(one -> one == first);
        };
    }

    private Node group() {
        if (!text.take("?:") && text.sees('?')) {
            throw text.malformed("groups with '?' are not known");
        }
        Node inner = choice();
        if (!text.take(")")) {
            throw text.malformed("a parenthesis is not closed");
        }
        return inner;
    }

    private static IntPredicate escaped(PatternText text) {
        char escaped = text.next();
        return switch (escaped) {
            case 'd' -> DIGIT;
            case 'D' -> DIGIT.negate();
            case 's' -> SPACE;
            case 'S' -> SPACE.negate();
            case 'w' -> WORD;
            case 'W' -> WORD.negate();
            default -> {
                if (WORD.test(escaped)) {
                    throw text.malformed("'\\" + escaped + "' is not known");
                }
                yield one -> one == escaped;
            }
        };
    }

    private Node repeated(Node part) {
        Optional<Node> whole = repetition(part);
        if (whole.isPresent()) {
            // The shortest first: where it fits is the same.
            text.take("?");
        }
        return whole.orElse(part);
    }

    private Optional<Node> repetition(Node part) {
        if (text.take("*")) {
            return Optional.of(new Repeat(part, 0, Integer.MAX_VALUE));
        }
        if (text.take("+")) {
            return Optional.of(new Repeat(part, 1, Integer.MAX_VALUE));
        }
        if (text.take("?")) {
            return Optional.of(new Repeat(part, 0, 1));
        }
        return text.take("{") ? Optional.of(counted(part)) : Optional.empty();
    }

    private Node counted(Node part) {
        int least = number();
        int most = !text.take(",") ? least : text.sees('}') ? Integer.MAX_VALUE : number();
        if (!text.take("}") || most < least) {
            throw text.malformed("a repetition is not of the form {2} or {2,5}");
        }
        return new Repeat(part, least, most);
    }

    private int number() {
        int number = 0;
        int digits = 0;
        while (!text.ended() && !text.sees(',') && !text.sees('}')) {
            char digit = text.next();
            number = number * 10 + digit - '0';
            digits++;
            if (!DIGIT.test(digit) || number > MOST_ROUNDS) {
                throw text.malformed("a repetition is not a number up to " + MOST_ROUNDS);
            }
        }
        if (digits == 0) {
            throw text.malformed("a repetition has no number");
        }
        return number;
    }
}
