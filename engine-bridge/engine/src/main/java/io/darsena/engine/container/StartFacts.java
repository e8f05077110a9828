package io.darsena.engine.container;

import io.darsena.bridge.container.Container.StartStep;
import io.darsena.bridge.container.ResourceLimits;
import io.darsena.runtime.Sandbox;
import io.darsena.runtime.SetupStep;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/// What the steps of a start have made, as [StartStep] lists it.
final class StartFacts {

    private StartFacts() {}

    static Map<String, String> resolved(ContainerDefinition definition, List<Path> layers) {
        return Map.of(
                "reference",
                definition.imageName(),
                "image",
                definition.image().toString(),
                "layers",
                Integer.toString(layers.size()));
    }

    static Map<String, String> limited(List<Path> cgroups, ResourceLimits limits) {
        Map<String, String> facts = new HashMap<>();
        if (!cgroups.isEmpty()) {
            facts.put("directories", cgroups.stream().map(Path::toString).collect(Collectors.joining("\n")));
        }
        limits.memory().ifPresent(bytes -> facts.put("memory", Long.toString(bytes)));
        limits.memoryAndSwap().ifPresent(bytes -> facts.put("swap", Long.toString(bytes)));
        limits.cpus().ifPresent(cpus -> facts.put("cpus", Double.toString(cpus)));
        limits.processes().ifPresent(count -> facts.put("processes", Long.toString(count)));
        return facts;
    }

    static List<StartStep> ofRuntime(Sandbox sandbox, ContainerDefinition definition) {
        return sandbox.steps().stream()
                .map(step -> new StartStep(step.name(), step.took(), facts(step, sandbox, definition)))
                .toList();
    }

    private static Map<String, String> facts(SetupStep step, Sandbox sandbox, ContainerDefinition definition) {
        Map<String, String> facts = words(step.detail());
        if (step.name().equals("exec")) {
            if (sandbox.pid() > 0) {
                facts.put("pid", Integer.toString(sandbox.pid()));
            }
            facts.put("command", definition.arguments().getFirst());
        }
        return facts;
    }

    /// Words `KEY=VALUE`; others, as monitors of earlier versions wrote them, say nothing.
    private static Map<String, String> words(String detail) {
        Map<String, String> facts = new HashMap<>();
        for (String word : detail.split(" ", -1)) {
            int equals = word.indexOf('=');
            if (equals > 0) {
                facts.put(word.substring(0, equals), word.substring(equals + 1));
            }
        }
        return facts;
    }
}
