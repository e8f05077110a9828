package io.darsena.app.packages;

import io.darsena.app.control.CopyButton;
import io.darsena.app.list.ListEdges;
import io.darsena.app.list.TextColumn;
import io.darsena.app.text.Messages;
import io.darsena.bridge.sbom.FoundPackage;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import javafx.collections.transformation.SortedList;
import javafx.scene.control.ContextMenu;
import javafx.scene.control.MenuItem;
import javafx.scene.control.TableColumn;
import javafx.scene.control.TableView;
import javafx.scene.input.KeyCode;
import javafx.scene.input.KeyCodeCombination;
import javafx.scene.input.KeyCombination;
import javafx.scene.input.KeyEvent;
import org.kordamp.ikonli.feather.Feather;
import org.kordamp.ikonli.javafx.FontIcon;

/// The packages, each a row, in the order that its heads are clicked to. Its copy key gives the package URL.
final class PackageTable extends TableView<FoundPackage> {

    private static final KeyCombination COPY = new KeyCodeCombination(KeyCode.C, KeyCombination.SHORTCUT_DOWN);

    private final Messages messages;

    PackageTable(Messages messages, PackagesViewModel model) {
        this.messages = messages;
        setId("packages");
        ListEdges.keep(this);
        getStyleClass().add("list");
        setAccessibleText(messages.text("packages.title"));
        setColumnResizePolicy(CONSTRAINED_RESIZE_POLICY_FLEX_LAST_COLUMN);
        setMinHeight(0);
        TableColumn<FoundPackage, FoundPackage> layer =
                TextColumn.of(messages.text("packages.layer"), 70, found -> Integer.toString(found.layer()), "numeric");
        layer.setComparator(Comparator.comparingInt(FoundPackage::layer));
        getColumns()
                .setAll(List.of(
                        column("packages.name", 170, FoundPackage::displayName, "strong"),
                        column("packages.version", 140, FoundPackage::version, "mono"),
                        column("packages.type", 70, this::type),
                        column("packages.licence", 190, FoundPackage::licence),
                        layer,
                        column("packages.place", 440, FoundPackage::place, "mono")));
        SortedList<FoundPackage> sorted = new SortedList<>(model.rows());
        sorted.comparatorProperty().bind(comparatorProperty());
        setItems(sorted);
        addEventHandler(KeyEvent.KEY_PRESSED, key -> {
            if (COPY.match(key)) {
                copy();
                key.consume();
            }
        });
        MenuItem copy = new MenuItem(messages.text("packages.copyPurl"), new FontIcon(Feather.COPY));
        copy.setOnAction(event -> copy());
        copy.disableProperty().bind(getSelectionModel().selectedItemProperty().isNull());
        setContextMenu(new ContextMenu(copy));
    }

    String type(FoundPackage found) {
        return messages.text("packageType." + found.type());
    }

    private TableColumn<FoundPackage, FoundPackage> column(
            String key, double width, Function<FoundPackage, String> words, String... styles) {
        TableColumn<FoundPackage, FoundPackage> column = TextColumn.of(messages.text(key), width, words, styles);
        column.setMinWidth(70);
        column.setComparator(Comparator.comparing(words, String.CASE_INSENSITIVE_ORDER));
        return column;
    }

    private void copy() {
        Optional.ofNullable(getSelectionModel().getSelectedItem())
                .map(found -> found.purl().isEmpty() ? found.displayName() : found.purl())
                .ifPresent(CopyButton::copy);
    }
}
