package io.darsena.app.main;

import io.darsena.app.session.EngineSession;
import io.darsena.app.session.FxPump;
import io.darsena.app.shell.AppWindow;
import io.darsena.app.text.Messages;
import io.darsena.app.theme.Appearance;
import io.darsena.app.theme.ThemeChoice;
import io.darsena.app.theme.WindowMemory;
import io.darsena.app.tour.Demo;
import io.darsena.app.tour.Screenshots;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.Callable;
import javafx.stage.Stage;

/// Opens a window that drives itself, on an engine in a directory of its own, and ends the process with 0 when all went
/// well. Nothing of the person's is read or written, and nothing but the pictures is left.
final class TourStart {

    private TourStart() {}

    static void begin(Stage stage, AppOptions options) {
        Path home = options.root().orElseGet(TourStart::makeHome);
        FxPump pump = FxPump.toFxThread();
        EngineSession session = new EngineSession(pump);
        WindowMemory memory = WindowMemory.at(home.resolve("window.properties"));
        memory.remember("width", options.size().getWidth());
        memory.remember("height", options.size().getHeight());
        memory.remember("zoom", options.zoom());
        AppWindow window = new AppWindow(
                stage,
                session,
                pump,
                Messages.in(options.language().orElse(Locale.ENGLISH)),
                new Appearance(options.theme().orElse(ThemeChoice.LIGHT)),
                memory);
        window.show();
        session.open(new EngineDoor(Optional.of(home.resolve("root"))));
        Callable<Boolean> tour = options.demo()
                .<Callable<Boolean>>map(pictures -> new Demo(window.context(), stage, pictures, System.out))
                .orElseGet(() ->
                        new Screenshots(window, stage, options.screenshots().orElseThrow(), System.out));
        Thread.ofPlatform().name("darsena-tour").start(() -> {
            boolean well = false;
            try {
                well = tour.call();
            } catch (Exception failed) {
                System.out.println("failed: " + failed);
            } catch (Error failed) {
                System.out.println("failed: " + failed);
                throw failed;
            } finally {
                well &= new TourEnd(session, home).clear();
                System.exit(well ? 0 : 1);
            }
        });
    }

    private static Path makeHome() {
        try {
            return Files.createTempDirectory("darsena-");
        } catch (IOException full) {
            throw new UncheckedIOException("cannot make a directory for the engine's data", full);
        }
    }
}
