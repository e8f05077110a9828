package io.darsena.app.images;

import io.darsena.app.control.FailureBanner;
import io.darsena.app.control.ModalLayer;
import io.darsena.app.control.SearchField;
import io.darsena.app.control.UndoBar;
import io.darsena.app.family.FamilyTable;
import io.darsena.app.list.BulkBar;
import io.darsena.app.list.ColumnMenu;
import io.darsena.app.list.DetailSplit;
import io.darsena.app.list.FilterTabs;
import io.darsena.app.list.ListColumns;
import io.darsena.app.list.ListTable;
import io.darsena.app.list.Notices;
import io.darsena.app.list.PageHead;
import io.darsena.app.screen.Navigation;
import io.darsena.app.screen.SceneLife;
import io.darsena.app.screen.Section;
import io.darsena.app.screen.WindowContext;
import io.darsena.app.session.TransferJob;
import io.darsena.app.sync.UpdateMark;
import io.darsena.app.text.Messages;
import io.darsena.app.trust.Signing;
import io.darsena.bridge.image.ArchiveFormat;
import io.darsena.bridge.image.ImageId;
import io.darsena.bridge.image.ImageReference;
import java.io.File;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import javafx.beans.InvalidationListener;
import javafx.beans.binding.Bindings;
import javafx.collections.ListChangeListener;
import javafx.fxml.FXML;
import javafx.scene.Node;
import javafx.scene.control.ButtonBase;
import javafx.scene.control.ContentDisplay;
import javafx.scene.control.MenuButton;
import javafx.scene.control.ToggleButton;
import javafx.scene.control.Tooltip;
import javafx.scene.input.KeyEvent;
import javafx.scene.layout.FlowPane;
import javafx.scene.layout.StackPane;
import javafx.scene.layout.VBox;
import javafx.stage.DirectoryChooser;
import javafx.stage.FileChooser;
import javafx.stage.Window;
import org.jspecify.annotations.Nullable;
import org.kordamp.ikonli.feather.Feather;

/// The list of images, with the chosen one's detail below it and imports above it.
public final class ImagesView {

    private static final List<String> BY_WORTH = List.of("size", "sync", "users", "created", "id");

    /// Below these widths not all words of the head find room in one line, and the name of its last menu in none.
    private static final double SHORT_WIDTH = 1200;

    private static final double COMPACT_WIDTH = 760;

    private final WindowContext context;
    private final Messages messages;
    private final ImagesViewModel model;
    private final ImageMenu menu;
    private final ImageDetail detail;
    private final BulkBar bulk;
    private final FamilyTable tree;

    @FXML
    private StackPane root;

    @FXML
    private VBox jobs;

    @FXML
    private StackPane head;

    @FXML
    private PageHead header;

    @FXML
    private FlowPane chips;

    @FXML
    private StackPane searchPlace;

    @FXML
    private MenuButton importMenu;

    @FXML
    private MenuButton upkeep;

    @FXML
    private ToggleButton family;

    @FXML
    private MenuButton columns;

    @FXML
    private VBox banner;

    @FXML
    private DetailSplit split;

    @FXML
    private ListTable<ImageRow> table;

    public ImagesView(WindowContext context) {
        this.context = context;
        this.messages = context.messages();
        this.model = new ImagesViewModel(context.session(), context.commands(), context.pump(), messages);
        this.menu = new ImageMenu(context, model.actions(), this::window, this::inspect);
        this.detail = new ImageDetail(
                context,
                model.actions(),
                menu::update,
                menu::compareWithUpdate,
                this::sign,
                model.clock(),
                this::clearSelection);
        this.bulk = new BulkBar(messages, this::clearSelection);
        this.tree = new FamilyTable(messages);
    }

    private void sign(ImageRow row) {
        row.name()
                .ifPresent(name -> Signing.begin(context, root, model.actions().place(), name));
    }

