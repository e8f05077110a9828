package io.darsena.app.text;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/// A phrase of an engine with its translation. Both have holes: `the name is taken by container {0}` fits whatever
/// stands for `{0}`, at least one character. Where the translation says `{0,said}`, what stands there is an engine's
/// phrase again.
///
/// @param literals what stands between the holes of the original, with what is before the first and after the last
/// @param numbers of the holes of the original, in order
record Phrase(List<String> literals, List<Integer> numbers, List<Part> translation) {

    private static final Pattern HOLE = Pattern.compile("\\{(\\d)(,said)?}");

    /// A part of a translation.
    sealed interface Part {}

    record Text(String text) implements Part {}

    record Hole(int number, boolean said) implements Part {}

    /// @throws IllegalArgumentException when the two do not have the same holes, or two follow each other
    static Phrase of(String original, String translation) {
        List<String> literals = new ArrayList<>();
        List<Integer> numbers = new ArrayList<>();
        for (Part part : parts(original)) {
            switch (part) {
                case Text text -> literals.add(text.text());
                case Hole hole -> numbers.add(hole.number());
            }
        }
        List<Part> translated = parts(translation);
        List<Integer> used = translated.stream()
                .flatMap(part -> part instanceof Hole hole ? Stream.of(hole.number()) : Stream.empty())
                .toList();
        boolean joined = literals.subList(1, Math.max(1, literals.size() - 1)).contains("");
        if (joined || !used.containsAll(numbers) || !numbers.containsAll(used)) {
            throw new IllegalArgumentException("not the holes of '" + original + "': '" + translation + "'");
        }
        return new Phrase(List.copyOf(literals), List.copyOf(numbers), translated);
    }

    /// Texts and holes in turn, a text first and last.
    private static List<Part> parts(String template) {
        List<Part> parts = new ArrayList<>();
        Matcher holes = HOLE.matcher(template);
        int from = 0;
        while (holes.find()) {
            parts.add(new Text(template.substring(from, holes.start())));
            parts.add(new Hole(Integer.parseInt(holes.group(1)), holes.group(2) != null));
            from = holes.end();
        }
        parts.add(new Text(template.substring(from)));
        return List.copyOf(parts);
    }

    /// How much of it always reads the same: of two phrases that fit, the one with more says what was meant.
    int weight() {
        return literals.stream().mapToInt(String::length).sum();
    }

    boolean isFixed() {
        return numbers.isEmpty();
    }

    boolean fits(String said) {
        return holes(said).isPresent();
    }

    /// What stands in the holes that are an engine's phrases.
    List<String> inner(String said) {
        List<String> there = holes(said).orElse(List.of());
        return translation.stream()
                .flatMap(part -> part instanceof Hole hole && hole.said() && !there.isEmpty()
                        ? Stream.of(there.get(numbers.indexOf(hole.number())))
                        : Stream.empty())
                .toList();
    }

    /// The translation of `said`, if it is this phrase. Takes time as one pass over it.
    ///
    /// @param inner translates what stands in a hole that is an engine's phrase
    Optional<String> translate(String said, UnaryOperator<String> inner) {
        return holes(said).map(holes -> {
            StringBuilder text = new StringBuilder();
            for (Part part : translation) {
                switch (part) {
                    case Text words -> text.append(words.text());
                    case Hole hole -> {
                        String there = holes.get(numbers.indexOf(hole.number()));
                        text.append(hole.said() ? inner.apply(there) : there);
                    }
                }
            }
            return text.toString();
        });
    }

    /// What stands in the holes. Each literal is taken where it first comes, which finds a fit if there is one.
    private Optional<List<String>> holes(String said) {
        String last = literals.getLast();
        if (isFixed()) {
            return said.equals(last) ? Optional.of(List.of()) : Optional.empty();
        }
        int position = literals.getFirst().length();
        int end = said.length() - last.length();
        if (position >= end || !said.startsWith(literals.getFirst()) || !said.endsWith(last)) {
            return Optional.empty();
        }
        List<String> holes = new ArrayList<>();
        for (String literal : literals.subList(1, literals.size() - 1)) {
            int at = said.indexOf(literal, position + 1);
            if (at < 0 || at + literal.length() >= end) {
                return Optional.empty();
            }
            holes.add(said.substring(position, at));
            position = at + literal.length();
        }
        holes.add(said.substring(position, end));
        return Optional.of(holes);
    }
}
