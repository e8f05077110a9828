package io.darsena.app.control;

import io.darsena.app.text.Messages;

/// What the numbers of a chart mean: how they are said, and which round numbers its scale ends at.
public enum ChartUnit {
    PERCENT(10, 10),
    /// Bytes, in powers of 1024.
    MEMORY(1024, 4 << 20),
    /// Bytes a second, in powers of 1000.
    RATE(10, 10_000),
    COUNT(10, 8);

    private static final double[] DECIMAL_STEPS = {1, 1.5, 2, 3, 4, 5, 6, 8, 10};
    private static final double[] BINARY_STEPS = {
        1, 1.5, 2, 3, 4, 6, 8, 12, 16, 24, 32, 48, 64, 96, 128, 192, 256, 384, 512, 768, 1024
    };

    private final int base;
    private final double least;

    ChartUnit(int base, double least) {
        this.base = base;
        this.least = least;
    }

    /// The round number at which a scale ends that has room for `most`.
    double top(double most) {
        double wanted = Math.max(most, least);
        double unit = Math.pow(base, Math.floor(Math.log(wanted) / Math.log(base)));
        for (double step : base == 10 ? DECIMAL_STEPS : BINARY_STEPS) {
            if (step * unit >= wanted) {
                return step * unit;
            }
        }
        return wanted;
    }

    /// A number of the scale, without a fraction that says nothing.
    String axis(Messages messages, double value) {
        return this == PERCENT ? messages.quantities().decimal(value) + "\u00a0%" : words(messages, value);
    }

    /// What is as wide as all that a scale usually says.
    String widest(Messages messages) {
        return switch (this) {
            case PERCENT -> axis(messages, 400);
            case MEMORY -> axis(messages, 888 << 20);
            case RATE -> axis(messages, 888_000);
            case COUNT -> axis(messages, 8888);
        };
    }

    public String words(Messages messages, double value) {
        var quantities = messages.quantities();
        return switch (this) {
            case PERCENT -> quantities.percent(value);
            case MEMORY -> quantities.memory(Math.round(value));
            case RATE -> messages.text("chart.rate", quantities.size(Math.round(value)));
            case COUNT -> quantities.count(Math.round(value));
        };
    }
}
