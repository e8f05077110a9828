package io.darsena.app.theme;

import atlantafx.base.theme.PrimerDark;
import atlantafx.base.theme.PrimerLight;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import javafx.application.Application;
import javafx.application.ColorScheme;
import javafx.application.Platform;
import javafx.beans.InvalidationListener;
import javafx.beans.WeakInvalidationListener;
import javafx.beans.property.ObjectProperty;
import javafx.beans.property.ReadOnlyObjectProperty;
import javafx.beans.property.ReadOnlyObjectWrapper;
import javafx.beans.property.SimpleObjectProperty;
import javafx.collections.ListChangeListener;
import javafx.collections.WeakListChangeListener;
import javafx.scene.Node;
import javafx.scene.Scene;
import javafx.scene.control.Button;
import javafx.scene.control.ButtonBar;
import javafx.scene.layout.Region;
import javafx.stage.PopupWindow;
import javafx.stage.Stage;
import javafx.stage.Window;

/// Light or dark, as the person chose or as the desktop says, in every scene that was given to [#dress].
/// JavaFX thread only; lives as long as the window.
public final class Appearance {

    private static final String CSS = "/io/darsena/ui/css/";
    private static final List<String> SHEETS = List.of(
            "darsena.css",
            "lists.css",
            "images.css",
            "run.css",
            "detail.css",
            "logs.css",
            "shell.css",
            "settings.css",
            "registries.css",
            "layers.css");

    private final ObjectProperty<ThemeChoice> choice = new SimpleObjectProperty<>();
    private final ReadOnlyObjectWrapper<ColorScheme> scheme = new ReadOnlyObjectWrapper<>();
    private final ObjectProperty<MotionChoice> motion = new SimpleObjectProperty<>(MotionChoice.SYSTEM);
    private final Zoom zoom = new Zoom();
    private final List<Scene> scenes = new ArrayList<>();

    /// These hang on what outlives every window, and so must not keep this one.
    private final ListChangeListener<Window> opening = this::dressOpened;

    private final InvalidationListener desktop = change -> follow();

    public Appearance(ThemeChoice first) {
        choice.set(first);
        Fonts.load();
        follow();
        choice.addListener(change -> follow());
        Window.getWindows().addListener(new WeakListChangeListener<>(opening));
        Platform.getPreferences().colorSchemeProperty().addListener(new WeakInvalidationListener(desktop));
    }

    public ObjectProperty<ThemeChoice> choice() {
        return choice;
    }

    /// What is shown now.
    public ReadOnlyObjectProperty<ColorScheme> scheme() {
        return scheme.getReadOnlyProperty();
    }

    /// Whether things may move.
    public boolean allowsMotion() {
        return switch (motion.get()) {
            case SYSTEM -> !Platform.getPreferences().isReducedMotion();
            case FULL -> true;
            case REDUCED -> false;
        };
    }

    public ObjectProperty<MotionChoice> motion() {
        return motion;
    }

    public Zoom zoom() {
        return zoom;
    }

    /// Gives a scene the style sheets, now and at every change.
    public void dress(Scene scene) {
        scenes.add(scene);
        dressOnce(scene);
    }

    private void follow() {
        ColorScheme wanted = switch (choice.get()) {
            case LIGHT -> ColorScheme.LIGHT;
            case DARK -> ColorScheme.DARK;
            case SYSTEM -> Platform.getPreferences().getColorScheme();
        };
        if (wanted == scheme.get()) {
            return;
        }
        scheme.set(wanted);
        Application.setUserAgentStylesheet(
                wanted == ColorScheme.DARK
                        ? new PrimerDark().getUserAgentStylesheet()
                        : new PrimerLight().getUserAgentStylesheet());
        scenes.forEach(this::dressOnce);
    }

    private void dressOnce(Scene scene) {
        scene.getStylesheets().setAll(sheets());
    }

    private List<String> sheets() {
        return Stream.concat(Stream.of(scheme.get() == ColorScheme.DARK ? "dark.css" : "light.css"), SHEETS.stream())
                .map(Appearance::sheet)
                .toList();
    }

    private void dressOpened(ListChangeListener.Change<? extends Window> change) {
        while (change.next()) {
            change.getAddedSubList().forEach(this::dressAside);
        }
    }

    /// A menu, tooltip or dialog that a dressed scene opens takes its style sheets from there, but not its zoom.
    private void dressAside(Window window) {
        double factor = zoom.factor().get();
        boolean ours = owners(window).anyMatch(owner -> scenes.contains(owner.getScene()));
        if (factor != 1 && ours && window.getScene() != null && !scenes.contains(window.getScene())) {
            window.getScene()
                    .getStylesheets()
                    .setAll(Stream.concat(
                                    sheets().stream().map(sheet -> SheetScale.scaled(sheet, factor)),
                                    Stream.of(SheetScale.popups(factor)))
                            .toList());
            window.getScene().getRoot().lookupAll(".button-bar .button").forEach(Appearance::takeOwnWidth);
        }
    }

    /// A dialog's bar made its buttons equally wide when their letters were not yet these.
    private static void takeOwnWidth(Node node) {
        if (node instanceof Button button) {
            ButtonBar.setButtonUniformSize(button, false);
            button.setPrefWidth(Region.USE_COMPUTED_SIZE);
            button.setMinWidth(Region.USE_PREF_SIZE);
        }
    }

    private static Stream<Window> owners(Window window) {
        return Stream.iterate(window, Objects::nonNull, each -> switch (each) {
            case PopupWindow popup -> popup.getOwnerWindow();
            case Stage stage -> stage.getOwner();
            default -> null;
        });
    }

    private static String sheet(String name) {
        return Objects.requireNonNull(Appearance.class.getResource(CSS + name), name)
                .toExternalForm();
    }
}
