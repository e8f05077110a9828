package io.darsena.app.screen;

import static org.assertj.core.api.Assertions.assertThat;

import io.darsena.app.ToolkitStart;
import io.darsena.app.action.Actions;
import io.darsena.app.session.Commands;
import io.darsena.app.session.EngineSession;
import io.darsena.app.session.FxPump;
import io.darsena.app.session.KnownRegistries;
import io.darsena.app.session.Transfers;
import io.darsena.app.text.Messages;
import io.darsena.app.theme.Appearance;
import io.darsena.app.theme.ThemeChoice;
import io.darsena.app.theme.WindowMemory;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/// ArchUnit does not see FXML: so each file is loaded with its view, in both languages.
class FxmlTest {

    private static final Pattern CONTROLLER = Pattern.compile("fx:controller=\"([^\"]+)\"");

    static Stream<Arguments> screens() throws Exception {
        Path folder = Path.of(Objects.requireNonNull(FxmlTest.class.getResource("/io/darsena/ui/fxml"))
                .toURI());
        try (Stream<Path> files = Files.list(folder)) {
            List<String> controllers = files.map(FxmlTest::controller).toList();
            return controllers.stream()
                    .flatMap(name ->
                            Stream.of(Locale.ENGLISH, Locale.ITALIAN).map(language -> Arguments.of(name, language)));
        }
    }

    private static String controller(Path file) {
        try {
            Matcher controller = CONTROLLER.matcher(Files.readString(file));
            assertThat(controller.find()).as("%s names its view", file).isTrue();
            assertThat(file).hasFileName(controller.group(1).replaceFirst(".*\\.", "") + ".fxml");
            return controller.group(1);
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }

    @ParameterizedTest(name = "{0} in {1}")
    @MethodSource("screens")
    void everyFxmlLoadsWithItsViewInBothLanguages(String controller, Locale language) throws Exception {
        Class<?> type = Class.forName(controller);
        Screens.Screen<?> screen = ToolkitStart.onFxThread(() -> {
            FxPump pump = FxPump.toFxThread();
            EngineSession session = new EngineSession(pump);
            Commands commands = new Commands(session, pump);
            Transfers transfers = new Transfers(commands, pump);
            WindowMemory memory = WindowMemory.at(Path.of("no-such-file"));
            return new Screens(new WindowContext(
                            session,
                            commands,
                            transfers,
                            new KnownRegistries(session, commands, pump, transfers),
                            pump,
                            Messages.in(language),
                            new Navigation(),
                            new Appearance(ThemeChoice.LIGHT),
                            memory,
                            new ShownSections(memory),
                            new Actions()))
                    .load(type);
        });
        assertThat(screen.root()).isNotNull();
        assertThat(screen.view()).isInstanceOf(type);
    }
}
