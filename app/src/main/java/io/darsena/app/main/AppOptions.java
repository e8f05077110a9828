package io.darsena.app.main;

import io.darsena.app.theme.ThemeChoice;
import io.darsena.app.theme.Zoom;
import java.nio.file.Path;
import java.util.Iterator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import javafx.geometry.Dimension2D;

/// What the command line asks of the window. What it does not say, the window remembers or finds out.
///
/// @param root where the engine keeps everything
/// @param demo where the pictures of a demonstration go
/// @param screenshots where pictures of every screen go
/// @param size how large the window of pictures is, in logical pixels
/// @param zoom how large everything in it is drawn, in percent
record AppOptions(
        Optional<Path> root,
        Optional<ThemeChoice> theme,
        Optional<Locale> language,
        Optional<Path> demo,
        Optional<Path> screenshots,
        Dimension2D size,
        int zoom) {

    private static final Dimension2D USUAL_SIZE = new Dimension2D(1280, 800);
    private static final int USUAL_ZOOM = 100;
    private static final Pattern SIZE = Pattern.compile("([1-9][0-9]{2,3})x([1-9][0-9]{2,3})");

    /// What `--help` prints.
    static final String USAGE = """
            usage: darsena [--root DIR] [--theme light|dark|system] [--language en|it]
                   darsena serve [--root DIR] [--socket PATH]

              --root DIR       where the engine keeps everything
              --theme WORD     light, dark, or system: as the desktop says
              --language WORD  en or it
              --help           print this and stop
              serve            run the engine without a window and serve Docker's HTTP API on a Unix socket""";

    /// Whether the window drives itself, on data of its own.
    boolean isTour() {
        return demo.isPresent() || screenshots.isPresent();
    }

    /// Reads `--root DIR`, `--theme light|dark|system`, `--language en|it`, `--demo DIR`, `--screenshots DIR`, `--size
    /// WIDTHxHEIGHT`, `--zoom PERCENT`, also in the form `--theme=dark`.
    ///
    /// @throws IllegalArgumentException saying what is wrong and what is possible
    static AppOptions parse(List<String> arguments) {
        Optional<Path> root = Optional.empty();
        Optional<ThemeChoice> theme = Optional.empty();
        Optional<Locale> language = Optional.empty();
        Optional<Path> demo = Optional.empty();
        Optional<Path> screenshots = Optional.empty();
        Dimension2D size = USUAL_SIZE;
        int zoom = USUAL_ZOOM;
        Iterator<String> rest = arguments.stream()
                .flatMap(
                        argument -> argument.startsWith("--") ? Stream.of(argument.split("=", 2)) : Stream.of(argument))
                .iterator();
        while (rest.hasNext()) {
            String option = rest.next();
            switch (option) {
                case "--root" -> root = Optional.of(Path.of(value(option, rest)));
                case "--theme" -> theme = Optional.of(theme(value(option, rest)));
                case "--language" -> language = Optional.of(language(value(option, rest)));
                case "--demo" -> demo = Optional.of(Path.of(value(option, rest)));
                case "--screenshots" -> screenshots = Optional.of(Path.of(value(option, rest)));
                case "--size" -> size = size(value(option, rest));
                case "--zoom" -> zoom = zoom(value(option, rest));
                default ->
                    throw new IllegalArgumentException(
                            "unknown option " + option
                                    + "; there are --root DIR, --theme light|dark|system, --language en|it, --demo DIR, --screenshots DIR, --size WIDTHxHEIGHT, --zoom PERCENT");
            }
        }
        return new AppOptions(root, theme, language, demo, screenshots, size, zoom);
    }

    private static String value(String option, Iterator<String> rest) {
        if (!rest.hasNext()) {
            throw new IllegalArgumentException(option + " needs a value");
        }
        return rest.next();
    }

    private static ThemeChoice theme(String word) {
        return ThemeChoice.parse(word)
                .orElseThrow(() -> new IllegalArgumentException("--theme is light, dark or system, not " + word));
    }

    private static Dimension2D size(String words) {
        Matcher numbers = SIZE.matcher(words);
        if (!numbers.matches()) {
            throw new IllegalArgumentException("--size is WIDTHxHEIGHT, for instance 1280x800, not " + words);
        }
        return new Dimension2D(Double.parseDouble(numbers.group(1)), Double.parseDouble(numbers.group(2)));
    }

    private static int zoom(String word) {
        return Zoom.STEPS.stream()
                .filter(step -> Integer.toString(step).equals(word))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("--zoom is one of " + Zoom.STEPS + ", not " + word));
    }

    private static Locale language(String word) {
        if (!word.equals("en") && !word.equals("it")) {
            throw new IllegalArgumentException("--language is en or it, not " + word);
        }
        return Locale.of(word);
    }
}
