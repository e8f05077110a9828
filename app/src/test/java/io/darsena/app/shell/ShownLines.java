package io.darsena.app.shell;

import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import javafx.scene.Node;
import javafx.scene.control.IndexedCell;
import javafx.scene.control.TableView;

/// The lines of a list or table that are drawn, by what each says of itself to who cannot see it. On the JavaFX thread.
public final class ShownLines {

    private ShownLines() {}

    public static Stream<IndexedCell<?>> of(Node list) {
        String kind = list instanceof TableView<?> ? ".table-row-cell" : ".list-cell";
        return list.lookupAll(kind).stream()
                .filter(node -> node instanceof IndexedCell<?> line && !line.isEmpty() && line.isVisible())
                .map(node -> (IndexedCell<?>) node);
    }

    /// What it says, up to the first comma.
    public static List<String> heads(Node list) {
        return of(list).map(line -> spoken(line).split(",")[0]).toList();
    }

    public static Optional<IndexedCell<?>> find(Node list, String words) {
        return of(list).filter(line -> spoken(line).contains(words)).findFirst();
    }

    public static Optional<IndexedCell<?>> beginning(Node list, String words) {
        return of(list).filter(line -> spoken(line).startsWith(words)).findFirst();
    }

    /// Whether a line that begins with these words is selected.
    public static boolean isChosen(Node list, String words) {
        return of(list).anyMatch(line -> line.isSelected() && spoken(line).startsWith(words));
    }

    private static String spoken(Node line) {
        return String.valueOf(line.getAccessibleText());
    }
}