    @FXML
    private void initialize() {
        Notices.fill(banner, new FailureBanner(messages, model.actions().place()));
        FilterTabs.fill(
                chips,
                ImageFilter.class,
                model.rows(),
                messages,
                "imageFilter.",
                Set.of(ImageFilter.UPDATES, ImageFilter.UNNAMED));
        UndoBar undo = new UndoBar(
                messages,
                model.actions().removals().leaving().map(this::left),
                model.actions().removals()::undo);
        undo.listenIn(root);
        undo.placeIn(root);
        jobs.managedProperty().bind(Bindings.isNotEmpty(jobs.getChildren()));
        makeTable();
        makeBulkBar();
        makeFamily();
        root.widthProperty().subscribe(this::fitHead);
        model.rows().count(ImageFilter.UPDATES).subscribe(this::fitHead);
        model.search().bindBidirectional(context.navigation().search(Section.IMAGES));
        searchPlace
                .getChildren()
                .add(new SearchField(messages, messages.text("search.images"), model.search(), bulk::dismiss));
        table.selectedRows().subscribe(rows -> selected(rows));
        SceneLife.of(root)
                .during(model::follow)
                .during(this::followTransfers)
                .during(this::followLayer)
                .during(() -> SceneLife.listen(context.navigation().images(), asked -> asked.ifPresent(this::show)))
                .whileSeen(model::followClock);
        SceneLife.of(table).during(() -> {
            context.pump().run(this::takeKeyboard);
            return () -> {};
        });
    }

    /// The family tree takes the place of the list; what is chosen in one is chosen in the other.
    private void makeFamily() {
        tree.onChoose(image -> model.row(image).ifPresent(this::choose));
        SceneLife.of(tree).during(() -> {
            InvalidationListener redraw =
                    change -> tree.show(context.session().images().values());
            context.session().images().addListener(redraw);
            redraw.invalidated(context.session().images());
            table.selectedRows().get().stream()
                    .findFirst()
                    .ifPresent(row -> tree.choose(row.now().id()));
            return () -> context.session().images().removeListener(redraw);
        });
        family.selectedProperty().addListener((property, before, shown) -> {
            List<ImageRow> chosen = table.selectedRows().get();
            split.hide(detail.pane());
            split.getItems().set(0, shown ? tree : table);
            selected(chosen.size() > 1 && shown ? List.of() : chosen);
            (shown ? tree : table).requestFocus();
        });
        // What sorts out rows is for rows.
        for (Node tool : List.of(chips, searchPlace)) {
            tool.visibleProperty().bind(family.selectedProperty().not());
        }
        columns.disableProperty().bind(family.selectedProperty());
    }

    /// The tab of updates takes the room of a menu's name.
    private void fitHead() {
        double width = root.getWidth();
        boolean updates = model.rows().count(ImageFilter.UPDATES).get() > 0;
        compact(List.of(upkeep, family, columns), width < SHORT_WIDTH);
        compact(List.of(importMenu), width < (updates ? SHORT_WIDTH : COMPACT_WIDTH));
    }

    /// Where there is no room for all words of the head, some show their icons, and their words under the pointer.
    private static void compact(List<ButtonBase> buttons, boolean narrow) {
        for (ButtonBase each : buttons) {
            each.setContentDisplay(narrow ? ContentDisplay.GRAPHIC_ONLY : ContentDisplay.LEFT);
            each.setTooltip(narrow ? new Tooltip(each.getText()) : null);
        }
    }

    /// A dialog that was opened meanwhile keeps it.
    private void takeKeyboard() {
        if (!ModalLayer.covers(table)) {
            table.requestFocus();
        }
    }

    private AutoCloseable followLayer() {
        return SceneLife.listen(
                context.navigation().layer(),
                sought -> sought.ifPresent(layer -> context.pump().run(this::showLayer)));
    }

    private void showLayer() {
        context.navigation()
                .layer()
                .get()
                .ifPresent(sought -> model.row(sought.image()).ifPresent(row -> {
                    context.navigation().takeLayer();
                    family.setSelected(false);
                    choose(row);
                    detail.show(row);
                    detail.showLayer(sought);
                }));
    }

