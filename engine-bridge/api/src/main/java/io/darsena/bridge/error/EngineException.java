package io.darsena.bridge.error;

import java.util.Locale;

/// A failure with operation, subject, reason and remedy: `cannot remove container web-1: it is running;
/// stop it first`.
/// The kinds are few, each with one HTTP status.
public abstract sealed class EngineException extends RuntimeException
        permits NotFoundException,
                ConflictException,
                InvalidRequestException,
                DeniedException,
                UnavailableException,
                CorruptedException,
                FailedException {

    private static final long serialVersionUID = 1L;

    private final String operation;
    private final String subject;
    private final String reason;
    private final String remedy;

    /// @param operation a verb phrase without a subject, as `remove`
    /// @param subject what it was done to, as `container web-1`
    /// @param remedy what the person can do; may be empty
    protected EngineException(String operation, String subject, String reason, String remedy) {
        super(sentence(operation, subject, reason, remedy));
        this.operation = operation;
        this.subject = subject;
        this.reason = reason;
        this.remedy = remedy;
    }

    private static String sentence(String operation, String subject, String reason, String remedy) {
        String start = ("cannot " + operation + " " + subject).stripTrailing() + ": " + reason;
        return remedy.isEmpty() ? start : start + "; " + remedy;
    }

    public final String operation() {
        return operation;
    }

    public final String subject() {
        return subject;
    }

    public final String reason() {
        return reason;
    }

    /// May be empty.
    public final String remedy() {
        return remedy;
    }

    public abstract int httpStatus();

    /// Kind for logs and copied details, as `not-found`.
    public final String kind() {
        String name = getClass().getSimpleName().replace("Exception", "");
        return name.replaceAll("(?<=[a-z])(?=[A-Z])", "-").toLowerCase(Locale.ROOT);
    }
}
