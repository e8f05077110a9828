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

    /// The font size of `.root`, in pixels.
    private static final double LETTERS = 13;

    private SheetScale() {}

    /// The sheet as a `data:` address.
    static String scaled(String sheet, double factor) {
        try (InputStream in = URI.create(sheet).toURL().openStream()) {
            return address(scaledText(new String(in.readAllBytes(), StandardCharsets.UTF_8), factor));
        } catch (IOException missing) {
            throw new UncheckedIOException("cannot read " + sheet, missing);
        }
    }

    /// The letters of menus and lists that pop up: these inherit their size from the window that they belong to, which
    /// draws its own letters larger by a transform.
    static String popups(double factor) {
        return address(String.format(
                Locale.ROOT,
                ".context-menu, .combo-box-popup > .list-view { -fx-font-size: %.3fpx; }",
                LETTERS * factor));
    }

    private static String address(String text) {
        return "data:text/css;base64," + Base64.getEncoder().encodeToString(text.getBytes(StandardCharsets.UTF_8));
    }

    static String scaledText(String sheet, double factor) {
        return PIXELS.matcher(sheet)
                .replaceAll(measure -> Matcher.quoteReplacement(
                        String.format(Locale.ROOT, "%.3fpx", Double.parseDouble(measure.group(1)) * factor)));
    }
}
