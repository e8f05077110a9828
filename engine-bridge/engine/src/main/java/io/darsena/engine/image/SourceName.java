package io.darsena.engine.image;

import io.darsena.bridge.image.ImageReference;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;

/// What images of an archive are called when the archive tells no more than a tag, or nothing.
final class SourceName {

    private static final Pattern ENDINGS =
            Pattern.compile("(?:[.-]oci)?(?:[.-]archive)?(?:\\.(?:tar|tgz|gz|zst|xz|bz2|oci))+$|[.-]oci$");
    private static final Pattern NOT_IN_NAMES = Pattern.compile("[^a-z0-9._-]+");
    private static final Pattern SEPARATORS = Pattern.compile("[._-]{2,}");
    private static final Pattern AT_THE_ENDS = Pattern.compile("^[._-]+|[._-]+$");
    private static final Pattern TAG = Pattern.compile("[a-zA-Z0-9_][a-zA-Z0-9._-]{0,127}");
    private static final int LONGEST = 128;
    private static final String FALLBACK = "image";

    private SourceName() {}

    /// A valid repository name made of the last part of the path.
    static String of(Path source) {
        Path last = source.toAbsolutePath().normalize().getFileName();
        String name = last == null ? "" : last.toString().toLowerCase(Locale.ROOT);
        name = ENDINGS.matcher(name).replaceFirst("");
        name = NOT_IN_NAMES.matcher(name).replaceAll("-");
        name = SEPARATORS.matcher(name).replaceAll("-");
        name = AT_THE_ENDS
                .matcher(name.substring(0, Math.min(name.length(), LONGEST)))
                .replaceAll("");
        return name.isEmpty() ? FALLBACK : name;
    }

    /// Reads an annotation: a full reference stays one, a bare tag gets the source's name. Empty when it is neither.
    static Optional<ImageReference> reference(String annotation, String sourceName) {
        String text = TAG.matcher(annotation).matches() ? sourceName + ":" + annotation : annotation;
        try {
            ImageReference reference = ImageReference.parse(text);
            return reference.digest().isEmpty()
                    ? Optional.of(reference)
                    : reference
                            .tag()
                            .map(tag -> new ImageReference(
                                    reference.registry(), reference.repository(), Optional.of(tag), Optional.empty()));
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }
}
