package io.darsena.app.main;

import java.time.Duration;
import java.time.Instant;
import javafx.animation.AnimationTimer;

/// Says on standard output when the window has drawn its first frame, for whoever measures the start: set the system
/// property `darsena.announce-first-frame` to `true`.
final class FirstFrame extends AnimationTimer {

    /// The first pulse lays out and paints; when the second one comes, what the first painted is shown.
    private static final int SHOWN_AT_PULSE = 2;

    private int pulses;

    private FirstFrame() {}

    static void announceWhenAsked() {
        if (Boolean.getBoolean("darsena.announce-first-frame")) {
            new FirstFrame().start();
        }
    }

    @Override
    public void handle(long now) {
        pulses++;
        if (pulses == SHOWN_AT_PULSE) {
            stop();
            Instant launched = ProcessHandle.current().info().startInstant().orElse(Instant.EPOCH);
            System.out.println("first-frame-ms="
                    + Duration.between(launched, Instant.now()).toMillis());
            System.out.flush();
        }
    }
}
