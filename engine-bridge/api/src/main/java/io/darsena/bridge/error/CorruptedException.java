package io.darsena.bridge.error;

/// Bytes are not what they claim to be: a digest does not match, an archive is broken.
public final class CorruptedException extends EngineException {

    private static final long serialVersionUID = 1L;

    public CorruptedException(String operation, String subject, String reason, String remedy) {
        super(operation, subject, reason, remedy);
    }

    @Override
    public int httpStatus() {
        return 422;
    }
}
