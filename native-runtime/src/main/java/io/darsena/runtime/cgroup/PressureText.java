package io.darsena.runtime.cgroup;

import io.darsena.runtime.cgroup.CgroupMetrics.Pressure;
import io.darsena.runtime.cgroup.CgroupMetrics.Pressure.Stall;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// Reads a `*.pressure` file (Documentation/accounting/psi.rst).
final class PressureText {

    private static final Pattern LINE =
            Pattern.compile("(some|full) avg10=(\\d+\\.\\d+) .*total=(\\d+)", Pattern.MULTILINE);

    private PressureText() {}

    /// Empty when there is no line `some`.
    static Optional<Pressure> parse(String text) {
        Optional<Stall> some = Optional.empty();
        Optional<Stall> full = Optional.empty();
        Matcher line = LINE.matcher(text);
        while (line.find()) {
            Stall stall = new Stall(Double.parseDouble(line.group(2)), Long.parseLong(line.group(3)));
            if (line.group(1).equals("some")) {
                some = Optional.of(stall);
            } else {
                full = Optional.of(stall);
            }
        }
        Optional<Stall> fullOrNone = full;
        return some.map(stall -> new Pressure(stall, fullOrNone));
    }
}
