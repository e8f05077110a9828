package io.darsena.app.shell;

import static javafx.scene.input.KeyCombination.ALT_DOWN;
import static javafx.scene.input.KeyCombination.SHIFT_ANY;
import static javafx.scene.input.KeyCombination.SHIFT_DOWN;
import static javafx.scene.input.KeyCombination.SHORTCUT_DOWN;

import io.darsena.app.action.Action;
import io.darsena.app.action.Action.Group;
import io.darsena.app.action.Actions;
import io.darsena.app.control.ModalLayer;
import io.darsena.app.control.SearchField;
import io.darsena.app.palette.CommandPalette;
import io.darsena.app.palette.ShortcutsOverview;
import io.darsena.app.screen.Navigation;
import io.darsena.app.screen.Section;
import io.darsena.app.screen.WindowContext;
import io.darsena.app.session.EngineStage;
import io.darsena.app.settings.SettingsPage;
import io.darsena.app.theme.ThemeChoice;
import io.darsena.app.theme.Zoom;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import javafx.scene.input.KeyCode;
import javafx.scene.input.KeyCodeCombination;
import javafx.scene.input.KeyCombination;
import org.kordamp.ikonli.Ikon;
import org.kordamp.ikonli.feather.Feather;

/// Registers what the window as a whole can do, with its keys.
final class WindowActions {

    static final String PALETTE = "palette";
    static final String RUN = "run";
    static final String SEARCH = "search";

    private static final BooleanSupplier ALWAYS = () -> true;

    private final WindowContext context;
    private final Navigation navigation;
    private final Actions actions;

    WindowActions(WindowContext context) {
        this.context = context;
        this.navigation = context.navigation();
        this.actions = context.actions();
    }

    /// @param layer where the palette and the overview are shown
    void register(ModalLayer layer, ShellView shell) {
        add(
                PALETTE,
                Group.COMMANDS,
                Feather.COMMAND,
                () -> !layer.isShowing(),
                () -> CommandPalette.open(context, layer),
                new KeyCodeCombination(KeyCode.P, SHORTCUT_DOWN, SHIFT_DOWN),
                new KeyCodeCombination(KeyCode.F1));
        add(
                RUN,
                Group.COMMANDS,
                Feather.PLAY,
                this::canRun,
                () -> navigation.run(Optional.empty()),
                control(KeyCode.N));
        add(
                "pull",
                Group.COMMANDS,
                Feather.DOWNLOAD_CLOUD,
                this::canRun,
                () -> navigation.pull(""),
                control(KeyCode.L));
        add(
                "compare",
                Group.COMMANDS,
                Feather.COLUMNS,
                () -> context.session().images().size()
                                + context.session().containers().size()
                        > 1,
                () -> navigation.askWhatToCompare(Optional.empty()));
        add("cleanUp", Group.COMMANDS, Feather.WIND, this::canRun, navigation::cleanUp);
        add(
                "transfers",
                Group.COMMANDS,
                Feather.LIST,
                ALWAYS,
                () -> navigation.transfers().set(!navigation.transfers().get()),
                control(KeyCode.J));
        add(SEARCH, Group.COMMANDS, Feather.SEARCH, shell::hasSearch, shell::focusSearch, SearchField.KEY);
        add(
                "shortcuts",
                Group.COMMANDS,
                Feather.HELP_CIRCLE,
                ALWAYS,
                () -> ShortcutsOverview.open(context, layer),
                new KeyCodeCombination(KeyCode.SLASH, SHORTCUT_DOWN, SHIFT_ANY));
        places(shell);
        view();
        settings();
        new SectionActions(context, shell).register();
        new ListenedKeys(context).tell();
        actions.addChanging(new ContainerEntries(context, shell)::entries);
        actions.addChanging(new ImageEntries(context, shell)::entries);
        actions.addChanging(new RegistryEntries(context, shell)::entries);
        actions.addChanging(new TrashEntries(context, shell)::entries);
    }

