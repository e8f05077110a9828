package io.darsena.app.control;

import java.util.ArrayList;
import java.util.List;
import java.util.OptionalDouble;
import javafx.scene.Node;
import javafx.scene.layout.Region;
import javafx.scene.shape.ClosePath;
import javafx.scene.shape.Line;
import javafx.scene.shape.LineTo;
import javafx.scene.shape.MoveTo;
import javafx.scene.shape.Path;
import javafx.scene.shape.PathElement;

/// The drawn part of a chart: newest at the right edge, one corner per pixel at most.
final class ChartPlot extends Region {

    private static final double ROOM_ABOVE = 1.12;

    private final Path area = new Path();
    private final Path line = new Path();
    private final Line limit = new Line();
    private final Line ground = new Line();
    private double[] values = {};
    private int capacity = 1;
    private double atLeast = 1;
    private OptionalDouble drawnLimit = OptionalDouble.empty();

    ChartPlot() {
        getStyleClass().add("plot");
        area.getStyleClass().add("area");
        line.getStyleClass().add("line");
        limit.getStyleClass().add("limit");
        ground.getStyleClass().add("ground");
        for (var part : new Node[] {ground, area, limit, line}) {
            part.setManaged(false);
            getChildren().add(part);
        }
    }

    void show(double[] shown, int fullCapacity, double least, OptionalDouble limitValue) {
        values = shown;
        capacity = fullCapacity;
        atLeast = least;
        drawnLimit = limitValue;
        draw();
    }

    @Override
    protected void layoutChildren() {
        draw();
    }

    private void draw() {
        double width = snapSizeX(getWidth());
        double height = snapSizeY(getHeight());
        if (width <= 0 || height <= 0) {
            return;
        }
        double most = atLeast;
        for (double value : values) {
            most = value > most ? value : most;
        }
        most = Math.max(most, drawnLimit.orElse(0)) * ROOM_ABOVE;
        ground(width, height);
        limit(width, height, most);
        curve(width, height, most);
    }

    private void ground(double width, double height) {
        ground.setEndX(width);
        ground.setStartY(height - 0.5);
        ground.setEndY(height - 0.5);
    }

    private void limit(double width, double height, double most) {
        limit.setVisible(drawnLimit.isPresent());
        double y = Math.round(height - drawnLimit.orElse(0) / most * height) + 0.5;
        limit.setEndX(width);
        limit.setStartY(y);
        limit.setEndY(y);
    }

    private void curve(double width, double height, double most) {
        double step = width / Math.max(1, capacity - 1);
        int stride = Math.max(1, (int) Math.floor(1 / step));
        List<PathElement> outline = new ArrayList<>();
        List<PathElement> filled = new ArrayList<>();
        boolean drawing = false;
        double x = 0;
        int first = (values.length - 1) % stride;
        for (int i = first < 0 ? 0 : first; i < values.length; i += stride) {
            double value = peak(i, stride);
            if (Double.isNaN(value)) {
                if (drawing) {
                    close(filled, x, height);
                }
                drawing = false;
                continue;
            }
            x = width - (values.length - 1 - i) * step;
            double y = height - 1 - value / most * (height - 1);
            if (!drawing) {
                outline.add(new MoveTo(x, y));
                filled.add(new MoveTo(x, height));
            } else {
                outline.add(new LineTo(x, y));
            }
            filled.add(new LineTo(x, y));
            drawing = true;
        }
        if (drawing) {
            close(filled, x, height);
        }
        line.getElements().setAll(outline);
        area.getElements().setAll(filled);
    }

    /// The greatest of the values that share a pixel: a short peak stays visible.
    private double peak(int last, int stride) {
        double most = Double.NaN;
        for (int i = Math.max(0, last - stride + 1); i <= last; i++) {
            if (!Double.isNaN(values[i]) && !(most >= values[i])) {
                most = values[i];
            }
        }
        return most;
    }

    private static void close(List<PathElement> filled, double x, double height) {
        filled.add(new LineTo(x, height));
        filled.add(new ClosePath());
    }
}
