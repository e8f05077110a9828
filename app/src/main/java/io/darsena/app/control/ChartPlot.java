package io.darsena.app.control;

import java.util.ArrayList;
import java.util.List;
import java.util.OptionalDouble;
import javafx.scene.Node;
import javafx.scene.layout.Region;
import javafx.scene.shape.Circle;
import javafx.scene.shape.Line;
import javafx.scene.shape.Rectangle;
import javafx.scene.shape.SVGPath;

/// The drawn part of a chart: curves with the newest second at the right edge, the limit, and a cross-hair. What looks
/// as before is not touched, so that a steady value costs nothing.
final class ChartPlot extends Region {

    private final SVGPath area = new SVGPath();
    private final List<SVGPath> lines = new ArrayList<>();
    private final List<Circle> dots = new ArrayList<>();
    private final Line limit = new Line();
    private final Line ground = new Line();
    private final Line middle = new Line();
    private final Line ceiling = new Line();
    private final Line hair = new Line();
    private final Rectangle edge = new Rectangle();
    private List<Curve> curves = List.of();
    private long end;
    private double top = 1;
    private OptionalDouble drawnLimit = OptionalDouble.empty();
    private int pointed = -1;

    /// @param tones a style class for each curve that it can show
    /// @param grid whether the scale is drawn as lines
    ChartPlot(List<String> tones, boolean grid) {
        getStyleClass().add("plot");
        ground.getStyleClass().add("ground");
        middle.getStyleClass().add("grid");
        ceiling.getStyleClass().add("grid");
        limit.getStyleClass().add("limit");
        hair.getStyleClass().add("hair");
        area.getStyleClass().addAll("area", tones.getFirst());
        add(ground, middle, ceiling, area);
        for (String tone : tones) {
            SVGPath line = new SVGPath();
            line.getStyleClass().addAll("line", tone);
            lines.add(line);
        }
        lines.reversed().forEach(this::add);
        add(limit, hair);
        for (String tone : tones) {
            Circle dot = new Circle(3.5);
            dot.getStyleClass().addAll("dot", tone);
            dots.add(dot);
            add(dot);
        }
        middle.setVisible(grid);
        ceiling.setVisible(grid);
        setClip(edge);
        point(-1);
    }

    private void add(Node... parts) {
        for (Node part : parts) {
            part.setManaged(false);
            part.setMouseTransparent(true);
            getChildren().add(part);
        }
    }

    /// @param newest the second that the last values are of
    /// @param scaleTop the value at the upper edge
    void show(List<Curve> shown, long newest, double scaleTop, OptionalDouble limitValue) {
        curves = shown;
        end = newest;
        top = scaleTop;
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
        edge.setX(-4);
        edge.setY(-4);
        edge.setWidth(width + 8);
        edge.setHeight(height + 8);
        CurveOutline outline = new CurveOutline(width, height, top);
        across(ground, height - 0.5, width);
        across(middle, Math.round(outline.y(top / 2)) + 0.5, width);
        across(ceiling, 0.5, width);
        limit.setVisible(drawnLimit.isPresent() && drawnLimit.getAsDouble() <= top);
        across(limit, Math.round(outline.y(drawnLimit.orElse(0))) + 0.5, width);
        for (int i = 0; i < lines.size(); i++) {
            boolean there =
                    i < curves.size() && (i == 0 || outline.rises(curves.get(i).peak()));
            if (there) {
                outline.trace(curves.get(i).values(), end);
            }
            lines.get(i).setContent(there ? outline.line() : "");
            if (i == 0) {
                area.setContent(there ? outline.area() : "");
            }
        }
        cross(outline, width, height);
    }

    private static void across(Line line, double y, double width) {
        line.setStartY(y);
        line.setEndY(y);
        line.setEndX(width);
    }

    private void cross(CurveOutline outline, double width, double height) {
        int seconds = seconds();
        boolean shown = pointed >= 0 && pointed < seconds;
        hair.setVisible(shown);
        double x = shown ? x(pointed, width) : 0;
        hair.setStartX(Math.round(x) + 0.5);
        hair.setEndX(Math.round(x) + 0.5);
        hair.setEndY(height);
        for (int i = 0; i < dots.size(); i++) {
            Circle dot = dots.get(i);
            double value = shown && i < curves.size() ? curves.get(i).values()[pointed] : Double.NaN;
            dot.setVisible(!Double.isNaN(value));
            if (dot.isVisible()) {
                dot.setCenterX(x);
                dot.setCenterY(outline.y(value));
            }
        }
    }

    int seconds() {
        return curves.isEmpty() ? 0 : curves.getFirst().values().length;
    }

    private double x(int index, double width) {
        return index * width / Math.max(1, seconds() - 1);
    }

    /// Where a second is drawn.
    double x(int index) {
        return x(index, getWidth());
    }

    /// Which of the seconds is drawn at an x.
    int index(double x) {
        int seconds = seconds();
        return seconds == 0 ? -1 : Math.clamp(Math.round(x / getWidth() * (seconds - 1)), 0, seconds - 1);
    }

    /// Puts the cross-hair on a second; -1 takes it away.
    void point(int index) {
        pointed = index;
        draw();
        if (index < 0) {
            hair.setVisible(false);
            dots.forEach(dot -> dot.setVisible(false));
        }
    }
}
