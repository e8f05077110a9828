package io.darsena.app.containers.logs;

import io.darsena.app.text.Messages;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import javafx.geometry.Orientation;
import javafx.geometry.VPos;
import javafx.scene.AccessibleAttribute;
import javafx.scene.AccessibleRole;
import javafx.scene.control.ScrollBar;
import javafx.scene.layout.Pane;
import javafx.scene.layout.Region;
import javafx.scene.shape.Rectangle;
import javafx.scene.text.Text;
import org.jspecify.annotations.Nullable;

/// The lines of a log that are in view, however many there are: it knows the line at its top and lays out as many as
/// fit
/// from there on, or, while it follows, from the end upwards. Only these are measured, so wrapping costs nothing more.
/// A line's place is its serial number; that stays right while lines come and go.
public final class LogPane extends Region {

    /// Shorter a hand would not find it.
    private static final double SHORTEST_THUMB = 32;

    private final Messages messages;
    private final LogsViewModel model;
    private final LogSelection selection = new LogSelection();
    private final Pane sheet = new Pane();
    private final Rectangle clip = new Rectangle();
    private final Text sample = new Text("Mg");
    private final LogRow measured;
    private final ScrollBar vertical = new ScrollBar();
    private final ScrollBar horizontal = new ScrollBar();
    private final List<LogRow> rows = new ArrayList<>();
    private final List<LogRow> inView = new ArrayList<>();

    /// The line at the top, and how far it begins below the pane's upper edge; at most 0 after each layout.
    private long top;

    private double offset;
    private double widest;
    private boolean atEnd = true;
    private boolean laying;

    public LogPane(Messages messages, LogsViewModel model) {
        this.messages = messages;
        this.model = model;
        this.measured = new LogRow(messages);
        getStyleClass().addAll("code-pane", "log-pane");
        setAccessibleRole(AccessibleRole.LIST_VIEW);
        setAccessibleText(messages.text("detail.logs"));
        setFocusTraversable(true);
        sample.getStyleClass().add("line-text");
        sample.setTextOrigin(VPos.TOP);
        sample.setVisible(false);
        sample.setManaged(false);
        measured.setVisible(false);
        sheet.setClip(clip);
        sheet.setManaged(false);
        sheet.getChildren().add(measured);
        vertical.setOrientation(Orientation.VERTICAL);
        horizontal.setOrientation(Orientation.HORIZONTAL);
        vertical.setId("log-scroll");
        getChildren().addAll(sample, sheet, vertical, horizontal);
        vertical.valueProperty().addListener((bar, before, now) -> dragged(now.doubleValue()));
        horizontal.valueProperty().addListener((bar, before, now) -> requestLayout());
        model.changes().addListener((changes, before, now) -> requestLayout());
        model.following().addListener((following, before, now) -> requestLayout());
        model.timestamps().addListener((times, before, now) -> again());
        model.wrapping().addListener((wrapping, before, now) -> again());
        model.streams().addListener((streams, before, now) -> fromTheStart());
        model.kept().addListener((lines, before, now) -> fromTheStart());
        model.found().needle().addListener((needle, before, now) -> requestLayout());
        model.found().current().addListener((current, before, now) -> now.ifPresent(this::bringToView));
        new LogHand(this, model, selection).listen();
    }

    private void again() {
        widest = 0;
        requestLayout();
    }

    private void fromTheStart() {
        selection.clear();
        top = lines().first(streams());
        offset = 0;
        again();
    }

    private KeptLines lines() {
        return model.lines();
    }

    private LogStreams streams() {
        return model.streams().get();
    }

    long first() {
        return lines().first(streams());
    }

    long end() {
        return lines().end(streams());
    }

    @Override
    protected void layoutChildren() {
        laying = true;
        double width = Math.max(0, getWidth() - snappedLeftInset() - snappedRightInset());
        double whole = Math.max(0, getHeight() - snappedTopInset() - snappedBottomInset());
        boolean sideways;
        do {
            sideways = isTooWide(width);
            double bar = sideways ? horizontal.prefHeight(-1) : 0;
            double height = Math.max(0, whole - bar);
            sheet.resizeRelocate(snappedLeftInset(), snappedTopInset(), width, height);
            clip.setWidth(width);
            clip.setHeight(height);
            horizontal.setVisible(sideways);
            horizontal.resizeRelocate(snappedLeftInset(), snappedTopInset() + height, width, bar);
            place(width, height);
        } while (sideways != isTooWide(width));
        slide(width, whole);
        laying = false;
        notifyAccessibleAttributeChanged(AccessibleAttribute.ITEM_COUNT);
    }

