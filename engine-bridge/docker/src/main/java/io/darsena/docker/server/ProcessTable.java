package io.darsena.docker.server;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/// Processes in columns, as `docker top` shows them.
///
/// @param rows as many words each as there are titles
record ProcessTable(List<String> titles, List<List<String>> rows) {

    private static final List<String> FULL = List.of("UID", "PID", "PPID", "C", "STIME", "TTY", "TIME", "CMD");

    private static final long TICKS = 100;

    Map<String, Object> shape() {
        Map<String, Object> shape = new LinkedHashMap<>();
        shape.put("Titles", titles);
        shape.put("Processes", rows);
        return shape;
    }

    /// As `ps -ef` prints them.
    static ProcessTable full(Path proc, List<HostProcess> processes) throws IOException {
        Instant boot = boot(proc);
        Map<Long, String> users = users();
        ZonedDateTime now = ZonedDateTime.now(ZoneId.systemDefault());
        return new ProcessTable(
                FULL,
                processes.stream()
                        .sorted(Comparator.comparingLong(HostProcess::pid))
                        .map(process -> row(process, boot, now, users))
                        .toList());
    }

    private static List<String> row(HostProcess process, Instant boot, ZonedDateTime now, Map<Long, String> users) {
        Instant started = boot.plusMillis(process.startTicks() * (1000 / TICKS));
        long lived = Math.max(1, Duration.between(started, now.toInstant()).toSeconds());
        return List.of(
                users.getOrDefault(process.user(), Long.toString(process.user())),
                Long.toString(process.pid()),
                Long.toString(process.parent()),
                Long.toString(Math.min(99, process.ticks() / lived)),
                start(started.atZone(now.getZone()), now),
                terminal(process.terminal()),
                time(process.ticks() / TICKS),
                process.command());
    }

    /// The time of today, the day of this year, or the year.
    static String start(ZonedDateTime started, ZonedDateTime now) {
        LocalDate day = started.toLocalDate();
        String pattern = day.equals(now.toLocalDate()) ? "HH:mm" : day.getYear() == now.getYear() ? "MMMdd" : "yyyy";
        return started.format(DateTimeFormatter.ofPattern(pattern, Locale.ENGLISH));
    }

    /// By the numbers that Linux gives to terminals (admin-guide/devices.txt).
    static String terminal(long device) {
        long major = device >> 8 & 0xfff;
        long minor = device & 0xff | device >> 12 & 0xfff00;
        if (major >= 136 && major <= 143) {
            return "pts/" + (minor + (major - 136) * 256);
        }
        return major == 4 && minor < 64 ? "tty" + minor : "?";
    }

    static String time(long seconds) {
        String days = seconds < 86_400 ? "" : seconds / 86_400 + "-";
        return days
                + String.format(Locale.ROOT, "%02d:%02d:%02d", seconds / 3600 % 24, seconds / 60 % 60, seconds % 60);
    }

    private static Instant boot(Path proc) throws IOException {
        return Files.readAllLines(proc.resolve("stat")).stream()
                .filter(line -> line.matches("btime \\d{1,12}"))
                .map(line -> Instant.ofEpochSecond(Long.parseLong(line.substring("btime ".length()))))
                .findFirst()
                .orElse(Instant.EPOCH);
    }

    /// The names of this machine's own users.
    private static Map<Long, String> users() {
        Map<Long, String> users = new HashMap<>();
        try {
            for (String line : Files.readAllLines(Path.of("/etc/passwd"))) {
                String[] fields = line.split(":", 4);
                if (fields.length == 4 && fields[2].matches("\\d{1,10}")) {
                    users.putIfAbsent(Long.parseLong(fields[2]), fields[0]);
                }
            }
        } catch (IOException hidden) {
            users.clear();
        }
        return users;
    }
}
