package io.darsena.bridge.layer;

/// In what two entries of one path differ.
public enum FileDifference {
    /// A file has become a link, for instance. What was a directory and is none any more has been removed, and
    /// something else added.
    KIND,
    SIZE,
    /// Of equal size, but not of the same bytes.
    CONTENT,
    MODE,
    /// User or group.
    OWNER,
    /// What a symbolic link says, or a device's numbers.
    LINK,
    /// One of them has extended attributes; or both have, and a look has found others, or other values.
    ATTRIBUTES,
    /// When a file was modified: what is in it may be another thing. Of what holds no bytes, times are not compared.
    TIME
}
