package io.darsena.app.control;

import static org.assertj.core.api.Assertions.assertThat;

import io.darsena.app.ToolkitStart;
import io.darsena.app.control.LiveChart.Shown;
import io.darsena.app.text.Messages;
import io.darsena.app.theme.Appearance;
import io.darsena.app.theme.ThemeChoice;
import java.util.List;
import java.util.Locale;
import java.util.OptionalDouble;
import javafx.scene.Scene;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

class ChartGutterTest {

    @BeforeAll
    static void start() {
        ToolkitStart.once();
    }

    private static double gutter(LiveChart chart, double... values) {
        chart.show(new Shown(List.of(new Curve("", values)), values.length, true, OptionalDouble.empty(), "", ""));
        chart.getScene().getRoot().applyCss();
        chart.getScene().getRoot().layout();
        return chart.neededGutter();
    }

    private static LiveChart chart(ChartUnit unit, boolean large) {
        LiveChart chart = new LiveChart(Messages.in(Locale.ENGLISH), "", unit, List.of("cpu"), List.of(""), large);
        Scene scene = new Scene(chart, 400, 200);
        new Appearance(ThemeChoice.LIGHT).dress(scene);
        return chart;
    }

    @Test
    void aScaleThatGrowsLeavesThePlotWhereItIs() {
        List<Double> gutters = ToolkitStart.onFxThread(() -> {
            LiveChart chart = chart(ChartUnit.PERCENT, true);
            return List.of(gutter(chart, 1, 2), gutter(chart, 1, 99), gutter(chart, 1, 390));
        });
        assertThat(gutters.stream().distinct()).hasSize(1);
        assertThat(gutters.getFirst()).isPositive();
    }

    @Test
    void oneThatNeedsMoreThanUsualSaysSo() {
        double usual = ToolkitStart.onFxThread(() -> gutter(chart(ChartUnit.PERCENT, true), 1, 2));
        double wide = ToolkitStart.onFxThread(() -> gutter(chart(ChartUnit.PERCENT, true), 1, 12_000));
        assertThat(wide).isGreaterThan(usual);
    }

    @Test
    void aSmallOneHasNone() {
        assertThat(ToolkitStart.onFxThread(() -> gutter(chart(ChartUnit.PERCENT, false), 1, 2)))
                .isZero();
    }
}
