package io.darsena.app.control;

/// One line of a chart.
///
/// @param name what it is, when the chart has several
/// @param values one a second, oldest first, `NaN` for a gap; read until the chart is shown something else
public record Curve(String name, double[] values) {

    /// The newest number; `NaN` when there is none.
    double now() {
        return values.length == 0 ? Double.NaN : values[values.length - 1];
    }

    /// The greatest number; `NaN` when there is none.
    double peak() {
        double most = Double.NaN;
        for (double value : values) {
            if (!(most >= value) && !Double.isNaN(value)) {
                most = value;
            }
        }
        return most;
    }
}
