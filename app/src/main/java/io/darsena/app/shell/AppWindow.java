package io.darsena.app.shell;

import io.darsena.app.action.Action;
import io.darsena.app.action.Actions;
import io.darsena.app.cleanup.CleanUpDialog;
import io.darsena.app.commit.CommitDialog;
import io.darsena.app.compare.CompareChooser;
import io.darsena.app.control.ModalLayer;
import io.darsena.app.files.FileViewer;
import io.darsena.app.files.PropertiesPane;
import io.darsena.app.images.DropTarget;
import io.darsena.app.pull.PullDialog;
import io.darsena.app.pull.PushDialog;
import io.darsena.app.registries.LoginDialog;
import io.darsena.app.run.RunDialog;
import io.darsena.app.screen.Navigation;
import io.darsena.app.screen.Screens;
import io.darsena.app.screen.ShownSections;
import io.darsena.app.screen.WindowContext;
import io.darsena.app.session.Commands;
import io.darsena.app.session.EngineSession;
import io.darsena.app.session.FxPump;
import io.darsena.app.session.KnownRegistries;
import io.darsena.app.session.Transfers;
import io.darsena.app.text.Messages;
import io.darsena.app.theme.Appearance;
import io.darsena.app.theme.MotionChoice;
import io.darsena.app.theme.WindowMemory;
import io.darsena.app.theme.ZoomPane;
import java.util.Locale;
import java.util.Optional;
import javafx.geometry.Rectangle2D;
import javafx.scene.Scene;
import javafx.scene.input.KeyEvent;
import javafx.scene.input.MouseButton;
import javafx.scene.input.MouseEvent;
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
    private ModalLayer layer;

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
        Transfers transfers = new Transfers(commands, pump);
        this.context = new WindowContext(
                session,
                commands,
                transfers,
                new KnownRegistries(session, commands, pump, transfers),
                pump,
                messages,
                new Navigation(),
                appearance,
                memory,
                new ShownSections(memory),
                new Actions());
        this.layer = frame();
        this.scene = new Scene(new ZoomPane(layer, appearance.zoom()));
        appearance.dress(scene);
        context.navigation().onSpeak(this::speak);
        scene.addEventHandler(KeyEvent.KEY_PRESSED, this::key);
        scene.addEventHandler(MouseEvent.MOUSE_PRESSED, this::button);
        keepAppearance(appearance);
    }

    /// What is remembered holds from the start; what changes is kept at once.
    private void keepAppearance(Appearance appearance) {
        memory.number("zoom").ifPresent(appearance.zoom()::percent);
        memory.text("motion").flatMap(MotionChoice::parse).ifPresent(appearance.motion()::set);
        appearance.choice().subscribe((before, now) -> keep("theme", now.word()));
        appearance.motion().subscribe((before, now) -> keep("motion", now.word()));
        appearance
                .zoom()
                .factor()
                .subscribe((before, now) ->
                        keep("zoom", Integer.toString(appearance.zoom().percent())));
    }

    private void keep(String key, String value) {
        memory.remember(key, value);
        memory.saveSoon();
    }

    /// While something is shown above the window only its size can be changed by the window's keys.
    private void key(KeyEvent event) {
        context.actions().hear(event, action -> !layer.isShowing() || action.group() == Action.Group.VIEW);
    }

    /// The side buttons of a mouse lead back and forward.
    private void button(MouseEvent event) {
        if (!layer.isShowing() && event.getButton() == MouseButton.BACK) {
            context.navigation().back();
        } else if (!layer.isShowing() && event.getButton() == MouseButton.FORWARD) {
            context.navigation().forward();
        }
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
        stage.showingProperty().subscribe(this::look);
        stage.iconifiedProperty().subscribe(this::look);
        stage.show();
    }

    /// A window that nobody can see draws no numbers.
    private void look() {
        context.session().metrics().watched(stage.isShowing() && !stage.isIconified());
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

    private void speak(Optional<Locale> language) {
        language.ifPresentOrElse(
                chosen -> memory.remember("language", chosen.getLanguage()), () -> memory.forget("language"));
        memory.saveSoon();
        context = context.withMessages(Messages.in(language.orElseGet(Locale::getDefault)));
        layer = frame();
        scene.setRoot(new ZoomPane(layer, context.appearance().zoom()));
    }

    private ModalLayer frame() {
        Screens.Screen<ShellView> shell = new Screens(context).load(ShellView.class);
        ModalLayer frame = new ModalLayer(new DropTarget(shell.root(), context));
        WindowContext shown = context;
        shown.navigation().onRun(image -> RunDialog.open(shown, frame, image));
        shown.navigation().onPush(image -> PushDialog.open(shown, frame, image));
        shown.navigation().onLogin((registry, then) -> LoginDialog.open(shown, registry, frame, then));
        shown.navigation().onCompare(first -> CompareChooser.open(shown, frame, first));
        shown.navigation()
                .onOpenFile(
                        file -> FileViewer.open(shown, frame, file, shell.view().lateSaves()));
        shown.navigation().onShowProperties(about -> PropertiesPane.open(shown, frame, about));
        shown.navigation().onCommit((container, paths) -> CommitDialog.open(shown, frame, container, paths));
        shown.navigation().onCleanUp(() -> CleanUpDialog.open(shown, frame));
        shown.navigation().onPull(name -> PullDialog.open(shown, frame, name));
        new WindowActions(shown).register(frame, shell.view());
        return frame;
    }
}
