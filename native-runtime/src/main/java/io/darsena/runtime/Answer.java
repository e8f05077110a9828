package io.darsena.runtime;

import io.darsena.runtime.protocol.Frame;
import java.time.Duration;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/// What the thread that made it waits for: the frame that answers its request, or the reason why none will come.
///
/// Waiting is not ended by interruption (the request is on its way and its effect must be known); the interrupt status
/// is kept.
final class Answer {

    private final Thread waiter = Thread.currentThread();
    private volatile @Nullable Frame frame;
    private volatile @Nullable RuntimeException failure;

    /// The first one counts. On the event loop only.
    void complete(Frame answer) {
        if (frame == null) {
            frame = answer;
            LockSupport.unpark(waiter);
        }
    }

    boolean isComplete() {
        return frame != null;
    }

    void fail(RuntimeException cause) {
        failure = cause;
        LockSupport.unpark(waiter);
    }

    /// @throws RuntimeUnavailableException when none came in time
    Frame await(String request, Duration limit) {
        long deadline = System.nanoTime() + limit.toNanos();
        boolean interrupted = false;
        try {
            while (true) {
                Frame answer = frame;
                if (answer != null) {
                    return answer;
                }
                RuntimeException cause = failure;
                if (cause != null) {
                    throw new RuntimeUnavailableException(request + ": " + cause.getMessage(), cause);
                }
                long left = deadline - System.nanoTime();
                if (left <= 0) {
                    throw new RuntimeUnavailableException(
                            request + ": no answer from darsena-runtime in " + limit.toSeconds() + " s");
                }
                LockSupport.parkNanos(this, left);
                interrupted |= Thread.interrupted();
            }
        } finally {
            if (interrupted) {
                Thread.currentThread().interrupt();
            }
        }
    }
}
