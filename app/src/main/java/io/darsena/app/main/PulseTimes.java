package io.darsena.app.main;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import jdk.jfr.FlightRecorder;
import jdk.jfr.consumer.RecordedEvent;
import jdk.jfr.consumer.RecordingStream;

/// How long the toolkit worked on each frame: styles, layout, and the drawing on its own thread, without the waiting
/// of one for the other. The toolkit tells the flight recorder, if that is there when the toolkit starts.
final class PulseTimes {

    private static final String EVENT = "javafx.PulsePhase";
    private static final String WAITING = "Waiting for previous rendering";

    private final RecordingStream stream = new RecordingStream();
    private final Map<Integer, Long> nanosByPulse = new HashMap<>();

    private PulseTimes() {
        stream.enable(EVENT).withoutThreshold().withoutStackTrace();
        stream.onEvent(EVENT, this::add);
        stream.startAsync();
    }

    /// To be called before the toolkit starts.
    static void prepare() {
        FlightRecorder.getFlightRecorder();
    }

    static PulseTimes begin() {
        return new PulseTimes();
    }

    private void add(RecordedEvent phase) {
        if (!WAITING.equals(phase.getString("phaseName"))) {
            nanosByPulse.merge(phase.getInt("pulseId"), phase.getDuration().toNanos(), Long::sum);
        }
    }

    /// Ends the measuring and returns each frame's nanoseconds.
    List<Long> end() {
        stream.stop();
        stream.close();
        return new ArrayList<>(nanosByPulse.values());
    }
}
