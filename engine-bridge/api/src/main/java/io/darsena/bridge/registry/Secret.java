package io.darsena.bridge.registry;

/// A text that is not to be shown: neither `toString` nor an exception of this class tells it.
public final class Secret {

    private static final int LONGEST = 64 << 10;

    private final String text;

    /// @throws IllegalArgumentException when it is empty, longer than 64 KiB, or holds control characters
    public Secret(String text) {
        if (text.isEmpty() || text.length() > LONGEST || text.chars().anyMatch(Character::isISOControl)) {
            throw new IllegalArgumentException("not a secret: empty, too long, or with control characters");
        }
        this.text = text;
    }

    /// The text itself, for the one place that sends or keeps it.
    public String reveal() {
        return text;
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Secret secret && secret.text.equals(text);
    }

    @Override
    public int hashCode() {
        return text.hashCode();
    }

    @Override
    public String toString() {
        return "…";
    }
}
