package io.darsena.app.files;

/// What the bytes of a file can be shown as.
enum Look {
    TEXT,
    PICTURE,
    BYTES
}
