package io.darsena.app.compare;

import io.darsena.app.compare.ComparedPair.BothHere;
import io.darsena.app.control.EmptyState;
import io.darsena.app.control.FailureBanner;
import io.darsena.app.control.SearchField;
import io.darsena.app.layers.ColumnsButton;
import io.darsena.app.layers.ExplorerTable;
import io.darsena.app.layers.FoundLabel;
import io.darsena.app.layers.SoughtBox;
import io.darsena.app.screen.FileProperties;
import io.darsena.app.screen.Navigation;
import io.darsena.app.screen.OpenedFile;
import io.darsena.app.screen.WindowContext;
import io.darsena.app.text.Messages;
import io.darsena.bridge.layer.FilePath;
import io.darsena.bridge.layer.TreeComparison;
import io.darsena.bridge.layer.TreeSource;
import java.util.Optional;
import java.util.function.Function;
import javafx.beans.property.BooleanProperty;
import javafx.scene.Node;
import javafx.scene.control.CheckBox;
import javafx.scene.control.ProgressBar;
import javafx.scene.input.KeyCode;
import javafx.scene.input.KeyEvent;
import javafx.scene.layout.FlowPane;
import javafx.scene.layout.Priority;
import javafx.scene.layout.StackPane;
import javafx.scene.layout.VBox;
import org.kordamp.ikonli.feather.Feather;

/// The files of both as one tree, with what was added, changed and removed.
final class FilesPane extends VBox {

    private final WindowContext context;
    private final Messages messages;
    private final Navigation navigation;
    private final CompareViewModel model;
    private final DifferenceWords words;
    private final ExplorerTable table;

    FilesPane(WindowContext context, CompareViewModel model) {
        this.context = context;
        this.messages = context.messages();
        this.navigation = context.navigation();
        this.model = model;
        this.words = new DifferenceWords(messages);
        this.table = new ExplorerTable(
                messages,
                model.rows(),
                new ExplorerTable.Remark(
                        node -> on(comparison -> comparison.growth(node), 0L),
                        node -> on(comparison -> words.note(comparison, node), "")));
        table.onOpen(this::open);
        table.onProperties(this::showProperties);
        getStyleClass().add("explorer-pane");
        table.setPlaceholder(placeholder());
        table.setMinHeight(0);
        VBox.setVgrow(table, Priority.ALWAYS);
        ProgressBar reading = new ProgressBar();
        reading.getStyleClass().add("reading");
        reading.setMaxWidth(Double.MAX_VALUE);
        reading.setAccessibleText(messages.text("compare.reading"));
        reading.visibleProperty().bind(model.reading());
        getChildren()
                .addAll(
                        new FailureBanner(messages, model.contentsPlace()),
                        tools(),
                        reading,
                        table,
                        new ContentsStrip(messages, model));
    }

    private <T> T on(Function<TreeComparison, T> fact, T otherwise) {
        return model.files().get().map(fact).orElse(otherwise);
    }

    private void open(int node) {
        if (model.pair().get().orElse(null) instanceof BothHere pair) {
            model.files().get().ifPresent(files -> navigation.openFile(file(pair, files, node)));
        }
    }

    /// Those of both beside each other where they differ, else of the one that has it.
    private void showProperties(int node) {
        if (model.pair().get().orElse(null) instanceof BothHere pair) {
            model.files().get().ifPresent(files -> navigation.showProperties(properties(pair, files, node)));
        }
    }

    private FileProperties properties(BothHere pair, TreeComparison files, int node) {
        return switch (files.change(node)) {
            case REMOVED -> old(pair, files, node);
            case ADDED, NONE -> fresh(pair, files, node);
            case CHANGED ->
                fresh(pair, files, node)
                        .beside(
                                old(pair, files, node),
                                pair.names().before().name(),
                                pair.names().after().name());
        };
    }

    private FileProperties old(BothHere pair, TreeComparison files, int node) {
        return ExplorerTable.properties(
                messages, files.before(), files.twin(node), pair.before().source());
    }

    private FileProperties fresh(BothHere pair, TreeComparison files, int node) {
        return ExplorerTable.properties(
                messages, files.after(), node, pair.after().source());
    }

    /// What only one of both has as a file is shown alone.
    private OpenedFile file(BothHere pair, TreeComparison files, int node) {
        FilePath path = files.filePath(node);
        TreeSource before = pair.before().source();
        TreeSource after = pair.after().source();
        return switch (files.change(node)) {
            case REMOVED -> OpenedFile.alone(before, path);
            case ADDED, NONE -> OpenedFile.alone(after, path);
            case CHANGED -> new OpenedFile(after, path, counterpart(pair, files, node));
        };
    }

    /// A link, say, that has become a file is none to read.
    private Optional<OpenedFile.Counterpart> counterpart(BothHere pair, TreeComparison files, int node) {
        return files.before().kind(files.twin(node)).isFile()
                ? Optional.of(new OpenedFile.Counterpart(
                        pair.before().source(),
                        messages.text("beside.both"),
                        pair.names().before().name(),
                        pair.names().after().name(),
                        true))
                : Optional.empty();
    }

    private Node tools() {
        SearchField search = new SearchField(
                messages, messages.text("explorer.filter"), model.sought().words(), () -> {});
        search.addEventFilter(KeyEvent.KEY_PRESSED, key -> {
            if (key.getCode() == KeyCode.DOWN) {
                table.requestFocus();
                table.getSelectionModel().selectFirst();
                key.consume();
            }
        });
        FlowPane tools = new FlowPane(
                search,
                new SoughtBox(messages, model.sought(), table),
                box("only-changed", "compare.onlyChanged", model.onlyChanged()),
                box("times", "compare.times", model.times()),
                new ColumnsButton(context, "compared", table),
                new FoundLabel(messages, model.rows(), model.sought()));
        tools.getStyleClass().add("explorer-tools");
        return tools;
    }

    private CheckBox box(String id, String key, BooleanProperty value) {
        CheckBox box = new CheckBox(messages.text(key));
        box.setId(id);
        box.setMinWidth(USE_PREF_SIZE);
        box.selectedProperty().bindBidirectional(value);
        return box;
    }

    private Node placeholder() {
        EmptyState same = none("compare.noFile.words");
        EmptyState sameContents = none("compare.noFile.contents");
        EmptyState unfound = new EmptyState(
                Feather.SEARCH, messages.text("explorer.unfound.title"), messages.text("explorer.unfound.words"));
        StackPane place = new StackPane(same, sameContents, unfound);
        Runnable choose = () -> {
            boolean known = model.files().get().isPresent();
            boolean sought = !model.sought().isOpen();
            unfound.setVisible(known && sought);
            boolean open = on(files -> files.sums().contents().isOpen(), false);
            same.setVisible(known && !sought && open);
            sameContents.setVisible(known && !sought && !open);
        };
        model.files().subscribe((Optional<TreeComparison> known) -> choose.run());
        model.sought().filter().subscribe(choose);
        choose.run();
        return place;
    }

    private EmptyState none(String words) {
        return new EmptyState(Feather.CHECK_CIRCLE, messages.text("compare.noFile.title"), messages.text(words));
    }

    ExplorerTable table() {
        return table;
    }
}
