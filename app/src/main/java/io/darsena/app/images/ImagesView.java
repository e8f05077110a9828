package io.darsena.app.images;

import io.darsena.app.control.EmptyState;
import io.darsena.app.control.FailureBanner;
import io.darsena.app.control.SearchField;
import io.darsena.app.control.UndoBar;
import io.darsena.app.screen.SceneLife;
import io.darsena.app.screen.Section;
import io.darsena.app.screen.WindowContext;
import io.darsena.app.session.TransferJob;
import io.darsena.app.text.Messages;
import io.darsena.bridge.image.Image;
import java.io.File;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import javafx.beans.binding.Bindings;
import javafx.beans.property.ReadOnlyObjectWrapper;
import javafx.collections.ListChangeListener;
import javafx.collections.transformation.SortedList;
import javafx.fxml.FXML;
import javafx.geometry.Pos;
import javafx.scene.Node;
import javafx.scene.control.Button;
import javafx.scene.control.SplitPane;
import javafx.scene.control.TableColumn;
import javafx.scene.control.TableRow;
import javafx.scene.control.TableView;
import javafx.scene.input.KeyEvent;
import javafx.scene.input.MouseButton;
import javafx.scene.layout.HBox;
import javafx.scene.layout.StackPane;
import javafx.scene.layout.VBox;
import javafx.stage.DirectoryChooser;
import javafx.stage.FileChooser;
import javafx.stage.Window;
import org.jspecify.annotations.Nullable;
import org.kordamp.ikonli.feather.Feather;
import org.kordamp.ikonli.javafx.FontIcon;

/// The list of images, with the chosen one's detail below it and imports above it.
public final class ImagesView {

    private static final double DETAIL_AT = 0.5;

    private final WindowContext context;
    private final Messages messages;
    private final ImagesViewModel model;
    private final ImageMenu menu;
    private final ImageDetail detail;

    @FXML
    private StackPane root;

    @FXML
    private VBox jobs;

    @FXML
    private StackPane searchPlace;

    @FXML
    private StackPane banner;

    @FXML
    private SplitPane split;

    @FXML
    private TableView<ImageRow> table;

    @FXML
    private TableColumn<ImageRow, String> name;

    @FXML
    private TableColumn<ImageRow, String> tag;

    @FXML
    private TableColumn<ImageRow, Image> id;

    @FXML
    private TableColumn<ImageRow, Image> size;

    @FXML
    private TableColumn<ImageRow, String> created;

    @FXML
    private TableColumn<ImageRow, List<String>> users;

    @FXML
    private TableColumn<ImageRow, Image> actions;

    public ImagesView(WindowContext context) {
        this.context = context;
        this.messages = context.messages();
        this.model = new ImagesViewModel(context.session(), context.commands(), context.pump(), messages);
        this.detail = new ImageDetail(messages, model.actions());
        this.menu = new ImageMenu(context, model.actions(), this::window, this::inspect);
    }

    @FXML
    private void initialize() {
        FailureBanner failures = new FailureBanner(messages, model.actions().place());
        banner.getChildren().add(failures);
        banner.visibleProperty().bind(failures.visibleProperty());
        banner.managedProperty().bind(failures.visibleProperty());
        UndoBar undo = new UndoBar(
                messages,
                model.actions()
                        .removals()
                        .leaving()
                        .map(leaving -> leaving.map(gone -> messages.text("images.removed", gone.name()))),
                model.actions().removals()::undo);
        StackPane.setAlignment(undo, Pos.BOTTOM_CENTER);
        root.getChildren().add(undo);
        jobs.managedProperty().bind(Bindings.isNotEmpty(jobs.getChildren()));
        makeColumns();
        makeTable();
        model.search().bindBidirectional(context.navigation().search(Section.IMAGES));
        searchPlace.getChildren().add(new SearchField(messages, messages.text("search.images"), model.search()));
        model.chosen().subscribe(chosen -> showDetail(chosen));
        SceneLife.of(root).during(model::follow).during(this::followTransfers);
        SceneLife.of(table).during(() -> {
            context.pump().run(table::requestFocus);
            return () -> {};
        });
    }

    private AutoCloseable followTransfers() {
        ListChangeListener<TransferJob> changes = change -> {
            while (change.next()) {
                jobs.getChildren().removeIf(row -> change.getRemoved().contains(row.getUserData()));
                change.getAddedSubList().forEach(this::showTransfer);
            }
        };
        context.transfers().jobs().forEach(this::showTransfer);
        context.transfers().jobs().addListener(changes);
        return () -> {
            context.transfers().jobs().removeListener(changes);
            jobs.getChildren().clear();
        };
    }

    private void showTransfer(TransferJob job) {
        jobs.getChildren().add(new TransferRow(messages, context.transfers(), job));
        job.phase().subscribe(phase -> {
            if (phase == TransferJob.Phase.DONE) {
                job.imported().stream().findFirst().flatMap(model::row).ifPresent(this::choose);
            }
        });
    }

