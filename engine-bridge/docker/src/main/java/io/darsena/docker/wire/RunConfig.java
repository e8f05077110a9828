package io.darsena.docker.wire;

import io.darsena.bridge.container.Container;
import io.darsena.bridge.image.ImageConfig;
import io.darsena.bridge.layer.DockerfileChanges;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// How an image is to be run, while it is put together: what a container runs, what a request says of it, what
/// instructions change. Used by one thread.
final class RunConfig {

    Optional<List<String>> entrypoint = Optional.empty();
    Optional<List<String>> command = Optional.empty();
    final Map<String, String> environment = new LinkedHashMap<>();
    String workingDirectory = "";
    String user = "";
    String stopSignal = "";
    final Set<String> exposedPorts = new LinkedHashSet<>();
    final Set<String> volumes = new LinkedHashSet<>();
    final Map<String, String> labels = new LinkedHashMap<>();

    /// As a container runs: its image's, but for what it was created with.
    static RunConfig of(ImageConfig image, Container container) {
        ImageConfig told = container.spec().over(image);
        RunConfig config = new RunConfig();
        config.entrypoint = Optional.of(told.entrypoint());
        config.command = Optional.of(told.command());
        config.addEnvironment(told.environment());
        config.workingDirectory = told.workingDirectory();
        config.user = told.user();
        config.stopSignal = told.stopSignal();
        config.exposedPorts.addAll(told.exposedPorts());
        config.volumes.addAll(told.volumes());
        config.labels.putAll(told.labels());
        return config;
    }

    /// As a request says (Engine API, ContainerConfig).
    static RunConfig of(Fields body) {
        RunConfig config = new RunConfig();
        config.entrypoint = body.words("Entrypoint");
        config.command = body.words("Cmd");
        config.addEnvironment(body.texts("Env"));
        config.workingDirectory = body.text("WorkingDir").orElse("");
        config.user = body.text("User").orElse("");
        config.stopSignal = body.text("StopSignal").orElse("");
        body.object("ExposedPorts").node().properties().forEach(port -> config.exposedPorts.add(port.getKey()));
        body.object("Volumes").node().properties().forEach(volume -> config.volumes.add(volume.getKey()));
        config.labels.putAll(body.map("Labels"));
        return config;
    }

    private void addEnvironment(List<String> variables) {
        for (String variable : variables) {
            int equals = variable.indexOf('=');
            if (equals < 0) {
                environment.put(variable, "");
            } else {
                environment.put(variable.substring(0, equals), variable.substring(equals + 1));
            }
        }
    }

    /// @param instructions of a Dockerfile
    /// @throws IllegalArgumentException saying what is wrong, with which instruction
    void change(List<String> instructions) {
        DockerfileChanges changes = new DockerfileChanges(image());
        changes.apply(instructions);
        ImageConfig changed = changes.config();
        entrypoint = changes.saysEntrypoint() ? Optional.of(changed.entrypoint()) : entrypoint;
        command = changes.saysCommand() ? Optional.of(changed.command()) : command;
        environment.clear();
        addEnvironment(changed.environment());
        workingDirectory = changed.workingDirectory();
        user = changed.user();
        stopSignal = changed.stopSignal();
        exposedPorts.addAll(changed.exposedPorts());
        volumes.addAll(changed.volumes());
        labels.putAll(changed.labels());
    }

    /// Takes from another what this one does not say.
    void complete(RunConfig other) {
        if (entrypoint.orElse(List.of()).isEmpty()) {
            command = command.filter(words -> !words.isEmpty()).or(() -> other.command);
            entrypoint = entrypoint.or(() -> other.entrypoint);
        }
        other.environment.forEach(environment::putIfAbsent);
        workingDirectory = workingDirectory.isEmpty() ? other.workingDirectory : workingDirectory;
        user = user.isEmpty() ? other.user : user;
        stopSignal = stopSignal.isEmpty() ? other.stopSignal : stopSignal;
        exposedPorts.addAll(other.exposedPorts);
        volumes.addAll(other.volumes);
        other.labels.forEach(labels::putIfAbsent);
    }

    ImageConfig image() {
        List<String> variables = new ArrayList<>();
        environment.forEach((name, value) -> variables.add(name + "=" + value));
        return new ImageConfig(
                entrypoint.orElse(List.of()),
                command.orElse(List.of()),
                variables,
                workingDirectory,
                user,
                stopSignal,
                List.copyOf(exposedPorts),
                List.copyOf(volumes),
                labels);
    }
}
