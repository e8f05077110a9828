package io.darsena.app.registries;

import io.darsena.app.control.StateBadge;
import io.darsena.app.list.ListCells;
import io.darsena.app.registries.RegistryWords.Guard;
import io.darsena.app.session.KnownRegistry;
import io.darsena.app.text.Messages;
import io.darsena.bridge.registry.RegistryConfig;
import java.util.Comparator;
import java.util.function.Function;
import java.util.function.Supplier;
import javafx.geometry.Side;
import javafx.scene.control.Button;
import javafx.scene.control.Label;
import javafx.scene.control.TableCell;
import javafx.scene.control.TableColumn;
import javafx.scene.control.TableView;
import org.kordamp.ikonli.feather.Feather;
import org.kordamp.ikonli.javafx.FontIcon;

/// What each column of the list shows and sorts by. Which there are, and how wide they begin, says the FXML.
final class RegistryColumns {

    private final Messages messages;
    private final RegistriesViewModel model;
    private final RegistryMenu menu;
    private final RegistryWords words;

    RegistryColumns(Messages messages, RegistriesViewModel model, RegistryMenu menu) {
        this.messages = messages;
        this.model = model;
        this.menu = menu;
        this.words = new RegistryWords(messages);
    }

    void fill(TableView<RegistryRow> table) {
        table.getColumns().forEach(this::fill);
    }

    private void fill(TableColumn<RegistryRow, ?> column) {
        Function<KnownRegistry, String> name = known -> RegistryWords.name(known.host());
        switch (column.getId()) {
            case "name" -> of(column, () -> ListCells.text(name, "strong"), Comparator.comparing(name));
            case "state" -> of(column, this::state, Comparator.comparing(words::state));
            case "guard" -> of(column, this::guard, Comparator.comparing(Guard::of));
            case "images" ->
                of(
                        column,
                        () -> ListCells.text(
                                known -> known.images() == 0
                                        ? ListCells.NONE
                                        : messages.quantities().count(known.images()),
                                "numeric"),
                        Comparator.comparingInt(KnownRegistry::images));
            case "mirrors" ->
                of(
                        column,
                        () -> ListCells.text(known -> mirrors(known).isEmpty() ? ListCells.NONE : mirrors(known)),
                        Comparator.comparing(RegistryColumns::mirrors));
            case "rate" ->
                of(
                        column,
                        () -> ListCells.text(
                                known -> known.rate().map(words::shortRate).orElse(ListCells.NONE), "numeric"),
                        Comparator.comparingLong(known ->
                                known.rate().map(rate -> rate.remaining()).orElse(Long.MAX_VALUE)));
            case "actions" -> of(column, this::actions, Comparator.comparing(name));
            default -> throw new IllegalStateException("no column is called " + column.getId());
        }
    }

    @SuppressWarnings("unchecked") // the FXML's columns bear no types
    private static void of(
            TableColumn<RegistryRow, ?> column,
            Supplier<TableCell<RegistryRow, KnownRegistry>> cell,
            Comparator<KnownRegistry> order) {
        TableColumn<RegistryRow, KnownRegistry> typed = (TableColumn<RegistryRow, KnownRegistry>) column;
        typed.setCellValueFactory(row -> row.getValue().known());
        typed.setCellFactory(owner -> cell.get());
        typed.setComparator(order);
    }

    private static String mirrors(KnownRegistry known) {
        return known.config().map(RegistryConfig::mirrors).stream()
                .flatMap(mirrors -> mirrors.stream().map(Object::toString))
                .reduce((one, other) -> one + ", " + other)
                .orElse("");
    }

    private TableCell<RegistryRow, KnownRegistry> state() {
        return ListCells.node(
                new StateBadge(messages),
                (badge, known) -> badge.show(words.state(known), RegistryWords.tone(known)),
                words::state);
    }

    private TableCell<RegistryRow, KnownRegistry> guard() {
        FontIcon icon = new FontIcon(Feather.MINUS);
        Label label = new Label("", icon);
        return ListCells.node(
                label,
                (shown, known) -> {
                    Guard guard = Guard.of(known);
                    icon.setIconCode(guard.icon());
                    label.setGraphic(guard == Guard.UNKNOWN ? null : icon);
                    label.setText(words.guard(guard));
                    label.getStyleClass().removeAll("guarded", "unguarded", "muted");
                    label.getStyleClass().add(guard.style());
                },
                known -> words.guard(Guard.of(known)));
    }

    private TableCell<RegistryRow, KnownRegistry> actions() {
        Button test = ListCells.button(Feather.ACTIVITY);
        Button login = ListCells.button(Feather.LOG_IN);
        Button more = ListCells.button(Feather.MORE_VERTICAL);
        FontIcon door = (FontIcon) login.getGraphic();
        return ListCells.node(
                ListCells.buttons(test, login, more),
                (box, known) -> {
                    String name = RegistryWords.name(known.host());
                    boolean in = known.login().isPresent();
                    door.setIconCode(in ? Feather.LOG_OUT : Feather.LOG_IN);
                    ListCells.name(test, messages.text("registry.testNamed", name));
                    ListCells.name(login, messages.text(in ? "registry.logoutNamed" : "registry.loginNamed", name));
                    ListCells.name(more, messages.text("action.moreFor", name));
                    test.setOnAction(event -> model.test(known.host()));
                    model.rows().row(known.host()).ifPresent(row -> {
                        login.setOnAction(event -> {
                            if (in) {
                                model.logout(row.host());
                            } else {
                                menu.login(row);
                            }
                        });
                        more.setOnAction(event -> menu.of(row).show(more, Side.BOTTOM, 0, 0));
                    });
                },
                known -> messages.text("action.of", RegistryWords.name(known.host())));
    }
}
