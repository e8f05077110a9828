package io.darsena.bridge.layer;

import java.util.Arrays;

/// An extended attribute of a file or directory (xattr(7)). Immutable.
public final class ExtendedAttribute {

    private final String name;
    private final byte[] value;

    /// @param name with its namespace: `security.capability`
    public ExtendedAttribute(String name, byte[] value) {
        this.name = name;
        this.value = value.clone();
    }

    public String name() {
        return name;
    }

    public byte[] value() {
        return value.clone();
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof ExtendedAttribute attribute
                && name.equals(attribute.name)
                && Arrays.equals(value, attribute.value);
    }

    @Override
    public int hashCode() {
        return 31 * name.hashCode() + Arrays.hashCode(value);
    }

    @Override
    public String toString() {
        return name + " of " + value.length + " bytes";
    }
}
