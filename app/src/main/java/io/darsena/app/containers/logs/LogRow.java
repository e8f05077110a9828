package io.darsena.app.containers.logs;

import io.darsena.app.text.Messages;
import io.darsena.bridge.container.LogRecord;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import javafx.css.PseudoClass;
import javafx.geometry.VPos;
import javafx.scene.AccessibleAttribute;
import javafx.scene.AccessibleRole;
import javafx.scene.control.Label;
import javafx.scene.layout.Region;
import javafx.scene.shape.Path;
import javafx.scene.shape.PathElement;
import javafx.scene.text.Text;
import org.jspecify.annotations.Nullable;

/// One line of a log on the screen. What came from stderr bears a mark and a colour, what is sought a ground.
final class LogRow extends Region {

    private static final PseudoClass SELECTED = PseudoClass.getPseudoClass("selected");
    private static final PseudoClass CURRENT = PseudoClass.getPseudoClass("current");
    private static final PseudoClass FOCUSED = PseudoClass.getPseudoClass("lead");
    private static final PseudoClass ERROR = PseudoClass.getPseudoClass("error");

    /// How a line is to be shown.
    record Look(
            LogLine line,
            boolean time,
            boolean wrapped,
            boolean selected,
            boolean lead,
            boolean current,
            List<Needle.Range> found) {}

    private final Messages messages;
    private final Label time = new Label();
    private final Label mark = new Label();
    private final Text text = new Text();
    private final Path ground = new Path();
    private Optional<Look> shown = Optional.empty();
    private long serial = -1;
    private double measuredAt = -1;

    LogRow(Messages messages) {
        this.messages = messages;
        getStyleClass().add("log-row");
        setManaged(false);
        setAccessibleRole(AccessibleRole.LIST_ITEM);
        time.getStyleClass().add("time");
        mark.getStyleClass().add("mark");
        text.getStyleClass().add("line-text");
        text.setTextOrigin(VPos.TOP);
        ground.getStyleClass().add("found-ground");
        ground.setManaged(false);
        text.setManaged(false);
        getChildren().addAll(ground, time, mark, text);
    }

    void show(long serialNumber, Look look) {
        serial = serialNumber;
        setVisible(true);
        if (shown.filter(look::equals).isPresent()) {
            return;
        }
        shown = Optional.of(look);
        measuredAt = -1;
        LogLine line = look.line();
        boolean error = line.stream() == LogRecord.Stream.STDERR;
        time.setVisible(look.time());
        time.setText(look.time() ? messages.quantities().timeSeenAt(line.at(), Instant.now()) : "");
        mark.setText(error ? "err" : "");
        if (!text.getText().equals(line.text())) {
            text.setText(line.text());
        }
        pseudoClassStateChanged(ERROR, error);
        pseudoClassStateChanged(SELECTED, look.selected());
        pseudoClassStateChanged(CURRENT, look.current());
        pseudoClassStateChanged(FOCUSED, look.lead());
        setAccessibleText(error ? messages.text("logs.stderrLine", line.text()) : line.text());
        requestLayout();
    }

    void hide() {
        serial = -1;
        setVisible(false);
    }

    /// Of the line that is shown; -1 when none is.
    long serial() {
        return serial;
    }

    String text() {
        return text.getText();
    }

    boolean marksAnError() {
        return !mark.getText().isEmpty();
    }

    /// The times that are shown; empty when none is.
    String time() {
        return time.getText();
    }

    boolean marksSomethingFound() {
        return !ground.getElements().isEmpty();
    }

    /// The height the line takes at a width.
    double measure(double width) {
        if (measuredAt != width) {
            measuredAt = width;
            boolean wrapped = shown.filter(Look::wrapped).isPresent();
            double room = width - textLeft() - getInsets().getRight();
            text.setWrappingWidth(wrapped ? Math.max(40, room) : 0);
        }
        return snapSizeY(text.getLayoutBounds().getHeight())
                + getInsets().getTop()
                + getInsets().getBottom();
    }

    /// What the line takes when it is not wrapped.
    double wholeWidth() {
        return textLeft() + text.getLayoutBounds().getWidth() + getInsets().getRight();
    }

    private double textLeft() {
        return getInsets().getLeft() + (time.isVisible() ? width(time) : 0) + width(mark);
    }

    private static double width(Label label) {
        return Math.max(label.minWidth(-1), label.prefWidth(-1));
    }

    @Override
    protected void layoutChildren() {
        double x = getInsets().getLeft();
        double y = getInsets().getTop();
        double baseline = y + text.getBaselineOffset();
        for (Label label : new Label[] {time, mark}) {
            double width = label.isVisible() ? width(label) : 0;
            label.resize(width, label.prefHeight(width));
            label.relocate(x, snapPositionY(baseline - label.getBaselineOffset()));
            x += width;
        }
        text.setX(snapPositionX(x));
        text.setY(snapPositionY(y));
        List<PathElement> elements = new ArrayList<>();
        shown.ifPresent(look ->
                look.found().forEach(range -> elements.addAll(List.of(text.rangeShape(range.from(), range.to())))));
        if (!elements.isEmpty() || !ground.getElements().isEmpty()) {
            ground.getElements().setAll(elements);
        }
    }

    @Override
    public @Nullable Object queryAccessibleAttribute(AccessibleAttribute attribute, Object... parameters) {
        return switch (attribute) {
            case SELECTED -> shown.filter(Look::selected).isPresent();
            case INDEX -> (int) Math.min(Integer.MAX_VALUE, serial);
            default -> super.queryAccessibleAttribute(attribute, parameters);
        };
    }
}
