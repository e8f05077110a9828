package io.darsena.app.theme;

import javafx.scene.Parent;
import javafx.scene.layout.Region;
import javafx.scene.transform.Scale;

/// Draws what is in it larger or smaller, in as much room as is left for it then: at 200 % the window lays itself out
/// as if it were half as wide. Measures that are written in code grow with those of the style sheets.
public final class ZoomPane extends Region {

    private final Parent content;
    private final Zoom zoom;

    public ZoomPane(Parent content, Zoom zoom) {
        this.content = content;
        this.zoom = zoom;
        Scale scale = new Scale(1, 1);
        content.getTransforms().add(scale);
        getChildren().add(content);
        // The zoom outlives what is shown: out of the scene nothing of it may listen.
        zoom.factor().when(sceneProperty().map(scene -> true).orElse(false)).subscribe(factor -> {
            scale.setX(factor.doubleValue());
            scale.setY(factor.doubleValue());
            requestLayout();
        });
    }

    @Override
    protected void layoutChildren() {
        double factor = zoom.factor().get();
        content.resizeRelocate(0, 0, getWidth() / factor, getHeight() / factor);
    }

    @Override
    protected double computePrefWidth(double height) {
        return content.prefWidth(-1) * zoom.factor().get();
    }

    @Override
    protected double computePrefHeight(double width) {
        return content.prefHeight(-1) * zoom.factor().get();
    }
}
