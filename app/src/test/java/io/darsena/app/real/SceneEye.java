package io.darsena.app.real;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.function.Supplier;
import javafx.scene.Node;
import javafx.scene.Parent;
import javafx.scene.Scene;
import javafx.scene.control.Labeled;

/// What a person could see in a scene. On the JavaFX thread only.
record SceneEye(Supplier<Scene> scene) {

    Optional<Node> usable(Predicate<Node> sought) {
        return all().stream()
                .filter(sought)
                .filter(node -> !node.isDisabled() && isSeen(node))
                .findFirst();
    }

    boolean matches(Node node, String selector) {
        return scene.get().getRoot().lookupAll(selector).contains(node);
    }

    boolean shows(Predicate<String> words) {
        return words(node -> true).stream().anyMatch(words);
    }

    /// Texts of what fits and can be seen.
    List<String> words(Predicate<Node> sought) {
        return all().stream()
                .filter(sought)
                .filter(SceneEye::isSeen)
                .map(node -> node instanceof Labeled labeled && labeled.getText() != null ? labeled.getText() : "")
                .filter(text -> !text.isEmpty())
                .toList();
    }

    List<Node> all() {
        List<Node> nodes = new ArrayList<>();
        collect(scene.get().getRoot(), nodes);
        return nodes;
    }

    private static void collect(Node node, List<Node> into) {
        into.add(node);
        if (node instanceof Parent parent) {
            parent.getChildrenUnmodifiable().forEach(child -> collect(child, into));
        }
    }

    static boolean isSeen(Node node) {
        for (Node at = node; at != null; at = at.getParent()) {
            if (!at.isVisible()) {
                return false;
            }
        }
        return node.getBoundsInLocal().getWidth() > 0;
    }
}
