package io.darsena.app.text;

import java.text.DecimalFormat;
import java.text.DecimalFormatSymbols;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.time.format.FormatStyle;

/// Sizes, shares and times as short texts. Memory counts in powers of 1024 under the names people give limits in
/// (`256 MB` is what `256m` asks for); content on disk counts in powers of 1000, as the field does.
public final class Quantities {

    private static final String[] UNITS = {"B", "KB", "MB", "GB", "TB", "PB"};
    private static final String SPACE = "\u00a0";

    /// From so many days on nobody counts days.
    private static final int LONG_AGO = 60;

    private static final int DAYS_OF_YEAR = 365;

    private final Messages messages;
    private final DecimalFormat oneDigit;
    private final DecimalFormat whole;
    private final DateTimeFormatter timeOfDay;
    private final DateTimeFormatter timeWithMillis;
    private final DateTimeFormatter date;

    Quantities(Messages messages) {
        this.messages = messages;
        DecimalFormatSymbols symbols = DecimalFormatSymbols.getInstance(messages.locale());
        this.oneDigit = new DecimalFormat("#,##0.0", symbols);
        this.whole = new DecimalFormat("#,##0", symbols);
        this.timeOfDay = DateTimeFormatter.ofPattern("HH:mm:ss", messages.locale());
        this.timeWithMillis = DateTimeFormatter.ofPattern("HH:mm:ss.SSS", messages.locale());
        this.date = DateTimeFormatter.ofLocalizedDate(FormatStyle.MEDIUM).withLocale(messages.locale());
    }

    /// `38 MB`, in powers of 1024.
    public String memory(long bytes) {
        return scaled(bytes, 1024, false);
    }

    /// `68.4 MB`, in powers of 1000.
    public String size(long bytes) {
        return scaled(bytes, 1000, false);
    }

    /// As [#memory] where numbers stand below each other or change in their place: `38.0 MB`, so that the points do
    /// too.
    public String memoryInColumn(long bytes) {
        return scaled(bytes, 1024, true);
    }

    /// As [#size], in a column.
    public String sizeInColumn(long bytes) {
        return scaled(bytes, 1000, true);
    }

    /// `+1.2 MB`, `−68 KB`; `0 B` where nothing came or went.
    public String growth(long bytes) {
        return sign(bytes) + size(Math.abs(bytes));
    }

    /// As [#growth], in a column.
    public String growthInColumn(long bytes) {
        return sign(bytes) + sizeInColumn(Math.abs(bytes));
    }

    private static String sign(long number) {
        return number > 0 ? "+" : number < 0 ? "−" : "";
    }

    private String scaled(long bytes, int base, boolean steady) {
        double value = bytes;
        int unit = 0;
        while (unit < UNITS.length - 1 && Math.abs(value) >= base - 0.5) {
            value /= base;
            unit++;
        }
        boolean fraction =
                unit > 0 && Math.abs(value) < 99.95 && (steady || Math.abs(value - Math.rint(value)) >= 0.05);
        return (fraction ? oneDigit : whole).format(value) + SPACE + UNITS[unit];
    }

    /// `2.1 %`; from a thousand on, `1,240 %`.
    public String percent(double percent) {
        return (percent < 999.95 ? oneDigit : whole).format(percent) + SPACE + "%";
    }

    public String count(long number) {
        return whole.format(number);
    }

    /// `1.5`, without a fraction when there is none.
    public String decimal(double number) {
        return number == Math.rint(number) ? whole.format(number) : new DecimalFormat("0.##", symbols()).format(number);
    }

    private DecimalFormatSymbols symbols() {
        return oneDigit.getDecimalFormatSymbols();
    }

    /// How long something has taken: `12 s`, `12 min`, `2 h 5 min`, `3 d`.
    public String duration(Duration duration) {
        long seconds = Math.max(0, duration.toSeconds());
        if (seconds < 60) {
            return messages.text("duration.seconds", seconds);
        }
        if (seconds < 3600) {
            return messages.text("duration.minutes", seconds / 60);
        }
        if (seconds < 86400) {
            long minutes = seconds % 3600 / 60;
            return minutes == 0
                    ? messages.text("duration.hours", seconds / 3600)
                    : messages.text("duration.hoursMinutes", seconds / 3600, minutes);
        }
        return messages.text("duration.days", seconds / 86400);
    }

    /// How long something that is over has lasted: as measured below a minute, else as [#duration].
    public String span(Duration duration) {
        return duration.toSeconds() < 60
                ? measured(duration.isNegative() ? Duration.ZERO : duration)
                : duration(duration);
    }

    /// `8 min ago`; from two months on `11 months ago`.
    public String ago(Instant then, Instant now) {
        Duration passed = Duration.between(then, now);
        if (passed.toDays() >= LONG_AGO) {
            return longAgo(passed.toDays());
        }
        return passed.toSeconds() < 5 ? messages.text("duration.now") : messages.text("duration.ago", duration(passed));
    }

    /// `3 minutes ago`, for sentences.
    public String spelledAgo(Instant then, Instant now) {
        long seconds = Math.max(0, Duration.between(then, now).toSeconds());
        if (seconds < 60) {
            return messages.text("age.now");
        }
        if (seconds < 3600) {
            return messages.text("age.minutes", seconds / 60);
        }
        if (seconds < 86400) {
            return messages.text("age.hours", seconds / 3600);
        }
        long days = seconds / 86400;
        return days < LONG_AGO ? messages.text("age.days", days) : longAgo(days);
    }

    private String longAgo(long days) {
        return days < 2 * DAYS_OF_YEAR
                ? messages.text("age.months", Math.round(days * 12.0 / DAYS_OF_YEAR))
                : messages.text("age.years", days / DAYS_OF_YEAR);
    }

    /// A measured step: `120 µs`, `1.4 ms`, `123 ms`, `1.2 s`.
    public String measured(Duration duration) {
        if (duration.toNanos() < 999_500) {
            return whole.format(duration.toNanos() / 1e3) + SPACE + "µs";
        }
        double millis = duration.toNanos() / 1e6;
        if (millis >= 1000) {
            return oneDigit.format(millis / 1000) + SPACE + "s";
        }
        return (millis >= 99.95 ? whole : oneDigit).format(millis) + SPACE + "ms";
    }

    /// `21:04:02` in the machine's time zone.
    public String timeOfDay(Instant instant) {
        return timeOfDay.format(instant.atZone(ZoneId.systemDefault()));
    }

    /// `21:04:02.118`.
    public String timeOfDayWithMillis(Instant instant) {
        return timeWithMillis.format(instant.atZone(ZoneId.systemDefault()));
    }

    /// The date as the language writes it, the time as everywhere in the window: `Jan 1, 2026, 21:04:02`.
    public String dateAndTime(Instant instant) {
        return date.format(instant.atZone(ZoneId.systemDefault())) + ", " + timeOfDay(instant);
    }

    /// The time of what was on the day of `now`, the date and the time of what was on another.
    public String timeSeenAt(Instant instant, Instant now) {
        ZoneId here = ZoneId.systemDefault();
        return LocalDate.ofInstant(instant, here).equals(LocalDate.ofInstant(now, here))
                ? timeOfDay(instant)
                : dateAndTime(instant);
    }
}
