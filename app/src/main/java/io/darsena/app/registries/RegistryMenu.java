package io.darsena.app.registries;

import io.darsena.app.control.Confirmation;
import io.darsena.app.control.CopyButton;
import io.darsena.app.screen.WindowContext;
import io.darsena.app.session.KnownRegistry;
import io.darsena.app.text.Messages;
import io.darsena.bridge.registry.RegistryHost;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.Supplier;
import javafx.scene.control.ContextMenu;
import javafx.scene.control.MenuItem;
import javafx.scene.control.SeparatorMenuItem;
import javafx.scene.input.KeyCode;
import javafx.scene.input.KeyCodeCombination;
import javafx.scene.input.KeyCombination;
import javafx.stage.Window;
import org.jspecify.annotations.Nullable;
import org.kordamp.ikonli.Ikon;
import org.kordamp.ikonli.feather.Feather;
import org.kordamp.ikonli.javafx.FontIcon;

/// What can be done with a registry, the same under its ⋮, its right click and its keys.
public final class RegistryMenu {

    public static final KeyCombination REMOVE = new KeyCodeCombination(KeyCode.DELETE);

    private final WindowContext context;
    private final Messages messages;
    private final RegistriesViewModel model;
    private final Supplier<@Nullable Window> owner;
    private final Consumer<RegistryRow> settings;

    /// @param settings shows what is set for a registry
    RegistryMenu(
            WindowContext context,
            RegistriesViewModel model,
            Supplier<@Nullable Window> owner,
            Consumer<RegistryRow> settings) {
        this.context = context;
        this.messages = context.messages();
        this.model = model;
        this.owner = owner;
        this.settings = settings;
    }

    ContextMenu of(List<RegistryRow> rows) {
        if (rows.size() == 1) {
            return of(rows.getFirst());
        }
        ContextMenu menu = new ContextMenu(tests(rows));
        if (rows.stream().anyMatch(RegistryMenu::isRemovable)) {
            menu.getItems().addAll(new SeparatorMenuItem(), removal(rows));
        }
        return menu;
    }

    private MenuItem tests(List<RegistryRow> rows) {
        return item("registry.test", Feather.ACTIVITY, () -> test(rows));
    }

    void test(List<RegistryRow> rows) {
        rows.forEach(row -> model.test(row.host()));
    }

    private MenuItem removal(List<RegistryRow> rows) {
        MenuItem remove = item("registry.remove", Feather.TRASH_2, () -> remove(rows));
        remove.setAccelerator(REMOVE);
        return remove;
    }

    static boolean isRemovable(RegistryRow row) {
        return RegistriesViewModel.isRemovable(row.now());
    }

    ContextMenu of(RegistryRow row) {
        KnownRegistry known = row.now();
        ContextMenu menu = new ContextMenu(tests(List.of(row)));
        menu.getItems()
                .add(
                        known.login().isPresent()
                                ? item("registry.logout", Feather.LOG_OUT, () -> model.logout(row.host()))
                                : item("registry.login", Feather.LOG_IN, () -> login(row)));
        menu.getItems()
                .addAll(
                        item("registry.settings", Feather.SETTINGS, () -> settings.accept(row)),
                        item(
                                "registry.copyName",
                                Feather.COPY,
                                () -> CopyButton.copy(row.host().name())));
        if (isRemovable(row)) {
            menu.getItems().addAll(new SeparatorMenuItem(), removal(List.of(row)));
        }
        return menu;
    }

    private MenuItem item(String key, Ikon icon, Runnable action) {
        MenuItem item = new MenuItem(messages.text(key), new FontIcon(icon));
        item.setId("menu-" + key.substring(key.indexOf('.') + 1));
        item.setOnAction(event -> action.run());
        return item;
    }

    void login(RegistryRow row) {
        context.navigation().login(row.host(), () -> model.test(row.host()));
    }

    /// What is set comes back by Undo; a login does not, so it is asked first. Those that nothing is set for stay.
    void remove(List<RegistryRow> rows) {
        List<RegistryRow> leaving =
                rows.stream().filter(RegistryMenu::isRemovable).toList();
        List<RegistryHost> hosts = leaving.stream().map(RegistryRow::host).toList();
        if (leaving.stream().allMatch(row -> row.now().login().isEmpty())) {
            model.remove(hosts);
            return;
        }
        Confirmation.ask(
                owner.get(),
                hosts.size() == 1
                        ? messages.text(
                                "confirm.registry.title", hosts.getFirst().name())
                        : messages.text("confirm.registries.title", hosts.size()),
                messages.text(hosts.size() == 1 ? "confirm.registry.text" : "confirm.registries.text"),
                messages.text("confirm.registry.verb"),
                messages.text("confirm.cancel"),
                () -> model.remove(hosts));
    }
}
