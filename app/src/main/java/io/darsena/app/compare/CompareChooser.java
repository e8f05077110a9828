package io.darsena.app.compare;

import io.darsena.app.control.ModalLayer;
import io.darsena.app.screen.ComparedSides.AtRegistry;
import io.darsena.app.screen.ComparedSides.Here;
import io.darsena.app.screen.ComparedSides.Local;
import io.darsena.app.screen.ComparedSides.OfContainer;
import io.darsena.app.screen.ComparedSides.Side;
import io.darsena.app.screen.WindowContext;
import io.darsena.app.text.Messages;
import java.util.Optional;
import javafx.collections.ListChangeListener;
import javafx.geometry.Pos;
import javafx.scene.AccessibleAttribute;
import javafx.scene.control.Label;
import javafx.scene.control.ListCell;
import javafx.scene.control.ListView;
import javafx.scene.control.TextField;
import javafx.scene.input.KeyEvent;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;
import javafx.scene.layout.StackPane;
import javafx.scene.layout.VBox;
import org.jspecify.annotations.Nullable;
import org.kordamp.ikonli.feather.Feather;
import org.kordamp.ikonli.javafx.FontIcon;

/// Asks which images or containers to compare. The keyboard stays in its field, as in the palette: arrows move the
/// choice, Enter takes it, Escape or a click outside closes.
public final class CompareChooser extends VBox {

    private static final double ROW_HEIGHT = 36;
    private static final double EDGES = 10;
    private static final int MOST_ROWS = 9;

    private final WindowContext context;
    private final Messages messages;
    private final CompareChooserViewModel model;
    private final ModalLayer layer;
    private final TextField field = new TextField();
    private final ListView<Side> list = new ListView<>();

    private CompareChooser(WindowContext context, ModalLayer layer, Optional<Local> first) {
        this.context = context;
        this.messages = context.messages();
        this.model = new CompareChooserViewModel(context.session(), first);
        this.layer = layer;
        getStyleClass().addAll("modal", "palette");
        setId("compare-chooser");
        setMaxHeight(USE_PREF_SIZE);
        field.setId("compare-field");
        field.textProperty().bindBidirectional(model.typed());
        field.addEventFilter(KeyEvent.KEY_PRESSED, this::key);
        HBox.setHgrow(field, Priority.ALWAYS);
        Label asked = new Label();
        asked.getStyleClass().add("asked");
        asked.setWrapText(true);
        asked.setLabelFor(field);
        HBox head = new HBox(new FontIcon(Feather.SEARCH), field);
        head.getStyleClass().add("head");
        makeList();
        getChildren().addAll(asked, head, list);
        model.first().subscribe(known -> {
            String question = known.map(side -> messages.text("compare.with", side.name()))
                    .orElse(messages.text("compare.first"));
            asked.setText(question);
            field.setPromptText(messages.text("compare.prompt"));
            field.setAccessibleText(question);
        });
    }

    /// @param first what is to be compared with something else, where it is known
    public static void open(WindowContext context, ModalLayer layer, Optional<Local> first) {
        CompareChooser chooser = new CompareChooser(context, layer, first);
        StackPane.setAlignment(chooser, Pos.TOP_CENTER);
        layer.showLightly(chooser);
        chooser.field.requestFocus();
    }

    private void makeList() {
        list.setId("compare-choices");
        list.setItems(model.shown());
        list.setCellFactory(view -> new SideCell());
        list.setFixedCellSize(ROW_HEIGHT);
        list.setFocusTraversable(false);
        list.setAccessibleText(messages.text("compare.choices"));
        Label none = new Label(messages.text("compare.none"));
        none.getStyleClass().addAll("muted", "none");
        list.setPlaceholder(none);
        list.setOnMouseClicked(click -> take());
        // Behind the list's own listener: it forgets what it has selected of the choices before.
        model.shown().addListener((ListChangeListener<Side>) change -> fit());
        list.getSelectionModel().selectedItemProperty().subscribe(this::speak);
        fit();
    }

    private void fit() {
        int rows = Math.clamp(model.shown().size(), 1, MOST_ROWS);
        list.setPrefHeight(rows * ROW_HEIGHT + EDGES);
        list.setMinHeight(Math.min(rows, 2) * ROW_HEIGHT);
        list.getSelectionModel().selectFirst();
    }

    /// A screen reader is told the choice as the help of the field, which has the keyboard.
    private void speak(@Nullable Side chosen) {
        field.setAccessibleHelp(chosen == null ? "" : words(chosen));
        field.notifyAccessibleAttributeChanged(AccessibleAttribute.HELP);
    }

    private void key(KeyEvent key) {
        boolean used = switch (key.getCode()) {
            case DOWN -> move(1);
            case UP -> move(-1);
            case TAB -> move(key.isShiftDown() ? -1 : 1);
            case ENTER -> take();
            default -> false;
        };
        if (used) {
            key.consume();
        }
    }

    private boolean move(int by) {
        int last = model.shown().size() - 1;
        if (last >= 0) {
            int index = Math.clamp(list.getSelectionModel().getSelectedIndex() + by, 0, last);
            list.getSelectionModel().clearAndSelect(index);
            list.scrollTo(Math.max(0, index - MOST_ROWS / 2));
        }
        return true;
    }

    private boolean take() {
        Side chosen = list.getSelectionModel().getSelectedItem();
        if (chosen != null) {
            model.choose(chosen).ifPresent(pair -> {
                layer.close();
                context.navigation().compare(pair);
            });
        }
        return true;
    }

    private String words(Side side) {
        return switch (side) {
            case Here here -> here.name();
            case OfContainer here -> messages.text("compare.container", here.name());
            case AtRegistry there -> messages.text("compare.atRegistry", there.name());
        };
    }

    private static Feather icon(Side side) {
        return switch (side) {
            case Here here -> Feather.LAYERS;
            case OfContainer here -> Feather.BOX;
            case AtRegistry there -> Feather.SERVER;
        };
    }

    private final class SideCell extends ListCell<Side> {

        @Override
        protected void updateItem(@Nullable Side side, boolean empty) {
            super.updateItem(side, empty);
            if (side == null || empty) {
                setText(null);
                setGraphic(null);
            } else {
                setText(words(side));
                setGraphic(new FontIcon(icon(side)));
            }
        }
    }
}
