package io.darsena.app.shell;

import io.darsena.app.control.ModalLayer;
import io.darsena.app.images.DropTarget;
import io.darsena.app.run.RunDialog;
import io.darsena.app.screen.Navigation;
import io.darsena.app.screen.Screens;
import io.darsena.app.screen.WindowContext;
import io.darsena.app.session.Commands;
import io.darsena.app.session.EngineSession;
import io.darsena.app.session.FxPump;
import io.darsena.app.session.Imports;
import io.darsena.app.text.Messages;
import io.darsena.app.theme.Appearance;
import io.darsena.app.theme.WindowMemory;
import java.util.Locale;
import javafx.geometry.Rectangle2D;
import javafx.scene.Parent;
import javafx.scene.Scene;
import javafx.stage.Screen;
import javafx.stage.Stage;

/// The window as a whole: puts the frame on a stage, remembers size, theme and language, and changes the language while
/// it is shown. It is given an engine session and closes nothing of it.
public final class AppWindow {

    public static final double LEAST_WIDTH = 900;
    public static final double LEAST_HEIGHT = 560;

    private static final double FIRST_WIDTH = 1280;
    private static final double FIRST_HEIGHT = 800;

    private final Stage stage;
    private final WindowMemory memory;
    private final Scene scene;
    private WindowContext context;

    public AppWindow(
            Stage stage,
            EngineSession session,
            FxPump pump,
            Messages messages,
            Appearance appearance,
            WindowMemory memory) {
        this.stage = stage;
        this.memory = memory;
        Commands commands = new Commands(session, pump);
        this.context = new WindowContext(
                session, commands, new Imports(commands, pump), pump, messages, new Navigation(), appearance, memory);
        this.scene = new Scene(frame());
        appearance.dress(scene);
        context.navigation().onSpeak(this::speak);
        appearance.choice().subscribe((before, now) -> memory.remember("theme", now.word()));
    }

    /// The context that the present frame was made with.
    public WindowContext context() {
        return context;
    }

    public void show() {
        Rectangle2D screen = Screen.getPrimary().getVisualBounds();
        stage.setTitle(context.messages().text("app.name"));
        stage.setMinWidth(LEAST_WIDTH);
        stage.setMinHeight(LEAST_HEIGHT);
        stage.setWidth(fitting(memory.number("width").orElse(FIRST_WIDTH), LEAST_WIDTH, screen.getWidth()));
        stage.setHeight(fitting(memory.number("height").orElse(FIRST_HEIGHT), LEAST_HEIGHT, screen.getHeight()));
        stage.setMaximized(memory.text("maximized").map(Boolean::valueOf).orElse(false));
        stage.setScene(scene);
        stage.setOnHiding(event -> rememberSize());
        stage.show();
    }

    private static double fitting(double wanted, double least, double most) {
        return Math.max(least, Math.min(wanted, Math.max(least, most)));
    }

    private void rememberSize() {
        memory.remember("maximized", Boolean.toString(stage.isMaximized()));
        if (!stage.isMaximized()) {
            memory.remember("width", stage.getWidth());
            memory.remember("height", stage.getHeight());
        }
        memory.save();
    }

    private void speak(Locale language) {
        memory.remember("language", language.getLanguage());
        context = context.withMessages(Messages.in(language));
        scene.getAccelerators().clear();
        scene.setRoot(frame());
    }

    private Parent frame() {
        Parent shell = new Screens(context).load(ShellView.class).root();
        ModalLayer frame = new ModalLayer(new DropTarget(shell, context));
        WindowContext shown = context;
        shown.navigation().onRun(image -> RunDialog.open(shown, frame, image));
        return frame;
    }
}
