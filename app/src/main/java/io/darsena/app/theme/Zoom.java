package io.darsena.app.theme;

import java.util.List;
import javafx.beans.property.DoubleProperty;
import javafx.beans.property.ReadOnlyDoubleProperty;
import javafx.beans.property.SimpleDoubleProperty;

/// How large everything in the window is drawn: from half to twice, in steps. JavaFX thread only.
public final class Zoom {

    /// In percent; the middle one is how the window was drawn.
    public static final List<Integer> STEPS = List.of(50, 67, 75, 80, 90, 100, 110, 125, 150, 175, 200);

    private static final int USUAL = 100;

    private final DoubleProperty factor = new SimpleDoubleProperty(1);

    public ReadOnlyDoubleProperty factor() {
        return factor;
    }

    public int percent() {
        return (int) Math.round(factor.get() * USUAL);
    }

    /// Takes the step that is nearest to what is asked for.
    public void percent(double wanted) {
        int nearest = STEPS.stream()
                .min((one, other) -> Double.compare(Math.abs(one - wanted), Math.abs(other - wanted)))
                .orElseThrow();
        factor.set(nearest / (double) USUAL);
    }

    public boolean canGrow() {
        return percent() < STEPS.getLast();
    }

    public boolean canShrink() {
        return percent() > STEPS.getFirst();
    }

    public void grow() {
        STEPS.stream().filter(step -> step > percent()).findFirst().ifPresent(this::percent);
    }

    public void shrink() {
        STEPS.reversed().stream().filter(step -> step < percent()).findFirst().ifPresent(this::percent);
    }

    public void usual() {
        percent(USUAL);
    }
}
