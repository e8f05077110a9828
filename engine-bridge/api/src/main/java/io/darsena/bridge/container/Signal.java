package io.darsena.bridge.container;

import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

/// A signal of Linux by its number, 1 to 64. Numbers are those of x86-64 and arm64, which agree.
public record Signal(int number) {

    private static final Map<String, Integer> NUMBERS = new TreeMap<>(Map.ofEntries(
            Map.entry("HUP", 1),
            Map.entry("INT", 2),
            Map.entry("QUIT", 3),
            Map.entry("ILL", 4),
            Map.entry("TRAP", 5),
            Map.entry("ABRT", 6),
            Map.entry("BUS", 7),
            Map.entry("FPE", 8),
            Map.entry("KILL", 9),
            Map.entry("USR1", 10),
            Map.entry("SEGV", 11),
            Map.entry("USR2", 12),
            Map.entry("PIPE", 13),
            Map.entry("ALRM", 14),
            Map.entry("TERM", 15),
            Map.entry("STKFLT", 16),
            Map.entry("CHLD", 17),
            Map.entry("CONT", 18),
            Map.entry("STOP", 19),
            Map.entry("TSTP", 20),
            Map.entry("TTIN", 21),
            Map.entry("TTOU", 22),
            Map.entry("URG", 23),
            Map.entry("XCPU", 24),
            Map.entry("XFSZ", 25),
            Map.entry("VTALRM", 26),
            Map.entry("PROF", 27),
            Map.entry("WINCH", 28),
            Map.entry("IO", 29),
            Map.entry("PWR", 30),
            Map.entry("SYS", 31)));
    private static final int LOWEST_REAL_TIME = 34;
    private static final int HIGHEST = 64;

    public static final Signal KILL = new Signal(9);
    public static final Signal TERM = new Signal(15);

    public Signal {
        if (number < 1 || number > HIGHEST) {
            throw new IllegalArgumentException("there is no signal " + number);
        }
    }

    /// Reads a name with or without `SIG`, in any case, `RTMIN+n`, `RTMAX-n`, or a number.
    ///
    /// @throws IllegalArgumentException when there is no such signal
    public static Signal parse(String text) {
        String name = text.toUpperCase(Locale.ROOT).replaceFirst("^SIG", "");
        if (name.matches("[0-9]{1,2}")) {
            return new Signal(Integer.parseInt(name));
        }
        Integer number = NUMBERS.get(name);
        if (number != null) {
            return new Signal(number);
        }
        if (name.matches("RTMIN(\\+[0-9]{1,2})?")) {
            return new Signal(LOWEST_REAL_TIME + offset(name));
        }
        if (name.matches("RTMAX(-[0-9]{1,2})?")) {
            return new Signal(Math.max(LOWEST_REAL_TIME, HIGHEST - offset(name)));
        }
        throw new IllegalArgumentException("there is no signal '" + text + "'");
    }

    private static int offset(String name) {
        return name.length() > 6 ? Integer.parseInt(name.substring(6)) : 0;
    }

    /// `SIGTERM`, `SIGRTMIN+3`; `parse` reads it back.
    @Override
    public String toString() {
        for (Map.Entry<String, Integer> entry : NUMBERS.entrySet()) {
            if (entry.getValue() == number) {
                return "SIG" + entry.getKey();
            }
        }
        return number < LOWEST_REAL_TIME ? Integer.toString(number) : "SIGRTMIN+" + (number - LOWEST_REAL_TIME);
    }
}
