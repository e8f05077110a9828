package io.darsena.bridge.container;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/// What a container shall be. Made with [#of] and the `with…` methods; an absent part means: as the image says.
///
/// @param image reference or id
/// @param name absent: the engine finds one
/// @param environment `NAME=value`; overrides the image's by name
/// @param hostname absent: the short id
/// @param stopTimeout absent: 10 s
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
        Optional<Duration> stopTimeout) {

    /// A container's name, as Docker has it.
    public static final Pattern NAME = Pattern.compile("[a-zA-Z0-9][a-zA-Z0-9_.-]{0,127}");

    public static final Duration DEFAULT_STOP_TIMEOUT = Duration.ofSeconds(10);

    private static final Duration LONGEST_STOP_TIMEOUT = Duration.ofDays(36_525);

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
            if (variable.indexOf('=') < 1 || variable.indexOf('\0') >= 0) {
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

    /// As the image says, without limits.
    public static ContainerSpec of(String image) {
        return new ContainerSpec(
                image,
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                List.of(),
                Optional.empty(),
                Optional.empty(),
                Optional.empty(),
                ResourceLimits.NONE,
                false,
                Map.of(),
                false,
                Optional.empty(),
                Optional.empty());
    }

    public ContainerSpec withName(String name) {
        return new ContainerSpec(
                image,
                Optional.of(name),
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
                stopTimeout);
    }

    public ContainerSpec withEntrypoint(List<String> entrypoint) {
        return new ContainerSpec(
                image,
                name,
                Optional.of(entrypoint),
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
                stopTimeout);
    }

    public ContainerSpec withCommand(List<String> command) {
        return new ContainerSpec(
                image,
                name,
                entrypoint,
                Optional.of(command),
                environment,
                workingDirectory,
                user,
                hostname,
                limits,
                readOnlyRoot,
                labels,
                autoRemove,
                stopSignal,
                stopTimeout);
    }

    public ContainerSpec withEnvironment(List<String> environment) {
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
                stopTimeout);
    }

    public ContainerSpec withWorkingDirectory(String workingDirectory) {
        return new ContainerSpec(
                image,
                name,
                entrypoint,
                command,
                environment,
                Optional.of(workingDirectory),
                user,
                hostname,
                limits,
                readOnlyRoot,
                labels,
                autoRemove,
                stopSignal,
                stopTimeout);
    }

    public ContainerSpec withUser(String user) {
        return new ContainerSpec(
                image,
                name,
                entrypoint,
                command,
                environment,
                workingDirectory,
                Optional.of(user),
                hostname,
                limits,
                readOnlyRoot,
                labels,
                autoRemove,
                stopSignal,
                stopTimeout);
    }

    public ContainerSpec withHostname(String hostname) {
        return new ContainerSpec(
                image,
                name,
                entrypoint,
                command,
                environment,
                workingDirectory,
                user,
                Optional.of(hostname),
                limits,
                readOnlyRoot,
                labels,
                autoRemove,
                stopSignal,
                stopTimeout);
    }

    public ContainerSpec withLimits(ResourceLimits limits) {
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
                stopTimeout);
    }

    public ContainerSpec withReadOnlyRoot(boolean readOnlyRoot) {
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
                stopTimeout);
    }

    public ContainerSpec withLabels(Map<String, String> labels) {
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
                stopTimeout);
    }

    public ContainerSpec withAutoRemove(boolean autoRemove) {
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
                stopTimeout);
    }

    public ContainerSpec withStopSignal(String stopSignal) {
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
                Optional.of(stopSignal),
                stopTimeout);
    }

    public ContainerSpec withStopTimeout(Duration stopTimeout) {
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
                Optional.of(stopTimeout));
    }
}
