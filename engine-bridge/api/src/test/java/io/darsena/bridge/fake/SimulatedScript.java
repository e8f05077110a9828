package io.darsena.bridge.fake;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// The few shell words that simulated programs know: simple commands joined by `;`, `while :; do …; done` and `trap`.
/// What it means is what busybox's `sh` would do with it, so that one test runs on a simulated and on a real engine.
final class SimulatedScript {

    /// What the starter image does.
    static final String STARTER = "trap 'exit 0' TERM; echo Darsena is at work; while :; do tick; sleep 1; done";

    private static final Set<String> PROGRAMS =
            Set.of("sh", "true", "false", "sleep", "echo", "seq", "cat", "pwd", "hostname", "id", "head", "dd", "yes");
    private static final Pattern LOOP = Pattern.compile("while (?::|true); ?do (.*?); ?done", Pattern.DOTALL);
    private static final Pattern TRAP = Pattern.compile("trap '([^']*)' ([A-Z0-9 ]+)");

    private SimulatedScript() {}

    sealed interface Statement {
        record Command(List<String> words, boolean toStderr, Optional<String> file, boolean append)
                implements Statement {}

        record Loop(List<Statement> body) implements Statement {}

        record Trap(List<String> signals, List<Statement> action) implements Statement {}
    }

    /// @return empty when there is no such program
    static Optional<List<Statement>> of(List<String> arguments) {
        String program = arguments.getFirst().replaceFirst(".*/", "").toLowerCase(Locale.ROOT);
        if (arguments.equals(List.of("starter"))) {
            return Optional.of(parse(STARTER));
        }
        if (!PROGRAMS.contains(program)) {
            return Optional.empty();
        }
        if (program.equals("sh") && arguments.size() >= 3 && arguments.get(1).equals("-c")) {
            return Optional.of(parse(arguments.get(2)));
        }
        return Optional.of(List.of(new Statement.Command(arguments, false, Optional.empty(), false)));
    }

    static List<Statement> parse(String script) {
        List<Statement> statements = new ArrayList<>();
        String rest = script.strip();
        while (!rest.isEmpty()) {
            Matcher loop = LOOP.matcher(rest);
            Matcher trap = TRAP.matcher(rest);
            int end;
            if (loop.lookingAt()) {
                statements.add(new Statement.Loop(parse(loop.group(1))));
                end = loop.end();
            } else if (trap.lookingAt()) {
                statements.add(new Statement.Trap(List.of(trap.group(2).strip().split(" ")), parse(trap.group(1))));
                end = trap.end();
            } else {
                end = endOfCommand(rest);
                statements.add(command(rest.substring(0, end).strip()));
            }
            rest = rest.substring(end).replaceFirst("^[;\\s]+", "");
        }
        return statements;
    }

    private static int endOfCommand(String text) {
        char quote = 0;
        for (int at = 0; at < text.length(); at++) {
            char here = text.charAt(at);
            if (quote != 0) {
                quote = here == quote ? 0 : quote;
            } else if (here == '\'' || here == '"') {
                quote = here;
            } else if (here == ';' || here == '\n') {
                return at;
            }
        }
        return text.length();
    }

    private static Statement command(String text) {
        boolean toStderr = text.endsWith(">&2");
        String rest = toStderr ? text.substring(0, text.length() - 3).strip() : text;
        Matcher redirect = Pattern.compile("(.*?) *(>>?) *([^ ]+)").matcher(rest);
        Optional<String> file = Optional.empty();
        boolean append = false;
        if (redirect.matches()) {
            file = Optional.of(redirect.group(3));
            append = redirect.group(2).equals(">>");
            rest = redirect.group(1);
        }
        List<String> words = new ArrayList<>();
        Matcher word = Pattern.compile("'([^']*)'|\"([^\"]*)\"|([^ ]+)").matcher(rest.replaceFirst("^exec ", ""));
        while (word.find()) {
            words.add(word.group(1) != null ? word.group(1) : word.group(2) != null ? word.group(2) : word.group(3));
        }
        return new Statement.Command(words, toStderr, file, append);
    }
}
