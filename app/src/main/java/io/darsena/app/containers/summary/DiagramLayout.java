package io.darsena.app.containers.summary;

import static io.darsena.bridge.container.ContainerStatus.PAUSED;
import static io.darsena.bridge.container.ContainerStatus.RESTARTING;
import static io.darsena.bridge.container.ContainerStatus.RUNNING;

import io.darsena.app.containers.summary.Route.Point;
import io.darsena.bridge.container.ContainerStatus;
import java.util.List;

/// Where the states stand and how the arrows run, for a given width. Paused lies above and Restarting below the line
/// from Created to Removing; all ways into Removing that start before Exited share one rail along the bottom. Ways that
/// are short make room for their words, however long a language has them. An arrow without a way of its own here, which
/// a new row of the table would have, runs straight.
final class DiagramLayout {

    static final double HEIGHT = 252;
    static final double LEAST_WIDTH = 640;

    private static final double DRAWN_WIDTH = 752;
    private static final double BOX_HEIGHT = 46;
    private static final double TOP = 8;
    private static final double MIDDLE = 92;
    private static final double BOTTOM = 176;
    private static final double RAIL = 241;
    /// Half the distance between the two lanes of Running and Exited.
    private static final double LANE = 11;
    /// What is seen of a line on either side of its words.
    private static final double SEEN = 10;

    private final double scale;

    DiagramLayout(double width) {
        this.scale = Math.max(LEAST_WIDTH, width) / DRAWN_WIDTH;
    }

    /// A state's rectangle.
    record Box(double x, double y, double width, double height) {
        double right() {
            return x + width;
        }

        double bottom() {
            return y + height;
        }

        double centerX() {
            return x + width / 2;
        }

        double centerY() {
            return y + height / 2;
        }
    }

    Box box(ContainerStatus status) {
        return switch (status) {
            case CREATED -> box(42, 84, MIDDLE);
            case RUNNING -> box(210, 124, MIDDLE);
            case PAUSED -> box(370, 124, TOP);
            case RESTARTING -> box(370, 124, BOTTOM);
            case EXITED -> box(528, 120, MIDDLE);
            case REMOVING -> box(709, 86, MIDDLE);
            case DEAD -> box(709, 86, TOP);
        };
    }

    private Box box(double center, double width, double y) {
        double wide = width * Math.clamp(scale, 0.85, 1.3);
        return new Box(center * scale - wide / 2, y, wide, BOX_HEIGHT);
    }

    /// @param words how wide what stands on the arrow is
    Route route(ContainerStatus from, ContainerStatus to, double words) {
        Box start = box(from);
        Box end = box(to);
        return switch (to) {
            case RUNNING -> toRunning(from, start, end, words);
            case PAUSED -> toPaused(from, start, end);
            case EXITED -> toExited(from, start, end, words);
            case RESTARTING -> toRestarting(from, start, end);
            case REMOVING -> toRemoving(from, start, end);
            case DEAD -> vertical(start.centerX() - 16 * scale, start.y(), end.bottom());
            case CREATED -> straight(start, end);
        };
    }

    private Route toRunning(ContainerStatus from, Box start, Box running, double words) {
        double inner = running.right() - 40 * scale;
        return switch (from) {
            case CREATED -> horizontal(start.right(), running.x(), running.centerY());
            case PAUSED -> elbow(start.x(), start.bottom() - 10, inner, running.y());
            case RESTARTING -> elbow(start.x(), start.y() + 10, inner, running.bottom());
            case EXITED -> lane(start.x(), running.right(), running.centerY() + LANE, words);
            case RUNNING, REMOVING, DEAD -> straight(start, running);
        };
    }

    private Route toPaused(ContainerStatus from, Box start, Box paused) {
        return from == RUNNING ? rise(outer(start), start.y(), paused.x(), paused.y() + 12) : straight(start, paused);
    }

