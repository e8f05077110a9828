package io.darsena.app.main;

import io.darsena.app.layers.ExplorerRows;
import io.darsena.app.layers.ExplorerTable;
import io.darsena.app.layers.LayerSight;
import io.darsena.app.layers.Scope;
import io.darsena.app.text.Messages;
import io.darsena.app.theme.Appearance;
import io.darsena.app.theme.ThemeChoice;
import io.darsena.bridge.layer.FileFilter;
import io.darsena.bridge.layer.FileKind;
import io.darsena.bridge.layer.FileTree;
import io.darsena.bridge.layer.FileTreeBuilder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.IntStream;
import javafx.application.Platform;
import javafx.beans.property.ReadOnlyStringWrapper;
import javafx.collections.FXCollections;
import javafx.scene.Scene;
import javafx.scene.control.TableColumn;
import javafx.scene.control.TableView;
import javafx.scene.control.skin.VirtualFlow;
import javafx.stage.Stage;

/// Measures the files of an image while a directory of fifty thousand of them is scrolled through. The floor is a table
/// of the toolkit's own with as many lines and columns, without a style sheet of ours. The argument, if any, is the
/// seconds for each.
public final class ExplorerBench {

    private static final int FILES = 50_000;
    private static final long SECONDS = 15;
    private static final long BEGUN = 1_700_000_000L;
    private static final double HEIGHT_OF_LINE = 28;
    private static final double WIDTH = 1280;
    private static final double HEIGHT = 800;
    private static final Duration SETTLING = Duration.ofSeconds(3);

    private final FrameMeter meter = new FrameMeter();
    private final Duration length;

    private ExplorerBench(Duration length) {
        this.length = length;
    }

    public static void main(String[] arguments) {
        ExplorerBench bench =
                new ExplorerBench(Duration.ofSeconds(arguments.length == 0 ? SECONDS : Long.parseLong(arguments[0])));
        Platform.startup(() -> Platform.setImplicitExit(false));
        for (double step : new double[] {24, 10 * HEIGHT_OF_LINE}) {
            bench.measure("the toolkit's table", plain(bench), step);
            bench.measure("the explorer", explorer(bench), step);
        }
        System.exit(0);
    }

    private static TableView<?> plain(ExplorerBench bench) {
        return bench.meter.onFx(() -> {
            TableView<Integer> table = new TableView<>(FXCollections.observableList(
                    IntStream.range(0, FILES).boxed().toList()));
            table.setFixedCellSize(HEIGHT_OF_LINE);
            for (String name :
                    new String[] {"file", "4.0 kB", "+4.0 kB", "as it was", "rw-r--r--", "0:0", "2023-11-14"}) {
                TableColumn<Integer, String> column = new TableColumn<>(name);
                column.setPrefWidth(WIDTH / 8);
                column.setCellValueFactory(row -> new ReadOnlyStringWrapper(name + row.getValue()));
                table.getColumns().add(column);
            }
            return table;
        });
    }

    private static TableView<?> explorer(ExplorerBench bench) {
        FileTree tree = tree();
        return bench.meter.onFx(() -> {
            ExplorerRows rows = new ExplorerRows();
            ExplorerTable table = new ExplorerTable(
                    Messages.in(Locale.ENGLISH), rows, new ExplorerTable.Remark(tree::size, node -> "added"));
            rows.show(Optional.of(new LayerSight(tree, Scope.STACK)), FileFilter.ALL);
            rows.setOpen(tree.find("srv"), true);
            return table;
        });
    }

    private static FileTree tree() {
        FileTreeBuilder builder = new FileTreeBuilder(FILES);
        builder.begin(1, true);
        byte[] parent = "srv".getBytes(StandardCharsets.UTF_8);
        int directory = builder.imply(FileTree.ROOT, parent, 0, parent.length);
        for (int i = 0; i < FILES; i++) {
            byte[] name = String.format(Locale.ROOT, "module-%05d.js", i).getBytes(StandardCharsets.UTF_8);
            FileTreeBuilder.Facts facts =
                    new FileTreeBuilder.Facts(0644, i % 3, 0, i * 37L, BEGUN + i * 60L, 0, false, false);
            builder.put(directory, name, 0, name.length, FileKind.FILE, facts);
        }
        return builder.build();
    }

    /// @param step how far it is scrolled with each frame, in pixels
    private void measure(String name, TableView<?> table, double step) {
        Stage stage = meter.onFx(() -> {
            Stage shown = new Stage();
            Scene scene = new Scene(table, WIDTH, HEIGHT);
            if (table instanceof ExplorerTable) {
                new Appearance(ThemeChoice.LIGHT).dress(scene);
            }
            shown.setScene(scene);
            shown.show();
            return shown;
        });
        FrameMeter.rest(SETTLING);
        int lines = meter.onFx(() -> table.getItems().size());
        if (lines < FILES) {
            throw new IllegalStateException("of " + FILES + " files " + lines + " are listed");
        }
        VirtualFlow<?> flow = meter.onFx(() -> (VirtualFlow<?>) table.lookup(".virtual-flow"));
        FrameMeter.say("%s, %.0f px a frame", name, step);
        meter.stage("scrolling", Optional.of(() -> flow.scrollPixels(step)), () -> FrameMeter.rest(length));
        meter.onFx(() -> {
            stage.close();
            return stage;
        });
    }
}
