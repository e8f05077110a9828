package io.darsena.runtime;

import io.darsena.runtime.protocol.Frame;
import io.darsena.runtime.protocol.MalformedFrameException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;

/// What a monitor's `running` says.
record RunningRecord(int pid, Instant startedAt, List<SetupStep> steps) {

    RunningRecord {
        steps = List.copyOf(steps);
    }

    static RunningRecord of(Frame told) {
        return new RunningRecord(
                told.integer("pid"),
                WallClock.at(told.number("started-ns")),
                told.values("step").stream().map(RunningRecord::step).toList());
    }

    /// `NAME:NANOSECONDS:DETAIL`.
    private static SetupStep step(String text) {
        String[] parts = text.split(":", 3);
        try {
            return new SetupStep(
                    parts[0], Duration.ofNanos(Long.parseLong(parts[1])), parts.length < 3 ? "" : parts[2]);
        } catch (NumberFormatException | ArrayIndexOutOfBoundsException e) {
            throw new MalformedFrameException("running: a step is not NAME:NANOSECONDS:DETAIL but '" + text + "'");
        }
    }
}
