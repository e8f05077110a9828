package io.darsena.app.list;

import io.darsena.app.session.FxPump;
import java.util.Optional;
import javafx.beans.InvalidationListener;
import javafx.beans.Observable;
import javafx.event.EventTarget;
import javafx.scene.Node;
import javafx.scene.control.SplitPane;
import javafx.scene.control.TableView;
import javafx.scene.input.MouseEvent;

/// A list above the detail of its chosen row. The list is as high as its rows need and the detail takes the rest, also
/// when rows come and go; where the person moves the divider, it stays. Where there is too little height for both, the
/// detail has all of it until it is closed.
public final class DetailSplit extends SplitPane {

    private static final double MOST_OF_LIST = 0.38;
    /// The head of the list, the line above it and half of the divider, in rows.
    private static final double HEAD = 37.0 / 35;
    /// Below this height list and detail have no room beside each other.
    private static final double LEAST_FOR_BOTH = 300;

    private double moved = Double.NaN;
    private boolean held;
    private boolean outdated;
    private int fitted;
    private Optional<FxPump> later = Optional.empty();
    private final InvalidationListener rows = change -> fit();

    public DetailSplit() {
        heightProperty().subscribe((before, now) -> {
            if (isLow(before.doubleValue()) != isLow(now.doubleValue())) {
                divide();
            }
        });
        addEventFilter(MouseEvent.MOUSE_PRESSED, pressed -> held = isDivider(pressed.getTarget()));
        addEventFilter(MouseEvent.MOUSE_RELEASED, released -> {
            if (held && getItems().size() > 1 && !isLow(getHeight())) {
                moved = getDividerPositions()[0];
            }
            held = false;
        });
    }

    private static boolean isDivider(EventTarget target) {
        return target instanceof Node node
                && (node.getStyleClass().contains("split-pane-divider")
                        || node.getParent() != null
                                && node.getParent().getStyleClass().contains("split-pane-divider"));
    }

    /// A thousand rows that come together are one change of the height; rows that change places are none.
    private void fit() {
        if (!outdated && Double.isNaN(moved)) {
            outdated = true;
            later.ifPresent(pump -> pump.run(() -> {
                outdated = false;
                if (!held && rowCount() != fitted) {
                    divide();
                }
            }));
        }
    }

    private int rowCount() {
        return table().map(table -> table.getItems().size()).orElse(0);
    }

    /// @return whether it was not there before
    public boolean show(Node detail, FxPump pump) {
        if (getItems().contains(detail)) {
            return false;
        }
        getItems().add(detail);
        later = Optional.of(pump);
        table().ifPresent(table -> table.getItems().addListener(rows));
        place(pump);
        return true;
    }

    public void hide(Node detail) {
        if (getItems().contains(detail)) {
            table().ifPresent(table -> table.getItems().removeListener(rows));
            getItems().remove(detail);
        }
    }

    /// A list that was not laid out yet has no height to share: it is asked again when it has.
    private void place(FxPump pump) {
        if (getHeight() > 0) {
            // A position that is set before the new part was laid out once is forgotten by the skin.
            applyCss();
            layout();
            divide();
            // Who looks for room in the list next finds it as it is now.
            layout();
            return;
        }
        heightProperty().addListener(new InvalidationListener() {
            @Override
            public void invalidated(Observable height) {
                heightProperty().removeListener(this);
                pump.run(DetailSplit.this::divide);
            }
        });
    }

    private void divide() {
        if (getItems().size() > 1) {
            setDividerPositions(isLow(getHeight()) ? 0 : Double.isNaN(moved) ? fitting() : moved);
        }
    }

    private static boolean isLow(double height) {
        return height < LEAST_FOR_BOTH;
    }

    /// The list gets what its rows need, and no more than leaves room for the detail.
    private double fitting() {
        fitted = rowCount();
        double rows = table().map(table -> (HEAD + table.getItems().size()) * table.getFixedCellSize())
                .orElse(getHeight());
        return Math.min(rows, getHeight() * MOST_OF_LIST) / Math.max(1, getHeight());
    }

    private Optional<TableView<?>> table() {
        return getItems().getFirst() instanceof TableView<?> table ? Optional.of(table) : Optional.empty();
    }
}
