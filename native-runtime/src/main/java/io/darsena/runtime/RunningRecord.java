package io.darsena.runtime;

import io.darsena.runtime.protocol.Frame;
import java.time.Instant;
import java.util.List;

/// What a monitor's `running` says.
record RunningRecord(int pid, Instant startedAt, List<SetupStep> steps) {

    RunningRecord {
        steps = List.copyOf(steps);
    }

    static RunningRecord of(Frame told) {
        return new RunningRecord(told.integer("pid"), WallClock.at(told.number("started-ns")), SetupStep.in(told));
    }
}
