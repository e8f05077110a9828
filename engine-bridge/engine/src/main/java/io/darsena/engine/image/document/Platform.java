package io.darsena.engine.image.document;

import io.darsena.engine.json.JsonObject;
import java.util.Locale;
import java.util.Optional;

/// What an image runs on: `os/architecture[/variant]`, in Go's words (OCI image-spec, image index).
///
/// @param variant may be empty
public record Platform(String os, String architecture, String variant) {

    /// Reads `os/architecture[/variant]`. What every processor of an architecture has need not be told:
    /// `linux/arm64` is `linux/arm64/v8`.
    ///
    /// @throws IllegalArgumentException when it is no platform
    public static Platform parse(String text) {
        String[] parts = text.split("/", -1);
        if (!text.matches("[a-z0-9_.-]{1,32}(/[a-zA-Z0-9_.-]{1,32}){1,2}")) {
            throw new IllegalArgumentException("not a platform, as linux/amd64: '" + text + "'");
        }
        String variant = parts.length == 3 ? parts[2] : "";
        return new Platform(parts[0], parts[1], variant.isEmpty() && parts[1].equals("arm64") ? "v8" : variant);
    }

    static Platform read(JsonObject object) {
        return new Platform(
                object.textOrEmpty("os"), object.textOrEmpty("architecture"), object.textOrEmpty("variant"));
    }

    /// This machine's.
    public static Platform ofThisMachine() {
        String machine = System.getProperty("os.arch").toLowerCase(Locale.ROOT);
        return switch (machine) {
            case "amd64", "x86_64" -> new Platform("linux", "amd64", "");
            case "aarch64", "arm64" -> new Platform("linux", "arm64", "v8");
            default -> new Platform("linux", machine, "");
        };
    }

    /// Statements about images (attestations) stand in an index under this platform.
    boolean isUnknown() {
        return os.equals("unknown") || architecture.equals("unknown");
    }

    /// How well an image of that platform runs here: empty means not at all, and of two the higher one is better.
    /// An image without a variant runs on each machine of its architecture; amd64's variants need newer
    /// processors.
    public Optional<Integer> suitability(Platform image) {
        if (!os.equals(image.os) || !architecture.equals(image.architecture)) {
            return Optional.empty();
        }
        if (image.variant.equals(variant)) {
            return Optional.of(2);
        }
        return image.variant.isEmpty() || architecture.equals("amd64") && image.variant.equals("v1")
                ? Optional.of(1)
                : Optional.empty();
    }

    @Override
    public String toString() {
        return variant.isEmpty() ? os + "/" + architecture : os + "/" + architecture + "/" + variant;
    }
}
