package io.darsena.app.list;

import java.util.function.BiConsumer;
import java.util.function.Function;
import java.util.function.Predicate;
import javafx.beans.value.ChangeListener;
import javafx.beans.value.ObservableValue;
import javafx.beans.value.WeakChangeListener;
import javafx.css.PseudoClass;
import javafx.scene.Node;
import javafx.scene.control.Button;
import javafx.scene.control.TableCell;
import javafx.scene.control.Tooltip;
import javafx.scene.layout.HBox;
import javafx.scene.text.Text;
import org.jspecify.annotations.Nullable;
import org.kordamp.ikonli.Ikon;
import org.kordamp.ikonli.javafx.FontIcon;

/// The cells that lists are made of.
public final class ListCells {

    /// What stands for a value that there is none of.
    public static final String NONE = "–";

    /// The style of a cell that says [#NONE]: the same in every column, whatever its values look like.
    private static final PseudoClass ABSENT = PseudoClass.getPseudoClass("absent");

    private ListCells() {}

    /// Words about a value; when there is no room for all of them, they can be read under the pointer.
    public static <R, T> TableCell<R, T> text(Function<T, String> words, String... styles) {
        TableCell<R, T> cell = new TableCell<>() {
            @Override
            protected void updateItem(@Nullable T value, boolean empty) {
                super.updateItem(value, empty);
                say(this, value == null || empty ? null : words.apply(value));
            }
        };
        cell.getStyleClass().addAll(styles);
        cell.setOnMouseEntered(entered -> cell.setTooltip(isCut(cell) ? new Tooltip(cell.getText()) : null));
        return cell;
    }

    private static void say(TableCell<?, ?> cell, @Nullable String words) {
        cell.setText(words);
        cell.pseudoClassStateChanged(ABSENT, NONE.equals(words));
    }

    private static boolean isCut(TableCell<?, ?> cell) {
        return cell.getText() != null
                && cell.lookup(".text") instanceof Text shown
                && !shown.getText().equals(cell.getText());
    }

    /// Words about a value that moves by itself.
    public static <R, T> TableCell<R, T> moving(Function<T, String> words, String... styles) {
        return laidOutAlone(text(words, styles));
    }

    /// New words lay out this cell and not the whole list, once a second in every row: what is not managed is a root of
    /// layouts of its own, and a row gives all its cells their places anyway.
    private static <C extends TableCell<?, ?>> C laidOutAlone(C cell) {
        cell.setManaged(false);
        return cell;
    }

    /// Words about a value that change with the clock. Only the cells that are seen follow it.
    public static <R, T> TableCell<R, T> clocked(ObservableValue<?> clock, Function<T, String> words) {
        return laidOutAlone(new TableCell<>() {
            private final ChangeListener<Object> tick = (property, before, now) -> say();

            {
                clock.addListener(new WeakChangeListener<>(tick));
            }

            @Override
            protected void updateItem(@Nullable T value, boolean empty) {
                super.updateItem(value, empty);
                say();
            }

            private void say() {
                T value = getItem();
                ListCells.say(this, value == null || isEmpty() ? null : words.apply(value));
            }
        });
    }

    /// A tick where something holds; who cannot see it hears the words.
    public static <R, T> TableCell<R, T> mark(Predicate<T> holds, String spoken) {
        TableCell<R, T> cell = new TableCell<>() {
            @Override
            protected void updateItem(@Nullable T value, boolean empty) {
                super.updateItem(value, empty);
                boolean is = value != null && !empty && holds.test(value);
                setText(is ? "✓" : null);
                setAccessibleText(is ? spoken : null);
            }
        };
        cell.getStyleClass().add("muted");
        return cell;
    }

    /// A node that shows a value. The cell itself says the value to who cannot see it.
    public static <R, T, N extends Node> TableCell<R, T> node(
            N node, BiConsumer<N, T> show, Function<T, String> spoken) {
        return new TableCell<>() {
            @Override
            protected void updateItem(@Nullable T value, boolean empty) {
                super.updateItem(value, empty);
                setGraphic(value == null || empty ? null : node);
                if (value != null && !empty) {
                    show.accept(node, value);
                    setAccessibleText(spoken.apply(value));
                }
            }
        };
    }

    /// The buttons of a row, which all rows have at the same place.
    public static HBox buttons(Button... buttons) {
        HBox box = new HBox(buttons);
        box.getStyleClass().add("row-actions");
        return box;
    }

    /// A button for a row. The list has keys for what it does; a hundred rows would be hundreds of stops.
    public static Button button(Ikon icon) {
        Button button = new Button("", new FontIcon(icon));
        button.getStyleClass().addAll("flat", "icon-button");
        button.setFocusTraversable(false);
        return button;
    }

    /// Says what a button without words does, to eyes and ears.
    public static void name(Button button, String words) {
        button.setAccessibleText(words);
        if (button.getTooltip() == null) {
            button.setTooltip(new Tooltip());
        }
        button.getTooltip().setText(words);
    }
}