    private boolean isTooWide(double width) {
        return !model.wrapping().get() && widest > width;
    }

    private void place(double width, double height) {
        long first = first();
        long end = end();
        int most = (int) Math.ceil(height / lineHeight()) + 2;
        prepare(most);
        inView.clear();
        if (model.following().get()) {
            fromEnd(first, end, most, width, height);
        } else {
            if (top < first || top >= end) {
                top = Math.clamp(top, first, Math.max(first, end - 1));
                offset = 0;
            }
            double bottom = fromTop(most, width, height);
            if (bottom < height && (top > first || offset < 0)) {
                inView.clear();
                fromEnd(first, end, most, width, height);
            } else {
                atEnd = end == first || inView.getLast().serial() == end - 1 && bottom <= height + 0.5;
            }
        }
        for (LogRow row : rows) {
            if (!inView.contains(row)) {
                row.hide();
            }
        }
    }

    private double fromTop(int most, double width, double height) {
        double y = offset;
        long serial = top;
        for (LogLine line : lines().lines(streams(), top, most)) {
            if (y >= height) {
                break;
            }
            LogRow row = shown(serial++, line);
            inView.add(row);
            y = put(row, y, width);
        }
        return y;
    }

    private void fromEnd(long first, long end, int most, double width, double height) {
        long from = Math.max(first, end - most);
        List<LogLine> newest = lines().lines(streams(), from, (int) (end - from));
        double filled = 0;
        for (int i = newest.size() - 1; i >= 0 && filled < height; i--) {
            LogRow row = shown(end - newest.size() + i, newest.get(i));
            inView.addFirst(row);
            filled += row.measure(width);
        }
        double y = filled < height ? 0 : height - filled;
        top = inView.isEmpty() ? first : inView.getFirst().serial();
        offset = y;
        for (LogRow row : inView) {
            y = put(row, y, width);
        }
        atEnd = true;
    }

    private double put(LogRow row, double y, double width) {
        double height = row.measure(width);
        if (!model.wrapping().get()) {
            widest = Math.max(widest, row.wholeWidth());
        }
        double left = horizontal.isVisible() ? -Math.rint(horizontal.getValue()) : 0;
        row.resizeRelocate(left, y, Math.max(width, widest), height);
        return y + height;
    }

    private LogRow shown(long serial, LogLine line) {
        LogRow row = rows.get((int) (serial % rows.size()));
        row.show(serial, look(serial, line));
        return row;
    }

    private LogRow.Look look(long serial, LogLine line) {
        return new LogRow.Look(
                line,
                model.timestamps().get(),
                model.wrapping().get(),
                selection.contains(serial),
                selection.lead() == serial && isFocused(),
                model.found().isCurrent(serial),
                model.found().needle().get().in(line.text()));
    }

    private void prepare(int most) {
        while (rows.size() < most) {
            LogRow row = new LogRow(messages);
            rows.add(row);
            sheet.getChildren().add(row);
            row.applyCss();
        }
    }

    private double lineHeight() {
        return Math.max(8, sample.getLayoutBounds().getHeight());
    }

    /// Brings the bars to what is in view.
    private void slide(double width, double whole) {
        double count = (double) end() - first();
        double visible = Math.max(1, inView.size() - 1);
        boolean needed = count > 0 && !(atEnd && top == first() && offset >= 0);
        vertical.setVisible(needed);
        double thick = vertical.prefWidth(-1);
        vertical.resizeRelocate(getWidth() - snappedRightInset() - thick, snappedTopInset(), thick, whole);
        double last = Math.max(first() + 1.0, end() - visible);
        vertical.setMin(first());
        vertical.setMax(last);
        double thumb = Math.max(visible / Math.max(1, count), SHORTEST_THUMB / Math.max(SHORTEST_THUMB, whole));
        vertical.setVisibleAmount(Math.min(1, thumb) * (last - first()));
        vertical.setUnitIncrement(1);
        vertical.setBlockIncrement(Math.max(1, visible - 1));
        double part =
                inView.isEmpty() ? 0 : -offset / Math.max(1, inView.getFirst().getHeight());
        vertical.setValue(atEnd ? last : Math.min(top + part, last));
        horizontal.setMax(Math.max(0, widest - width));
        horizontal.setVisibleAmount(widest <= 0 ? 0 : width / widest * horizontal.getMax());
        horizontal.setUnitIncrement(40);
        horizontal.setBlockIncrement(width * 0.9);
        if (horizontal.getValue() > horizontal.getMax()) {
            horizontal.setValue(horizontal.getMax());
        }
    }

