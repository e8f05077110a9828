package io.darsena.app.control;

import java.util.OptionalDouble;
import java.util.function.IntFunction;
import java.util.stream.IntStream;
import javafx.scene.control.Label;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;
import javafx.scene.layout.Region;
import javafx.scene.layout.VBox;

/// A card with one measured value: its name, the number now, its last ten minutes as a line over an area, and its
/// limit as a dashed line. It draws only when it is given values.
public final class LiveChart extends VBox {

    /// A young container's first seconds fill the width as well as ten minutes do.
    private static final int[] SPANS = {60, 120, 300, 600};

    private final IntFunction<String> spanWords;
    private final Label title = new Label();
    private final Label value = new Label();
    private final Label span = new Label();
    private final Label limit = new Label();
    private final ChartPlot plot = new ChartPlot();

    /// @param tone style class that colours line and area
    /// @param spanWords how the person calls so many seconds
    public LiveChart(String name, String tone, IntFunction<String> spanWords) {
        this.spanWords = spanWords;
        getStyleClass().addAll("card", "live-chart", tone);
        title.setText(name);
        title.getStyleClass().add("strong");
        value.getStyleClass().add("number");
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

    /// @param values one a second, oldest first, `NaN` for a gap
    /// @param atLeast what the height stands for at least, when there is no limit
    public void show(double[] values, double atLeast, OptionalDouble drawnLimit, String now, String limitWords) {
        int seconds = IntStream.of(SPANS)
                .filter(each -> each >= values.length)
                .findFirst()
                .orElse(values.length);
        span.setText(spanWords.apply(seconds));
        value.setText(now);
        limit.setText(limitWords);
        plot.show(values, seconds, atLeast, drawnLimit);
        setAccessibleText(title.getText() + " " + now + ", " + limitWords);
    }
}
