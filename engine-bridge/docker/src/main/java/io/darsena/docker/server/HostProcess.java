package io.darsena.docker.server;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// What /proc/PID tells of a process (proc_pid_stat(5), proc_pid_cmdline(5)).
///
/// @param user the number of the one in whose name it acts
/// @param terminal the device's number; 0: none
/// @param ticks CPU time it has used, in hundredths of a second
/// @param startTicks when it began, in hundredths of a second since the machine did
/// @param command with its arguments; in brackets its name where it tells none
record HostProcess(long pid, long parent, long user, long terminal, long ticks, long startTicks, String command) {

    private static final Pattern EFFECTIVE_USER = Pattern.compile("(?m)^Uid:\\s+\\d+\\s+(\\d+)\\s");

    private static final int PARENT = 1;
    private static final int TERMINAL = 4;
    private static final int USER_TIME = 11;
    private static final int SYSTEM_TIME = 12;
    private static final int START = 19;

    /// Empty when there is no such process any more.
    static Optional<HostProcess> read(Path proc, long pid) {
        Path directory = proc.resolve(Long.toString(pid));
        try {
            return parse(
                    pid,
                    text(directory.resolve("stat")),
                    text(directory.resolve("status")),
                    text(directory.resolve("cmdline")));
        } catch (IOException | NumberFormatException gone) {
            return Optional.empty();
        }
    }

    private static String text(Path file) throws IOException {
        return new String(Files.readAllBytes(file), StandardCharsets.UTF_8);
    }

    private static Optional<HostProcess> parse(long pid, String stat, String status, String arguments) {
        // The name stands in parentheses and may hold anything, parentheses included.
        int nameEnd = stat.lastIndexOf(')');
        String[] fields = stat.substring(nameEnd + 1).strip().split(" ", -1);
        if (nameEnd < 0 || fields.length <= START) {
            return Optional.empty();
        }
        Matcher user = EFFECTIVE_USER.matcher(status);
        String name = stat.substring(stat.indexOf('(') + 1, nameEnd);
        String command = arguments.replace('\0', ' ').strip();
        return Optional.of(new HostProcess(
                pid,
                Long.parseLong(fields[PARENT]),
                user.find() ? Long.parseLong(user.group(1)) : 0,
                Long.parseLong(fields[TERMINAL]),
                Long.parseLong(fields[USER_TIME]) + Long.parseLong(fields[SYSTEM_TIME]),
                Long.parseLong(fields[START]),
                command.isEmpty() ? "[" + name + "]" : command));
    }
}
