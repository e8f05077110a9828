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

    private static final Pattern DISABLED = Pattern.compile("\\.button:disabled,[^{]*\\{ -fx-opacity: ([0-9.]+); }");

    private static final Pattern PROMPT = Pattern.compile("-fx-prompt-text-fill: ([^;]+);");

    /// What a control shows, on what; dimmed together above what lies behind the control.
    private static final String[][] DISABLED_TEXTS = {
        {"text", "pane", "pane"},
        {"text", "bg", "bg"},
        {"text", "grey-bg", "pane"},
        {"text", "grey-bg", "bg"},
        {"red-text", "pane", "pane"}
    };

    static Stream<Arguments> disabled() {
        return Stream.of("light", "dark")
                .flatMap(theme ->
                        Stream.of(DISABLED_TEXTS).map(three -> Arguments.of(theme, three[0], three[1], three[2])));
    }

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

    /// WCAG asks nothing of what is disabled; people want to read it all the same.
    @ParameterizedTest(name = "{0}: disabled {1} on {2} above {3}")
    @MethodSource("disabled")
    void disabledTextCanStillBeRead(String theme, String front, String behind, String below) throws IOException {
        Matcher rule = DISABLED.matcher(sheet("darsena"));
        assertThat(rule.find()).isTrue();
        double opacity = Double.parseDouble(rule.group(1));
        Map<String, Integer> colours = colours(theme);
        int base = colour(colours, below);
        assertThat(contrast(
                        mixed(colour(colours, front), base, opacity), mixed(colour(colours, behind), base, opacity)))
                .isGreaterThanOrEqualTo(3);
    }

    /// The colour of prompts is that of muted text, which [#textCanBeRead] computes on all that fields are made of.
    @Test
    void promptsAreMutedText() throws IOException {
        for (String name :
                new String[] {"darsena", "shell", "run", "lists", "logs", "settings", "images", "detail", "registries"
                }) {
            assertThat(PROMPT.matcher(sheet(name)).results().map(found -> found.group(1)))
                    .as(name)
                    .allMatch("-d-mute"::equals);
        }
        assertThat(sheet("light")).contains("-color-fg-subtle: -d-mute;");
        assertThat(sheet("dark")).contains("-color-fg-subtle: -d-mute;");
    }

    private static int mixed(int front, int behind, double opacity) {
        int mixed = 0;
        for (int shift = 16; shift >= 0; shift -= 8) {
            double channel = (front >> shift & 255) * opacity + (behind >> shift & 255) * (1 - opacity);
            mixed |= (int) Math.round(channel) << shift;
        }
        return mixed;
    }

    @Test
    void bothThemesNameTheSameColours() throws IOException {
        assertThat(colours("dark").keySet()).isEqualTo(colours("light").keySet());
    }

    private static double contrast(String theme, String front, String behind) throws IOException {
        Map<String, Integer> colours = colours(theme);
        return contrast(colour(colours, front), colour(colours, behind));
    }

    private static int colour(Map<String, Integer> colours, String name) {
        return Objects.requireNonNull(colours.get("-d-" + name), name);
    }

    private static double contrast(int front, int behind) {
        double one = luminance(front);
        double other = luminance(behind);
        return (Math.max(one, other) + 0.05) / (Math.min(one, other) + 0.05);
    }

    private static Map<String, Integer> colours(String theme) throws IOException {
        Matcher colour = COLOUR.matcher(sheet(theme));
        Map<String, Integer> colours = new HashMap<>();
        while (colour.find()) {
            colours.put(colour.group(1), Integer.parseInt(colour.group(2), 16));
        }
        return colours;
    }

    private static String sheet(String name) throws IOException {
        try (InputStream sheet =
                Objects.requireNonNull(ContrastTest.class.getResourceAsStream("/io/darsena/ui/css/" + name + ".css"))) {
            return new String(sheet.readAllBytes(), StandardCharsets.UTF_8);
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
