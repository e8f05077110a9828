package io.darsena.bridge.error;

/// Something needed is not there now: the runtime, the disk, the network.
public final class UnavailableException extends EngineException {

    private static final long serialVersionUID = 1L;

    public UnavailableException(String operation, String subject, String reason, String remedy) {
        super(operation, subject, reason, remedy);
    }

    @Override
    public int httpStatus() {
        return 503;
    }
}
