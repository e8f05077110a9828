package io.darsena.app.run;

import java.util.Locale;
import java.util.OptionalDouble;
import java.util.OptionalLong;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// Reads limits as people type them: `256m`, `1.5 GB`, `0,5`. Empty when it is none.
final class TypedLimits {

    private static final Pattern MEMORY = Pattern.compile("(\\d{1,9}(?:[.,]\\d{1,6})?)\\s*([kmgt]?)(?:i?b)?");
    private static final Pattern NUMBER = Pattern.compile("\\d{1,6}(?:[.,]\\d{1,6})?");

    private TypedLimits() {}

    /// Bytes, in powers of 1024 as `docker run --memory` counts. A number without a unit means megabytes: no
    /// container is limited to 256 bytes.
    static OptionalLong memory(String text) {
        Matcher typed = MEMORY.matcher(text.strip().toLowerCase(Locale.ROOT));
        if (!typed.matches()) {
            return OptionalLong.empty();
        }
        int shift = switch (typed.group(2)) {
            case "k" -> 10;
            case "g" -> 30;
            case "t" -> 40;
            case "m" -> 20;
            default -> text.strip().toLowerCase(Locale.ROOT).endsWith("b") ? 0 : 20;
        };
        double bytes = Double.parseDouble(typed.group(1).replace(',', '.')) * (1L << shift);
        return bytes < 1e18 ? OptionalLong.of(Math.round(bytes)) : OptionalLong.empty();
    }

    static OptionalDouble cpus(String text) {
        return NUMBER.matcher(text.strip()).matches()
                ? OptionalDouble.of(Double.parseDouble(text.strip().replace(',', '.')))
                : OptionalDouble.empty();
    }

    static OptionalLong count(String text) {
        return text.strip().matches("\\d{1,9}") ? OptionalLong.of(Long.parseLong(text.strip())) : OptionalLong.empty();
    }
}
