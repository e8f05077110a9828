package io.darsena.bridge.container;

import java.time.Instant;
import java.util.Optional;
import java.util.OptionalInt;

/// Where a container is in its life, with what is true only there.
public sealed interface ContainerState {

    ContainerStatus status();

    /// When this state was entered.
    Instant since();

    record Created(Instant since) implements ContainerState {
        @Override
        public ContainerStatus status() {
            return ContainerStatus.CREATED;
        }
    }

    /// @param pid of the first process, as this machine sees it
    record Running(int pid, Instant since) implements ContainerState {
        @Override
        public ContainerStatus status() {
            return ContainerStatus.RUNNING;
        }
    }

    /// @param startedAt when it began to run
    record Paused(int pid, Instant startedAt, Instant since) implements ContainerState {
        @Override
        public ContainerStatus status() {
            return ContainerStatus.PAUSED;
        }
    }

    record Restarting(Instant since) implements ContainerState {
        @Override
        public ContainerStatus status() {
            return ContainerStatus.RESTARTING;
        }
    }

    /// @param code the exit code, or 128 + signal
    /// @param signal that ended it, if one did
    /// @param cause why, as far as it is known
    record Exited(int code, OptionalInt signal, ExitCause cause, Instant startedAt, Instant since)
            implements ContainerState {
        @Override
        public ContainerStatus status() {
            return ContainerStatus.EXITED;
        }
    }

    record Removing(Instant since) implements ContainerState {
        @Override
        public ContainerStatus status() {
            return ContainerStatus.REMOVING;
        }
    }

    /// Could not be removed; `reason` says why, and removing it again is the way out.
    record Dead(String reason, Instant since) implements ContainerState {
        @Override
        public ContainerStatus status() {
            return ContainerStatus.DEAD;
        }
    }

    /// Why a container ended.
    enum ExitCause {
        /// Its first process ended by itself.
        ENDED,
        /// It was told to stop and did.
        STOPPED,
        /// It was killed on request, or did not stop in time.
        KILLED,
        /// The kernel killed it: it needed more memory than its limit.
        OUT_OF_MEMORY,
        /// Nobody saw its end: its monitor was killed or the machine was restarted.
        LOST
    }

    default Optional<Integer> runningPid() {
        return switch (this) {
            case Running running -> Optional.of(running.pid());
            case Paused paused -> Optional.of(paused.pid());
            case Created created -> Optional.empty();
            case Restarting restarting -> Optional.empty();
            case Exited exited -> Optional.empty();
            case Removing removing -> Optional.empty();
            case Dead dead -> Optional.empty();
        };
    }
}
