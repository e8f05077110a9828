package io.darsena.app.containers.summary;

import java.util.List;

/// The way of an arrow: corners from its tail to its head, and where its words stand.
record Route(List<Point> corners, Point label) {

    record Point(double x, double y) {}

    Route {
        corners = List.copyOf(corners);
        if (corners.size() < 2) {
            throw new IllegalArgumentException("an arrow needs two ends");
        }
    }

    Point tail() {
        return corners.getFirst();
    }

    Point head() {
        return corners.getLast();
    }

    /// Where the last leg begins: the head points away from it.
    Point beforeHead() {
        return corners.get(corners.size() - 2);
    }

    /// Whether both go the same way from some corner on.
    boolean joins(Route other) {
        return corners.size() > 2
                && other.corners.size() > 2
                && head().equals(other.head())
                && beforeHead().equals(other.beforeHead());
    }
}
