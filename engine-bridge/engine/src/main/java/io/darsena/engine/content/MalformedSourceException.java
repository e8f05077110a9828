package io.darsena.engine.content;

import java.io.IOException;

/// The bytes being read are not of the format they should have: whoever made them is to blame, not this host.
public final class MalformedSourceException extends IOException {

    private static final long serialVersionUID = 1L;

    public MalformedSourceException(String reason, Throwable cause) {
        super(reason, cause);
    }
}
