package io.darsena.runtime.cgroup;

import java.io.Serial;
import java.nio.file.FileSystemException;
import java.nio.file.Path;

/// The kernel refused something about a control group. The message says what, on which file, why, and what may help.
public final class CgroupException extends RuntimeException {

    @Serial
    private static final long serialVersionUID = 1;

    CgroupException(String operation, Path subject, String reason, String remedy) {
        super("cannot " + operation + " " + subject + ": " + reason + "; " + remedy);
    }

    CgroupException(String operation, Path subject, Exception cause, String remedy) {
        super("cannot " + operation + " " + subject + ": " + reason(cause) + "; " + remedy, cause);
    }

    private static String reason(Exception cause) {
        if (cause instanceof FileSystemException failure && failure.getReason() != null) {
            return failure.getReason();
        }
        String message = cause.getMessage();
        return message == null
                ? cause.getClass().getSimpleName()
                : cause.getClass().getSimpleName() + " " + message;
    }
}
