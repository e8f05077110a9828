package io.darsena.app.containers.summary;

import io.darsena.app.containers.item.ContainerWords;
import io.darsena.app.text.Messages;
import io.darsena.bridge.container.Container.StartStep;
import io.darsena.bridge.container.ResourceLimits;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalDouble;
import java.util.OptionalLong;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// What a step of a start has made, said in one sentence, and the kernel's own names for it.
final class StepWords {

    private static final List<String> NAMESPACES = List.of("pid", "mount", "net", "uts", "ipc", "cgroup", "user");
    private static final String SEPARATOR = "   ";

    private final Messages messages;

    StepWords(Messages messages) {
        this.messages = messages;
    }

    String name(StartStep step) {
        String key = "step." + step.name();
        return messages.has(key) ? messages.text(key) : step.name();
    }

    /// Empty when the step left no facts.
    String sentence(StartStep step) {
        return switch (step.name()) {
            case "resolve" -> step.fact("reference").orElse("");
            case "storage" -> step.fact("upper").isPresent() ? messages.text("step.storage.made") : "";
            case "cgroup" -> limits(step);
            case "monitor" -> step.fact("pid").isPresent() ? monitor(step) : "";
            case "namespaces" -> namespaces(step);
            case "overlay" -> overlay(step);
            case "filesystems" -> filesystems(step);
            case "confinement" -> confinement(step);
            case "exec" ->
                step.fact("pid")
                        .map(pid -> messages.text("step.exec.made", command(step), pid))
                        .orElseGet(() -> command(step));
            default -> "";
        };
    }

    /// Paths, digests and numbers as the kernel has them; empty when there are none.
    String objects(StartStep step) {
        return switch (step.name()) {
            case "resolve" -> step.fact("image").orElse("");
            case "storage" -> step.fact("upper").orElse("");
            case "cgroup" -> step.fact("directories").orElse("");
            case "namespaces" ->
                present(step)
                        .map(kind -> (kind.equals("mount") ? "mnt" : kind) + ":["
                                + step.fact(kind).orElse("") + "]")
                        .collect(Collectors.joining(SEPARATOR));
            case "confinement" ->
                step.fact("capabilities").map(mask -> "CapEff " + mask).orElse("");
            default -> "";
        };
    }

    private String limits(StartStep step) {
        if (step.fact("directories").isEmpty()) {
            return messages.text("step.cgroup.none");
        }
        ResourceLimits limits =
                new ResourceLimits(number(step, "memory"), number(step, "swap"), cpus(step), number(step, "processes"));
        return limits.equals(ResourceLimits.NONE)
                ? messages.text("step.cgroup.noLimits")
                : new ContainerWords(messages).limits(limits);
    }

    private static OptionalDouble cpus(StartStep step) {
        return step.fact("cpus")
                .map(text -> OptionalDouble.of(Double.parseDouble(text)))
                .orElse(OptionalDouble.empty());
    }

    private static OptionalLong number(StartStep step, String key) {
        return step.fact(key).map(text -> OptionalLong.of(Long.parseLong(text))).orElse(OptionalLong.empty());
    }

    private String monitor(StartStep step) {
        boolean parked = step.fact("parked").filter("1"::equals).isPresent();
        return messages.text(
                parked ? "step.monitor.parked" : "step.monitor.made",
                step.fact("pid").orElse(""));
    }

    private static Stream<String> present(StartStep step) {
        return NAMESPACES.stream().filter(kind -> step.fact(kind).isPresent());
    }

    private String namespaces(StartStep step) {
        String kinds = present(step).collect(Collectors.joining(", "));
        return kinds.isEmpty() ? "" : messages.text("step.namespaces.made", kinds);
    }

    private String overlay(StartStep step) {
        return step.fact("layers")
                .map(layers -> {
                    boolean writable = step.fact("writable").filter("1"::equals).isPresent();
                    return messages.text(
                            writable ? "step.overlay.made" : "step.overlay.readOnly", Integer.parseInt(layers));
                })
                .orElse("");
    }

    private String filesystems(StartStep step) {
        return step.fact("binds").isEmpty()
                ? ""
                : messages.text(
                        "step.filesystems.made", count(step, "binds"), count(step, "masked"), count(step, "read-only"));
    }

    private static int count(StartStep step, String key) {
        return step.fact(key).map(Integer::parseInt).orElse(0);
    }

    private String confinement(StartStep step) {
        List<String> parts = new ArrayList<>();
        step.fact("user").ifPresent(user -> parts.add(messages.text("step.confinement.user", user)));
        step.fact("capabilities")
                .map(mask -> Long.bitCount(Long.parseUnsignedLong(mask, 16)))
                .ifPresent(held -> parts.add(messages.text("step.confinement.capabilities", held)));
        step.fact("filter")
                .map(Integer::parseInt)
                .ifPresent(length -> parts.add(
                        length == 0
                                ? messages.text("step.confinement.noFilter")
                                : messages.text("step.confinement.filter", length)));
        return String.join(" · ", parts);
    }

    private static String command(StartStep step) {
        return step.fact("command").orElse("");
    }
}
