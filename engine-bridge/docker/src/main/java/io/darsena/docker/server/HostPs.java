package io.darsena.docker.server;

import io.darsena.docker.http.HttpException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;

/// This machine's `ps`, run with arguments that a client gave, as Docker runs it: of what it prints the lines of some
/// processes. No shell takes part, and arguments name no files.
final class HostPs {

    private static final Pattern ARGUMENT = Pattern.compile("[A-Za-z0-9,:=%_+.@-]{1,200}");
    private static final int MOST_ARGUMENTS = 32;
    private static final int MOST_BYTES = 8 << 20;
    private static final Duration PATIENCE = Duration.ofSeconds(10);

    private HostPs() {}

    /// @param pids whose lines are wanted
    /// @throws HttpException when the arguments are not taken, or show no column `PID`
    static ProcessTable table(String arguments, Set<Long> pids) throws IOException {
        List<String> words = words(arguments);
        List<String> lines = run(words).lines().filter(line -> !line.isBlank()).toList();
        List<String> titles = lines.isEmpty() ? List.of() : fields(lines.getFirst(), Integer.MAX_VALUE);
        int column = titles.indexOf("PID");
        if (column < 0) {
            throw new HttpException(400, "the arguments of ps show no column PID: " + arguments);
        }
        List<List<String>> rows = lines.stream()
                .skip(1)
                .map(line -> fields(line, titles.size()))
                .filter(row -> row.size() > column && pids.contains(number(row.get(column))))
                .toList();
        return new ProcessTable(titles, rows);
    }

    static List<String> words(String arguments) {
        List<String> words =
                Arrays.stream(arguments.strip().split("[ \\t]+", -1)).toList();
        if (words.size() > MOST_ARGUMENTS
                || !words.stream().allMatch(word -> ARGUMENT.matcher(word).matches())) {
            throw new HttpException(400, "these are no arguments for ps: " + arguments);
        }
        return words;
    }

    /// The last field takes what is left, blanks included.
    private static List<String> fields(String line, int most) {
        return List.of(line.strip().split("\\s+", most == Integer.MAX_VALUE ? 0 : most));
    }

    private static long number(String text) {
        return text.matches("\\d{1,10}") ? Long.parseLong(text) : -1;
    }

    private static Path program() {
        return List.of(Path.of("/usr/bin/ps"), Path.of("/bin/ps")).stream()
                .filter(Files::isExecutable)
                .findFirst()
                .orElseThrow(() -> new HttpException(
                        500, "this machine has no ps: leave the arguments out, or install it (procps)"));
    }

    private static String run(List<String> words) throws IOException {
        List<String> command = new ArrayList<>(List.of(program().toString()));
        command.addAll(words);
        ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true);
        builder.environment().clear();
        builder.environment().put("LC_ALL", "C.UTF-8");
        builder.environment().put("COLUMNS", "10000");
        Process ps = builder.start();
        try {
            ps.getOutputStream().close();
            byte[] printed = ps.getInputStream().readNBytes(MOST_BYTES);
            if (!ps.waitFor(PATIENCE.toMillis(), TimeUnit.MILLISECONDS) || ps.exitValue() != 0) {
                throw new HttpException(400, "ps does not take these arguments: " + String.join(" ", words));
            }
            return new String(printed, StandardCharsets.UTF_8);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted while ps ran", interrupted);
        } finally {
            ps.destroyForcibly();
        }
    }
}
