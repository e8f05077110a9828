package io.darsena.app.cleanup;

import io.darsena.app.cleanup.CleanUpViewModel.Phase;
import io.darsena.app.control.FailureBanner;
import io.darsena.app.control.ModalLayer;
import io.darsena.app.screen.SceneLife;
import io.darsena.app.screen.Screens;
import io.darsena.app.screen.WindowContext;
import io.darsena.app.text.Messages;
import io.darsena.bridge.disk.PrunePlan;
import java.util.Locale;
import java.util.Optional;
import javafx.fxml.FXML;
import javafx.scene.Node;
import javafx.scene.control.Button;
import javafx.scene.control.CheckBox;
import javafx.scene.control.Label;
import javafx.scene.control.ListCell;
import javafx.scene.control.ListView;
import javafx.scene.control.ProgressBar;
import javafx.scene.input.KeyCode;
import javafx.scene.input.KeyEvent;
import javafx.scene.layout.Region;
import javafx.scene.layout.VBox;
import org.jspecify.annotations.Nullable;
import org.kordamp.ikonli.feather.Feather;
import org.kordamp.ikonli.javafx.FontIcon;

/// The Clean up… dialog: each image that nobody uses, with what comes back, before anything goes. The
/// focus is on Cancel.
public final class CleanUpDialog {

    private final WindowContext context;
    private final Messages messages;
    private final CleanUpViewModel model;
    private Runnable closer = () -> {};

    @FXML
    private VBox root;

    @FXML
    private VBox banner;

    @FXML
    private ProgressBar progress;

    @FXML
    private VBox choice;

    @FXML
    private CheckBox all;

    @FXML
    private ListView<CleanUpItem> images;

    @FXML
    private CheckBox remains;

    @FXML
    private Button partsToggle;

    @FXML
    private ListView<PrunePlan.Part> parts;

    @FXML
    private Label summary;

    @FXML
    private Button cancel;

    @FXML
    private Button remove;

    public CleanUpDialog(WindowContext context) {
        this.context = context;
        this.messages = context.messages();
        this.model = new CleanUpViewModel(context.commands(), messages);
    }

    /// Shows the dialog above the window and begins to measure.
    public static void open(WindowContext context, ModalLayer layer) {
        Screens.Screen<CleanUpDialog> screen = new Screens(context).load(CleanUpDialog.class);
        screen.view().closer = layer::close;
        layer.show(screen.root());
        screen.view().model.measure();
        context.pump().run(screen.view().cancel::requestFocus);
    }

    @FXML
    private void initialize() {
        root.setMaxHeight(Region.USE_PREF_SIZE);
        banner.getChildren().add(new FailureBanner(messages, model.place()));
        images.setItems(model.items());
        images.setCellFactory(list -> new ImageCell());
        images.setAccessibleText(messages.text("cleanUp.images"));
        images.addEventFilter(KeyEvent.KEY_PRESSED, this::toggle);
        parts.setCellFactory(list -> new PartCell());
        parts.setAccessibleText(messages.text("cleanUp.parts"));
        shown(parts, false);
        all.setOnAction(event -> model.chooseAll(all.isSelected()));
        remains.selectedProperty().bindBidirectional(model.remains());
        summary.textProperty().bind(model.summary());
        model.plan().subscribe(this::show);
        model.phase().subscribe(this::show);
        SceneLife.of(root).during(() -> model::close);
    }

    private void toggle(KeyEvent key) {
        CleanUpItem item = images.getSelectionModel().getSelectedItem();
        if (key.getCode() == KeyCode.SPACE && item != null) {
            item.chosen().set(!item.chosen().get());
            key.consume();
        }
    }

    private void show(PrunePlan now) {
        parts.getItems().setAll(model.parts());
        remove.setText(
                now.images().isEmpty()
                        ? messages.text("cleanUp.verb.remains")
                        : messages.text("cleanUp.verb", now.images().size()));
        remove.setDisable(model.phase().get() != Phase.CHOOSING || now.parts().isEmpty());
        all.setSelected(
                !model.items().isEmpty() && now.images().size() == model.items().size());
    }

    private void show(Phase phase) {
        boolean choosing = phase == Phase.CHOOSING;
        shown(progress, phase == Phase.MEASURING || phase == Phase.REMOVING);
        shown(choice, choosing);
        shown(images, choosing && !model.items().isEmpty());
        shown(all, choosing && model.items().size() > 1);
        shown(remains, choosing && model.remainsBytes() > 0);
        remains.setText(messages.text("cleanUp.remains", messages.quantities().size(model.remainsBytes())));
        shown(summary, phase != Phase.MEASURING);
        shown(remove, phase != Phase.DONE);
        cancel.setText(messages.text(phase == Phase.DONE ? "cleanUp.close" : "confirm.cancel"));
        progress.setAccessibleText(messages.text(phase == Phase.REMOVING ? "cleanUp.removing" : "cleanUp.measuring"));
        show(model.plan().get());
        if (phase == Phase.DONE) {
            cancel.requestFocus();
        }
    }

    private static void shown(Node node, boolean now) {
        node.setVisible(now);
        node.setManaged(now);
    }

    @FXML
    private void toggleParts() {
        shown(parts, !parts.isVisible());
        if (partsToggle.getGraphic() instanceof FontIcon arrow) {
            arrow.setIconCode(parts.isVisible() ? Feather.CHEVRON_DOWN : Feather.CHEVRON_RIGHT);
        }
    }

    @FXML
    private void remove() {
        model.remove();
    }

    @FXML
    private void cancel() {
        closer.run();
    }

    /// A box to choose by, what it is, and what comes back.
    private final class ImageCell extends ListCell<CleanUpItem> {

        private final CheckBox box = new CheckBox();
        private Optional<CleanUpItem> before = Optional.empty();

        ImageCell() {
            box.setFocusTraversable(false);
            box.setMnemonicParsing(false);
        }

        @Override
        protected void updateItem(@Nullable CleanUpItem item, boolean empty) {
            super.updateItem(item, empty);
            before.ifPresent(old -> box.selectedProperty().unbindBidirectional(old.chosen()));
            before = Optional.ofNullable(item);
            setGraphic(item == null || empty ? null : box);
            setText(null);
            if (item != null && !empty) {
                box.selectedProperty().bindBidirectional(item.chosen());
                box.setText(messages.text(
                        "cleanUp.image",
                        item.called(),
                        messages.quantities().size(item.alone()),
                        messages.quantities().size(item.image().size())));
                setAccessibleText(box.getText());
            }
        }
    }

    private final class PartCell extends ListCell<PrunePlan.Part> {

        @Override
        protected void updateItem(PrunePlan.@Nullable Part part, boolean empty) {
            super.updateItem(part, empty);
            setText(
                    part == null || empty
                            ? null
                            : messages.text(
                                    "cleanUp.part." + part.kind().name().toLowerCase(Locale.ROOT),
                                    part.digest().substring("sha256:".length(), "sha256:".length() + 12),
                                    messages.quantities().size(part.bytes())));
        }
    }
}
