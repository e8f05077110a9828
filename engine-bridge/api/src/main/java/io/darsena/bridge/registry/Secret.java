package io.darsena.bridge.registry;

/// A text that is not to be shown: neither `toString` nor an exception of this class tells it.
public final class Secret {

    /// The password of a key that has none.
    public static final Secret EMPTY = new Secret();

    private static final int LONGEST = 64 << 10;

    private final String text;

    private Secret() {
        text = "";
    }

    /// A password may have lines, as the keys of service accounts do.
    ///
    /// @throws IllegalArgumentException when it is empty, longer than 64 KiB, or holds control characters
    ///     other than those between words and lines
    public Secret(String text) {
        if (text.isEmpty() || text.length() > LONGEST || text.chars().anyMatch(Secret::isStray)) {
            throw new IllegalArgumentException("not a secret: empty, too long, or with control characters");
        }
        this.text = text;
    }

    /// The password of a key, which may be none.
    ///
    /// @throws IllegalArgumentException as the constructor, but when it is empty
    public static Secret orEmpty(String text) {
        return text.isEmpty() ? EMPTY : new Secret(text);
    }

    private static boolean isStray(int letter) {
        return Character.isISOControl(letter) && letter != '\n' && letter != '\r' && letter != '\t';
    }

    public boolean isEmpty() {
        return text.isEmpty();
    }

    /// Whether it can be sent in a header as it is.
    public boolean fitsHeader() {
        return !text.isEmpty() && text.chars().noneMatch(Character::isISOControl);
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
