package io.darsena.runtime.seccomp;

import io.darsena.runtime.Capability;
import io.darsena.runtime.KernelVersion;
import io.darsena.runtime.seccomp.ArgumentCondition.Comparison;
import io.darsena.runtime.seccomp.ArgumentCondition.Width;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.EnumMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/// Reads profiles in Darsena's own line format, which `default.seccomp` explains at its top.
final class ProfileText {

    private static final Pattern RULE = Pattern.compile("(allow|errno (\\d+)) (.+?)(?: when (.+))?");
    private static final Pattern TEST =
            Pattern.compile("(arg|int)([0-5])(?: & (\\w+))? (==|!=|<|<=|>|>=) (0x[0-9a-f]+|\\d+)");

    private final Map<Abi, List<Abi>> architectures = new EnumMap<>(Abi.class);
    private final List<SeccompRule> rules = new ArrayList<>();
    private Optional<SeccompAction> defaultAction = Optional.empty();
    private Circumstances onlyIf = Circumstances.NONE;
    private Circumstances unless = Circumstances.NONE;

    private ProfileText() {}

    /// @throws IllegalArgumentException naming the line that cannot be understood
    static SeccompProfile parse(String text) {
        ProfileText reader = new ProfileText();
        List<String> lines = text.lines().toList();
        for (int index = 0; index < lines.size(); index++) {
            String line = lines.get(index).strip();
            try {
                reader.readLine(line);
            } catch (IllegalArgumentException reason) {
                throw new IllegalArgumentException(
                        "cannot read line " + (index + 1) + " of a seccomp profile, \"" + line + "\": "
                                + reason.getMessage(),
                        reason);
            }
        }
        SeccompAction fallback = reader.defaultAction.orElseThrow(
                () -> new IllegalArgumentException("a seccomp profile needs a line `default ACTION`"));
        return new SeccompProfile(fallback, reader.architectures, reader.rules);
    }

    private void readLine(String line) {
        if (line.isEmpty() || line.startsWith("#")) {
            return;
        }
        if (line.startsWith("[") && line.endsWith("]")) {
            readHeading(line.substring(1, line.length() - 1));
        } else if (line.startsWith("default ")) {
            defaultAction = Optional.of(action(line.substring("default ".length())));
        } else if (line.startsWith("architecture ")) {
            readArchitecture(words(line));
        } else {
            readRule(line);
        }
    }

    private void readArchitecture(List<String> words) {
        List<Abi> admitted = words.size() == 2
                ? List.of()
                : words.subList(3, words.size()).stream().map(ProfileText::abi).toList();
        if (words.size() > 2 && !words.get(2).equals("with")) {
            throw new IllegalArgumentException("an architecture is followed by nothing, or by `with`");
        }
        architectures.put(abi(words.get(1)), admitted);
    }

    private void readHeading(String heading) {
        Set<Capability> with = new HashSet<>();
        Set<Capability> without = new HashSet<>();
        Set<String> on = new HashSet<>();
        Set<String> notOn = new HashSet<>();
        Optional<KernelVersion> kernel = Optional.empty();
        for (String condition : heading.split(";", -1)) {
            List<String> words = words(condition);
            List<String> values = words.subList(1, words.size());
            switch (words.getFirst()) {
                case "always" -> {}
                case "kernel" -> kernel = Optional.of(KernelVersion.parse(String.join(" ", values)));
                case "with" -> with.addAll(capabilities(values));
                case "without" -> without.addAll(capabilities(values));
                case "on" -> on.addAll(values);
                case "not-on" -> notOn.addAll(values);
                default -> throw new IllegalArgumentException("unknown condition " + condition.strip());
            }
        }
        onlyIf = new Circumstances(with, on, kernel);
        unless = new Circumstances(without, notOn, Optional.empty());
    }

    private void readRule(String line) {
        Matcher rule = RULE.matcher(line);
        if (!rule.matches()) {
            throw new IllegalArgumentException("neither a rule nor a heading");
        }
        List<ArgumentCondition> conditions = Optional.ofNullable(rule.group(4)).stream()
                .flatMap(tests -> Arrays.stream(tests.split(" and ", -1)))
                .map(ProfileText::condition)
                .toList();
        rules.add(new SeccompRule(Set.copyOf(words(rule.group(3))), conditions, action(rule.group(1)), onlyIf, unless));
    }

    private static ArgumentCondition condition(String text) {
        Matcher test = TEST.matcher(text.strip());
        if (!test.matches()) {
            throw new IllegalArgumentException("unknown test of an argument: " + text);
        }
        Width width = test.group(1).equals("int") ? Width.LOW_32 : Width.FULL_64;
        long all = width == Width.LOW_32 ? 0xffffffffL : -1;
        long mask = Optional.ofNullable(test.group(3)).map(ProfileText::number).orElse(all);
        Comparison comparison = switch (test.group(4)) {
            case "==" -> Comparison.EQUAL;
            case "!=" -> Comparison.NOT_EQUAL;
            case "<" -> Comparison.LESS;
            case "<=" -> Comparison.LESS_OR_EQUAL;
            case ">" -> Comparison.GREATER;
            default -> Comparison.GREATER_OR_EQUAL;
        };
        return new ArgumentCondition(Integer.parseInt(test.group(2)), width, mask, comparison, number(test.group(5)));
    }

    private static SeccompAction action(String text) {
        if (text.equals("allow")) {
            return SeccompAction.ALLOW;
        }
        if (text.startsWith("errno ")) {
            return new SeccompAction.Errno(Integer.parseInt(text.substring("errno ".length())));
        }
        throw new IllegalArgumentException("unknown action " + text);
    }

    private static long number(String text) {
        return text.startsWith("0x") ? Long.parseUnsignedLong(text.substring(2), 16) : Long.parseUnsignedLong(text);
    }

    private static Abi abi(String name) {
        return Abi.valueOf(name.toUpperCase(Locale.ROOT));
    }

    private static Set<Capability> capabilities(Collection<String> names) {
        return names.stream().map(Capability::parse).collect(Collectors.toSet());
    }

    private static List<String> words(String text) {
        return Arrays.asList(text.strip().split("\\s+", -1));
    }
}
