package io.darsena.app.control;

import io.darsena.app.text.Messages;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalDouble;
import java.util.function.DoubleFunction;
import java.util.stream.Collectors;
import javafx.scene.AccessibleRole;
import javafx.scene.control.Label;
import javafx.scene.input.KeyCode;
import javafx.scene.input.KeyEvent;
import javafx.scene.input.MouseEvent;
import javafx.scene.layout.FlowPane;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;
import javafx.scene.layout.Region;
import javafx.scene.layout.VBox;

/// A card with one or several measured values: name, numbers now, their last minutes as curves, the peak, and the limit
/// as a dashed line. Mouse and arrow keys move a cross-hair that says what was when. It draws only when it is given
/// values, and only what has changed.
public final class LiveChart extends VBox {

    /// Room for a limit: the scale goes up to it only when the curves come near it. Elsewhere the note says it.
    private static final double NEAR_LIMIT = 0.5;
    private static final double AIR = 1.04;
    private static final int LEAP = 10;

    private final Messages messages;
    private final ChartUnit unit;
    private final boolean large;
    private final Label title = new Label();
    private final Label value = new Label();
    private final FlowPane legend = new FlowPane();
    private final List<Label> legendValues = new ArrayList<>();
    private final Label peak = new Label();
    private final Label note = new Label();
    private final Region limitSwatch = new Region();
    private final ChartPlot plot;
    private final ChartFrame frame;
    private Shown shown = Shown.NOTHING;
    private int pointed = -1;

    /// What a chart shows.
    ///
    /// @param end the second of the newest values, since the Unix epoch
    /// @param now whether `end` is the present
    /// @param note words on the limit and what else is to be known
    /// @param absent why there is nothing; empty when there is something
    public record Shown(List<Curve> curves, long end, boolean now, OptionalDouble limit, String note, String absent) {

        static final Shown NOTHING = new Shown(List.of(), 0, false, OptionalDouble.empty(), "", "");

        public Shown {
            curves = List.copyOf(curves);
        }
    }

    /// @param tones a style class for each curve
    /// @param names what each curve is, when there are several
    /// @param large with axes, peak and the keyboard's cross-hair
    public LiveChart(
            Messages messages, String name, ChartUnit unit, List<String> tones, List<String> names, boolean large) {
        this.messages = messages;
        this.unit = unit;
        this.large = large;
        this.plot = new ChartPlot(tones, large);
        this.frame = new ChartFrame(plot, large, unit.widest(messages));
        getStyleClass().addAll("card", "live-chart", tones.getFirst());
        title.setText(name);
        title.getStyleClass().add("strong");
        value.getStyleClass().add("number");
        legend.getStyleClass().add("legend");
        for (int i = 0; large && names.size() > 1 && i < names.size(); i++) {
            legend.getChildren().add(legendEntry(names.get(i), tones.get(i)));
        }
        peak.getStyleClass().addAll("muted", "tiny-text");
        note.getStyleClass().addAll("muted", "tiny-text");
        limitSwatch.getStyleClass().addAll("swatch", "limit");
        VBox.setVgrow(frame, Priority.ALWAYS);
        getChildren().addAll(row(title, value), legend, frame, foot());
        legend.setManaged(false);
        legend.setVisible(false);
        frame.addEventHandler(MouseEvent.MOUSE_MOVED, event -> point(plot.index(frame.plotX(event.getX()))));
        frame.addEventHandler(MouseEvent.MOUSE_EXITED, event -> point(-1));
        setAccessibleRole(AccessibleRole.TEXT);
        if (large) {
            setFocusTraversable(true);
            addEventHandler(KeyEvent.KEY_PRESSED, this::key);
            addEventHandler(MouseEvent.MOUSE_PRESSED, event -> requestFocus());
            focusedProperty().subscribe(focused -> point(focused ? pointed : -1));
        }
    }

