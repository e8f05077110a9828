package io.darsena.bridge.layer;

import io.darsena.bridge.container.Signal;
import io.darsena.bridge.image.ImageConfig;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/// The instructions of a Dockerfile that change how an image is run, as `docker commit --change` takes them. Used by
/// one thread.
public final class DockerfileChanges {

    private static final List<String> SHELL = List.of("/bin/sh", "-c");
    private static final Pattern PORT = Pattern.compile("([0-9]{1,5})(?:-([0-9]{1,5}))?(?:/(tcp|udp|sctp))?");
    private static final int HIGHEST_PORT = 65_535;

    private List<String> entrypoint;
    private List<String> command;
    private final Map<String, String> environment = new LinkedHashMap<>();
    private String workingDirectory;
    private String user;
    private String stopSignal;
    private final Set<String> exposedPorts;
    private final Set<String> volumes;
    private final Map<String, String> labels;
    private boolean entrypointGiven;
    private boolean commandGiven;

    /// @param before what they change
    public DockerfileChanges(ImageConfig before) {
        entrypoint = before.entrypoint();
        command = before.command();
        workingDirectory = before.workingDirectory();
        user = before.user();
        stopSignal = before.stopSignal();
        exposedPorts = new LinkedHashSet<>(before.exposedPorts());
        volumes = new LinkedHashSet<>(before.volumes());
        labels = new LinkedHashMap<>(before.labels());
        for (String variable : before.environment()) {
            int equals = variable.indexOf('=');
            environment.put(
                    equals < 0 ? variable : variable.substring(0, equals),
                    equals < 0 ? "" : variable.substring(equals + 1));
        }
    }

    /// Applies instructions in order. Each text may have several lines; a backslash at a line's end goes on with the
    /// next one.
    ///
    /// @throws IllegalArgumentException saying what is wrong, with which instruction
    public void apply(List<String> changes) {
        String lines = String.join("\n", changes).replaceAll("\\\\[ \t]*\r?\n", "");
        lines.lines()
                .map(String::strip)
                .filter(line -> !line.isEmpty() && !line.startsWith("#"))
                .forEach(this::applyOne);
    }

    /// What the instructions have made of it.
    public ImageConfig config() {
        List<String> variables = new ArrayList<>();
        environment.forEach((name, value) -> variables.add(name + "=" + value));
        return new ImageConfig(
                entrypoint,
                command,
                variables,
                workingDirectory,
                user,
                stopSignal,
                List.copyOf(exposedPorts),
                List.copyOf(volumes),
                labels);
    }

    /// An instruction has said it, though it may be what it was.
    public boolean saysEntrypoint() {
        return entrypointGiven;
    }

    /// As [#saysEntrypoint]; another entrypoint says that there is no command, unless one is given.
    public boolean saysCommand() {
        return commandGiven || entrypointGiven;
    }

    private void applyOne(String line) {
        String[] parts = line.split("\\s+", 2);
        String instruction = parts[0].toUpperCase(Locale.ROOT);
        String rest = parts.length > 1 ? parts[1].strip() : "";
        try {
            if (rest.isEmpty()) {
                throw new IllegalArgumentException("it says nothing");
            }
            apply(instruction, rest);
        } catch (IllegalArgumentException wrong) {
            throw new IllegalArgumentException("change '" + line + "': " + wrong.getMessage(), wrong);
        }
    }

    private void apply(String instruction, String rest) {
        switch (instruction) {
            case "CMD" -> {
                command = command(rest);
                commandGiven = true;
            }
            case "ENTRYPOINT" -> {
                entrypoint = command(rest);
                entrypointGiven = true;
                // The command was meant for another entrypoint.
                command = commandGiven ? command : List.of();
            }
            case "ENV" -> environment.putAll(pairs(rest));
            case "LABEL" -> labels.putAll(pairs(rest));
            case "EXPOSE" -> words(rest).forEach(this::expose);
            case "USER" -> user = one(rest);
            case "WORKDIR" -> workingDirectory = directory(expanded(rest));
            case "VOLUME" -> volumes.addAll(volumes(rest));
            case "STOPSIGNAL" -> {
                String signal = one(rest);
                Signal.parse(signal);
                stopSignal = signal;
            }
            case "HEALTHCHECK", "MAINTAINER", "ONBUILD" ->
                throw new IllegalArgumentException(instruction + " is not supported by this version of Darsena");
            default -> throw new IllegalArgumentException(instruction + " is not a valid change command");
        }
    }

