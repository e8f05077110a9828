package io.darsena.app.shell;

import javafx.beans.binding.Bindings;
import javafx.beans.value.ObservableValue;
import javafx.scene.control.Label;
import javafx.scene.control.ToggleButton;
import javafx.scene.control.Tooltip;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;
import javafx.scene.layout.Region;
import org.kordamp.ikonli.Ikon;
import org.kordamp.ikonli.javafx.FontIcon;

/// One place of the sidebar: icon, name, and how many things are there. Compact it is the icon alone.
final class SidebarItem extends ToggleButton {

    private final Label name = new Label();
    private final Label count = new Label();
    private final Region gap = new Region();
    private final Tooltip tip = new Tooltip();
    private boolean shortened;

    SidebarItem(Ikon icon, String words) {
        getStyleClass().setAll("sidebar-item");
        name.setText(words);
        count.getStyleClass().add("count");
        count.setMinWidth(USE_PREF_SIZE);
        HBox.setHgrow(gap, Priority.ALWAYS);
        HBox row = new HBox(new FontIcon(icon), name, gap, count);
        row.getStyleClass().add("row");
        row.setMaxWidth(Double.MAX_VALUE);
        setGraphic(row);
        row.prefWidthProperty()
                .bind(Bindings.createDoubleBinding(
                        () -> Math.max(
                                0,
                                getWidth()
                                        - getPadding().getLeft()
                                        - getPadding().getRight()),
                        widthProperty(),
                        paddingProperty()));
        setAccessibleText(words);
        tip.textProperty().bind(accessibleTextProperty());
        showCount(false);
    }

    /// The count is left out while it is empty.
    void count(ObservableValue<String> text) {
        count(text, text);
    }

    /// @param words what the count says to who cannot see it; the pointer tells them, too, where they say more
    void count(ObservableValue<String> text, ObservableValue<String> words) {
        count.textProperty().bind(text);
        count.textProperty().subscribe(shown -> showCount(!shown.isEmpty() && name.isVisible()));
        words.subscribe(said -> setAccessibleText(said.isEmpty() ? name.getText() : name.getText() + ", " + said));
        shortened = !text.equals(words);
        setTooltip(shortened ? tip : null);
    }

    void compact(boolean narrow) {
        name.setVisible(!narrow);
        name.setManaged(!narrow);
        gap.setManaged(!narrow);
        showCount(!narrow && !count.getText().isEmpty());
        setTooltip(narrow || shortened ? tip : null);
    }

    private void showCount(boolean shown) {
        count.setVisible(shown);
        count.setManaged(shown);
    }

    /// A place stays chosen when it is chosen again.
    @Override
    public void fire() {
        if (!isSelected()) {
            super.fire();
        }
    }
}
