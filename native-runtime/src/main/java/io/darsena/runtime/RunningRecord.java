package io.darsena.runtime;

import io.darsena.runtime.protocol.Frame;
import java.time.Instant;
import java.util.List;

/// What a monitor's `running` says.
///
/// @param startTicks 0 when it does not tell
record RunningRecord(int pid, long startTicks, Instant startedAt, List<SetupStep> steps) {

    RunningRecord {
        steps = List.copyOf(steps);
    }

    static RunningRecord of(Frame told) {
        long ticks = told.value("start-ticks").isEmpty() ? 0 : told.number("start-ticks");
        return new RunningRecord(
                told.integer("pid"), ticks, WallClock.at(told.number("started-ns")), SetupStep.in(told));
    }
}
