package io.darsena.app.containers.item;

import io.darsena.app.text.Messages;
import io.darsena.bridge.container.Container;
import io.darsena.bridge.container.ContainerId;
import io.darsena.bridge.container.ContainerMetrics;
import io.darsena.bridge.container.ContainerState;
import java.time.Instant;
import java.util.Optional;
import javafx.beans.property.ReadOnlyObjectProperty;
import javafx.beans.property.ReadOnlyObjectWrapper;

/// One line of the list. JavaFX thread only.
public final class ContainerRow {

    private final ContainerWords words;
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

    public ContainerRow(Messages messages, Container first) {
        this.words = new ContainerWords(messages);
        this.container = new ReadOnlyObjectWrapper<>(first);
        tick(Instant.now());
    }

    public void update(Container now) {
        container.set(now);
        tick(Instant.now());
    }

    public void measured(Optional<ContainerMetrics> sample) {
        metrics.set(sample);
    }

    /// Lets the words about time follow the clock; a text that stays the same changes nothing on the screen.
    public void tick(Instant now) {
        ContainerState state = container.get().state();
        age.set(new Age(words.age(state, now), -state.since().toEpochMilli()));
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
