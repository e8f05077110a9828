package io.darsena.engine.sync;

/// What connects this machine to others.
@FunctionalInterface
public interface Network {

    Network UNKNOWN = () -> State.UNKNOWN;

    /// May take some tens of milliseconds.
    State state();

    enum State {
        OFFLINE,
        /// It costs by what it carries.
        METERED,
        UNMETERED,
        /// Nobody can tell: it is used as if it cost nothing.
        UNKNOWN
    }
}
