package io.darsena.app.control;

import java.util.OptionalDouble;
import javafx.scene.control.Label;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;
import javafx.scene.layout.Region;
import javafx.scene.layout.VBox;

/// A card with one measured value: its name, the number now, its last ten minutes as a line over an area, and its
/// limit as a dashed line. It draws only when it is given values.
public final class LiveChart extends VBox {

    private final Label title = new Label();
    private final Label value = new Label();
    private final Label span = new Label();
    private final Label limit = new Label();
    private final ChartPlot plot = new ChartPlot();

    /// @param tone style class that colours line and area
    public LiveChart(String name, String tone, String spanWords) {
        getStyleClass().addAll("card", "live-chart", tone);
        title.setText(name);
        title.getStyleClass().add("strong");
        value.getStyleClass().add("number");
        span.setText(spanWords);
        span.getStyleClass().addAll("muted", "tiny-text");
        limit.getStyleClass().addAll("muted", "tiny-text");
        VBox.setVgrow(plot, Priority.ALWAYS);
        getChildren().addAll(row(title, value), plot, row(span, limit));
    }

    private static HBox row(Label left, Label right) {
        Region gap = new Region();
        HBox.setHgrow(gap, Priority.ALWAYS);
        left.setMinWidth(Region.USE_PREF_SIZE);
        HBox row = new HBox(left, gap, right);
        row.getStyleClass().add("chart-row");
        return row;
    }

    /// @param values oldest first, `NaN` for a gap
    /// @param capacity how many values fill the whole width
    /// @param atLeast what the height stands for at least, when there is no limit
    public void show(
            double[] values, int capacity, double atLeast, OptionalDouble drawnLimit, String now, String limitWords) {
        value.setText(now);
        limit.setText(limitWords);
        plot.show(values, capacity, atLeast, drawnLimit);
        setAccessibleText(title.getText() + " " + now + ", " + limitWords);
    }
}
