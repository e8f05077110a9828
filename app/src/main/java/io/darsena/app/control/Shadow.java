package io.darsena.app.control;

import java.util.Locale;
import javafx.geometry.Bounds;
import javafx.scene.Node;
import javafx.scene.layout.Region;

/// The shadow of something that lies above the window, to be put below it in the same parent. It is a node of its own,
/// so that it is drawn once and kept: as an effect of what throws it, it would be blurred anew with each letter that is
/// typed there, which without a GPU takes longer than all else that is drawn.
public final class Shadow extends Region {

    /// How far above the window something lies.
    public enum Height {
        LOW,
        MIDDLE,
        HIGH
    }

    public Shadow(Node above, Height height) {
        getStyleClass().addAll("shadow", height.name().toLowerCase(Locale.ROOT));
        setManaged(false);
        setMouseTransparent(true);
        setCache(true);
        visibleProperty().bind(above.visibleProperty());
        above.boundsInParentProperty().subscribe(this::lieUnder);
    }

    private void lieUnder(Bounds above) {
        resizeRelocate(above.getMinX(), above.getMinY(), above.getWidth(), above.getHeight());
    }
}