    private Route toRestarting(ContainerStatus from, Box start, Box restarting) {
        double low = restarting.bottom() - 12;
        return switch (from) {
            case RUNNING -> rise(outer(start), start.bottom(), restarting.x(), low);
            case EXITED -> rise(backToRestarting(start), start.bottom(), restarting.right(), low);
            case PAUSED -> {
                double x = crossing(restarting);
                yield route(
                        at(x, (start.bottom() + MIDDLE + BOX_HEIGHT / 2 - LANE) / 2 - 2),
                        at(x, start.bottom()),
                        at(x, restarting.y()));
            }
            case CREATED, RESTARTING, REMOVING, DEAD -> straight(start, restarting);
        };
    }

    /// Where the way from Paused down to Restarting crosses the two lanes.
    private double crossing(Box restarting) {
        return restarting.right() - 26 * scale;
    }

    private double backToRestarting(Box exited) {
        return exited.right() - 20 * scale;
    }

    private static double outer(Box running) {
        return running.x() + running.width() * 0.32;
    }

    private Route toExited(ContainerStatus from, Box start, Box exited, double words) {
        double x = Math.max(exited.centerX() + 10 * scale, start.right() + words + 2 * SEEN);
        return switch (from) {
            case RUNNING -> lane(start.right(), exited.x(), exited.centerY() - LANE, words);
            case PAUSED -> elbow(start.right(), start.bottom() - 10, Math.min(x, exited.right() - 14), exited.y());
            case RESTARTING ->
                elbow(start.right(), start.y() + 10, Math.min(x, backToRestarting(exited) - 12), exited.bottom());
            case CREATED, EXITED, REMOVING, DEAD -> straight(start, exited);
        };
    }

    private Route toRemoving(ContainerStatus from, Box start, Box removing) {
        return switch (from) {
            case EXITED -> horizontal(start.right(), removing.x(), removing.centerY() + 6);
            case DEAD -> vertical(start.centerX() + 16 * scale, start.bottom(), removing.y());
            case PAUSED -> {
                double x = removing.x() - 22 * scale;
                double high = start.y() + 11;
                double into = removing.centerY() - 12;
                yield route(
                        at((start.right() + x) / 2 + 40 * scale, high),
                        at(start.right(), high),
                        at(x, high),
                        at(x, into),
                        at(removing.x(), into));
            }
            case CREATED -> rail(start.centerX(), start, removing, start.centerX() + 62 * scale);
            case RUNNING -> rail(start.x() + 14 * scale, start, removing, start.centerX() + 52 * scale);
            case RESTARTING -> rail(start.centerX(), start, removing, start.centerX() + 150 * scale);
            case REMOVING -> straight(start, removing);
        };
    }

    private static Route rail(double x, Box start, Box removing, double label) {
        return route(
                at(label, RAIL),
                at(x, start.bottom()),
                at(x, RAIL),
                at(removing.centerX(), RAIL),
                at(removing.centerX(), removing.bottom()));
    }

    private static Route horizontal(double fromX, double toX, double y) {
        return route(at((fromX + toX) / 2, y), at(fromX, y), at(toX, y));
    }

    /// One of two lanes, whose words stand left of what crosses them.
    private Route lane(double fromX, double toX, double y, double words) {
        double middle = Math.min(box(PAUSED).centerX() - 28 * scale, crossing(box(RESTARTING)) - 4 - words / 2);
        return route(at(middle, y), at(fromX, y), at(toX, y));
    }

    private static Route vertical(double x, double fromY, double toY) {
        return route(at(x, (fromY + toY) / 2), at(x, fromY), at(x, toY));
    }

    /// Sideways, then up or down.
    private static Route elbow(double fromX, double fromY, double toX, double toY) {
        return route(at((fromX + toX) / 2, fromY), at(fromX, fromY), at(toX, fromY), at(toX, toY));
    }

    /// Up or down, then sideways.
    private static Route rise(double fromX, double fromY, double toX, double toY) {
        return route(at((fromX + toX) / 2, toY), at(fromX, fromY), at(fromX, toY), at(toX, toY));
    }

    private static Route straight(Box start, Box end) {
        return route(
                at((start.centerX() + end.centerX()) / 2, (start.centerY() + end.centerY()) / 2),
                at(start.centerX(), start.centerY()),
                at(end.centerX(), end.centerY()));
    }

    private static Point at(double x, double y) {
        return new Point(x, y);
    }

    private static Route route(Point label, Point... corners) {
        return new Route(List.of(corners), label);
    }
}
