package io.darsena.app.containers.item;

import io.darsena.app.text.EngineWords;
import io.darsena.app.text.Messages;
import io.darsena.app.text.Quantities;
import io.darsena.bridge.container.ContainerState;
import io.darsena.bridge.container.ContainerState.ExitCause;
import io.darsena.bridge.container.ResourceLimits;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;

/// Sentences about a container's state, limits and end.
public record ContainerWords(Messages messages) {

    private Quantities quantities() {
        return messages.quantities();
    }

    /// For a list: `12 min`, `8 min ago · out of memory`.
    public String age(ContainerState state, Instant now) {
        return switch (state) {
            case ContainerState.Created created -> messages.text("uptime.created");
            case ContainerState.Running running -> lasting(running.since(), now);
            case ContainerState.Paused paused -> lasting(paused.startedAt(), now);
            case ContainerState.Restarting restarting -> "";
            case ContainerState.Exited exited -> ended(exited, now);
            case ContainerState.Removing removing -> "";
            case ContainerState.Dead dead -> new EngineWords(messages).sentence(dead.reason());
        };
    }

    /// For the lit state of the drawing: `for 12 min · pid 4721`.
    public String present(ContainerState state, Instant now) {
        String lasting = messages.text("state.for", lasting(state.since(), now));
        return switch (state) {
            case ContainerState.Created created -> quantities().timeOfDay(created.since());
            case ContainerState.Running running -> lasting + " · pid " + running.pid();
            case ContainerState.Paused paused -> lasting;
            case ContainerState.Restarting restarting -> "";
            case ContainerState.Exited exited ->
                exited.cause() == ExitCause.OUT_OF_MEMORY
                        ? cause(exited.cause())
                        : exited.code() + " · " + cause(exited.cause());
            case ContainerState.Removing removing -> "";
            case ContainerState.Dead dead -> quantities().timeOfDay(dead.since());
        };
    }

    private String lasting(Instant start, Instant now) {
        return quantities().duration(Duration.between(start, now));
    }

    private String ended(ContainerState.Exited exited, Instant now) {
        String ago = quantities().ago(exited.since(), now);
        return exited.cause() == ExitCause.ENDED ? ago : ago + " · " + cause(exited.cause());
    }

    public String cause(ExitCause cause) {
        return messages.text("cause." + cause.name().toLowerCase(Locale.ROOT));
    }

    /// `memory 256 MB · 1.5 CPUs · 512 processes`, or that there are none.
    public String limits(ResourceLimits limits) {
        List<String> parts = new ArrayList<>();
        limits.memory()
                .ifPresent(bytes ->
                        parts.add(messages.text("limit.memory", quantities().memory(bytes))));
        limits.memoryAndSwap()
                .ifPresent(bytes -> parts.add(
                        limits.hasUnlimitedSwap()
                                ? messages.text("limit.swap.unlimited")
                                : messages.text("limit.swap", quantities().memory(bytes))));
        limits.cpus()
                .ifPresent(cpus ->
                        parts.add(messages.text("limit.cpus", quantities().decimal(cpus))));
        limits.processes()
                .ifPresent(count ->
                        parts.add(messages.text("limit.processes", quantities().count(count))));
        return parts.isEmpty() ? messages.text("limit.none") : String.join(" · ", parts);
    }

    public String labels(Map<String, String> labels) {
        return labels.entrySet().stream()
                .sorted(Map.Entry.comparingByKey())
                .map(label -> label.getKey() + "=" + label.getValue())
                .collect(Collectors.joining("\n"));
    }
}
