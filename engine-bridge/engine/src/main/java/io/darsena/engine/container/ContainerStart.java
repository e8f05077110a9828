package io.darsena.engine.container;

import io.darsena.bridge.container.Container.StartStep;
import io.darsena.bridge.container.ResourceLimits;
import io.darsena.bridge.error.DeniedException;
import io.darsena.runtime.Sandbox;
import io.darsena.runtime.SandboxListener;
import io.darsena.runtime.SandboxSpec;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/// One start of a container, measured step by step: where its layers are, its files, its cgroups, then the runtime's
/// work.
final class ContainerStart {

    private final ContainerSurroundings around;
    private final ContainerRecord record;
    private final ContainerDirectory directory;
    private final List<StartStep> steps = new ArrayList<>();
    private long mark = System.nanoTime();

    ContainerStart(ContainerSurroundings around, ContainerRecord record, ContainerDirectory directory) {
        this.around = around;
        this.record = record;
        this.directory = directory;
    }

    /// @param attachments how many wait for what it writes
    Sandbox begin(long run, SandboxListener listener, int attachments) {
        ContainerDefinition definition = record.definition();
        List<Path> layers = around.images().layerDirectories(definition.image());
        step("resolve", StartFacts.resolved(definition, layers));
        directory.prepareStart(definition.spec().network());
        step("storage", Map.of("upper", directory.upper().toString()));
        List<Path> cgroups = cgroups(definition);
        step("cgroup", StartFacts.limited(cgroups, definition.spec().limits()));
        SandboxSpec spec = around.policy()
                .sandbox(definition, run, directory, layers, cgroups, around.logLimits(definition), attachments);
        Sandbox sandbox = around.runtime().start(spec, listener);
        steps.addAll(StartFacts.ofRuntime(sandbox, definition));
        return sandbox;
    }

    private List<Path> cgroups(ContainerDefinition definition) {
        ResourceLimits limits = definition.spec().limits();
        requireLimits("start", record.name(), limits, around);
        return around.cgroups().create(definition.id(), limits);
    }

    /// @throws DeniedException when this host cannot keep them
    static void requireLimits(String operation, String name, ResourceLimits limits, ContainerSurroundings around) {
        around.cgroups().refusal(limits).ifPresent(refusal -> {
            throw new DeniedException(
                    operation,
                    ("container " + name).strip(),
                    "its limits cannot be kept: " + refusal.reason(),
                    refusal.cure() + ", or leave the limits out");
        });
    }

    List<StartStep> steps() {
        return steps;
    }

    private void step(String name, Map<String, String> facts) {
        long now = System.nanoTime();
        steps.add(new StartStep(name, Duration.ofNanos(now - mark), facts));
        mark = now;
    }
}
