package io.darsena.app.containers;

import io.darsena.app.text.Messages;
import io.darsena.bridge.container.Container;
import io.darsena.bridge.container.ContainerId;
import io.darsena.bridge.container.ContainerMetrics;
import io.darsena.bridge.container.ContainerState;
import io.darsena.bridge.container.ContainerState.ExitCause;
import java.time.Duration;
import java.time.Instant;
import java.util.Locale;
import java.util.Optional;
import javafx.beans.property.ReadOnlyObjectProperty;
import javafx.beans.property.ReadOnlyObjectWrapper;

/// One line of the list. JavaFX thread only.
public final class ContainerRow {

    private final Messages messages;
    private final ReadOnlyObjectWrapper<Container> container;
    private final ReadOnlyObjectWrapper<Optional<ContainerMetrics>> metrics =
            new ReadOnlyObjectWrapper<>(Optional.empty());
    private final ReadOnlyObjectWrapper<Age> age = new ReadOnlyObjectWrapper<>(new Age("", 0));

    /// How long it has been what it is: the words, and a number that is least for the newest.
    public record Age(String words, long order) implements Comparable<Age> {
        @Override
        public int compareTo(Age other) {
            return Long.compare(order, other.order);
        }
    }

    ContainerRow(Messages messages, Container first) {
        this.messages = messages;
        this.container = new ReadOnlyObjectWrapper<>(first);
        tick(Instant.now());
    }

    void update(Container now) {
        container.set(now);
        tick(Instant.now());
    }

    void measured(Optional<ContainerMetrics> sample) {
        metrics.set(sample);
    }

    /// Lets the words about time follow the clock; a text that stays the same changes nothing on the screen.
    void tick(Instant now) {
        ContainerState state = container.get().state();
        age.set(new Age(describe(state, now), -state.since().toEpochMilli()));
    }

    private String describe(ContainerState state, Instant now) {
        return switch (state) {
            case ContainerState.Created created -> messages.text("uptime.created");
            case ContainerState.Running running -> since(running.since(), now);
            case ContainerState.Paused paused -> since(paused.startedAt(), now);
            case ContainerState.Restarting restarting -> "";
            case ContainerState.Exited exited -> ended(exited, now);
            case ContainerState.Removing removing -> "";
            case ContainerState.Dead dead -> dead.reason();
        };
    }

    private String since(Instant start, Instant now) {
        return messages.quantities().duration(Duration.between(start, now));
    }

    private String ended(ContainerState.Exited exited, Instant now) {
        String ago = messages.quantities().ago(exited.since(), now);
        return exited.cause() == ExitCause.ENDED ? ago : ago + " · " + cause(messages, exited.cause());
    }

    /// Why it ended, in words.
    public static String cause(Messages messages, ExitCause cause) {
        return messages.text("cause." + cause.name().toLowerCase(Locale.ROOT));
    }

    public ContainerId id() {
        return container.get().id();
    }

    public Container now() {
        return container.get();
    }

    public ReadOnlyObjectProperty<Container> container() {
        return container.getReadOnlyProperty();
    }

    /// Empty while it does not run.
    public ReadOnlyObjectProperty<Optional<ContainerMetrics>> metrics() {
        return metrics.getReadOnlyProperty();
    }

    public ReadOnlyObjectProperty<Age> age() {
        return age.getReadOnlyProperty();
    }
}
