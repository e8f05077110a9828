package io.darsena.app.control;

import java.util.List;
import java.util.function.Function;
import javafx.scene.control.ComboBox;
import javafx.util.StringConverter;
import org.jspecify.annotations.Nullable;

/// A box to choose from a few values, each by its words.
public final class Choice {

    private Choice() {}

    public static <T> ComboBox<T> of(List<T> values, Function<? super T, String> words) {
        ComboBox<T> box = new ComboBox<>();
        box.getItems().setAll(values);
        say(box, words);
        return box;
    }

    /// Shows the values of a box by these words.
    public static <T> void say(ComboBox<T> box, Function<? super T, String> words) {
        box.setConverter(new StringConverter<>() {
            @Override
            public String toString(@Nullable T value) {
                return value == null ? "" : words.apply(value);
            }

            /// The value that bears these words, if one does.
            @Override
            public @Nullable T fromString(String text) {
                return box.getItems().stream()
                        .filter(value -> words.apply(value).equals(text))
                        .findFirst()
                        .orElse(null);
            }
        });
    }
}
