package io.darsena.app.containers.files;

import io.darsena.app.action.CommonKeys;
import io.darsena.app.containers.item.ContainerMenu;
import io.darsena.app.containers.item.ContainerRow;
import io.darsena.app.containers.item.DetailTab;
import io.darsena.app.control.Confirmation;
import io.darsena.app.control.EmptyState;
import io.darsena.app.control.FailureBanner;
import io.darsena.app.control.SearchField;
import io.darsena.app.files.FileHand;
import io.darsena.app.layers.ColumnsButton;
import io.darsena.app.layers.ExplorerTable;
import io.darsena.app.layers.FileFilterBox;
import io.darsena.app.layers.FoundLabel;
import io.darsena.app.layers.SoughtBox;
import io.darsena.app.screen.OpenedFile;
import io.darsena.app.screen.SceneLife;
import io.darsena.app.screen.WindowContext;
import io.darsena.app.text.Messages;
import io.darsena.app.text.PlainText;
import io.darsena.bridge.layer.FilePath;
import java.util.List;
import java.util.Optional;
import javafx.fxml.FXML;
import javafx.geometry.Pos;
import javafx.scene.Node;
import javafx.scene.control.Button;
import javafx.scene.control.Label;
import javafx.scene.control.ProgressBar;
import javafx.scene.control.SelectionMode;
import javafx.scene.control.ToggleButton;
import javafx.scene.control.Tooltip;
import javafx.scene.input.KeyEvent;
import javafx.scene.layout.FlowPane;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;
import javafx.scene.layout.Region;
import javafx.scene.layout.StackPane;
import javafx.scene.layout.VBox;
import org.kordamp.ikonli.feather.Feather;
import org.kordamp.ikonli.javafx.FontIcon;

/// The Files tab: what the container has changed, or all that it sees, with the signs that layers have.
public final class FilesView implements DetailTab {

    private final WindowContext context;
    private final Messages messages;
    private final FilesViewModel model;
    private final FileHand hand;
    private final ExplorerTable files;
    private final FileFilterBox filter;
    private Optional<ContainerRow> row = Optional.empty();
    private SceneLife life = SceneLife.none();

    @FXML
    private VBox root;

    public FilesView(WindowContext context) {
        this.context = context;
        this.messages = context.messages();
        this.model = new FilesViewModel(context.commands(), context.pump(), FilesViewModel.PAUSE);
        this.hand = new FileHand(context);
        this.files = new ExplorerTable(messages, model.rows(), hand, model::source);
        this.filter = new FileFilterBox(messages, model.sought().words(), files);
    }

    @FXML
    private void initialize() {
        files.getSelectionModel().setSelectionMode(SelectionMode.MULTIPLE);
        files.setPlaceholder(placeholder());
        files.offerRevert(this::revert);
        files.offerBeside(node -> model.imageOf(node)
                .map(image -> new OpenedFile.Counterpart(
                        image,
                        messages.text("beside.offer"),
                        messages.text("beside.image"),
                        messages.text("beside.container"),
                        false)));
        VBox.setVgrow(files, Priority.ALWAYS);
        ProgressBar reading = new ProgressBar();
        reading.getStyleClass().add("reading");
        reading.setMaxWidth(Double.MAX_VALUE);
        reading.visibleProperty().bind(model.reading());
        Button retry = new Button(messages.text("files.retry"), new FontIcon(Feather.REFRESH_CW));
        retry.setId("files-retry");
        retry.setOnAction(event -> model.refresh());
        root.getChildren()
                .addAll(
                        tools(),
                        new FailureBanner(messages, model.place()).offering(retry, failure -> true),
                        new FailureBanner(messages, hand.place()),
                        new FailureBanner(messages, model.reverting()),
                        hand.strip(),
                        reading,
                        files);
        root.addEventFilter(KeyEvent.KEY_PRESSED, this::pressed);
        SceneLife.of(root).during(() -> model::forget);
        life = SceneLife.of(root).whileSeen(() -> row.map(model::follow).orElse(() -> {}));
    }

    private void pressed(KeyEvent key) {
        if (SearchField.KEY.match(key)) {
            filter.requestFocus();
            key.consume();
        } else if (CommonKeys.REFRESH.match(key)) {
            model.refresh();
            key.consume();
        }
    }