    private HBox legendEntry(String name, String tone) {
        Region swatch = new Region();
        swatch.getStyleClass().addAll("swatch", tone);
        Label words = new Label(name);
        words.getStyleClass().addAll("muted", "tiny-text");
        Label number = new Label();
        number.getStyleClass().addAll("number", "legend-number");
        legendValues.add(number);
        HBox entry = new HBox(swatch, words, number);
        entry.getStyleClass().add("legend-entry");
        return entry;
    }

    private static HBox row(Label left, Label right) {
        Region gap = new Region();
        HBox.setHgrow(gap, Priority.ALWAYS);
        right.setMinWidth(USE_PREF_SIZE);
        HBox row = new HBox(left, gap, right);
        row.getStyleClass().add("chart-row");
        return row;
    }

    /// Small: two short texts at the two edges. Large: as many lines as they need.
    private Region foot() {
        if (!large) {
            return row(peak, note);
        }
        FlowPane foot = new FlowPane(peak, note);
        foot.getStyleClass().add("chart-foot");
        return foot;
    }

    /// What the words of the scale need at the left of the plot; 0 where there are none.
    public double neededGutter() {
        return frame.neededGutter();
    }

    /// Where the plot begins, so that it stands below another one.
    public void gutter(double width) {
        frame.gutter(width);
    }

    public void show(Shown now) {
        shown = now;
        boolean there = now.absent().isEmpty();
        List<Curve> curves = there ? now.curves() : List.of();
        double most = most(curves);
        OptionalDouble limit = limitInSight(most);
        double top = unit.top(Math.max(most * AIR, limit.orElse(0)));
        frame.absent(now.absent());
        value.setText(there ? numbers(curves) : "–");
        for (int i = 0; i < legendValues.size(); i++) {
            legendValues.get(i).setText(i < curves.size() ? present(curves.get(i)) : "–");
            legend.getChildren().get(i).setVisible(i < curves.size());
        }
        legend.setManaged(legendValues.size() > 1 && curves.size() > 1);
        legend.setVisible(legend.isManaged());
        note.setText(now.note());
        note.setGraphic(there && limit.isPresent() ? limitSwatch : null);
        note.setManaged(!now.note().isEmpty());
        frame.scale(List.of(unit.axis(messages, top), unit.axis(messages, top / 2), unit.axis(messages, 0)));
        sayTimes();
        plot.show(curves, now.end(), top, limit);
        setAccessibleText(title.getText() + " " + (there ? spoken(curves) : now.absent()) + ", " + now.note());
        point(pointed);
    }

    private static double most(List<Curve> curves) {
        double most = 0;
        for (Curve curve : curves) {
            double high = curve.peak();
            most = high > most ? high : most;
        }
        return most;
    }

    private OptionalDouble limitInSight(double most) {
        OptionalDouble limit = shown.limit();
        return limit.isPresent() && most >= limit.getAsDouble() * NEAR_LIMIT ? limit : OptionalDouble.empty();
    }

    /// In the corner: of several curves the first, where a legend says the others, else all. Of what is over the most
    /// that there was, unless the line below the chart says it.
    private String numbers(List<Curve> curves) {
        if (large && curves.size() > 1) {
            return "";
        }
        if (!shown.now() && !curves.isEmpty()) {
            double most = curves.stream()
                    .mapToDouble(Curve::peak)
                    .filter(high -> !Double.isNaN(high))
                    .max()
                    .orElse(Double.NaN);
            return large || Double.isNaN(most) ? "–" : messages.text("chart.most", words(most));
        }
        return curves.stream().map(this::present).collect(Collectors.joining(" · "));
    }

    private String spoken(List<Curve> curves) {
        return curves.stream()
                .map(curve -> (curve.name() + " " + (shown.now() ? present(curve) : past(curve))).strip())
                .collect(Collectors.joining(", "));
    }

    /// The number now; what is over has none.
    private String present(Curve curve) {
        return shown.now() ? words(curve.now()) : "–";
    }

