package io.darsena.app.control;

import io.darsena.app.text.Messages;
import io.darsena.app.text.PlainText;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import javafx.css.PseudoClass;
import javafx.geometry.Pos;
import javafx.scene.control.ContextMenu;
import javafx.scene.control.MenuItem;
import javafx.scene.control.TreeCell;
import javafx.scene.control.TreeItem;
import javafx.scene.control.TreeView;
import javafx.scene.input.KeyCode;
import javafx.scene.input.KeyCodeCombination;
import javafx.scene.input.KeyCombination;
import javafx.scene.layout.HBox;
import javafx.scene.text.Text;
import org.jspecify.annotations.Nullable;

/// JSON as a tree, the first level open. Ctrl+C copies the chosen value, Ctrl+Shift+C its path; so does the menu.
public final class JsonTree extends TreeView<JsonNode> {

    private static final PseudoClass FOUND = PseudoClass.getPseudoClass("found");
    private static final int SHOWN = 400;
    private static final KeyCombination VALUE = new KeyCodeCombination(KeyCode.C, KeyCombination.SHORTCUT_DOWN);
    public static final KeyCombination PATH =
            new KeyCodeCombination(KeyCode.C, KeyCombination.SHORTCUT_DOWN, KeyCombination.SHIFT_DOWN);

    private String sought = "";

    JsonTree(Messages messages) {
        getStyleClass().add("json-tree");
        setShowRoot(false);
        setAccessibleText(messages.text("detail.inspect"));
        setCellFactory(tree -> new Cell());
        MenuItem value = new MenuItem(messages.text("json.copyValue"));
        value.setAccelerator(VALUE);
        value.setOnAction(event -> copy(false));
        MenuItem path = new MenuItem(messages.text("json.copyPath"));
        path.setAccelerator(PATH);
        path.setOnAction(event -> copy(true));
        setContextMenu(new ContextMenu(value, path));
        setOnKeyPressed(event -> {
            if (VALUE.match(event) || PATH.match(event)) {
                copy(PATH.match(event));
                event.consume();
            }
        });
    }

    private void copy(boolean path) {
        TreeItem<JsonNode> chosen = getSelectionModel().getSelectedItem();
        if (chosen != null) {
            CopyButton.copy(path ? chosen.getValue().path() : chosen.getValue().plain());
        }
    }

    /// What was open stays open, and what was chosen stays chosen.
    void show(JsonNode root) {
        Set<String> open = new HashSet<>();
        TreeItem<JsonNode> before = getRoot();
        if (before != null) {
            all().stream()
                    .filter(TreeItem::isExpanded)
                    .forEach(item -> open.add(item.getValue().path()));
        }
        TreeItem<JsonNode> chosen = getSelectionModel().getSelectedItem();
        String path = chosen == null ? "" : chosen.getValue().path();
        TreeItem<JsonNode> fresh = item(root, open);
        fresh.setExpanded(true);
        setRoot(fresh);
        all().stream()
                .filter(item -> !path.isEmpty() && item.getValue().path().equals(path))
                .findFirst()
                .ifPresent(item -> getSelectionModel().select(item));
    }

    private static TreeItem<JsonNode> item(JsonNode node, Set<String> open) {
        TreeItem<JsonNode> item = new TreeItem<>(node);
        node.children().forEach(child -> item.getChildren().add(item(child, open)));
        item.setExpanded(open.contains(node.path()));
        return item;
    }

    /// Every value below the root, in its order.
    private List<TreeItem<JsonNode>> all() {
        List<TreeItem<JsonNode>> all = new ArrayList<>();
        if (getRoot() != null) {
            getRoot().getChildren().forEach(child -> add(child, all));
        }
        return all;
    }

    private static void add(TreeItem<JsonNode> item, List<TreeItem<JsonNode>> all) {
        all.add(item);
        item.getChildren().forEach(child -> add(child, all));
    }

    /// Marks the values that hold the words in their name or, when they have no children, in what they are.
    void seek(String words) {
        sought = words.strip().toLowerCase(Locale.ROOT);
        refresh();
    }

    long found() {
        return all().stream().filter(item -> matches(item.getValue())).count();
    }

    private boolean matches(JsonNode node) {
        return !sought.isEmpty()
                && (node.name().toLowerCase(Locale.ROOT).contains(sought)
                        || node.open() == 0
                                && node.value().toLowerCase(Locale.ROOT).contains(sought));
    }

    /// Chooses the next value that is found, around the end, and opens what it lies in.
    void next(boolean forwards) {
        List<TreeItem<JsonNode>> all = all();
        int from = all.indexOf(getSelectionModel().getSelectedItem());
        if (from < 0 && !forwards) {
            from = 0;
        }
        for (int step = 1; step <= all.size(); step++) {
            TreeItem<JsonNode> item = all.get(Math.floorMod(from + (forwards ? step : -step), all.size()));
            if (matches(item.getValue())) {
                for (TreeItem<JsonNode> above = item.getParent(); above != null; above = above.getParent()) {
                    above.setExpanded(true);
                }
                getSelectionModel().select(item);
                scrollTo(Math.max(0, getRow(item) - 3));
                return;
            }
        }
    }

    private final class Cell extends TreeCell<JsonNode> {

        private final Text name = new Text();
        private final Text value = new Text();
        private final HBox line = new HBox(name, value);

        Cell() {
            line.setAlignment(Pos.BASELINE_LEFT);
        }

        @Override
        protected void updateItem(@Nullable JsonNode node, boolean empty) {
            super.updateItem(node, empty);
            pseudoClassStateChanged(FOUND, node != null && !empty && matches(node));
            if (node == null || empty) {
                setGraphic(null);
                setAccessibleText(null);
                return;
            }
            name.setText(PlainText.line(node.name()) + "  ");
            name.getStyleClass().setAll("text", "json", "key");
            value.setText(words(node));
            value.getStyleClass().setAll("text", "json", kind(node));
            setAccessibleText(PlainText.line(node.name()) + " " + words(node));
            setGraphic(line);
        }

        private static String words(JsonNode node) {
            if (node.open() != 0) {
                String close = node.open() == '{' ? "}" : "]";
                return node.open()
                        + (node.children().isEmpty()
                                ? ""
                                : " " + node.children().size() + " ")
                        + close;
            }
            return PlainText.line(
                    node.value().length() > SHOWN ? node.value().substring(0, SHOWN) + "…" : node.value());
        }

        private static String kind(JsonNode node) {
            if (node.open() != 0) {
                return "plain";
            }
            char first = node.value().charAt(0);
            return first == '"' ? "string" : Character.isLetter(first) ? "word" : "number";
        }
    }
}
