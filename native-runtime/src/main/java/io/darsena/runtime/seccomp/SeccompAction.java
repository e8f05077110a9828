package io.darsena.runtime.seccomp;

/// What happens to a system call: the answers that a seccomp filter can give (seccomp(2)).
public sealed interface SeccompAction {

    SeccompAction ALLOW = new Allow();
    SeccompAction KILL_THREAD = new KillThread();
    /// `ENOSYS`: not implemented.
    SeccompAction NOT_IMPLEMENTED = new Errno(38);

    /// The call goes ahead.
    record Allow() implements SeccompAction {}

    /// The call goes ahead and is written to the audit log.
    record Log() implements SeccompAction {}

    /// The call is not made and fails with `number`.
    record Errno(int number) implements SeccompAction {
        public Errno {
            requireRange(number, 4095, "an errno");
        }
    }

    /// A tracer decides; `message` is handed to it. Without a tracer the call fails with ENOSYS.
    record Trace(int message) implements SeccompAction {
        public Trace {
            requireRange(message, 65535, "a message for a tracer");
        }
    }

    /// The process gets SIGSYS and may go on.
    record Trap() implements SeccompAction {}

    /// A listener in user space decides.
    record Notify() implements SeccompAction {}

    /// The calling thread ends as by SIGSYS.
    record KillThread() implements SeccompAction {}

    /// The whole process ends as by SIGSYS.
    record KillProcess() implements SeccompAction {}

    /// `SECCOMP_RET_…` with its data.
    default int returnValue() {
        return switch (this) {
            case Allow() -> 0x7fff0000;
            case Log() -> 0x7ffc0000;
            case Trace(int message) -> 0x7ff00000 | message;
            case Notify() -> 0x7fc00000;
            case Errno(int number) -> 0x00050000 | number;
            case Trap() -> 0x00030000;
            case KillThread() -> 0x00000000;
            case KillProcess() -> 0x80000000;
        };
    }

    /// Whether the call may go ahead: at once, logged, or if a tracer wants it.
    default boolean permissive() {
        return switch (this) {
            case Allow _, Log _, Trace _ -> true;
            case Notify _, Errno _, Trap _, KillThread _, KillProcess _ -> false;
        };
    }

    private static void requireRange(int number, int highest, String what) {
        if (number < 0 || number > highest) {
            throw new IllegalArgumentException(what + " must be between 0 and " + highest + ": " + number);
        }
    }
}
