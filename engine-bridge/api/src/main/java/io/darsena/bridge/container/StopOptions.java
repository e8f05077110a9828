package io.darsena.bridge.container;

import java.time.Duration;
import java.util.Optional;

/// How a run is to be ended, where that is not as the container says.
///
/// @param signal what is sent first
/// @param timeout how long it may take before KILL is sent
public record StopOptions(Optional<Signal> signal, Optional<Duration> timeout) {

    /// As the container says.
    public static final StopOptions NONE = new StopOptions(Optional.empty(), Optional.empty());

    public StopOptions withSignal(Signal signal) {
        return new StopOptions(Optional.of(signal), timeout);
    }

    public StopOptions withTimeout(Duration timeout) {
        return new StopOptions(signal, Optional.of(timeout));
    }
}