    private void makeColumns() {
        ImageCells cells = new ImageCells(context, model.actions(), menu);
        name.setCellValueFactory(
                row -> new ReadOnlyObjectWrapper<>(row.getValue().repository()));
        name.setCellFactory(column -> cells.text("strong"));
        tag.setCellValueFactory(
                row -> new ReadOnlyObjectWrapper<>(row.getValue().tag()));
        tag.setCellFactory(column -> cells.text("plain"));
        id.setCellValueFactory(row -> row.getValue().image());
        id.setCellFactory(column -> cells.id());
        id.setComparator(Comparator.comparing(image -> image.id().toString()));
        size.setCellValueFactory(row -> row.getValue().image());
        size.setCellFactory(column -> cells.size());
        size.setComparator(Comparator.comparingLong(Image::size));
        created.setCellValueFactory(row -> row.getValue().age());
        created.setCellFactory(column -> cells.created());
        created.setSortable(false);
        users.setCellValueFactory(row -> row.getValue().users());
        users.setCellFactory(column -> cells.users());
        users.setComparator(Comparator.comparingInt(List::size));
        actions.setCellValueFactory(row -> row.getValue().image());
        actions.setCellFactory(column -> cells.actions());
    }

    private void makeTable() {
        SortedList<ImageRow> sorted = new SortedList<>(model.shown());
        sorted.comparatorProperty().bind(table.comparatorProperty());
        table.setAccessibleText(messages.text("section.images"));
        table.setItems(sorted);
        table.setPlaceholder(placeholder());
        table.setRowFactory(owner -> row());
        table.setColumnResizePolicy(TableView.CONSTRAINED_RESIZE_POLICY_FLEX_LAST_COLUMN);
        table.addEventHandler(KeyEvent.KEY_PRESSED, this::pressed);
        SplitPane.setResizableWithParent(table, false);
        table.getSelectionModel()
                .selectedItemProperty()
                .subscribe(row -> model.chosen().set(Optional.ofNullable(row)));
    }

    private TableRow<ImageRow> row() {
        TableRow<ImageRow> row = new TableRow<>();
        row.itemProperty().subscribe(item -> row.setContextMenu(item == null ? null : menu.lazily(row::getItem)));
        row.setOnMouseClicked(click -> {
            ImageRow item = row.getItem();
            if (item != null && click.getButton() == MouseButton.PRIMARY && click.getClickCount() == 2) {
                menu.runDialog(item);
            }
        });
        return row;
    }

    private void pressed(KeyEvent key) {
        model.chosen().get().ifPresent(row -> {
            if (ImageMenu.REMOVE.match(key)) {
                model.actions().remove(row);
                key.consume();
            } else if (ImageMenu.RUN.match(key)) {
                menu.runDialog(row);
                key.consume();
            }
        });
    }

    private void inspect(ImageRow row) {
        choose(row);
        detail.showJson();
    }

    private void showDetail(Optional<ImageRow> chosen) {
        chosen.ifPresent(detail::show);
        Node pane = detail.pane();
        if (chosen.isPresent() && !split.getItems().contains(pane)) {
            split.getItems().add(pane);
            split.setDividerPositions(DETAIL_AT);
        } else if (chosen.isEmpty()) {
            split.getItems().remove(pane);
        }
    }

    private StackPane placeholder() {
        Button first = new Button(messages.text("import.file"), new FontIcon(Feather.DOWNLOAD));
        first.getStyleClass().add("primary");
        first.setOnAction(event -> importFile());
        HBox command = ImageCells.copyable(messages, "docker save -o image.tar NAME");
        EmptyState none = new EmptyState(
                Feather.LAYERS,
                messages.text("empty.images.title"),
                messages.text("empty.images.text"),
                command,
                first);
        Button clear = new Button(messages.text("empty.images.clear"));
        clear.setOnAction(event -> model.search().set(""));
        EmptyState filtered = new EmptyState(
                Feather.FILTER, messages.text("empty.filtered.title"), messages.text("empty.images.filtered"), clear);
        none.visibleProperty().bind(Bindings.isEmpty(model.all()));
        filtered.visibleProperty().bind(none.visibleProperty().not());
        return new StackPane(none, filtered);
    }

    @FXML
    private void importFile() {
        FileChooser chooser = new FileChooser();
        chooser.setTitle(messages.text("import.file.title"));
        chooser.getExtensionFilters()
                .setAll(
                        new FileChooser.ExtensionFilter(
                                messages.text("import.file.archives"),
                                "*.tar",
                                "*.tar.gz",
                                "*.tgz",
                                "*.tar.zst",
                                "*.tar.xz",
                                "*.tar.bz2",
                                "*.oci"),
                        new FileChooser.ExtensionFilter(messages.text("import.file.all"), "*"));
        List<File> chosen = chooser.showOpenMultipleDialog(window());
        if (chosen != null) {
            DroppedFiles.of(chosen).importInto(context);
        }
    }

    @FXML
    private void importFolder() {
        DirectoryChooser chooser = new DirectoryChooser();
        chooser.setTitle(messages.text("import.folder.title"));
        File chosen = chooser.showDialog(window());
        if (chosen != null) {
            DroppedFiles.of(List.of(chosen)).importInto(context);
        }
    }

    private @Nullable Window window() {
        return root.getScene() == null ? null : root.getScene().getWindow();
    }

    private void choose(ImageRow row) {
        table.getSelectionModel().select(row);
        table.scrollTo(row);
    }
}