    private void dragged(double value) {
        if (laying) {
            return;
        }
        if (value >= vertical.getMax() - 1e-6) {
            model.following().set(true);
            return;
        }
        model.following().set(false);
        top = (long) value;
        offset = -(value - top) * heightOf(top);
        requestLayout();
    }

    /// Moves what is in view: down the log when `pixels` is positive. At the end it follows again.
    void scrollBy(double pixels) {
        if (pixels < 0) {
            if (everythingFits()) {
                return;
            }
            model.following().set(false);
        } else if (model.following().get()) {
            return;
        }
        offset -= pixels;
        settle();
        layout();
        if (pixels > 0 && atEnd) {
            model.following().set(true);
        }
    }

    void scrollSideways(double pixels) {
        if (horizontal.isVisible()) {
            horizontal.setValue(Math.clamp(horizontal.getValue() + pixels, 0, horizontal.getMax()));
        }
    }

    private boolean everythingFits() {
        layout();
        return atEnd && top == first() && offset >= 0;
    }

    /// Makes the line that reaches over the upper edge the top one.
    private void settle() {
        while (offset > 0 && top > first()) {
            top--;
            offset -= heightOf(top);
        }
        if (top <= first()) {
            offset = Math.min(0, offset);
        }
        double height = heightOf(top);
        while (offset <= -height && top < end() - 1) {
            offset += height;
            top++;
            height = heightOf(top);
        }
        requestLayout();
    }

    private double heightOf(long serial) {
        List<LogLine> line = lines().lines(streams(), serial, 1);
        if (line.isEmpty()) {
            return lineHeight();
        }
        measured.show(serial, look(serial, line.getFirst()));
        measured.hide();
        return measured.measure(sheet.getWidth());
    }

    /// Scrolls no further than it takes to see a line wholly.
    void reveal(long serial) {
        model.following().set(false);
        layout();
        if (inView.isEmpty()) {
            return;
        }
        LogRow lastRow = inView.getLast();
        if (serial <= top) {
            top = serial;
            offset = 0;
        } else if (serial > lastRow.serial()
                || serial == lastRow.serial() && lastRow.getLayoutY() + lastRow.getHeight() > sheet.getHeight()) {
            top = serial;
            offset = sheet.getHeight() - heightOf(serial);
            settle();
        }
        requestLayout();
    }

    /// Shows a line with some of what stands above it.
    private void bringToView(long serial) {
        model.following().set(false);
        layout();
        boolean there = inView.stream()
                .anyMatch(row -> row.serial() == serial
                        && row.getLayoutY() >= 0
                        && row.getLayoutY() + row.getHeight() <= sheet.getHeight());
        if (!there) {
            top = serial;
            offset = Math.floor(sheet.getHeight() / 3);
            settle();
        }
        requestLayout();
    }

    void toStart() {
        model.following().set(false);
        top = first();
        offset = 0;
        requestLayout();
    }

    double pageHeight() {
        return Math.max(lineHeight(), sheet.getHeight() - lineHeight());
    }

    /// How many lines a page has, at least one.
    int page() {
        return Math.max(1, inView.size() - 2);
    }

    /// The line at a height of this pane; the nearest one when none is there.
    OptionalLong serialAt(double y) {
        double inSheet = y - sheet.getLayoutY();
        LogRow nearest = null;
        for (LogRow row : inView) {
            if (nearest == null || row.getLayoutY() <= inSheet) {
                nearest = row;
            }
        }
        return nearest == null ? OptionalLong.empty() : OptionalLong.of(nearest.serial());
    }

    /// Where a search begins that has no current line yet.
    long topLine() {
        return top;
    }

    /// The chosen lines, or none.
    LogSelection selection() {
        return selection;
    }

    /// What stands in view, from above.
    public List<String> textsInView() {
        return inView.stream().map(LogRow::text).toList();
    }

    List<LogRow> rowsInView() {
        return List.copyOf(inView);
    }

    @Override
    public @Nullable Object queryAccessibleAttribute(AccessibleAttribute attribute, Object... parameters) {
        return switch (attribute) {
            case ITEM_COUNT -> inView.size();
            case ITEM_AT_INDEX ->
                parameters.length > 0 && parameters[0] instanceof Integer at && at >= 0 && at < inView.size()
                        ? inView.get(at)
                        : null;
            case FOCUS_ITEM ->
                inView.stream()
                        .filter(row -> row.serial() == selection.lead())
                        .findFirst()
                        .orElse(null);
            case MULTIPLE_SELECTION -> true;
            default -> super.queryAccessibleAttribute(attribute, parameters);
        };
    }
}