    private boolean canRun() {
        return navigation.canRun().get() && context.session().stage().get() instanceof EngineStage.Open;
    }

    private void places(ShellView shell) {
        int number = 0;
        for (Section section : Section.values()) {
            number++;
            String word = section.name().toLowerCase(Locale.ROOT);
            List<KeyCombination> keys = new ArrayList<>();
            if (section == Section.SETTINGS) {
                keys.add(control(KeyCode.COMMA));
            }
            keys.add(control(KeyCode.getKeyCode(Integer.toString(number))));
            actions.add(new Action(
                    "section." + word,
                    Group.PLACES,
                    context.messages().text("section." + word),
                    ShellView.icon(section),
                    keys,
                    ALWAYS,
                    () -> navigation.go(section)));
        }
        add(
                "back",
                Group.PLACES,
                Feather.ARROW_LEFT,
                navigation::canGoBack,
                navigation::back,
                new KeyCodeCombination(KeyCode.LEFT, ALT_DOWN));
        add(
                "forward",
                Group.PLACES,
                Feather.ARROW_RIGHT,
                navigation::canGoForward,
                navigation::forward,
                new KeyCodeCombination(KeyCode.RIGHT, ALT_DOWN));
        add(
                "nextPane",
                Group.PLACES,
                Feather.COLUMNS,
                ALWAYS,
                () -> shell.movePane(1),
                new KeyCodeCombination(KeyCode.F6));
        add(
                "previousPane",
                Group.PLACES,
                Feather.COLUMNS,
                ALWAYS,
                () -> shell.movePane(-1),
                new KeyCodeCombination(KeyCode.F6, SHIFT_DOWN));
    }

    private void view() {
        Zoom zoom = context.appearance().zoom();
        add(
                "zoomIn",
                Group.VIEW,
                Feather.ZOOM_IN,
                zoom::canGrow,
                zoom::grow,
                new KeyCodeCombination(KeyCode.PLUS, SHORTCUT_DOWN, SHIFT_ANY),
                new KeyCodeCombination(KeyCode.EQUALS, SHORTCUT_DOWN, SHIFT_ANY),
                control(KeyCode.ADD));
        add(
                "zoomOut",
                Group.VIEW,
                Feather.ZOOM_OUT,
                zoom::canShrink,
                zoom::shrink,
                control(KeyCode.MINUS),
                control(KeyCode.SUBTRACT));
        add(
                "zoomUsual",
                Group.VIEW,
                Feather.MAXIMIZE,
                ALWAYS,
                zoom::usual,
                control(KeyCode.DIGIT0),
                control(KeyCode.NUMPAD0));
        for (ThemeChoice theme : ThemeChoice.values()) {
            add(
                    "theme." + theme.word(),
                    Group.VIEW,
                    switch (theme) {
                        case SYSTEM -> Feather.MONITOR;
                        case LIGHT -> Feather.SUN;
                        case DARK -> Feather.MOON;
                    },
                    () -> context.appearance().choice().get() != theme,
                    () -> context.appearance().choice().set(theme));
        }
    }

    private void settings() {
        for (SettingsPage page : SettingsPage.values()) {
            actions.add(new Action(
                    "settings." + page.word(),
                    Group.SETTINGS,
                    context.messages()
                            .text("palette.settings", context.messages().text("settings.page." + page.word())),
                    page.icon(),
                    List.of(),
                    ALWAYS,
                    () -> navigation.showSettings(page.word())));
        }
    }

    private void add(
            String id, Group group, Ikon icon, BooleanSupplier possible, Runnable deed, KeyCombination... keys) {
        actions.add(new Action(id, group, context.messages().text("do." + id), icon, List.of(keys), possible, deed));
    }

    private static KeyCombination control(KeyCode code) {
        return new KeyCodeCombination(code, SHORTCUT_DOWN);
    }
}
