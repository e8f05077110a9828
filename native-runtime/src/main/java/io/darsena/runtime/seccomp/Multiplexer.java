package io.darsena.runtime.seccomp;

import java.util.Map;
import java.util.Optional;

/// The two calls through which i386 makes others, the first argument saying which: socketcall(2) and ipc(2).
///
/// A rule that names one of the others must hold for both ways to it. Their own arguments are behind a pointer, where
/// a filter cannot look; so of rules with conditions only the restricting ones are extended to the multiplexer, as if
/// they had none: what cannot be checked is not allowed.
enum Multiplexer {
    SOCKETCALL(
            "socketcall",
            0xffffffffL,
            Map.ofEntries(
                    Map.entry("socket", 1),
                    Map.entry("bind", 2),
                    Map.entry("connect", 3),
                    Map.entry("listen", 4),
                    Map.entry("accept", 5),
                    Map.entry("getsockname", 6),
                    Map.entry("getpeername", 7),
                    Map.entry("socketpair", 8),
                    Map.entry("send", 9),
                    Map.entry("recv", 10),
                    Map.entry("sendto", 11),
                    Map.entry("recvfrom", 12),
                    Map.entry("shutdown", 13),
                    Map.entry("setsockopt", 14),
                    Map.entry("getsockopt", 15),
                    Map.entry("sendmsg", 16),
                    Map.entry("recvmsg", 17),
                    Map.entry("accept4", 18),
                    Map.entry("recvmmsg", 19),
                    Map.entry("sendmmsg", 20))),
    IPC(
            "ipc",
            0xffffL,
            Map.ofEntries(
                    Map.entry("semop", 1),
                    Map.entry("semget", 2),
                    Map.entry("semctl", 3),
                    Map.entry("semtimedop", 4),
                    Map.entry("msgsnd", 11),
                    Map.entry("msgrcv", 12),
                    Map.entry("msgget", 13),
                    Map.entry("msgctl", 14),
                    Map.entry("shmat", 21),
                    Map.entry("shmdt", 22),
                    Map.entry("shmget", 23),
                    Map.entry("shmctl", 24)));

    private final String call;
    private final long selectorMask;
    private final Map<String, Integer> selectors;

    Multiplexer(String call, long selectorMask, Map<String, Integer> selectors) {
        this.call = call;
        this.selectorMask = selectorMask;
        this.selectors = selectors;
    }

    /// The multiplexer's own name.
    String call() {
        return call;
    }

    /// What its first argument must be to make the call `name`. (The upper half of ipc's is a version.)
    Optional<ArgumentCondition> selecting(String name) {
        return Optional.ofNullable(selectors.get(name))
                .map(number -> ArgumentCondition.masked(0, selectorMask, number));
    }

    /// Whether `rule` reaches through the multiplexer at all.
    static boolean extended(SeccompRule rule, Abi abi) {
        return abi == Abi.I386 && (rule.unconditional() || !rule.action().permissive());
    }
}
