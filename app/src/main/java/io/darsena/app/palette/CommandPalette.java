package io.darsena.app.palette;

import io.darsena.app.control.ModalLayer;
import io.darsena.app.palette.PaletteViewModel.Entry;
import io.darsena.app.screen.WindowContext;
import io.darsena.app.text.Messages;
import javafx.geometry.Pos;
import javafx.scene.AccessibleAttribute;
import javafx.scene.control.Label;
import javafx.scene.control.ListView;
import javafx.scene.control.TextField;
import javafx.scene.input.KeyEvent;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;
import javafx.scene.layout.StackPane;
import javafx.scene.layout.VBox;
import org.kordamp.ikonli.feather.Feather;
import org.kordamp.ikonli.javafx.FontIcon;

/// The palette above the window. The keyboard stays in its field; arrows move the choice, Enter does it, Escape or a
/// click outside closes.
public final class CommandPalette extends VBox {

    private static final double ROW_HEIGHT = 36;
    private static final double EDGES = 10;
    private static final int MOST_ROWS = 9;
    private static final int PAGE = 8;

    private final PaletteViewModel model;
    private final ModalLayer layer;
    private final TextField field = new TextField();
    private final ListView<Entry> list = new ListView<>();

    private CommandPalette(WindowContext context, ModalLayer layer) {
        this.model = new PaletteViewModel(context.actions(), context.messages(), context.memory());
        this.layer = layer;
        Messages messages = context.messages();
        getStyleClass().addAll("modal", "palette");
        setId("palette");
        setMaxHeight(USE_PREF_SIZE);
        field.setPromptText(messages.text("palette.prompt"));
        field.setAccessibleText(messages.text("palette.prompt"));
        field.setId("palette-field");
        field.textProperty().bindBidirectional(model.typed());
        field.addEventFilter(KeyEvent.KEY_PRESSED, this::key);
        HBox.setHgrow(field, Priority.ALWAYS);
        HBox head = new HBox(new FontIcon(Feather.SEARCH), field);
        head.getStyleClass().add("head");
        makeList(messages);
        Label none = new Label(messages.text("palette.none"));
        none.getStyleClass().addAll("muted", "none");
        list.setPlaceholder(none);
        getChildren().addAll(head, list);
    }

    public static void open(WindowContext context, ModalLayer layer) {
        CommandPalette palette = new CommandPalette(context, layer);
        StackPane.setAlignment(palette, Pos.TOP_CENTER);
        layer.showLightly(palette);
        palette.field.requestFocus();
    }

    private void makeList(Messages messages) {
        list.setItems(model.shown());
        list.setCellFactory(view -> new PaletteCell(messages));
        list.setFixedCellSize(ROW_HEIGHT);
        list.setFocusTraversable(false);
        list.setAccessibleText(messages.text("palette.title"));
        list.setOnMouseClicked(click -> {
            if (list.getSelectionModel().getSelectedIndex() >= 0) {
                model.chosen().set(list.getSelectionModel().getSelectedIndex());
                perform();
            }
        });
        model.shown().subscribe(this::fit);
        model.chosen().subscribe(index -> choose(index.intValue()));
        fit();
    }

    private void fit() {
        int rows = Math.clamp(model.shown().size(), 1, MOST_ROWS);
        list.setPrefHeight(rows * ROW_HEIGHT + EDGES);
        list.setMinHeight(Math.min(rows, 2) * ROW_HEIGHT);
    }

    /// A screen reader is told the choice as the help of the field, which has the keyboard.
    private void choose(int index) {
        if (index < 0) {
            list.getSelectionModel().clearSelection();
            return;
        }
        list.getSelectionModel().clearAndSelect(index);
        list.scrollTo(Math.max(0, index - MOST_ROWS / 2));
        field.setAccessibleHelp(model.choice().map(action -> action.words()).orElse(""));
        field.notifyAccessibleAttributeChanged(AccessibleAttribute.HELP);
    }

    private void key(KeyEvent event) {
        switch (event.getCode()) {
            case DOWN -> model.move(1);
            case UP -> model.move(-1);
            case PAGE_DOWN ->
                model.chosen()
                        .set(Math.min(model.chosen().get() + PAGE, model.shown().size() - 1));
            case PAGE_UP ->
                model.chosen()
                        .set(Math.max(
                                model.chosen().get() - PAGE,
                                Math.min(0, model.shown().size() - 1)));
            case ENTER -> perform();
            case TAB -> model.move(event.isShiftDown() ? -1 : 1);
            default -> {
                return;
            }
        }
        event.consume();
    }

    /// The palette goes first: what it does may show something in its place.
    private void perform() {
        if (model.choice().isPresent()) {
            layer.close();
            model.perform();
        }
    }
}
