package io.darsena.app.main;

import java.util.ArrayList;
import java.util.List;
import javafx.animation.AnimationTimer;

/// The nanoseconds from frame to frame. While it runs, the toolkit draws as often as it can. JavaFX thread only.
final class FrameIntervals extends AnimationTimer {

    private final Runnable step;
    private final List<Long> times = new ArrayList<>();
    private long last;

    /// @param step what moves with each frame
    FrameIntervals(Runnable step) {
        this.step = step;
        start();
    }

    @Override
    public void handle(long now) {
        long at = System.nanoTime();
        if (last != 0) {
            times.add(at - last);
        }
        last = at;
        step.run();
    }

    List<Long> end() {
        stop();
        return List.copyOf(times);
    }
}
