package io.darsena.app.shell;

import io.darsena.app.transfers.TransfersDrawer;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import javafx.scene.Node;
import javafx.scene.Parent;
import javafx.scene.Scene;
import javafx.scene.control.ScrollPane;
import javafx.scene.control.TabPane;
import javafx.scene.control.TableView;

/// The panes that F6 leads through: the top bar, the sidebar, and of the section its list and its tabs; of a
/// section that has neither, the first thing that takes the keyboard. The drawer of transfers comes last, while
/// it is open.
final class PaneCycle {

    private final Node top;
    private final Parent sidebar;
    private final Parent content;

    PaneCycle(Node top, Parent sidebar, Parent content) {
        this.top = top;
        this.sidebar = sidebar;
        this.content = content;
    }

    /// Moves the keyboard to the next pane, or back to the one before.
    void move(Scene scene, int by) {
        List<Node> stops = stops();
        Node owner = scene.getFocusOwner();
        int here = -1;
        for (int i = 0; i < stops.size(); i++) {
            if (isWithin(owner, pane(stops.get(i)))) {
                here = i;
            }
        }
        stops.get(Math.floorMod(here < 0 && by < 0 ? by : here + by, stops.size()))
                .requestFocus();
    }

    private List<Node> stops() {
        List<Node> stops = new ArrayList<>(List.of(top));
        firstReachable(sidebar).ifPresent(stops::add);
        List<Node> panes = new ArrayList<>();
        collect(content, panes);
        if (panes.isEmpty()) {
            firstReachable(content).ifPresent(panes::add);
        }
        stops.addAll(panes);
        drawer().flatMap(PaneCycle::firstReachable).ifPresent(stops::add);
        return stops;
    }

    /// What belongs to a stop: all of the sidebar, all of a section that is one pane.
    private Node pane(Node stop) {
        if (drawer().filter(drawer -> isWithin(stop, drawer)).isPresent()) {
            return drawer().get();
        }
        boolean wide = !(stop instanceof TableView) && !(stop instanceof TabPane);
        return stop.equals(top) ? top : isWithin(stop, sidebar) ? sidebar : wide ? content : stop;
    }

    private Optional<Parent> drawer() {
        return content.getChildrenUnmodifiable().stream()
                .filter(node -> node instanceof TransfersDrawer && node.isVisible())
                .map(Parent.class::cast)
                .findFirst();
    }

    private static boolean isWithin(Node node, Node pane) {
        for (Node at = node; at != null; at = at.getParent()) {
            if (at.equals(pane)) {
                return true;
            }
        }
        return false;
    }

    private static void collect(Node node, List<Node> into) {
        if (!node.isVisible()) {
            return;
        }
        if (node instanceof TableView || node instanceof TabPane) {
            into.add(node);
        } else if (node instanceof Parent parent) {
            parent.getChildrenUnmodifiable().forEach(child -> collect(child, into));
        }
    }

    /// The chosen place of the sidebar comes before the others.
    private static Optional<Node> firstReachable(Parent parent) {
        List<Node> reachable = new ArrayList<>();
        collectReachable(parent, reachable);
        return reachable.stream()
                .filter(node -> node instanceof SidebarItem item && item.isSelected())
                .findFirst()
                .or(() -> reachable.stream().findFirst());
    }

    private static void collectReachable(Node node, List<Node> into) {
        if (!node.isVisible() || node.isDisabled()) {
            return;
        }
        if (node.isFocusTraversable() && !(node instanceof ScrollPane)) {
            into.add(node);
        }
        if (node instanceof Parent parent) {
            parent.getChildrenUnmodifiable().forEach(child -> collectReachable(child, into));
        }
    }
}
