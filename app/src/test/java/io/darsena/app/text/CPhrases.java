package io.darsena.app.text;

import io.darsena.app.text.Phrasebook.Kind;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/// The sentences in darsena-runtime's sources: refusals of its own, and hints. What it was at when a system call failed
/// is told as it is, with the kernel's word.
final class CPhrases {

    private static final Pattern LITERAL = Pattern.compile("\"((?:[^\"\\\\]|\\\\.)*)\"");
    private static final Pattern JOINT = Pattern.compile("\"\\s+\"");
    private static final Pattern REFUSAL = Pattern.compile("\\b(\\w*refuse\\w*)\\(");
    private static final Pattern HINTED = Pattern.compile("\\bfail_with\\(");
    private static final Pattern HINT = Pattern.compile("(?:\\bhint = |->hint, sizeof why->hint, )([^;]*);");
    private static final Pattern HINTS = Pattern.compile(
            "static const char \\*(?:\\w+_hint|hint_for)\\(int number\\)\\n\\{(.*?)\\n}", Pattern.DOTALL);

    private CPhrases() {}

    static Set<Said> in(Path folder, Predicate<Path> wanted) throws IOException {
        Set<Said> found = new LinkedHashSet<>();
        try (Stream<Path> files = Files.list(folder)) {
            for (Path file : files.filter(each -> each.toString().matches(".*\\.[ch]"))
                    .filter(wanted)
                    .sorted()
                    .toList()) {
                String place = file.getFileName().toString();
                sentences(JOINT.matcher(Files.readString(file)).replaceAll(""))
                        .forEach(text -> found.add(new Said(Kind.SENTENCE, text, place)));
            }
        }
        return found;
    }

    private static List<String> sentences(String source) {
        List<String> all = new ArrayList<>();
        Matcher refusals = REFUSAL.matcher(source);
        while (refusals.find()) {
            List<String> said = literals(arguments(source, refusals.end()));
            // Where the reason comes with what it was at, it is first; the others have nothing but sentences.
            boolean first = !refusals.group(1).matches("revert_refuse|entry_refuse|refuse_(stream|header|tar|record)");
            all.addAll(first ? said.subList(0, Math.min(1, said.size())) : said);
        }
        Matcher hinted = HINTED.matcher(source);
        while (hinted.find()) {
            List<String> arguments = split(arguments(source, hinted.end()));
            if (arguments.size() > 2) {
                all.addAll(literals(arguments.get(2)));
            }
        }
        HINT.matcher(source).results().forEach(hint -> all.addAll(literals(hint.group(1))));
        HINTS.matcher(source).results().forEach(hints -> all.addAll(literals(hints.group(1))));
        return all.stream()
                .filter(text -> text.contains(" ") && !text.contains("%"))
                .toList();
    }

    private static List<String> literals(String text) {
        return LITERAL.matcher(text).results().map(literal -> literal.group(1)).toList();
    }

    /// Up to the parenthesis that closes.
    private static String arguments(String source, int from) {
        int depth = 1;
        int at = from;
        boolean quoted = false;
        for (; at < source.length() && depth > 0; at++) {
            char letter = source.charAt(at);
            quoted ^= letter == '"';
            if (!quoted) {
                depth += letter == '(' ? 1 : letter == ')' ? -1 : 0;
            }
        }
        return source.substring(from, at);
    }

    private static List<String> split(String arguments) {
        List<String> parts = new ArrayList<>();
        int depth = 0;
        boolean quoted = false;
        int from = 0;
        for (int at = 0; at < arguments.length(); at++) {
            char letter = arguments.charAt(at);
            quoted ^= letter == '"';
            if (!quoted) {
                depth += letter == '(' ? 1 : letter == ')' ? -1 : 0;
                if (letter == ',' && depth == 0) {
                    parts.add(arguments.substring(from, at));
                    from = at + 1;
                }
            }
        }
        parts.add(arguments.substring(from));
        return parts;
    }
}
