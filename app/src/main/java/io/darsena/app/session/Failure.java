package io.darsena.app.session;

import io.darsena.bridge.error.EngineException;
import io.darsena.bridge.error.InvalidRequestException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.time.Instant;
import java.util.Locale;

/// A failure as the window shows it: what was tried, on what, why it failed, what helps.
///
/// @param kind of [EngineException#kind], or `unexpected`
/// @param remedy may be empty
/// @param details everything, for the clipboard
/// @param ours reason and remedy are the window's own words, in the person's language; else they are an engine's
public record Failure(
        String kind, String operation, String subject, String reason, String remedy, String details, boolean ours) {

    public static Failure of(Throwable problem) {
        if (problem instanceof EngineException known) {
            return new Failure(
                    known.kind(),
                    known.operation(),
                    known.subject(),
                    known.reason(),
                    known.remedy(),
                    details(known.kind(), known),
                    false);
        }
        String reason = problem.getMessage() == null ? problem.toString() : problem.getMessage();
        String kind = problem instanceof IllegalArgumentException ? "invalid-request" : "unexpected";
        return new Failure(kind, "", "", reason, "", details(kind, problem), false);
    }

    /// What the window itself refuses.
    ///
    /// @param reason in the person's language, as `remedy` is
    public static Failure ofWindow(String operation, String subject, String reason, String remedy) {
        InvalidRequestException refusal = new InvalidRequestException(operation, subject, reason, remedy);
        return new Failure(refusal.kind(), operation, subject, reason, remedy, details(refusal.kind(), refusal), true);
    }

    /// Whether logging in may help. What a rule of one's own refuses no login lets in.
    public boolean wantsLogin() {
        return kind.equals("denied") && remedy.contains("log in");
    }

    private static String details(String kind, Throwable problem) {
        StringWriter trace = new StringWriter();
        problem.printStackTrace(new PrintWriter(trace, true));
        return String.format(
                Locale.ROOT, "%s at %s%n%s%n%n%s", kind, Instant.now(), problem.getMessage(), trace.toString());
    }
}