    private void show(Navigation.Images asked) {
        context.navigation().takeImages();
        family.setSelected(false);
        model.filter()
                .set(
                        switch (asked) {
                            case ALL -> ImageFilter.ALL;
                            case UPDATES -> ImageFilter.UPDATES;
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

    private Optional<String> left(List<Removals.Leaving> leaving) {
        return switch (leaving.size()) {
            case 0 -> Optional.empty();
            case 1 ->
                Optional.of(messages.text("images.removed", leaving.getFirst().name()));
            default -> Optional.of(messages.text("images.removedSeveral", leaving.size()));
        };
    }

    private void makeTable() {
        new ImageColumns(context, menu, model.clock()).fill(table);
        table.showRows(model.rows(), context.pump()::run);
        ColumnMenu<ImageRow> columnMenu = new ColumnMenu<>(
                messages,
                new ListColumns<>(
                        "images", table, context.memory(), context.pump(), Set.of("name", "actions"), BY_WORTH));
        columnMenu.under(columns);
        columnMenu.atHead(table);
        table.onMenu(menu::of);
        table.onOpen(menu::runDialog);
        table.onKey(this::pressed);
        table.setPlaceholder(new NoImages(context, model, this::importFile));
        table.setAccessibleText(messages.text("section.images"));
    }

    private void makeBulkBar() {
        bulk.add(
                "compare",
                messages.text("images.compare"),
                Feather.COLUMNS,
                () -> menu.compare(table.selectedRows().get()));
        bulk.add(
                "save",
                messages.text("images.saveAs.several"),
                Feather.SAVE,
                () -> menu.saveAs(table.selectedRows().get(), bulk.button("save")));
        bulk.add(
                "remove",
                messages.text("action.remove"),
                Feather.TRASH_2,
                () -> menu.remove(table.selectedRows().get()));
        head.getChildren().add(bulk);
        header.visibleProperty().bind(bulk.visibleProperty().not());
    }

    private boolean pressed(KeyEvent key, List<ImageRow> rows) {
        if (ImageMenu.REMOVE.match(key)) {
            menu.remove(rows);
            return true;
        }
        boolean updates = UpdateMark.KEY.match(key) && rows.size() == 1 && ImageMenu.hasUpdate(rows.getFirst());
        if (updates) {
            menu.compareWithUpdate(rows.getFirst());
        }
        return updates;
    }

    private void selected(List<ImageRow> rows) {
        bulk.show(rows.size(), Map.of("remove", rows.size(), "save", rows.size(), "compare", rows.size() == 2 ? 2 : 0));
        if (rows.size() == 1) {
            detail.show(rows.getFirst());
            boolean opened = split.show(detail.pane(), context.pump());
            context.pump().run(opened ? table::showChosen : table::keepChosenShown);
        } else {
            split.hide(detail.pane());
        }
    }

    private void clearSelection() {
        table.clearSelection();
    }

    private void inspect(ImageRow row) {
        choose(row);
        detail.showJson();
    }

    @FXML
    private void pull() {
        context.navigation().pull("");
    }

    /// Asks for archives and imports them.
    @FXML
    public void importFile() {
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

    /// Asks for the folder of an OCI layout and imports it.
    @FXML
    public void importFolder() {
        DirectoryChooser chooser = new DirectoryChooser();
        chooser.setTitle(messages.text("import.folder.title"));
        File chosen = chooser.showDialog(window());
        if (chosen != null) {
            DroppedFiles.of(List.of(chosen)).importInto(context);
        }
    }

    /// Compares all names with their registries.
    @FXML
    public void checkAll() {
        model.actions().checkAll();
    }

    @FXML
    private void cleanUp() {
        context.navigation().cleanUp();
    }

    /// Brings back the image that Darsena came with.
    @FXML
    public void restoreStarter() {
        model.actions().restoreStarter();
    }

    /// Shows the family tree in the place of the list.
    public void showFamily() {
        family.setSelected(true);
    }

    /// Does what was asked elsewhere, and shows the row that it is about. Nothing happens when it has gone.
    public void perform(ImageDeed deed, ImageId image, Optional<ImageReference> name) {
        // What has just been brought into the scene has no rows yet.
        context.pump().run(() -> model.rows().row(new ImageRow.Key(image, name)).ifPresent(row -> perform(deed, row)));
    }

    private void perform(ImageDeed deed, ImageRow row) {
        family.setSelected(false);
        if (deed != ImageDeed.REMOVE && deed != ImageDeed.RUN) {
            choose(row);
        }
        switch (deed) {
            case SHOW -> {}
            case RUN -> menu.run(row);
            case INSPECT -> inspect(row);
            case TAG -> menu.askForTag(row);
            case UNTAG -> model.actions().untag(row);
            case UPDATE -> menu.update(row);
            case CHECK -> model.actions().check(row);
            case UPDATE_BY_ITSELF -> model.actions().autoPull(row, true);
            case NOT_UPDATE_BY_ITSELF -> model.actions().autoPull(row, false);
            case CHECK_SIGNATURES -> model.actions().checkSignatures(row);
            case SIGN -> sign(row);
            case SAVE_FOR_DOCKER -> menu.saveAs(row, ArchiveFormat.DOCKER);
            case SAVE_AS_OCI -> menu.saveAs(row, ArchiveFormat.OCI);
            case REMOVE -> menu.remove(List.of(row));
        }
    }

    private @Nullable Window window() {
        return root.getScene() == null ? null : root.getScene().getWindow();
    }

    private void choose(ImageRow row) {
        if (!model.shown().contains(row)) {
            model.rows().clearFilters();
        }
        table.choose(row);
    }
}
