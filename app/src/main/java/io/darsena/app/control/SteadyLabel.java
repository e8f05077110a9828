package io.darsena.app.control;

import javafx.scene.control.Label;

/// Words with a number that moves: it stays as wide as it ever was, so that what stands beside it does not move.
public final class SteadyLabel extends Label {

    private double widest;

    public SteadyLabel() {
        setMinWidth(USE_PREF_SIZE);
    }

    @Override
    protected double computePrefWidth(double height) {
        widest = Math.max(widest, super.computePrefWidth(height));
        return widest;
    }
}
