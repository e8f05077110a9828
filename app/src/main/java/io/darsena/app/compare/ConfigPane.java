package io.darsena.app.compare;

import io.darsena.app.control.EmptyState;
import io.darsena.app.layers.FileWords;
import io.darsena.app.list.ListCells;
import io.darsena.app.list.ListEdges;
import io.darsena.app.list.TextColumn;
import io.darsena.app.text.Messages;
import io.darsena.bridge.layer.ConfigComparison.Row;
import io.darsena.bridge.layer.FileChange;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Function;
import javafx.scene.control.CheckBox;
import javafx.scene.control.TableColumn;
import javafx.scene.control.TableRow;
import javafx.scene.control.TableView;
import javafx.scene.layout.FlowPane;
import javafx.scene.layout.Priority;
import javafx.scene.layout.VBox;
import org.jspecify.annotations.Nullable;
import org.kordamp.ikonli.feather.Feather;

/// How the two images are to be run, part by part, with what differs first.
final class ConfigPane extends VBox {

    private static final List<String> CHANGES = List.of("added", "changed", "removed");

    /// The sign begins where the tools above do.
    private static final double SIGN = 40;

    private final Messages messages;

    ConfigPane(Messages messages, CompareViewModel model) {
        this.messages = messages;
        getStyleClass().add("explorer-pane");
        CheckBox whole = new CheckBox(messages.text("compare.wholeConfig"));
        whole.setId("whole-config");
        whole.setMinWidth(USE_PREF_SIZE);
        whole.selectedProperty().bindBidirectional(model.wholeConfig());
        FlowPane tools = new FlowPane(whole);
        tools.getStyleClass().add("explorer-tools");
        TableView<Row> table = new TableView<>();
        table.setId("compared-config");
        ListEdges.keep(table);
        table.getStyleClass().addAll("list", "compared-config");
        table.setAccessibleText(messages.text("compare.tab.config"));
        table.setColumnResizePolicy(TableView.CONSTRAINED_RESIZE_POLICY_FLEX_LAST_COLUMN);
        TableColumn<Row, Row> sign = column("compare.sign", SIGN, row -> FileWords.sign(row.change()), "file-sign");
        sign.setMinWidth(SIGN);
        sign.setMaxWidth(SIGN);
        table.getColumns()
                .setAll(List.of(
                        sign,
                        column("compare.part", 105, this::part),
                        column("compare.name", 265, Row::name, "mono"),
                        column("compare.before", 400, row -> said(row.before()), "mono"),
                        column("compare.after", 280, row -> said(row.after()), "mono")));
        table.getColumns().forEach(column -> column.setSortable(false));
        table.setRowFactory(shown -> row());
        EmptyState same = new EmptyState(
                Feather.CHECK_CIRCLE,
                messages.text("compare.sameConfig.title"),
                messages.text("compare.sameConfig.words"));
        same.visibleProperty().bind(model.pair().map(Optional::isPresent));
        table.setPlaceholder(same);
        table.setItems(model.config());
        table.setMinHeight(0);
        VBox.setVgrow(table, Priority.ALWAYS);
        getChildren().addAll(tools, table);
    }

    private String part(Row row) {
        return messages.text("compare.part." + row.part().name());
    }

    private String said(Optional<String> value) {
        return value.map(words -> words.isEmpty() ? messages.text("compare.emptyValue") : words)
                .orElse(ListCells.NONE);
    }

    private TableColumn<Row, Row> column(String key, double width, Function<Row, String> words, String... styles) {
        TableColumn<Row, Row> column = TextColumn.of(messages.text(key), width, words, styles);
        column.setMinWidth(Math.min(width, 80));
        return column;
    }

    private TableRow<Row> row() {
        return new TableRow<>() {
            @Override
            protected void updateItem(@Nullable Row item, boolean empty) {
                super.updateItem(item, empty);
                getStyleClass().removeAll(CHANGES);
                if (item != null && !empty) {
                    if (item.change() != FileChange.NONE) {
                        getStyleClass().add(item.change().name().toLowerCase(Locale.ROOT));
                    }
                    setAccessibleText(spoken(item));
                }
            }
        };
    }

    private String spoken(Row row) {
        String subject = (part(row) + " " + row.name()).strip();
        return messages.text("compare.spoken." + row.change().name(), subject, said(row.before()), said(row.after()));
    }
}