    /// A list in JSON is taken as it is; everything else is what a shell runs.
    private static List<String> command(String rest) {
        return list(rest).orElseGet(() -> List.of(SHELL.get(0), SHELL.get(1), rest));
    }

    /// Empty when it is no list.
    private static Optional<List<String>> list(String text) {
        return text.startsWith("[") ? JsonWords.read(text) : Optional.empty();
    }

    private String expanded(String word) {
        return DockerfileWords.expanded(word, environment);
    }

    private List<String> words(String rest) {
        return DockerfileWords.split(rest).stream().map(this::expanded).toList();
    }

    private String one(String rest) {
        List<String> words = words(rest);
        if (words.size() != 1) {
            throw new IllegalArgumentException("it takes exactly one word");
        }
        return words.getFirst();
    }

    /// `NAME=value` as often as wanted, or, as before Docker 1.4, one name and all that follows it.
    private Map<String, String> pairs(String rest) {
        List<String> words = DockerfileWords.split(rest);
        Map<String, String> pairs = new LinkedHashMap<>();
        if (words.getFirst().indexOf('=') < 0) {
            String[] parts = rest.split("\\s+", 2);
            if (parts.length < 2) {
                throw new IllegalArgumentException("it must be of the form NAME=value");
            }
            pairs.put(expanded(parts[0]), expanded(parts[1]));
            return pairs;
        }
        for (String word : words) {
            int equals = word.indexOf('=');
            if (equals < 0) {
                throw new IllegalArgumentException(
                        "there is no = in '" + word + "': it must be of the form NAME=value");
            }
            String name = expanded(word.substring(0, equals));
            if (name.isEmpty()) {
                throw new IllegalArgumentException("a name cannot be empty");
            }
            pairs.put(name, expanded(word.substring(equals + 1)));
        }
        return pairs;
    }

    private void expose(String port) {
        var matcher = PORT.matcher(port.toLowerCase(Locale.ROOT));
        if (!matcher.matches()) {
            throw new IllegalArgumentException("'" + port + "' is no port");
        }
        int first = Integer.parseInt(matcher.group(1));
        int last = matcher.group(2) == null ? first : Integer.parseInt(matcher.group(2));
        if (first < 1 || last < first || last > HIGHEST_PORT) {
            throw new IllegalArgumentException("'" + port + "' is no port: they go from 1 to " + HIGHEST_PORT);
        }
        String protocol = matcher.group(3) == null ? "tcp" : matcher.group(3);
        for (int number = first; number <= last; number++) {
            exposedPorts.add(number + "/" + protocol);
        }
    }

    /// A relative one begins at the one of before.
    private String directory(String path) {
        String whole = path.startsWith("/") ? path : workingDirectory + "/" + path;
        List<String> names = new ArrayList<>();
        for (String name : whole.split("/")) {
            if (name.equals("..")) {
                if (!names.isEmpty()) {
                    names.removeLast();
                }
            } else if (!name.isEmpty() && !name.equals(".")) {
                names.add(name);
            }
        }
        return "/" + String.join("/", names);
    }

    private List<String> volumes(String rest) {
        List<String> volumes = list(rest)
                .map(paths -> paths.stream().map(this::expanded).toList())
                .orElseGet(() -> words(rest));
        if (volumes.isEmpty() || volumes.stream().anyMatch(String::isBlank)) {
            throw new IllegalArgumentException("a volume cannot be empty");
        }
        return volumes;
    }
}
