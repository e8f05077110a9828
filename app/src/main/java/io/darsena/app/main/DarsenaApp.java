package io.darsena.app.main;

import io.darsena.app.session.EngineSession;
import io.darsena.app.session.FxPump;
import io.darsena.app.shell.AppWindow;
import io.darsena.app.text.Messages;
import io.darsena.app.theme.Appearance;
import io.darsena.app.theme.ThemeChoice;
import io.darsena.app.theme.WindowMemory;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import javafx.application.Application;
import javafx.stage.Stage;

/// Opens the window, and the engine behind it while the first frame already shows. Closing the window lets the
/// containers run on.
public final class DarsenaApp extends Application {

    private Optional<FxPump> pump = Optional.empty();
    private Optional<EngineSession> session = Optional.empty();

    public static void main(String[] arguments) {
        try {
            AppOptions.parse(List.of(arguments));
        } catch (IllegalArgumentException wrong) {
            System.err.println("darsena: " + wrong.getMessage());
            System.exit(2);
        }
        launch(DarsenaApp.class, arguments);
    }

    @Override
    public void start(Stage stage) {
        AppOptions options = AppOptions.parse(getParameters().getRaw());
        if (options.demo().isPresent() || options.screenshots().isPresent()) {
            TourStart.begin(stage, options);
            return;
        }
        WindowMemory memory = WindowMemory.usual();
        ThemeChoice theme = options.theme()
                .or(() -> memory.text("theme").flatMap(ThemeChoice::parse))
                .orElse(ThemeChoice.SYSTEM);
        Locale language = options.language()
                .or(() -> memory.text("language").map(Locale::of))
                .orElse(Locale.getDefault());
        FxPump toFx = FxPump.toFxThread();
        EngineSession opened = new EngineSession(toFx);
        pump = Optional.of(toFx);
        session = Optional.of(opened);
        new AppWindow(stage, opened, toFx, Messages.in(language), new Appearance(theme), memory).show();
        FirstFrame.announceWhenAsked();
        opened.open(new EngineDoor(options.root()));
    }

    @Override
    public void stop() {
        session.ifPresent(EngineSession::close);
        pump.ifPresent(FxPump::close);
    }
}
