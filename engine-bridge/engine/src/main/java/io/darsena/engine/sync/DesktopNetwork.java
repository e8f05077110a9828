package io.darsena.engine.sync;

import java.io.IOException;
import java.io.InputStream;
import java.net.NetworkInterface;
import java.net.SocketException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/// The network as NetworkManager knows it (its D-Bus interface, properties `State` and `Metered`),
/// asked by systemd's `busctl`; without either, whether any interface but the loopback is up.
public final class DesktopNetwork implements Network {

    private static final String SERVICE = "org.freedesktop.NetworkManager";
    private static final Pattern NUMBER = Pattern.compile("u (\\d{1,9})");
    private static final Duration LONGEST = Duration.ofSeconds(5);
    private static final int MOST_OUTPUT = 4096;

    /// NMState: below it there is no connection that leaves this machine's link; 0 is unknown.
    private static final int CONNECTED_LOCAL = 50;

    /// NMMetered: 1 yes, 3 yes as far as it can be guessed.
    private static final int METERED_YES = 1;

    private static final int METERED_GUESSED = 3;

    private final Optional<Path> busctl;
    private final Map<String, String> environment;

    /// @param environment with the search path
    public DesktopNetwork(Map<String, String> environment) {
        this.environment = Map.copyOf(environment);
        this.busctl = Stream.of(
                        environment.getOrDefault("PATH", "/usr/bin:/bin").split(":"))
                .filter(directory -> directory.startsWith("/"))
                .map(directory -> Path.of(directory, "busctl"))
                .filter(Files::isExecutable)
                .findFirst();
    }

    @Override
    public State state() {
        if (!hasConnection()) {
            return State.OFFLINE;
        }
        return busctl.map(program -> ofDesktop(lines(program))).orElse(State.UNKNOWN);
    }

    private static boolean hasConnection() {
        try {
            return NetworkInterface.networkInterfaces().anyMatch(DesktopNetwork::connects);
        } catch (SocketException unreadable) {
            return true;
        }
    }

    private static boolean connects(NetworkInterface each) {
        try {
            return each.isUp()
                    && !each.isLoopback()
                    && each.inetAddresses().findAny().isPresent();
        } catch (SocketException gone) {
            return false;
        }
    }

    /// @param lines `State` and `Metered` as busctl prints them; fewer when nobody answers
    static State ofDesktop(String[] lines) {
        OptionalInt state = number(lines, 0);
        OptionalInt metered = number(lines, 1);
        if (state.isEmpty() || metered.isEmpty()) {
            return State.UNKNOWN;
        }
        if (state.getAsInt() > 0 && state.getAsInt() < CONNECTED_LOCAL) {
            return State.OFFLINE;
        }
        return switch (metered.getAsInt()) {
            case METERED_YES, METERED_GUESSED -> State.METERED;
            case 0 -> State.UNKNOWN;
            default -> State.UNMETERED;
        };
    }

    private static OptionalInt number(String[] lines, int index) {
        if (index >= lines.length) {
            return OptionalInt.empty();
        }
        Matcher matcher = NUMBER.matcher(lines[index].strip());
        return matcher.matches() ? OptionalInt.of(Integer.parseInt(matcher.group(1))) : OptionalInt.empty();
    }

    private String[] lines(Path program) {
        ProcessBuilder builder = new ProcessBuilder(
                program.toString(),
                "--system",
                "--timeout=2",
                "--auto-start=no",
                "get-property",
                SERVICE,
                "/" + SERVICE.replace('.', '/'),
                SERVICE,
                "State",
                "Metered");
        builder.environment().clear();
        builder.environment().putAll(environment);
        builder.redirectError(ProcessBuilder.Redirect.DISCARD);
        try {
            Process process = builder.start();
            try (InputStream output = process.getInputStream()) {
                process.getOutputStream().close();
                if (!process.waitFor(LONGEST.toMillis(), TimeUnit.MILLISECONDS)) {
                    return new String[0];
                }
                String text = new String(output.readNBytes(MOST_OUTPUT), StandardCharsets.UTF_8);
                return Arrays.stream(text.split("\n")).toArray(String[]::new);
            } finally {
                process.destroyForcibly();
            }
        } catch (IOException unusable) {
            return new String[0];
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            return new String[0];
        }
    }
}
