package io.darsena.bridge.error;

/// This host or its user forbids it; the remedy names the cure.
public final class DeniedException extends EngineException {

    private static final long serialVersionUID = 1L;

    public DeniedException(String operation, String subject, String reason, String remedy) {
        super(operation, subject, reason, remedy);
    }

    @Override
    public int httpStatus() {
        return 403;
    }
}
