package io.darsena.docker.wire;

import io.darsena.bridge.container.LogLimits;
import java.math.BigDecimal;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// Docker's `--log-opt`: `max-size` and `max-file` as the json-file driver has them, sizes in powers of 1000. Options
/// that say what holds anyway are taken, others are refused by name.
final class LogOptions {

    private static final String SIZE = "max-size";
    private static final String FILES = "max-file";
    private static final Map<String, String> HOLDS_ANYWAY = Map.of("mode", "blocking", "compress", "false");
    private static final Pattern HUMAN_SIZE = Pattern.compile("(\\d{1,15}(?:\\.\\d{1,15})?) ?([kmgt]?)i?b?");
    private static final String UNITS = "kmgt";
    private static final Set<String> UNLIMITED = Set.of("-1", "0");

    private LogOptions() {}

    /// Empty when neither size nor number is given. A size alone means one file, as in Docker.
    static Optional<LogLimits> read(Fields logConfig) {
        Map<String, String> options = logConfig.map("Config");
        options.forEach((name, value) -> {
            boolean known = name.equals(SIZE) || name.equals(FILES) || value.equals(HOLDS_ANYWAY.get(name));
            if (!known) {
                throw new IllegalArgumentException(
                        "the log option " + name + "=" + value + " is not supported by this version of Darsena");
            }
        });
        Optional<Long> size = Optional.ofNullable(options.get(SIZE)).map(LogOptions::bytes);
        Optional<Integer> files = Optional.ofNullable(options.get(FILES)).map(LogOptions::count);
        return size.isEmpty() && files.isEmpty()
                ? Optional.empty()
                : Optional.of(new LogLimits(size.orElse(LogLimits.DEFAULT.maxBytes()), files.orElse(1)));
    }

    private static long bytes(String text) {
        if (UNLIMITED.contains(text)) {
            throw new IllegalArgumentException(
                    "max-size " + text + " means without bound, and a log of Darsena's has one; give a size as 10m");
        }
        Matcher size = HUMAN_SIZE.matcher(text.strip().toLowerCase(Locale.ROOT));
        if (!size.matches()) {
            throw new IllegalArgumentException("max-size '" + text + "' is not a size as 10m");
        }
        int power = size.group(2).isEmpty() ? 0 : UNITS.indexOf(size.group(2)) + 1;
        return new BigDecimal(size.group(1)).scaleByPowerOfTen(3 * power).longValue();
    }

    private static int count(String text) {
        if (!text.matches("\\d{1,9}")) {
            throw new IllegalArgumentException("max-file '" + text + "' is not a number");
        }
        return Integer.parseInt(text);
    }
}
