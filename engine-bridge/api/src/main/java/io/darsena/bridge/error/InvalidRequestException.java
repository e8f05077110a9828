package io.darsena.bridge.error;

/// The request itself is wrong: a malformed reference, name or limit, a command that does not exist in the
/// image.
public final class InvalidRequestException extends EngineException {

    private static final long serialVersionUID = 1L;

    public InvalidRequestException(String operation, String subject, String reason, String remedy) {
        super(operation, subject, reason, remedy);
    }

    @Override
    public int httpStatus() {
        return 400;
    }
}
