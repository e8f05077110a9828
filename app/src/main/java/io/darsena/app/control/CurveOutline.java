package io.darsena.app.control;

/// Draws a curve as the text of an SVG path: a point for every two pixels or so, the greatest value of the seconds that
/// share one, so that a short peak stays visible.
///
/// Which seconds share a point does not depend on what is the newest one: else peaks would flicker as they move.
final class CurveOutline {

    private static final double PIXELS_A_POINT = 1.6;

    private final double width;
    private final double height;
    private final double top;
    private final StringBuilder line = new StringBuilder(1024);
    private final StringBuilder area = new StringBuilder(1024);
    private double lastX;

    /// @param top the value at the upper edge
    CurveOutline(double width, double height, double top) {
        this.width = width;
        this.height = height;
        this.top = top;
    }

    /// @param end the second of the newest value
    void trace(double[] values, long end) {
        line.setLength(0);
        area.setLength(0);
        double step = width / Math.max(1, values.length - 1);
        int stride = Math.max(1, (int) Math.ceil(PIXELS_A_POINT / step));
        long first = end - values.length + 1;
        boolean drawing = false;
        int i = 0;
        while (i < values.length) {
            int after = (int) Math.min(values.length, (Math.floorDiv(first + i, stride) + 1) * stride - first);
            double most = most(values, i, after);
            if (Double.isNaN(most)) {
                close(drawing);
                drawing = false;
            } else {
                point(width - (values.length - after) * step, Math.max(0.5, step), y(most), drawing);
                drawing = true;
            }
            i = after;
        }
        close(drawing);
    }

    double y(double value) {
        return height - 1 - Math.min(value, top) / top * (height - 2);
    }

    /// Whether a value is told apart from nothing. What is not looks like a mark on the ground line.
    boolean rises(double value) {
        return value / top * (height - 2) >= 1;
    }

    private static double most(double[] values, int from, int to) {
        double most = Double.NaN;
        for (int i = from; i < to; i++) {
            if (!(most >= values[i]) && !Double.isNaN(values[i])) {
                most = values[i];
            }
        }
        return most;
    }

    /// @param second how wide a second is
    private void point(double x, double second, double y, boolean drawing) {
        if (drawing) {
            pair(line.append('L'), x, y);
        } else {
            // A number is of the second before it: a single one between two gaps is a dash, not nothing.
            double from = Math.max(x - second, Math.min(0, x) - 0.5);
            pair(line.append('M'), from, y);
            pair(line.append('L'), x, y);
            pair(area.append('M'), from, height);
            pair(area.append('L'), from, y);
        }
        pair(area.append('L'), x, y);
        lastX = x;
    }

    private void close(boolean drawing) {
        if (drawing) {
            pair(area.append('L'), lastX, height);
            area.append('Z');
        }
    }

    private static void pair(StringBuilder text, double x, double y) {
        number(text, x);
        number(text.append(' '), y);
    }

    /// With one decimal; `String.format` for each would cost more than the drawing.
    private static void number(StringBuilder text, double value) {
        long tenths = Math.round(value * 10);
        if (tenths < 0) {
            text.append('-');
        }
        text.append(Math.abs(tenths) / 10).append('.').append(Math.abs(tenths) % 10);
    }

    String line() {
        return line.toString();
    }

    String area() {
        return area.toString();
    }
}
