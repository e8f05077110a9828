package io.darsena.bridge.error;

/// No such container, image, layer or file.
public final class NotFoundException extends EngineException {

    private static final long serialVersionUID = 1L;

    public NotFoundException(String operation, String subject, String reason, String remedy) {
        super(operation, subject, reason, remedy);
    }

    @Override
    public int httpStatus() {
        return 404;
    }
}
