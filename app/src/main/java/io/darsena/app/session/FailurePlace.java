package io.darsena.app.session;

import java.util.Optional;
import javafx.beans.property.ReadOnlyObjectProperty;
import javafx.beans.property.ReadOnlyObjectWrapper;

/// A place in the window where failures of what is done there are shown. JavaFX thread only.
public final class FailurePlace {

    private final ReadOnlyObjectWrapper<Optional<Failure>> failure = new ReadOnlyObjectWrapper<>(Optional.empty());

    public ReadOnlyObjectProperty<Optional<Failure>> failure() {
        return failure.getReadOnlyProperty();
    }

    public void show(Failure shown) {
        failure.set(Optional.of(shown));
    }

    public void clear() {
        failure.set(Optional.empty());
    }
}
