package io.darsena.app.list;

import io.darsena.app.text.Messages;
import java.util.Locale;
import java.util.Set;
import javafx.scene.control.ToggleButton;
import javafx.scene.control.ToggleGroup;
import javafx.scene.layout.Pane;

/// The tabs above a list, each with how many rows it would show.
public final class FilterTabs {

    private FilterTabs() {}

    /// @param prefix of the messages' keys: `filter.` makes `filter.running`
    /// @param rare those that are there only while they would show something
    public static <F extends Enum<F>> void fill(
            Pane place, Class<F> filters, ListRows<?, ?, F> rows, Messages messages, String prefix, Set<F> rare) {
        ToggleGroup group = new ToggleGroup();
        for (F filter : filters.getEnumConstants()) {
            String word = filter.name().toLowerCase(Locale.ROOT);
            ToggleButton chip = new ToggleButton();
            chip.getStyleClass().setAll("chip");
            chip.setId("chip-" + word);
            chip.setMinWidth(ToggleButton.USE_PREF_SIZE);
            chip.setToggleGroup(group);
            chip.textProperty().bind(rows.count(filter).map(count -> messages.text(prefix + word, count)));
            chip.setOnAction(event -> rows.filter().set(filter));
            rows.filter().subscribe(chosen -> chip.setSelected(chosen == filter));
            place.getChildren().add(chip);
            if (rare.contains(filter)) {
                chip.visibleProperty().bind(rows.count(filter).greaterThan(0).or(chip.selectedProperty()));
                chip.managedProperty().bind(chip.visibleProperty());
            }
        }
        group.selectedToggleProperty().subscribe((before, now) -> {
            if (now == null && before != null) {
                before.setSelected(true);
            }
        });
    }
}
