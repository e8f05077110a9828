package io.darsena.bridge.container;

import java.util.regex.Pattern;

/// Identity of a container, 64 lower-case hex digits.
public record ContainerId(String hex) {

    private static final Pattern HEX = Pattern.compile("[0-9a-f]{64}");

    public ContainerId {
        if (!HEX.matcher(hex).matches()) {
            throw new IllegalArgumentException("not a container id: " + hex);
        }
    }

    public static ContainerId parse(String text) {
        return new ContainerId(text);
    }

    /// The first twelve digits: what lists show and the default host name.
    public String shortId() {
        return hex.substring(0, 12);
    }

    @Override
    public String toString() {
        return hex;
    }
}