    private String past(Curve curve) {
        return Double.isNaN(curve.peak()) ? "–" : messages.text("chart.most", words(curve.peak()));
    }

    private String words(double number) {
        return Double.isNaN(number) ? "–" : unit.words(messages, number);
    }

    private void sayTimes() {
        int seconds = shown.curves().isEmpty() ? 0 : shown.curves().getFirst().values().length;
        DoubleFunction<String> before = part -> messages.text(
                "chart.before", messages.quantities().duration(Duration.ofSeconds(Math.round(seconds * part))));
        String right = shown.now() ? messages.text("chart.now") : time(shown.end());
        frame.times(List.of(before.apply(1), before.apply(0.5), right));
        peak.setText(large ? peakWords() : smallTimes(seconds));
        peak.setManaged(!large || !peak.getText().isEmpty());
    }

    /// How much time there is from edge to edge; of what is over, when that was.
    private String smallTimes(int seconds) {
        if (seconds == 0) {
            return "";
        }
        return shown.now() || shown.end() == 0
                ? messages.quantities().duration(Duration.ofSeconds(seconds))
                : messages.text("chart.until", time(shown.end()));
    }

    /// `peak 12.3 % at 21:04:10`, of the first curve, or of both directions of a transfer.
    private String peakWords() {
        double most = Double.NaN;
        long second = 0;
        List<Curve> peaked = unit == ChartUnit.RATE || shown.curves().isEmpty()
                ? shown.curves()
                : shown.curves().subList(0, 1);
        for (Curve curve : peaked) {
            double[] values = curve.values();
            for (int i = 0; i < values.length; i++) {
                if (!(most >= values[i]) && !Double.isNaN(values[i])) {
                    most = values[i];
                    second = shown.end() - (values.length - 1 - i);
                }
            }
        }
        return Double.isNaN(most) || !shown.absent().isEmpty()
                ? ""
                : messages.text("chart.peak", words(most), time(second));
    }

    private String time(long second) {
        return second == 0 ? "" : messages.quantities().timeOfDay(Instant.ofEpochSecond(second));
    }

    private void key(KeyEvent event) {
        int seconds = plot.seconds();
        if (seconds == 0) {
            return;
        }
        int from = pointed < 0 ? seconds : pointed;
        int step = event.isShiftDown() ? LEAP : 1;
        int to = switch (event.getCode()) {
            case KeyCode.LEFT -> from - step;
            case KeyCode.RIGHT -> pointed < 0 ? seconds - 1 : from + step;
            case KeyCode.HOME -> 0;
            case KeyCode.END -> seconds - 1;
            case KeyCode.ESCAPE -> -1;
            default -> Integer.MIN_VALUE;
        };
        if (to != Integer.MIN_VALUE && !(to == -1 && pointed < 0 && event.getCode() == KeyCode.ESCAPE)) {
            point(event.getCode() == KeyCode.ESCAPE ? -1 : Math.clamp(to, 0, seconds - 1));
            event.consume();
        }
    }

    /// Puts the cross-hair on one of the seconds; -1 takes it away.
    void point(int index) {
        pointed = index < plot.seconds() ? index : -1;
        plot.point(pointed);
        String words = pointed < 0 ? "" : readout();
        frame.read(pointed, words);
        if (pointed >= 0) {
            setAccessibleText(title.getText() + ", " + words.replace("\n", ", "));
        }
    }

    private String readout() {
        List<Curve> curves = shown.curves();
        List<String> lines = new ArrayList<>();
        lines.add(time(shown.end() - (plot.seconds() - 1 - pointed)));
        boolean measured = false;
        for (Curve curve : curves) {
            double number = curve.values()[pointed];
            measured |= !Double.isNaN(number);
            lines.add((curves.size() > 1 ? curve.name() + " " : "") + words(number));
        }
        return measured ? String.join("\n", lines) : lines.getFirst() + "\n" + messages.text("chart.gap");
    }
}
