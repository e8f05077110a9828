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
import javafx.application.Platform;
import javafx.stage.Stage;

/// Opens the window, and the engine behind it while the first frame already shows. Closing the window lets the
/// containers run on.
public final class DarsenaApp extends Application {

    /// Begun while JavaFX starts; the toolkit makes the application itself, so that it cannot be handed over.
    private static OnlyWindowClaim claim = OnlyWindowClaim.none();

    private Optional<FxPump> pump = Optional.empty();
    private Optional<EngineSession> session = Optional.empty();

    /// Runs until the window is closed.
    static void open(AppOptions options, List<String> arguments) {
        if (!options.isTour()) {
            claim = OnlyWindowClaim.begin(options.root());
        }
        launch(DarsenaApp.class, arguments.toArray(String[]::new));
    }

    @Override
    public void start(Stage stage) {
        AppOptions options = AppOptions.parse(getParameters().getRaw());
        if (options.isTour()) {
            TourStart.begin(stage, options);
            return;
        }
        if (!claim.isFirst()) {
            System.out.println("darsena: the window is open already; it has been asked to show itself");
            Platform.exit();
            return;
        }
        WindowMemory memory = options.root().map(WindowMemory::below).orElseGet(WindowMemory::usual);
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
        claim.whenAnotherOpens(() -> toFx.run(() -> raise(stage)));
        FirstFrame.announceWhenAsked();
        opened.open(new EngineDoor(options.root()));
    }

    /// A window manager may refuse to take the focus from what the person works with; it then marks the window.
    private static void raise(Stage stage) {
        stage.setIconified(false);
        stage.show();
        stage.toFront();
        stage.requestFocus();
    }

    @Override
    public void stop() {
        claim.close();
        session.ifPresent(EngineSession::close);
        pump.ifPresent(FxPump::close);
    }
}
