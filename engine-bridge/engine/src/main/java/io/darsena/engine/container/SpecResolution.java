package io.darsena.engine.container;

import io.darsena.bridge.container.ContainerId;
import io.darsena.bridge.container.ContainerSpec;
import io.darsena.bridge.container.NetworkMode;
import io.darsena.bridge.container.Signal;
import io.darsena.bridge.error.InvalidRequestException;
import io.darsena.bridge.image.Image;
import io.darsena.bridge.image.ImageConfig;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// Puts a request and its image together, as Docker does: an entrypoint that is given drops the image's command;
/// variables override by name, and a name alone takes one away; what is absent is the image's.
final class SpecResolution {

    private static final long MOST_BYTES = 768 << 10;

    /// What a field of the message takes besides its value.
    private static final int FIELD = 8;

    static final String DEFAULT_PATH = "/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin";

    private SpecResolution() {}

    /// @param name for messages
    /// @throws InvalidRequestException when the two together make no container
    static ContainerDefinition resolve(ContainerId id, String name, ContainerSpec spec, Image image, Instant at) {
        ImageConfig run = spec.over(image.config());
        List<String> arguments = new ArrayList<>(run.entrypoint());
        arguments.addAll(run.command());
        if (arguments.isEmpty() || arguments.getFirst().isEmpty()) {
            throw invalid(name, "neither the request nor the image names a command", "give a command");
        }
        refuseNul(name, arguments);
        String hostname = spec.hostname().orElseGet(() -> hostname(spec.network(), id));
        List<String> environment = environment(spec, run, hostname);
        String workingDirectory = workingDirectory(name, run.workingDirectory());
        String user = run.user();
        requireRoom(name, arguments, environment, List.of(workingDirectory, user));
        return new ContainerDefinition(
                id,
                spec,
                image.id(),
                image.calledBy(spec.image()),
                hostname,
                arguments,
                environment,
                workingDirectory,
                user,
                stopSignal(name, run.stopSignal()),
                at);
    }

    private static void refuseNul(String name, List<String> arguments) {
        if (arguments.stream().anyMatch(argument -> argument.indexOf('\0') >= 0)) {
            throw invalid(name, "an argument holds a NUL character", "leave it out");
        }
    }

    /// All of it goes to the runtime in one message.
    @SafeVarargs
    static void requireRoom(String name, List<String>... parts) {
        long bytes = 0;
        for (List<String> part : parts) {
            for (String text : part) {
                bytes += text.getBytes(StandardCharsets.UTF_8).length + FIELD;
            }
        }
        if (bytes > MOST_BYTES) {
            throw invalid(
                    name,
                    "its command and environment take " + bytes + " bytes, more than " + MOST_BYTES,
                    "shorten them, or put the data into a file of the image");
        }
    }

    private static String hostname(NetworkMode network, ContainerId id) {
        return switch (network) {
            case NONE -> id.shortId();
            case HOST -> IdentityFiles.hostName().orElse(id.shortId());
        };
    }

    private static List<String> environment(ContainerSpec spec, ImageConfig run, String hostname) {
        Map<String, String> variables = new LinkedHashMap<>();
        variables.put("PATH", DEFAULT_PATH);
        variables.put("HOSTNAME", hostname);
        put(variables, run.environment());
        variables.keySet().removeAll(spec.environment());
        return variables.entrySet().stream()
                .map(variable -> variable.getKey() + "=" + variable.getValue())
                .toList();
    }

    private static void put(Map<String, String> variables, List<String> source) {
        for (String variable : source) {
            int equals = variable.indexOf('=');
            if (equals > 0 && variable.indexOf('\0') < 0) {
                variables.put(variable.substring(0, equals), variable.substring(equals + 1));
            }
        }
    }

    private static String workingDirectory(String name, String directory) {
        if (directory.isEmpty()) {
            return "/";
        }
        if (!directory.startsWith("/") || directory.indexOf('\0') >= 0) {
            throw invalid(name, "working directory '" + directory + "' is not an absolute path", "begin it with '/'");
        }
        return directory;
    }

    private static Signal stopSignal(String name, String given) {
        if (given.isEmpty()) {
            return Signal.TERM;
        }
        try {
            return Signal.parse(given);
        } catch (IllegalArgumentException unknown) {
            throw invalid(name, "there is no stop signal '" + given + "'", "use a name such as SIGTERM, or a number");
        }
    }

    private static InvalidRequestException invalid(String name, String reason, String remedy) {
        return new InvalidRequestException("create", ("container " + name).strip(), reason, remedy);
    }
}
