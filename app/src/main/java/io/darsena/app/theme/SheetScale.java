package io.darsena.app.theme;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// Style sheets with every measure in pixels multiplied: menus, tooltips and dialogs are windows of their own, which no
/// transform of the main window reaches.
final class SheetScale {

    private static final Pattern PIXELS = Pattern.compile("(?<![\\w#.])(\\d+(?:\\.\\d+)?)px\\b");

    private SheetScale() {}

    /// The sheet as a `data:` address.
    static String scaled(String sheet, double factor) {
        try (InputStream in = URI.create(sheet).toURL().openStream()) {
            String text = scaledText(new String(in.readAllBytes(), StandardCharsets.UTF_8), factor);
            return "data:text/css;base64," + Base64.getEncoder().encodeToString(text.getBytes(StandardCharsets.UTF_8));
        } catch (IOException missing) {
            throw new UncheckedIOException("cannot read " + sheet, missing);
        }
    }

    static String scaledText(String sheet, double factor) {
        return PIXELS.matcher(sheet)
                .replaceAll(measure -> Matcher.quoteReplacement(
                        String.format(Locale.ROOT, "%.3fpx", Double.parseDouble(measure.group(1)) * factor)));
    }
}
