package io.darsena.app.main;

import java.time.Duration;
import java.time.Instant;
import javafx.animation.AnimationTimer;
import javafx.animation.PauseTransition;
import javafx.application.Platform;

/// Says on standard output when the window has drawn its first frame, for whoever measures the start: set the
/// system property `darsena.announce-first-frame` to `true`. With `darsena.end-after-first-frame` the application
/// ends that many seconds after it: a run by which a JVM learns what it loads ends when it has learned it, however
/// slow the machine.
final class FirstFrame extends AnimationTimer {

    /// The first pulse lays out and paints; when the second one comes, what the first painted is shown.
    private static final int SHOWN_AT_PULSE = 2;

    private final boolean announces = Boolean.getBoolean("darsena.announce-first-frame");
    private final int secondsLeft = Integer.getInteger("darsena.end-after-first-frame", 0);
    private int pulses;

    private FirstFrame() {}

    static void announceWhenAsked() {
        FirstFrame frame = new FirstFrame();
        if (frame.announces || frame.secondsLeft > 0) {
            frame.start();
        }
    }

    @Override
    public void handle(long now) {
        pulses++;
        if (pulses == SHOWN_AT_PULSE) {
            stop();
            if (announces) {
                announce();
            }
            if (secondsLeft > 0) {
                PauseTransition rest = new PauseTransition(javafx.util.Duration.seconds(secondsLeft));
                rest.setOnFinished(over -> Platform.exit());
                rest.play();
            }
        }
    }

    private static void announce() {
        Instant launched = ProcessHandle.current().info().startInstant().orElse(Instant.EPOCH);
        System.out.println(
                "first-frame-ms=" + Duration.between(launched, Instant.now()).toMillis());
        System.out.flush();
    }
}
