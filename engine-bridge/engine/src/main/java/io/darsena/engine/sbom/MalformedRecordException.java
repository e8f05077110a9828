package io.darsena.engine.sbom;

/// A record of packages that cannot be read. Its message is the reason, for a remark.
final class MalformedRecordException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    MalformedRecordException(String reason) {
        super(reason);
    }
}
