package io.darsena.app.cleanup;

import io.darsena.bridge.disk.PrunePlan.Candidate;
import java.util.stream.Collectors;
import javafx.beans.property.BooleanProperty;
import javafx.beans.property.SimpleBooleanProperty;

/// One image that could go. JavaFX thread only.
final class CleanUpItem {

    private final Candidate image;
    private final long alone;
    private final BooleanProperty chosen;

    /// @param alone bytes that come back when it goes and no other
    CleanUpItem(Candidate image, long alone, boolean chosen) {
        this.image = image;
        this.alone = alone;
        this.chosen = new SimpleBooleanProperty(chosen);
    }

    Candidate image() {
        return image;
    }

    long alone() {
        return alone;
    }

    BooleanProperty chosen() {
        return chosen;
    }

    /// Its names, or its short id.
    String called() {
        return image.names().isEmpty()
                ? image.id().shortId()
                : image.names().stream().map(name -> name.familiar()).collect(Collectors.joining(", "));
    }
}
