package io.darsena.app.layers;

import io.darsena.bridge.layer.FilePath;
import io.darsena.bridge.layer.FileTree;
import java.util.List;
import java.util.Optional;
import javafx.scene.control.skin.VirtualFlow;

/// What is chosen in a table of files, and where the person looks, while the files are exchanged for those that are
/// there
/// now.
final class KeptPlace {

    private final ExplorerTable table;
    private final ExplorerRows rows;

    KeptPlace(ExplorerTable table, ExplorerRows rows) {
        this.table = table;
        this.rows = rows;
    }

    private record Place(FilePath path, int line, double offset) {}

    /// Keeps it during the exchange.
    void during(Runnable exchange) {
        List<FilePath> chosen = table.chosen();
        Optional<Place> top = top();
        exchange.run();
        Optional<FileTree> tree = rows.tree();
        int[] lines = chosen.stream()
                .mapToInt(path -> tree.map(now -> line(now, path)).orElse(-1))
                .filter(line -> line >= 0)
                .toArray();
        table.getSelectionModel().clearSelection();
        for (int line : lines) {
            table.getSelectionModel().select(line);
        }
        if (lines.length > 0) {
            table.getFocusModel().focus(lines[lines.length - 1]);
        }
        top.ifPresent(place -> tree.ifPresent(now -> lookAt(place, line(now, place.path()))));
    }

    private int line(FileTree tree, FilePath path) {
        int node = tree.find(path);
        return node == FileTree.NONE ? -1 : rows.indexOf(node);
    }

    /// What stands uppermost, unless that is the first line: who looks at the beginning wants to see what comes there.
    private Optional<Place> top() {
        if (!(table.lookup(".virtual-flow") instanceof VirtualFlow<?> flow) || flow.getFirstVisibleCell() == null) {
            return Optional.empty();
        }
        int at = flow.getFirstVisibleCell().getIndex();
        double offset = flow.getFirstVisibleCell().getLayoutY();
        return at < 0 || at >= rows.size() || at == 0 && offset == 0
                ? Optional.empty()
                : rows.tree().map(tree -> new Place(tree.filePath(rows.get(at).node()), at, offset));
    }

    private void lookAt(Place place, int line) {
        if (line >= 0 && line != place.line() && table.lookup(".virtual-flow") instanceof VirtualFlow<?> flow) {
            table.layout();
            flow.scrollToTop(line);
            flow.scrollPixels(-place.offset());
        }
    }
}
