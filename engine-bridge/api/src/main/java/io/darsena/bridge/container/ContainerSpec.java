package io.darsena.bridge.container;

import io.darsena.bridge.image.ImageConfig;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/// What a container shall be. Made with [#of] and the `with…` methods; an absent part means: as the image says.
///
/// @param image reference or id
/// @param name absent: the engine finds one
/// @param environment `NAME=value`; overrides the image's by name. `NAME` alone takes the image's away
/// @param hostname absent: the short id
/// @param stopTimeout absent: 10 s
/// @param logLimits absent: as the engine's settings say when it starts
public record ContainerSpec(
        String image,
        Optional<String> name,
        Optional<List<String>> entrypoint,
        Optional<List<String>> command,
        List<String> environment,
        Optional<String> workingDirectory,
        Optional<String> user,
        Optional<String> hostname,
        ResourceLimits limits,
        boolean readOnlyRoot,
        Map<String, String> labels,
        boolean autoRemove,
        Optional<String> stopSignal,
        Optional<Duration> stopTimeout,
        NetworkMode network,
        Optional<LogLimits> logLimits) {

    /// A container's name, as Docker has it.
    public static final Pattern NAME = Pattern.compile("[a-zA-Z0-9][a-zA-Z0-9_.-]{0,127}");

    public static final Duration DEFAULT_STOP_TIMEOUT = Duration.ofSeconds(10);

    /// A hundred years, where others say for ever.
    public static final Duration LONGEST_STOP_TIMEOUT = Duration.ofDays(36_525);

    private static final Pattern HOSTNAME = Pattern.compile("[a-zA-Z0-9]([a-zA-Z0-9.-]{0,62}[a-zA-Z0-9])?");

    public ContainerSpec {
        entrypoint = entrypoint.map(List::copyOf);
        command = command.map(List::copyOf);
        environment = List.copyOf(environment);
        labels = Map.copyOf(labels);
        if (image.isBlank()) {
            throw new IllegalArgumentException("a container needs an image");
        }
        name.filter(given -> !NAME.matcher(given).matches()).ifPresent(given -> {
            throw new IllegalArgumentException("container name '" + given
                    + "' is not valid: letters, digits, '_', '.', '-', beginning with a letter or digit, at most 128");
        });
        hostname.filter(given -> !HOSTNAME.matcher(given).matches()).ifPresent(given -> {
            throw new IllegalArgumentException(
                    "host name '" + given + "' is not valid: letters, digits, '.', '-', at most 64");
        });
        for (String variable : environment) {
            if (variable.isEmpty() || variable.startsWith("=") || variable.indexOf('\0') >= 0) {
                throw new IllegalArgumentException(
                        "environment entry '" + variable + "' is not of the form NAME=value");
            }
        }
        stopTimeout.filter(Duration::isNegative).ifPresent(given -> {
            throw new IllegalArgumentException("a stop time-out cannot be negative");
        });
        stopTimeout.filter(given -> given.compareTo(LONGEST_STOP_TIMEOUT) > 0).ifPresent(given -> {
            throw new IllegalArgumentException("a stop time-out cannot be longer than 100 years");
        });
    }

    /// As the image says, without limits and without a network.
    public static ContainerSpec of(String image) {
        return new Draft(image).spec();
    }

    /// How it is run, in an image's words: as the image says, but for what is said here. Words for
    /// the entrypoint take the image's command away. Of variables those count that have a name and
    /// a value; a mere name that is said here takes the image's away.
    ///
    /// @param image what its image says
    public ImageConfig over(ImageConfig image) {
        List<String> inherited = entrypoint.isPresent() ? List.of() : image.command();
        Map<String, String> allLabels = new HashMap<>(image.labels());
        allLabels.putAll(labels);
        return new ImageConfig(
                entrypoint.orElse(image.entrypoint()),
                command.orElse(inherited),
                variables(image),
                workingDirectory.orElse(image.workingDirectory()),
                user.orElse(image.user()),
                stopSignal.orElse(image.stopSignal()),
                image.exposedPorts(),
                image.volumes(),
                allLabels);
    }

    private List<String> variables(ImageConfig image) {
        Map<String, String> variables = new LinkedHashMap<>();
        List<String> all = new ArrayList<>(image.environment());
        all.addAll(environment);
        for (String variable : all) {
            int equals = variable.indexOf('=');
            if (equals > 0) {
                variables.put(variable.substring(0, equals), variable.substring(equals + 1));
            }
        }
        variables.keySet().removeAll(environment);
        return variables.entrySet().stream()
                .map(variable -> variable.getKey() + "=" + variable.getValue())
                .toList();
    }

    public ContainerSpec withName(String name) {
        Draft draft = new Draft(this);
        draft.name = Optional.of(name);
        return draft.spec();
    }

    public ContainerSpec withEntrypoint(List<String> entrypoint) {
        Draft draft = new Draft(this);
        draft.entrypoint = Optional.of(entrypoint);
        return draft.spec();
    }

    public ContainerSpec withCommand(List<String> command) {
        Draft draft = new Draft(this);
        draft.command = Optional.of(command);
        return draft.spec();
    }

    public ContainerSpec withEnvironment(List<String> environment) {
        Draft draft = new Draft(this);
        draft.environment = environment;
        return draft.spec();
    }

    public ContainerSpec withWorkingDirectory(String workingDirectory) {
        Draft draft = new Draft(this);
        draft.workingDirectory = Optional.of(workingDirectory);
        return draft.spec();
    }

    public ContainerSpec withUser(String user) {
        Draft draft = new Draft(this);
        draft.user = Optional.of(user);
        return draft.spec();
    }

    public ContainerSpec withHostname(String hostname) {
        Draft draft = new Draft(this);
        draft.hostname = Optional.of(hostname);
        return draft.spec();
    }

    public ContainerSpec withLimits(ResourceLimits limits) {
        Draft draft = new Draft(this);
        draft.limits = limits;
        return draft.spec();
    }

    public ContainerSpec withReadOnlyRoot(boolean readOnlyRoot) {
        Draft draft = new Draft(this);
        draft.readOnlyRoot = readOnlyRoot;
        return draft.spec();
    }

    public ContainerSpec withLabels(Map<String, String> labels) {
        Draft draft = new Draft(this);
        draft.labels = labels;
        return draft.spec();
    }

    public ContainerSpec withAutoRemove(boolean autoRemove) {
        Draft draft = new Draft(this);
        draft.autoRemove = autoRemove;
        return draft.spec();
    }

    public ContainerSpec withStopSignal(String stopSignal) {
        Draft draft = new Draft(this);
        draft.stopSignal = Optional.of(stopSignal);
        return draft.spec();
    }

    public ContainerSpec withStopTimeout(Duration stopTimeout) {
        Draft draft = new Draft(this);
        draft.stopTimeout = Optional.of(stopTimeout);
        return draft.spec();
    }

    public ContainerSpec withNetwork(NetworkMode network) {
        Draft draft = new Draft(this);
        draft.network = network;
        return draft.spec();
    }

    public ContainerSpec withLogLimits(LogLimits logLimits) {
        Draft draft = new Draft(this);
        draft.logLimits = Optional.of(logLimits);
        return draft.spec();
    }

    /// A copy that may be changed, for the `with…` methods.
    private static final class Draft {
        private final String image;
        private Optional<String> name = Optional.empty();
        private Optional<List<String>> entrypoint = Optional.empty();
        private Optional<List<String>> command = Optional.empty();
        private List<String> environment = List.of();
        private Optional<String> workingDirectory = Optional.empty();
        private Optional<String> user = Optional.empty();
        private Optional<String> hostname = Optional.empty();
        private ResourceLimits limits = ResourceLimits.NONE;
        private boolean readOnlyRoot;
        private Map<String, String> labels = Map.of();
        private boolean autoRemove;
        private Optional<String> stopSignal = Optional.empty();
        private Optional<Duration> stopTimeout = Optional.empty();
        private NetworkMode network = NetworkMode.NONE;
        private Optional<LogLimits> logLimits = Optional.empty();

        Draft(String image) {
            this.image = image;
        }

        Draft(ContainerSpec spec) {
            this.image = spec.image;
            this.name = spec.name;
            this.entrypoint = spec.entrypoint;
            this.command = spec.command;
            this.environment = spec.environment;
            this.workingDirectory = spec.workingDirectory;
            this.user = spec.user;
            this.hostname = spec.hostname;
            this.limits = spec.limits;
            this.readOnlyRoot = spec.readOnlyRoot;
            this.labels = spec.labels;
            this.autoRemove = spec.autoRemove;
            this.stopSignal = spec.stopSignal;
            this.stopTimeout = spec.stopTimeout;
            this.network = spec.network;
            this.logLimits = spec.logLimits;
        }

        ContainerSpec spec() {
            return new ContainerSpec(
                    image,
                    name,
                    entrypoint,
                    command,
                    environment,
                    workingDirectory,
                    user,
                    hostname,
                    limits,
                    readOnlyRoot,
                    labels,
                    autoRemove,
                    stopSignal,
                    stopTimeout,
                    network,
                    logLimits);
        }
    }
}