    private Node tools() {
        ToggleButton changed = new ToggleButton(messages.text("files.onlyChanged"));
        changed.getStyleClass().add("chip");
        changed.setId("only-changed");
        changed.selectedProperty().bindBidirectional(model.onlyChanged());
        Button refresh = new Button("", new FontIcon(Feather.REFRESH_CW));
        refresh.getStyleClass().addAll("flat", "icon-button");
        refresh.setId("files-refresh");
        refresh.setAccessibleText(messages.text("files.refresh"));
        refresh.setTooltip(new Tooltip(messages.text("files.refresh")));
        refresh.setOnAction(event -> model.refresh());
        Button commit = new Button(messages.text("action.commit"), new FontIcon(Feather.PACKAGE));
        commit.setId("commit");
        commit.setMinWidth(Region.USE_PREF_SIZE);
        commit.setOnAction(event -> row.ifPresent(shown -> context.navigation().commit(shown.id(), files.chosen())));
        commit.disableProperty()
                .bind(model.written()
                        .map(known -> known.filter(all -> all.entries() > 0).isEmpty()));
        HBox deeds = new HBox(refresh, commit, revertButton());
        deeds.getStyleClass().add("file-deeds");
        FlowPane tools = new FlowPane(
                filter,
                new SoughtBox(messages, model.sought(), files),
                changed,
                new ColumnsButton(context, "files", files),
                deeds,
                written(),
                new FoundLabel(messages, model.rows(), model.sought()));
        tools.getStyleClass().add("explorer-tools");
        return tools;
    }

    private Button revertButton() {
        Button revert = new Button(messages.text("explorer.revert"), new FontIcon(Feather.ROTATE_CCW));
        revert.setId("revert");
        revert.setMinWidth(Region.USE_PREF_SIZE);
        revert.setTooltip(new Tooltip(messages.text("files.revert.tip")));
        revert.setOnAction(event -> revert());
        files.whenChosen(() -> revert.setDisable(files.chosenChanges().isEmpty()));
        return revert;
    }

    private void revert() {
        List<FilePath> chosen = files.chosenChanges();
        if (row.isEmpty() || chosen.isEmpty()) {
            return;
        }
        boolean runs = row.get().container().get().state().runningPid().isPresent();
        String what = chosen.size() == 1
                ? PlainText.path(chosen.getFirst())
                : messages.text("files.revert.several", chosen.size());
        Confirmation.ask(
                root.getScene().getWindow(),
                messages.text("files.revert.title", what),
                messages.text("files.revert.text") + (runs ? "\n\n" + messages.text("files.revert.runs") : ""),
                messages.text("files.revert.verb"),
                messages.text("confirm.cancel"),
                () -> model.revert(chosen, () -> hand.tell(messages.text("files.reverted", what))));
    }

    private Label written() {
        Label label = new Label();
        label.getStyleClass().addAll("muted", "small-text");
        label.setId("files-written");
        Tooltip why = new Tooltip(messages.text("files.leftOut.why"));
        model.written().subscribe(known -> {
            label.setText(known.map(this::words).orElse(""));
            label.setTooltip(known.filter(all -> all.leftOut() > 0).isPresent() ? why : null);
        });
        return label;
    }

    private String words(Written all) {
        String changes = messages.text(
                "files.written", all.entries(), messages.quantities().size(all.bytes()));
        return all.leftOut() == 0 ? changes : changes + " · " + messages.text("files.leftOut", all.leftOut());
    }

    private Node placeholder() {
        Button all = new Button(messages.text("files.showAll"));
        all.setId("show-all-files");
        all.setOnAction(event -> {
            model.onlyChanged().set(false);
            files.requestFocus();
        });
        EmptyState unchanged = new EmptyState(
                Feather.EDIT_3, messages.text("files.none.title"), messages.text("files.none.words"), all);
        EmptyState unfound = new EmptyState(
                Feather.SEARCH, messages.text("explorer.unfound.title"), messages.text("explorer.unfound.words"));
        Runnable choose = () -> {
            boolean known = model.written().get().isPresent();
            boolean sought = !model.sought().isOpen();
            unfound.setVisible(known && sought);
            unchanged.setVisible(known && !sought && model.onlyChanged().get());
        };
        model.written().subscribe(choose);
        model.sought().filter().subscribe(choose);
        model.onlyChanged().subscribe(choose);
        choose.run();
        StackPane place = new StackPane(unchanged, unfound);
        // Where there is too little height for all of it, the heads of the columns stay free.
        place.setAlignment(Pos.TOP_CENTER);
        return place;
    }

    /// Shows a file that the container has written, once that is read.
    public void reveal(FilePath path) {
        model.reveal(path);
        files.requestFocus();
    }

    @Override
    public void show(ContainerRow chosen, ContainerMenu menu) {
        boolean same = row.map(ContainerRow::id).filter(chosen.id()::equals).isPresent();
        row = Optional.of(chosen);
        if (!same) {
            hand.forget();
        }
        life.restart();
    }
}
