package io.darsena.app.control;

import java.util.Optional;
import javafx.scene.AccessibleRole;
import javafx.scene.Node;
import javafx.scene.Parent;
import javafx.scene.Scene;
import javafx.scene.input.KeyCode;
import javafx.scene.input.KeyEvent;
import javafx.scene.layout.Region;
import javafx.scene.layout.StackPane;
import org.jspecify.annotations.Nullable;

/// Shows one thing at a time above the window's content, which is dimmed, cannot be clicked, and gives the focus back.
/// Escape closes it, unless what is shown takes the key itself.
public final class ModalLayer extends StackPane {

    private final Node below;
    private final Region scrim = new Region();
    private final StackPane sheet = new StackPane();
    private Optional<Node> focusedBefore = Optional.empty();
    private boolean light;

    public ModalLayer(Node below) {
        this.below = below;
        scrim.getStyleClass().add("scrim");
        sheet.getStyleClass().add("modal-place");
        sheet.setAccessibleRole(AccessibleRole.DIALOG);
        sheet.setPickOnBounds(false);
        getChildren().addAll(below, scrim, sheet);
        sheet.addEventHandler(KeyEvent.KEY_PRESSED, key -> {
            if (key.getCode() == KeyCode.ESCAPE) {
                close();
                key.consume();
            }
        });
        scrim.setOnMouseClicked(click -> {
            if (light) {
                close();
            }
        });
        showing(false);
        // The scene outlives what it shows, as when the language changes.
        sceneProperty().flatMap(Scene::focusOwnerProperty).subscribe(this::keepFocus);
    }

    private void showing(boolean now) {
        scrim.setVisible(now);
        sheet.setVisible(now);
        below.setMouseTransparent(now);
    }

    public boolean isShowing() {
        return sheet.isVisible();
    }

    /// Replaces what was shown before. The node itself says where the focus goes first.
    public void show(Node content) {
        if (!isShowing() && getScene() != null) {
            focusedBefore = Optional.ofNullable(getScene().getFocusOwner());
        }
        light = false;
        sheet.getChildren().setAll(new Shadow(content, Shadow.Height.HIGH), content);
        showing(true);
    }

    /// As [#show]; a click outside closes, because nothing typed would be lost by it.
    public void showLightly(Node content) {
        show(content);
        light = true;
    }

    public void close() {
        if (isShowing()) {
            showing(false);
            sheet.getChildren().clear();
            focusedBefore.ifPresent(Node::requestFocus);
            focusedBefore = Optional.empty();
        }
    }

    /// Whether something is shown above this node, so that the keyboard is not to be had.
    public static boolean covers(Node node) {
        for (Node at = node; at != null; at = at.getParent()) {
            if (at instanceof ModalLayer layer) {
                return layer.isShowing() && !layer.isInside(node);
            }
        }
        return false;
    }

    /// Tab walks around inside what is shown.
    private void keepFocus(@Nullable Node owner) {
        if (isShowing() && owner != null && !isInside(owner)) {
            first(sheet).ifPresent(Node::requestFocus);
        }
    }

    private boolean isInside(Node node) {
        for (Node at = node; at != null; at = at.getParent()) {
            if (at.equals(sheet)) {
                return true;
            }
        }
        return false;
    }

    private static Optional<Node> first(Parent parent) {
        for (Node child : parent.getChildrenUnmodifiable()) {
            boolean reachable = child.isVisible() && !child.isDisabled();
            if (reachable && child.isFocusTraversable()) {
                return Optional.of(child);
            }
            if (reachable && child instanceof Parent nested) {
                Optional<Node> found = first(nested);
                if (found.isPresent()) {
                    return found;
                }
            }
        }
        return Optional.empty();
    }
}
