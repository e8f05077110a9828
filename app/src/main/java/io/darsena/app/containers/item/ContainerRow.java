package io.darsena.app.containers.item;

import io.darsena.bridge.container.Container;
import io.darsena.bridge.container.ContainerId;
import io.darsena.bridge.container.ContainerMetrics;
import java.util.Optional;
import javafx.beans.property.ReadOnlyBooleanProperty;
import javafx.beans.property.ReadOnlyBooleanWrapper;
import javafx.beans.property.ReadOnlyObjectProperty;
import javafx.beans.property.ReadOnlyObjectWrapper;

/// One line of the list. JavaFX thread only.
public final class ContainerRow {

    private final ReadOnlyObjectWrapper<Container> container;
    private final ReadOnlyObjectWrapper<Optional<ContainerMetrics>> metrics =
            new ReadOnlyObjectWrapper<>(Optional.empty());

    private final ReadOnlyBooleanWrapper older = new ReadOnlyBooleanWrapper();

    public ContainerRow(Container first) {
        this.container = new ReadOnlyObjectWrapper<>(first);
    }

    public void update(Container now) {
        container.set(now);
    }

    /// Whether its image's name has moved on since it was made.
    public void runsOlder(boolean now) {
        older.set(now);
    }

    public ReadOnlyBooleanProperty older() {
        return older.getReadOnlyProperty();
    }

    public void measured(Optional<ContainerMetrics> sample) {
        metrics.set(sample);
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
}
