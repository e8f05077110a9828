package io.darsena.docker.wire;

import io.darsena.bridge.container.Signal;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import tools.jackson.databind.JsonNode;

/// The instructions of a Dockerfile that change how an image is run, as `docker commit --change` takes them. Used by
/// one thread.
final class DockerfileChanges {

    private static final List<String> SHELL = List.of("/bin/sh", "-c");
    private static final Pattern PORT = Pattern.compile("([0-9]{1,5})(?:-([0-9]{1,5}))?(?:/(tcp|udp|sctp))?");
    private static final int HIGHEST_PORT = 65_535;

    private final RunConfig config;
    private boolean commandGiven;

    DockerfileChanges(RunConfig config) {
        this.config = config;
    }

    /// Applies instructions in order. Each text may have several lines; a backslash at a line's end goes on with the
    /// next one.
    ///
    /// @throws IllegalArgumentException saying what is wrong, with which instruction
    void apply(List<String> changes) {
        String lines = String.join("\n", changes).replaceAll("\\\\[ \t]*\r?\n", "");
        lines.lines()
                .map(String::strip)
                .filter(line -> !line.isEmpty() && !line.startsWith("#"))
                .forEach(this::applyOne);
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
                config.command = Optional.of(command(rest));
                commandGiven = true;
            }
            case "ENTRYPOINT" -> {
                config.entrypoint = Optional.of(command(rest));
                // The command was meant for another entrypoint.
                config.command = commandGiven ? config.command : Optional.of(List.of());
            }
            case "ENV" -> config.environment.putAll(pairs(rest));
            case "LABEL" -> config.labels.putAll(pairs(rest));
            case "EXPOSE" -> words(rest).forEach(this::expose);
            case "USER" -> config.user = one(rest);
            case "WORKDIR" -> config.workingDirectory = directory(expanded(rest));
            case "VOLUME" -> config.volumes.addAll(volumes(rest));
            case "STOPSIGNAL" -> {
                String signal = one(rest);
                Signal.parse(signal);
                config.stopSignal = signal;
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

    /// Empty when it is no JSON.
    private static Optional<List<String>> list(String text) {
        if (!text.startsWith("[")) {
            return Optional.empty();
        }
        JsonNode json;
        try {
            json = Json.read(text);
        } catch (IllegalArgumentException noJson) {
            return Optional.empty();
        }
        if (!json.isArray()) {
            return Optional.empty();
        }
        List<String> words = new ArrayList<>();
        for (JsonNode word : json) {
            if (!word.isString()) {
                throw new IllegalArgumentException("only texts may stand in its list");
            }
            words.add(word.stringValue());
        }
        return Optional.of(words);
    }

    private String expanded(String word) {
        return DockerfileWords.expanded(word, config.environment);
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
            config.exposedPorts.add(number + "/" + protocol);
        }
    }

    /// A relative one begins at the one of before.
    private String directory(String path) {
        String whole = path.startsWith("/") ? path : config.workingDirectory + "/" + path;
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
