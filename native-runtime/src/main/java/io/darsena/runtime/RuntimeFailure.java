package io.darsena.runtime;

import java.util.OptionalInt;

/// What darsena-runtime says of a failure: a system call or step, what it was done to, the kernel's word, and a hint.
public record RuntimeFailure(
        String stage, String operation, String object, OptionalInt errno, String reason, String hint) {

    /// One sentence: `mount overlay on /…: Operation not permitted (hint: …)`.
    public String sentence() {
        String subject = object.isEmpty() ? operation : operation + " " + object;
        return hint.isEmpty() ? subject + ": " + reason : subject + ": " + reason + " (hint: " + hint + ")";
    }
}
