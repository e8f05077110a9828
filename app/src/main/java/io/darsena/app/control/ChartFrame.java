package io.darsena.app.control;

import java.util.List;
import javafx.scene.Node;
import javafx.scene.control.Label;
import javafx.scene.layout.Region;

/// A plot with its axes, the words beside the cross-hair, and the reason when there is nothing to draw. Words are laid
/// out within the frame at every width: none is cut off at an edge.
final class ChartFrame extends Region {

    private static final double GAP = 6;

    private final ChartPlot plot;
    private final boolean axes;
    private final List<Label> scale = List.of(axis(), axis(), axis());
    private final List<Label> times = List.of(axis(), axis(), axis());
    private final Label readout = new Label();
    private final Label absent = new Label();
    /// Never seen: it measures what a scale says when it says most.
    private final Label widest = axis();

    private int pointed = -1;
    private double gutter;

    /// @param widest what the scale leaves room for from the start
    ChartFrame(ChartPlot plot, boolean axes, String widest) {
        this.plot = plot;
        this.axes = axes;
        getStyleClass().add("chart-frame");
        readout.getStyleClass().add("readout");
        readout.setMouseTransparent(true);
        absent.getStyleClass().addAll("muted", "small-text", "absent");
        absent.setWrapText(true);
        getChildren().add(plot);
        if (axes) {
            getChildren().addAll(scale);
            getChildren().addAll(times);
            this.widest.setText(widest);
            this.widest.setManaged(false);
            this.widest.setVisible(false);
            getChildren().add(this.widest);
        }
        getChildren().addAll(absent, readout);
        readout.setVisible(false);
        absent.setVisible(false);
    }

    private static Label axis() {
        Label label = new Label();
        label.getStyleClass().addAll("muted", "axis");
        return label;
    }

    /// @param words from the upper edge down
    void scale(List<String> words) {
        say(scale, words);
    }

    /// @param words from left to right
    void times(List<String> words) {
        say(times, words);
    }

    private static void say(List<Label> labels, List<String> words) {
        for (int i = 0; i < labels.size(); i++) {
            labels.get(i).setText(words.get(i));
        }
    }

    /// @param reason why nothing is drawn; empty when something is
    void absent(String reason) {
        boolean missing = !reason.isEmpty();
        absent.setText(reason);
        absent.setVisible(missing);
        plot.setVisible(!missing);
        scale.forEach(label -> label.setVisible(!missing));
        times.forEach(label -> label.setVisible(!missing));
    }

    /// @param index the second that the words are about; -1: none
    void read(int index, String words) {
        pointed = index;
        readout.setVisible(index >= 0);
        readout.setText(words);
        if (index >= 0) {
            placeReadout();
        }
    }

    /// Where in the plot a place of the frame is.
    double plotX(double x) {
        return x - plot.getLayoutX();
    }

    /// What the words of the scale need, with the gap to the plot.
    double neededGutter() {
        double needed = 0;
        if (axes) {
            needed = Math.ceil(widest.prefWidth(-1)) + GAP;
            for (Label label : scale) {
                needed = Math.max(needed, Math.ceil(label.prefWidth(-1)) + GAP);
            }
        }
        return needed;
    }

    /// Where the plot begins, at least; its own words always have room.
    void gutter(double width) {
        if (axes && gutter != width) {
            gutter = width;
            requestLayout();
        }
    }

    @Override
    protected void layoutChildren() {
        double width = getWidth();
        double height = getHeight();
        double left = Math.max(gutter, neededGutter());
        double foot = axes ? Math.ceil(times.getFirst().prefHeight(-1)) + 2 : 0;
        double head = axes ? Math.ceil(scale.getFirst().prefHeight(-1) / 2) : 0;
        double plotHeight = Math.max(0, height - foot - head);
        plot.resizeRelocate(left, head, Math.max(0, width - left), plotHeight);
        if (axes) {
            double[] shares = {0, 0.5, 1};
            for (int i = 0; i < shares.length; i++) {
                Label level = scale.get(i);
                double tall = level.prefHeight(-1);
                double wide = Math.ceil(level.prefWidth(-1));
                level.resizeRelocate(
                        left - GAP - wide, Math.round(head + shares[i] * (plotHeight - 1) - tall / 2), wide, tall);
                Label time = times.get(i);
                double words = Math.ceil(time.prefWidth(-1));
                double x = left + shares[i] * (width - left - words);
                time.resizeRelocate(Math.round(x), height - foot + 2, words, foot - 2);
            }
            boolean crowded = words(0) + words(1) + words(2) + 4 * GAP > width - left;
            times.get(1).setVisible(!crowded && plot.isVisible());
        }
        double wide = Math.min(width, absent.prefWidth(-1));
        absent.resizeRelocate(0, Math.max(0, (height - absent.prefHeight(width)) / 2), width, absent.prefHeight(wide));
        if (pointed >= 0) {
            placeReadout();
        }
    }

    private double words(int index) {
        return times.get(index).prefWidth(-1);
    }

    private void placeReadout() {
        double wide = Math.min(getWidth(), Math.ceil(readout.prefWidth(-1)));
        double tall = Math.ceil(readout.prefHeight(wide));
        double x = plot.getLayoutX() + plot.x(pointed);
        double beside = x + 2 * GAP + wide <= getWidth() ? x + 2 * GAP : x - 2 * GAP - wide;
        readout.resizeRelocate(Math.round(Math.clamp(beside, 0, Math.max(0, getWidth() - wide))), 0, wide, tall);
    }

    @Override
    protected double computePrefWidth(double height) {
        return 200;
    }

    @Override
    protected double computeMinWidth(double height) {
        return 80;
    }

    @Override
    protected double computePrefHeight(double width) {
        return Math.max(axes ? 150 : 66, absent.isVisible() ? absent.prefHeight(width) : 0);
    }

    @Override
    protected double computeMinHeight(double width) {
        return computePrefHeight(width);
    }

    List<Node> words() {
        return List.of(readout, absent);
    }
}
