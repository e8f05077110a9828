package io.darsena.app.containers.logs;

import java.util.OptionalLong;
import javafx.scene.AccessibleAttribute;
import javafx.scene.control.ScrollBar;
import javafx.scene.input.KeyEvent;
import javafx.scene.input.MouseButton;
import javafx.scene.input.MouseEvent;
import javafx.scene.input.ScrollEvent;

/// What mouse, wheel and keyboard do to the lines in view: scroll, choose, extend what is chosen.
final class LogHand {

    private final LogPane pane;
    private final LogsViewModel model;
    private final LogSelection selection;

    LogHand(LogPane pane, LogsViewModel model, LogSelection selection) {
        this.pane = pane;
        this.model = model;
        this.selection = selection;
    }

    void listen() {
        pane.addEventHandler(ScrollEvent.SCROLL, this::scrolled);
        pane.addEventHandler(MouseEvent.MOUSE_PRESSED, this::pressed);
        pane.addEventHandler(MouseEvent.MOUSE_DRAGGED, this::dragged);
        pane.addEventHandler(KeyEvent.KEY_PRESSED, this::key);
        pane.focusedProperty().addListener((focused, before, now) -> pane.requestLayout());
    }

    private void scrolled(ScrollEvent event) {
        if (event.isControlDown()) {
            return;
        }
        if (event.isShiftDown() || Math.abs(event.getDeltaX()) > Math.abs(event.getDeltaY())) {
            pane.scrollSideways(-(event.getDeltaX() == 0 ? event.getDeltaY() : event.getDeltaX()));
        } else {
            pane.scrollBy(-event.getDeltaY());
        }
        event.consume();
    }

    /// Consumed, since the tabs around would take the keyboard.
    private void pressed(MouseEvent event) {
        pane.requestFocus();
        event.consume();
        OptionalLong serial = pane.serialAt(event.getY());
        if (event.getTarget() instanceof ScrollBar || event.getButton() == MouseButton.MIDDLE || serial.isEmpty()) {
            return;
        }
        long line = serial.getAsLong();
        if (event.getButton() == MouseButton.SECONDARY && selection.contains(line)) {
            return;
        }
        model.following().set(false);
        if (event.isShiftDown()) {
            selection.extendTo(line);
        } else {
            selection.choose(line);
        }
        changed();
    }

    private void dragged(MouseEvent event) {
        if (event.getButton() != MouseButton.PRIMARY || selection.isEmpty()) {
            return;
        }
        if (event.getY() < 0) {
            pane.scrollBy(event.getY());
        } else if (event.getY() > pane.getHeight()) {
            pane.scrollBy(event.getY() - pane.getHeight());
            model.following().set(false);
        }
        pane.serialAt(event.getY()).ifPresent(selection::extendTo);
        changed();
    }

    private void key(KeyEvent event) {
        if (event.isAltDown() || event.isMetaDown() || pane.end() == pane.first()) {
            return;
        }
        boolean known = true;
        switch (event.getCode()) {
            case UP -> move(-1, event);
            case DOWN -> move(1, event);
            case PAGE_UP -> page(-1, event);
            case PAGE_DOWN -> page(1, event);
            case HOME -> edge(pane.first(), event);
            case END -> edge(pane.end() - 1, event);
            case LEFT -> pane.scrollSideways(-40);
            case RIGHT -> pane.scrollSideways(40);
            case A -> {
                known = event.isShortcutDown();
                if (known) {
                    selection.choose(pane.first(), pane.end() - 1);
                }
            }
            case ESCAPE -> {
                known = !selection.isEmpty();
                selection.clear();
            }
            default -> known = false;
        }
        if (known) {
            event.consume();
            changed();
        }
    }

    private void move(int lines, KeyEvent event) {
        long from = selection.isEmpty() ? (lines < 0 ? pane.end() : pane.topLine() - 1) : selection.lead();
        long to = Math.clamp(from + lines, pane.first(), pane.end() - 1);
        choose(to, event);
        pane.reveal(to);
        if (lines > 0 && to == pane.end() - 1) {
            model.following().set(true);
        }
    }

    /// With nothing chosen a page is scrolled; else the chosen line moves by one.
    private void page(int direction, KeyEvent event) {
        if (selection.isEmpty()) {
            pane.scrollBy(direction * pane.pageHeight());
        } else {
            move(direction * pane.page(), event);
        }
    }

    private void edge(long line, KeyEvent event) {
        if (!selection.isEmpty() || event.isShiftDown()) {
            choose(line, event);
        }
        if (line == pane.first()) {
            pane.toStart();
        } else {
            model.following().set(true);
        }
    }

    private void choose(long line, KeyEvent event) {
        if (event.isShiftDown()) {
            selection.extendTo(line);
        } else {
            selection.choose(line);
        }
    }

    private void changed() {
        pane.requestLayout();
        pane.notifyAccessibleAttributeChanged(AccessibleAttribute.FOCUS_ITEM);
    }
}
