package io.darsena.app.settings;

import java.util.Locale;
import java.util.OptionalLong;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// Reads a size on disk as people type it, in powers of 1000: `10 MB`, `1,5 GB`, `500k`. A number without a unit means
/// megabytes.
final class TypedSize {

    private static final Pattern SIZE = Pattern.compile("(\\d{1,9}(?:[.,]\\d{1,6})?)\\s*(?:([kmgt]?)b?)");

    private TypedSize() {}

    /// Empty when it is none.
    static OptionalLong bytes(String text) {
        String typed = text.strip().toLowerCase(Locale.ROOT);
        Matcher size = SIZE.matcher(typed);
        if (!size.matches()) {
            return OptionalLong.empty();
        }
        double unit = switch (size.group(2)) {
            case "k" -> 1e3;
            case "g" -> 1e9;
            case "t" -> 1e12;
            case "m" -> 1e6;
            default -> typed.endsWith("b") ? 1 : 1e6;
        };
        double bytes = Double.parseDouble(size.group(1).replace(',', '.')) * unit;
        return bytes < 1e18 ? OptionalLong.of(Math.round(bytes)) : OptionalLong.empty();
    }
}
