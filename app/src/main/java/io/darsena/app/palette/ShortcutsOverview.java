package io.darsena.app.palette;

import io.darsena.app.action.KeyWords;
import io.darsena.app.action.Shortcut;
import io.darsena.app.control.ModalLayer;
import io.darsena.app.screen.WindowContext;
import io.darsena.app.text.Messages;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import javafx.geometry.HPos;
import javafx.scene.control.Button;
import javafx.scene.control.Label;
import javafx.scene.control.ScrollPane;
import javafx.scene.layout.ColumnConstraints;
import javafx.scene.layout.GridPane;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;
import javafx.scene.layout.Region;
import javafx.scene.layout.VBox;

/// All keys of the window on one sheet.
public final class ShortcutsOverview {

    private ShortcutsOverview() {}

    public static void open(WindowContext context, ModalLayer layer) {
        Messages messages = context.messages();
        Label title = new Label(messages.text("shortcuts.title"));
        title.getStyleClass().add("page-title");
        HBox header = new HBox(title);
        header.getStyleClass().add("modal-header");
        VBox groups = new VBox();
        groups.getStyleClass().addAll("form", "shortcuts");
        byGroup(context).forEach((group, shortcuts) -> groups.getChildren().add(group(group, shortcuts, messages)));
        ScrollPane scroll = new ScrollPane(groups);
        scroll.setFitToWidth(true);
        scroll.setHbarPolicy(ScrollPane.ScrollBarPolicy.NEVER);
        scroll.getStyleClass().add("modal-scroll");
        scroll.setAccessibleText(messages.text("shortcuts.title"));
        VBox.setVgrow(scroll, Priority.ALWAYS);
        Button close = new Button(messages.text("shortcuts.close"));
        close.setDefaultButton(true);
        close.setOnAction(event -> layer.close());
        HBox buttons = new HBox(close);
        buttons.getStyleClass().add("modal-buttons");
        VBox sheet = new VBox(header, scroll, buttons);
        sheet.getStyleClass().add("modal");
        sheet.setId("shortcuts");
        sheet.setMaxHeight(Region.USE_PREF_SIZE);
        layer.showLightly(sheet);
        scroll.requestFocus();
    }

    private static Map<String, List<Shortcut>> byGroup(WindowContext context) {
        return context.actions().shortcuts().stream()
                .collect(Collectors.groupingBy(
                        shortcut -> shortcut.group().name().toLowerCase(Locale.ROOT),
                        LinkedHashMap::new,
                        Collectors.toList()));
    }

    private static VBox group(String group, List<Shortcut> shortcuts, Messages messages) {
        Label heading = new Label(messages.text("actions." + group));
        heading.getStyleClass().add("strong");
        GridPane grid = new GridPane();
        grid.getStyleClass().add("keys");
        ColumnConstraints words = new ColumnConstraints();
        words.setHgrow(Priority.ALWAYS);
        ColumnConstraints keys = new ColumnConstraints();
        keys.setHalignment(HPos.RIGHT);
        grid.getColumnConstraints().setAll(words, keys);
        shortcuts.forEach(shortcut -> {
            HBox pressed = new HBox();
            pressed.getStyleClass().add("pressed");
            for (List<String> parts : KeyWords.distinct(shortcut, messages)) {
                if (!pressed.getChildren().isEmpty()) {
                    pressed.getChildren().add(word(messages.text("shortcuts.or"), "muted"));
                }
                parts.forEach(part -> pressed.getChildren().add(word(part, "key-hint")));
            }
            Label what = new Label(shortcut.words());
            what.setWrapText(true);
            grid.addRow(grid.getRowCount(), what, pressed);
        });
        return new VBox(heading, grid);
    }

    private static Label word(String text, String style) {
        Label label = new Label(text);
        label.getStyleClass().add(style);
        label.setMinWidth(Region.USE_PREF_SIZE);
        return label;
    }
}
