package io.darsena.app.images;

/// What can be asked of a row of the list of images from elsewhere in the window, as its menu has it.
public enum ImageDeed {
    SHOW,
    RUN,
    INSPECT,
    TAG,
    UNTAG,
    UPDATE,
    CHECK,
    UPDATE_BY_ITSELF,
    NOT_UPDATE_BY_ITSELF,
    CHECK_SIGNATURES,
    SIGN,
    SAVE_FOR_DOCKER,
    SAVE_AS_OCI,
    REMOVE
}
