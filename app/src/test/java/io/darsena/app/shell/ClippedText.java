package io.darsena.app.shell;

import java.util.ArrayList;
import java.util.List;
import javafx.geometry.Bounds;
import javafx.scene.Node;
import javafx.scene.Parent;
import javafx.scene.control.IndexedCell;
import javafx.scene.control.Labeled;
import javafx.scene.control.ListCell;
import javafx.scene.control.ScrollPane;
import javafx.scene.control.TableCell;
import javafx.scene.control.TableView;
import javafx.scene.control.skin.VirtualFlow;
import javafx.scene.text.Text;

/// Finds words that a window shows cut off or shortened. Shortening is the design where the whole can be had by
/// pointing (a tooltip of its own, or one of the cell it is in that says it word for word) and in the cells of lists;
/// it is shown by one sign.
final class ClippedText {

    private static final double HAIR = 1.5;

    private final List<String> found = new ArrayList<>();
    private final Bounds window;

    private ClippedText(Bounds window) {
        this.window = window;
    }

    /// On the JavaFX thread, of a root that is laid out.
    static List<String> in(Parent root) {
        ClippedText clipped = new ClippedText(root.localToScene(root.getLayoutBounds()));
        clipped.look(root, false);
        return clipped.found;
    }

    private void look(Node node, boolean scrolled) {
        if (!node.isVisible() || node.getOpacity() == 0) {
            return;
        }
        boolean scrolls =
                scrolled || node instanceof ScrollPane || node instanceof VirtualFlow || node instanceof TableView;
        if (node instanceof Labeled labeled) {
            read(labeled, scrolls);
        }
        if (node instanceof Parent parent) {
            parent.getChildrenUnmodifiable().forEach(child -> look(child, scrolls));
        }
    }

    private void read(Labeled labeled, boolean scrolled) {
        for (Node child : labeled.getChildrenUnmodifiable()) {
            if (child instanceof Text shown
                    && !shown.equals(labeled.getGraphic())
                    && shown.isVisible()
                    && labeled.getText() != null) {
                boolean shortened = !shown.getText().equals(labeled.getText());
                if (shortened && !mayShorten(labeled)) {
                    found.add("“" + labeled.getText() + "” is shown as “" + shown.getText() + "”");
                } else if (!shown.getText().isBlank() && isCut(shown, labeled, scrolled)) {
                    found.add("“" + labeled.getText() + "” is cut off");
                }
                if (shortened && shown.getText().contains("...")) {
                    found.add("“" + labeled.getText() + "” is shortened by three dots for “…”");
                }
            }
        }
    }

    private static boolean mayShorten(Labeled labeled) {
        if (labeled instanceof IndexedCell || labeled.getTooltip() != null) {
            return true;
        }
        for (Node at = labeled.getParent(); at != null; at = at.getParent()) {
            if (at instanceof IndexedCell<?> cell) {
                return cell.getTooltip() != null
                        && cell.getTooltip().getText().contains(withoutMark(labeled.getText()));
            }
        }
        return false;
    }

    /// What is added or removed has a mark before its words; a tooltip says that in words.
    private static String withoutMark(String text) {
        return text.replaceFirst("^[+−] ", "");
    }

    /// Beyond the window, where nothing scrolls; or beyond the cell or the head of a page that it is in.
    private boolean isCut(Text shown, Labeled labeled, boolean scrolled) {
        Bounds place = shown.localToScene(shown.getLayoutBounds());
        if (!scrolled && !contains(window, place)) {
            return true;
        }
        for (Node at = labeled.getParent(); at != null; at = at.getParent()) {
            if (at instanceof TableCell || at instanceof ListCell) {
                Bounds cell = at.localToScene(at.getLayoutBounds());
                return place.getMaxX() > cell.getMaxX() + HAIR || place.getMinX() < cell.getMinX() - HAIR;
            }
            if (at.getStyleClass().contains("page-header")) {
                return !contains(at.localToScene(at.getLayoutBounds()), place);
            }
        }
        return false;
    }

    private static boolean contains(Bounds outer, Bounds inner) {
        return inner.getMinX() >= outer.getMinX() - HAIR
                && inner.getMaxX() <= outer.getMaxX() + HAIR
                && inner.getMinY() >= outer.getMinY() - HAIR
                && inner.getMaxY() <= outer.getMaxY() + HAIR;
    }
}
