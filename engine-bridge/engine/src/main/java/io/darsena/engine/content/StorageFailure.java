package io.darsena.engine.content;

import io.darsena.bridge.error.CorruptedException;
import io.darsena.bridge.error.EngineException;
import io.darsena.bridge.error.FailedException;
import io.darsena.bridge.error.UnavailableException;
import java.io.EOFException;
import java.io.IOException;
import java.nio.channels.ClosedByInterruptException;
import java.nio.file.AccessDeniedException;
import java.util.concurrent.CancellationException;
import java.util.zip.ZipException;

/// What an [IOException] means to a person.
public final class StorageFailure {

    private static final String DISK_FULL = "the disk is full";

    private StorageFailure() {}

    /// An exception to throw: an [EngineException], or a [CancellationException] when the thread was interrupted.
    public static RuntimeException of(String operation, String subject, IOException e) {
        if (e instanceof ClosedByInterruptException || Thread.currentThread().isInterrupted()) {
            return cancelled(operation, subject);
        }
        RuntimeException told = translated(operation, subject, e);
        told.initCause(e);
        return told;
    }

    /// What an [IOException] says, in so far as it says something.
    public static String reason(IOException e) {
        String message = e.getMessage();
        return message == null ? e.getClass().getSimpleName() : e.getClass().getSimpleName() + ": " + message;
    }

    private static EngineException translated(String operation, String subject, IOException e) {
        String reason = e.getMessage() == null ? e.getClass().getSimpleName() : e.getMessage();
        if (reason.contains("No space left on device") || reason.contains("Disk quota exceeded")) {
            return diskFull(operation, subject, reason);
        }
        return switch (e) {
            case EOFException eof -> new CorruptedException(operation, subject, "it ends too early", "get it again");
            case ZipException zip ->
                new CorruptedException(operation, subject, "it is not valid gzip: " + reason, "get it again");
            case MalformedSourceException malformed ->
                new CorruptedException(operation, subject, reason, "get it again");
            case AccessDeniedException denied ->
                new FailedException(operation, subject, "access to " + reason + " is denied", "");
            default -> new FailedException(operation, subject, reason, "");
        };
    }

    /// Whether it is for want of room that an engine failed.
    public static boolean isDiskFull(EngineException failure) {
        return failure instanceof UnavailableException && failure.reason().startsWith(DISK_FULL);
    }

    public static UnavailableException diskFull(String operation, String subject, String reason) {
        return new UnavailableException(operation, subject, DISK_FULL + ": " + reason, "free some space");
    }

    /// Keeps the thread interrupted, for whoever else has to hear of it.
    public static CancellationException cancelled(String operation, String subject) {
        Thread.currentThread().interrupt();
        return new CancellationException("cancelled: " + operation + " " + subject);
    }
}
