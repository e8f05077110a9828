package io.darsena.app.images;

import io.darsena.app.screen.Section;
import io.darsena.app.screen.WindowContext;
import io.darsena.app.text.Messages;
import io.darsena.bridge.image.Image;
import java.util.List;
import java.util.function.Consumer;
import javafx.geometry.Side;
import javafx.scene.control.Button;
import javafx.scene.control.Hyperlink;
import javafx.scene.control.Label;
import javafx.scene.control.TableCell;
import javafx.scene.control.Tooltip;
import javafx.scene.layout.HBox;
import org.jspecify.annotations.Nullable;
import org.kordamp.ikonli.Ikon;
import org.kordamp.ikonli.feather.Feather;
import org.kordamp.ikonli.javafx.FontIcon;

/// Makes the cells of the list.
final class ImageCells {

    private final WindowContext context;
    private final Messages messages;
    private final ImageActions actions;
    private final ImageMenu menu;

    ImageCells(WindowContext context, ImageActions actions, ImageMenu menu) {
        this.context = context;
        this.messages = context.messages();
        this.actions = actions;
        this.menu = menu;
    }

    TableCell<ImageRow, String> text(String style) {
        TableCell<ImageRow, String> cell = new TableCell<>() {
            @Override
            protected void updateItem(@Nullable String text, boolean empty) {
                super.updateItem(text, empty);
                setText(empty ? null : text);
            }
        };
        cell.getStyleClass().add(style);
        return cell;
    }

    TableCell<ImageRow, Image> id() {
        Label digits = new Label();
        digits.getStyleClass().add("mono");
        Button copy = iconButton(Feather.COPY);
        copy.getStyleClass().add("quiet");
        HBox both = new HBox(digits, copy);
        both.getStyleClass().add("copyable-id");
        return new TableCell<>() {
            @Override
            protected void updateItem(@Nullable Image image, boolean empty) {
                super.updateItem(image, empty);
                setGraphic(image == null || empty ? null : both);
                if (image != null) {
                    digits.setText(image.id().shortId());
                    name(copy, messages.text("images.copyIdOf", image.displayName()));
                    copy.setOnAction(event -> ImageMenu.copy(image.id().toString()));
                }
            }
        };
    }

    TableCell<ImageRow, Image> size() {
        TableCell<ImageRow, Image> cell = new TableCell<>() {
            @Override
            protected void updateItem(@Nullable Image image, boolean empty) {
                super.updateItem(image, empty);
                setText(image == null || empty ? null : messages.quantities().size(image.size()));
            }
        };
        cell.getStyleClass().add("numeric");
        return cell;
    }

    TableCell<ImageRow, String> created() {
        return new TableCell<>() {
            @Override
            protected void updateItem(@Nullable String age, boolean empty) {
                super.updateItem(age, empty);
                setText(empty ? null : age);
                ImageRow row = empty ? null : getTableRow().getItem();
                setTooltip(
                        row == null
                                ? null
                                : row.created()
                                        .map(then -> new Tooltip(
                                                messages.quantities().dateAndTime(then)))
                                        .orElse(null));
            }
        };
    }

    TableCell<ImageRow, List<String>> users() {
        Hyperlink link = new Hyperlink();
        link.setFocusTraversable(false);
        return new TableCell<>() {
            @Override
            protected void updateItem(@Nullable List<String> users, boolean empty) {
                super.updateItem(users, empty);
                ImageRow row = getTableRow() == null ? null : getTableRow().getItem();
                getStyleClass().remove("muted");
                setText(null);
                setGraphic(null);
                if (users == null || empty || row == null) {
                    return;
                }
                if (users.isEmpty()) {
                    setText(messages.text("images.unused"));
                    getStyleClass().add("muted");
                } else {
                    link.setText(messages.text("images.users", users.size()));
                    link.setTooltip(new Tooltip(String.join("\n", users)));
                    link.setOnAction(event -> showUsers(row));
                    setGraphic(link);
                }
            }
        };
    }

    private void showUsers(ImageRow row) {
        context.navigation().search(Section.CONTAINERS).set(row.reference());
        context.navigation().go(Section.CONTAINERS);
    }

    TableCell<ImageRow, Image> actions() {
        Button run = iconButton(Feather.PLAY);
        Button runWith = iconButton(Feather.SLIDERS);
        Button remove = iconButton(Feather.TRASH_2);
        Button more = iconButton(Feather.MORE_VERTICAL);
        HBox buttons = new HBox(run, runWith, remove, more);
        buttons.getStyleClass().add("row-actions");
        return new TableCell<>() {
            @Override
            protected void updateItem(@Nullable Image image, boolean empty) {
                super.updateItem(image, empty);
                ImageRow row = getTableRow() == null ? null : getTableRow().getItem();
                setGraphic(row == null || empty ? null : buttons);
                if (row != null) {
                    offer(run, "images.runNamed", row, menu::run);
                    offer(runWith, "images.runWithNamed", row, menu::runDialog);
                    offer(remove, "images.removeNamed", row, actions::remove);
                    offer(more, "action.moreFor", row, chosen -> menu.of(chosen).show(more, Side.BOTTOM, 0, 0));
                }
            }
        };
    }

    private void offer(Button button, String key, ImageRow row, Consumer<ImageRow> action) {
        name(button, messages.text(key, row.reference()));
        button.setOnAction(event -> action.accept(row));
    }

    private static void name(Button button, String words) {
        button.setAccessibleText(words);
        if (button.getTooltip() == null) {
            button.setTooltip(new Tooltip());
        }
        button.getTooltip().setText(words);
    }

    private static Button iconButton(Ikon icon) {
        Button button = new Button("", new FontIcon(icon));
        button.getStyleClass().addAll("flat", "icon-button");
        return button;
    }

    /// A command to take along, with a button that copies it.
    static HBox copyable(Messages messages, String command) {
        Label words = new Label(command);
        words.getStyleClass().add("mono");
        Button copy = iconButton(Feather.COPY);
        name(copy, messages.text("action.copy"));
        copy.setOnAction(event -> ImageMenu.copy(command));
        HBox both = new HBox(words, copy);
        both.getStyleClass().add("copyable-command");
        both.setMaxWidth(HBox.USE_PREF_SIZE);
        return both;
    }
}
