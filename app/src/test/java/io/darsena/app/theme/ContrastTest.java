package io.darsena.app.theme;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/// Texts and marks stand out from what lies behind them as WCAG 2.2 asks at level AA (1.4.3: 4.5 for text;
/// 1.4.11: 3 for what is not text), in both themes.
class ContrastTest {

    private static final Pattern COLOUR = Pattern.compile("(-d-[a-z-]+):\\s*#([0-9a-f]{6});");

    private static final String[][] TEXTS = {
        {"text", "bg"},
        {"text", "pane"},
        {"text", "selected"},
        {"text", "hover"},
        {"text", "grey-bg"},
        {"mute", "bg"},
        {"mute", "pane"},
        {"mute", "hover"},
        {"mute", "selected"},
        {"accent-text", "accent-bg"},
        {"accent-text", "pane"},
        {"on-accent", "accent"},
        {"on-accent", "accent-hover"},
        {"on-inverse", "inverse"},
        {"green-text", "green-bg"},
        {"yellow-text", "yellow-bg"},
        {"red-text", "red-bg"},
        {"grey-text", "grey-bg"},
        {"red-text", "pane"},
        {"green-text", "pane"},
        {"yellow-text", "pane"},
        {"violet-text", "pane"},
        {"mute", "red-bg"},
        {"text", "red-bg"},
        {"text", "accent-bg"},
        {"text", "found"},
        {"red-text", "found"},
        {"red-text", "hover"},
        {"red-text", "accent-bg"},
        {"accent-text", "bg"},
        {"accent-text", "hover"},
        {"accent-text", "selected"},
        {"mute", "accent-bg"},
        {"mute", "yellow-bg"},
        {"text", "yellow-bg"},
        {"text", "green-bg"},
        {"red-text", "bg"},
        {"red-text", "selected"},
        {"green-text", "bg"},
        {"yellow-text", "bg"},
        {"yellow-text", "hover"},
        {"grey-text", "pane"},
        {"grey-text", "bg"},
        {"on-accent", "red"}
    };

    private static final String[][] MARKS = {
        {"green", "green-bg"},
        {"yellow", "yellow-bg"},
        {"red", "red-bg"},
        {"grey", "grey-bg"},
        {"accent", "accent-bg"},
        {"accent", "pane"},
        {"accent", "bg"},
        {"green", "pane"},
        {"violet", "pane"},
        {"yellow", "pane"},
        {"red", "pane"},
        {"green", "bg"},
        {"yellow", "bg"},
        {"red", "bg"},
        {"grey", "pane"},
        {"grey", "bg"},
        {"accent", "hover"},
        {"accent", "selected"},
        {"line-strong", "pane"},
        {"on-inverse", "inverse"}
    };

    static Stream<Arguments> texts() {
        return pairs(TEXTS);
    }

    static Stream<Arguments> marks() {
        return pairs(MARKS);
    }

    private static Stream<Arguments> pairs(String[][] pairs) {
        return Stream.of("light", "dark")
                .flatMap(theme -> Stream.of(pairs).map(pair -> Arguments.of(theme, pair[0], pair[1])));
    }

    @ParameterizedTest(name = "{0}: {1} on {2}")
    @MethodSource("texts")
    void textCanBeRead(String theme, String front, String behind) throws IOException {
        assertThat(contrast(theme, front, behind)).isGreaterThanOrEqualTo(4.5);
    }

    @ParameterizedTest(name = "{0}: {1} on {2}")
    @MethodSource("marks")
    void marksCanBeSeen(String theme, String front, String behind) throws IOException {
        assertThat(contrast(theme, front, behind)).isGreaterThanOrEqualTo(3);
    }

    @Test
    void bothThemesNameTheSameColours() throws IOException {
        assertThat(colours("dark").keySet()).isEqualTo(colours("light").keySet());
    }

    private static double contrast(String theme, String front, String behind) throws IOException {
        Map<String, Integer> colours = colours(theme);
        double one = luminance(Objects.requireNonNull(colours.get("-d-" + front), front));
        double other = luminance(Objects.requireNonNull(colours.get("-d-" + behind), behind));
        return (Math.max(one, other) + 0.05) / (Math.min(one, other) + 0.05);
    }

    private static Map<String, Integer> colours(String theme) throws IOException {
        try (InputStream sheet = Objects.requireNonNull(
                ContrastTest.class.getResourceAsStream("/io/darsena/ui/css/" + theme + ".css"))) {
            Matcher colour = COLOUR.matcher(new String(sheet.readAllBytes(), StandardCharsets.UTF_8));
            Map<String, Integer> colours = new HashMap<>();
            while (colour.find()) {
                colours.put(colour.group(1), Integer.parseInt(colour.group(2), 16));
            }
            return colours;
        }
    }

    /// WCAG 2.2, relative luminance.
    private static double luminance(int rgb) {
        return 0.2126 * linear(rgb >> 16 & 255) + 0.7152 * linear(rgb >> 8 & 255) + 0.0722 * linear(rgb & 255);
    }

    private static double linear(int channel) {
        double share = channel / 255.0;
        return share <= 0.04045 ? share / 12.92 : Math.pow((share + 0.055) / 1.055, 2.4);
    }
}
