package io.darsena.app.list;

import java.util.List;
import javafx.geometry.HPos;
import javafx.geometry.Insets;
import javafx.geometry.Orientation;
import javafx.geometry.VPos;
import javafx.scene.Node;
import javafx.scene.layout.FlowPane;
import javafx.scene.layout.Pane;

/// The head of a page: what it is and what may be filtered on the left, the tools, which are its last child, on the
/// right. Where the tools have no room beside the others they get a line of their own below. What is a flow pane takes
/// several lines only where one does not do.
public final class PageHead extends Pane {

    private static final double ACROSS = 16;
    private static final double DOWN = 8;

    @Override
    public Orientation getContentBias() {
        return Orientation.HORIZONTAL;
    }

    @Override
    protected double computeMinWidth(double height) {
        return sides()
                + getManagedChildren().stream()
                        .mapToDouble(each -> each.minWidth(-1))
                        .max()
                        .orElse(0);
    }

    @Override
    protected double computePrefWidth(double height) {
        return sides() + lineWidth(getManagedChildren());
    }

    @Override
    protected double computeMinHeight(double width) {
        return prefHeight(width);
    }

    @Override
    protected double computePrefHeight(double width) {
        List<Node> all = getManagedChildren();
        double room = (width < 0 ? prefWidth(-1) : width) - sides();
        Insets insets = getInsets();
        double lines =
                lineWidth(all) <= room ? height(all, room) : height(first(all), room) + DOWN + height(tools(all), room);
        return snapSizeY(insets.getTop() + lines + insets.getBottom());
    }

    @Override
    protected void layoutChildren() {
        List<Node> all = getManagedChildren();
        Insets insets = getInsets();
        double room = getWidth() - sides();
        if (lineWidth(all) <= room) {
            double high = getHeight() - insets.getTop() - insets.getBottom();
            place(first(all), insets.getTop(), room, high);
            placeTools(all, insets.getTop(), room, high);
        } else {
            double high = height(first(all), room);
            place(first(all), insets.getTop(), room, high);
            placeTools(all, insets.getTop() + high + DOWN, room, height(tools(all), room));
        }
    }

    private void place(List<Node> line, double top, double room, double high) {
        double left = getInsets().getLeft();
        double end = left + room;
        for (Node each : line) {
            double wide = Math.min(lineWidth(each), end - left);
            layoutInArea(each, left, top, wide, high, 0, HPos.LEFT, VPos.CENTER);
            left += wide + ACROSS;
        }
    }

    private void placeTools(List<Node> all, double top, double room, double high) {
        for (Node each : tools(all)) {
            double wide = Math.min(lineWidth(each), room);
            layoutInArea(each, getInsets().getLeft() + room - wide, top, wide, high, 0, HPos.RIGHT, VPos.CENTER);
        }
    }

    private static List<Node> first(List<Node> all) {
        return all.isEmpty() ? all : all.subList(0, all.size() - 1);
    }

    private static List<Node> tools(List<Node> all) {
        return all.isEmpty() ? all : all.subList(all.size() - 1, all.size());
    }

    /// Of what stands in one line, each as wide as the one before leaves it room.
    private double height(List<Node> line, double room) {
        double left = room;
        double highest = 0;
        for (Node each : line) {
            double wide = Math.min(lineWidth(each), left);
            highest = Math.max(highest, each.prefHeight(wide));
            left -= wide + ACROSS;
        }
        return highest;
    }

    private double lineWidth(List<Node> line) {
        return line.stream().mapToDouble(this::lineWidth).sum() + ACROSS * Math.max(0, line.size() - 1);
    }

    /// A flow pane wants the width at which it wraps, whatever is in it.
    private double lineWidth(Node node) {
        if (node instanceof FlowPane flow) {
            List<Node> within =
                    flow.getChildren().stream().filter(Node::isManaged).toList();
            Insets insets = flow.getInsets();
            return insets.getLeft()
                    + within.stream()
                            .mapToDouble(each -> snapSizeX(each.prefWidth(-1)))
                            .sum()
                    + snapSpaceX(flow.getHgap()) * Math.max(0, within.size() - 1)
                    + insets.getRight();
        }
        return snapSizeX(node.prefWidth(-1));
    }

    private double sides() {
        return getInsets().getLeft() + getInsets().getRight();
    }
}
