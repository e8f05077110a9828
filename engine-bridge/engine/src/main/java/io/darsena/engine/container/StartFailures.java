package io.darsena.engine.container;

import io.darsena.bridge.error.DeniedException;
import io.darsena.bridge.error.EngineException;
import io.darsena.bridge.error.FailedException;
import io.darsena.bridge.error.InvalidRequestException;
import io.darsena.bridge.error.UnavailableException;
import io.darsena.runtime.RuntimeFailure;
import io.darsena.runtime.RuntimeUnavailableException;
import io.darsena.runtime.SandboxStartException;

/// Why a start failed, in the engine's words, and the exit code by which Docker remembers it.
record StartFailures(EngineException exception, int code) {

    private static final int NOT_FOUND = 127;
    private static final int NOT_EXECUTABLE = 126;
    private static final int OTHER = 128;
    private static final int ENOENT = 2;
    private static final int EPERM = 1;
    private static final int EACCES = 13;
    private static final int ENOEXEC = 8;

    static StartFailures of(SandboxStartException failure, String name, ContainerDefinition definition) {
        RuntimeFailure cause = failure.failure();
        String subject = "container " + name;
        if (cause.operation().equals("find user") || cause.operation().equals("find group")) {
            return new StartFailures(
                    new InvalidRequestException(
                            "start",
                            subject,
                            "there is no " + cause.operation().substring("find ".length()) + " '" + cause.object()
                                    + "' in the image",
                            "name one that its /etc/passwd and /etc/group have, or a number"),
                    NOT_EXECUTABLE);
        }
        if (!cause.stage().equals("command")) {
            return new StartFailures(setUp(cause, subject), OTHER);
        }
        String command = definition.arguments().getFirst();
        int errno = cause.errno().orElse(0);
        return switch (errno) {
            case ENOENT ->
                new StartFailures(
                        new InvalidRequestException("start", subject, notFound(command, definition), NEW_COMMAND),
                        NOT_FOUND);
            case EACCES, EPERM ->
                new StartFailures(
                        new InvalidRequestException(
                                "start",
                                subject,
                                "permission denied to execute its command '" + command + "'",
                                "give it execute permission in the image, or another command"),
                        NOT_EXECUTABLE);
            case ENOEXEC ->
                new StartFailures(
                        new InvalidRequestException(
                                "start",
                                subject,
                                "its command '" + command + "' is no program for this machine",
                                "use an image for this platform; a script needs a first line such as #!/bin/sh"),
                        NOT_EXECUTABLE);
            default ->
                new StartFailures(
                        new InvalidRequestException("start", subject, cause.sentence(), NEW_COMMAND), NOT_EXECUTABLE);
        };
    }

    private static final String NEW_COMMAND = "remove it and create one with a command that the image holds";

    // The docker command tells 126 and 127 from the words `permission denied`, `executable file not found` and
    // `no such file or directory` in the message (docker/cli, command/container/run.go).
    private static String notFound(String command, ContainerDefinition definition) {
        if (command.contains("/")) {
            return "no such file or directory: its command '" + command
                    + "', or the interpreter it names, is not in the image";
        }
        String path = definition.environment().stream()
                .filter(variable -> variable.startsWith("PATH="))
                .map(variable -> variable.substring("PATH=".length()))
                .findFirst()
                .orElse(SpecResolution.DEFAULT_PATH);
        return "executable file not found in $PATH: its command '" + command + "' (PATH is " + path + ")";
    }

    private static EngineException setUp(RuntimeFailure cause, String subject) {
        String reason = cause.hint().isEmpty()
                ? cause.sentence()
                : new RuntimeFailure(
                                cause.stage(), cause.operation(), cause.object(), cause.errno(), cause.reason(), "")
                        .sentence();
        String remedy = cause.hint();
        int errno = cause.errno().orElse(0);
        if (errno == EPERM || errno == EACCES) {
            return new DeniedException("start", subject, "at " + cause.stage() + ": " + reason, remedy);
        }
        return new FailedException("start", subject, "at " + cause.stage() + ": " + reason, remedy);
    }

    static StartFailures of(RuntimeUnavailableException failure, String name) {
        return new StartFailures(
                new UnavailableException(
                        "start",
                        "container " + name,
                        String.valueOf(failure.getMessage()),
                        "try again; the engine starts its runtime anew"),
                OTHER);
    }

    /// The engine itself could not prepare the start.
    static StartFailures of(RuntimeException failure, String name) {
        return new StartFailures(
                new FailedException("start", "container " + name, String.valueOf(failure.getMessage()), ""), OTHER);
    }

    /// The engine itself refused.
    static StartFailures of(EngineException refusal) {
        return new StartFailures(refusal, OTHER);
    }
}
