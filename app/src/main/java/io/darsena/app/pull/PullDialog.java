package io.darsena.app.pull;

import io.darsena.app.control.ModalLayer;
import io.darsena.app.screen.SceneLife;
import io.darsena.app.screen.Screens;
import io.darsena.app.screen.StarredNames;
import io.darsena.app.screen.WindowContext;
import java.util.Optional;
import javafx.fxml.FXML;
import javafx.scene.control.Button;
import javafx.scene.control.ComboBox;
import javafx.scene.control.Label;
import javafx.scene.control.ScrollPane;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Region;
import javafx.scene.layout.StackPane;
import javafx.scene.layout.VBox;
import org.kordamp.ikonli.feather.Feather;
import org.kordamp.ikonli.javafx.FontIcon;

/// The Pull… dialog: one field, and what stands in it in full. It closes as soon as the pull has begun.
public final class PullDialog {

    private final WindowContext context;
    private Optional<PullViewModel> begun = Optional.empty();
    private Optional<NameField> name = Optional.empty();
    private Runnable closer = () -> {};

    @FXML
    private VBox root;

    @FXML
    private ScrollPane scroll;

    @FXML
    private StackPane namePlace;

    @FXML
    private VBox meaningPlace;

    @FXML
    private Label problem;

    @FXML
    private Label meaning;

    @FXML
    private Label remark;

    @FXML
    private Button moreToggle;

    @FXML
    private FontIcon moreArrow;

    @FXML
    private VBox more;

    @FXML
    private Label platformLabel;

    @FXML
    private ComboBox<String> platform;

    @FXML
    private Label platformProblem;

    @FXML
    private HBox buttons;

    @FXML
    private Button pull;

    public PullDialog(WindowContext context) {
        this.context = context;
    }

    /// Shows the dialog above the window.
    ///
    /// @param name to begin with; may be empty
    public static void open(WindowContext context, ModalLayer layer, String name) {
        Screens.Screen<PullDialog> screen = new Screens(context).load(PullDialog.class);
        context.registries().refresh();
        PullViewModel model = new PullViewModel(
                context.session(),
                context.registries(),
                context.commands(),
                context.transfers(),
                context.pump(),
                context.messages(),
                name);
        screen.view().begin(model, layer::close);
        layer.show(screen.root());
        context.pump().run(screen.view()::focusFirst);
    }

    @FXML
    private void initialize() {
        root.setMaxHeight(Region.USE_PREF_SIZE);
        platformLabel.setLabelFor(platform);
        platform.getItems().setAll(PullViewModel.PLATFORMS);
        platform.getEditor().setPromptText(context.messages().text("pull.platform.prompt"));
        platform.setAccessibleText(platformLabel.getText());
        showMore(false);
    }

    private void begin(PullViewModel model, Runnable close) {
        begun = Optional.of(model);
        closer = close;
        NameField field = new NameField(
                context.messages(), model.completion(), context.messages().text("pull.name"));
        name = Optional.of(field);
        field.below(meaningPlace);
        namePlace.getChildren().setAll(field);
        StarredNames starred = new StarredNames(context.memory());
        model.completion().star(starred);
        buttons.getChildren().addFirst(new StarButton(context.messages(), model.completion(), starred));
        platform.getEditor().textProperty().bindBidirectional(model.platform());
        FieldWords.show(problem, model.problem());
        FieldWords.show(
                meaning,
                model.meaning()
                        .map(full -> full.isEmpty() ? "" : context.messages().text("pull.means", full)));
        FieldWords.show(remark, model.remark());
        FieldWords.show(platformProblem, model.platformProblem());
        pull.disableProperty().bind(model.valid().not());
        SceneLife.of(root).during(() -> model::close);
    }

    private void focusFirst() {
        // What lies in a scroll pane comes into the scene with the pane's skin, and that with its style.
        scroll.applyCss();
        name.ifPresent(NameField::requestFocus);
    }

    @FXML
    private void toggleMore() {
        showMore(!more.isVisible());
    }

    private void showMore(boolean shown) {
        more.setVisible(shown);
        more.setManaged(shown);
        moreArrow.setIconCode(shown ? Feather.CHEVRON_DOWN : Feather.CHEVRON_RIGHT);
        moreToggle.setAccessibleText(context.messages().text("run.more"));
        if (shown) {
            context.pump().run(() -> scroll.setVvalue(1));
        }
    }

    @FXML
    private void pull() {
        if (begun.flatMap(PullViewModel::pull).isPresent()) {
            closer.run();
        }
    }

    @FXML
    private void cancel() {
        closer.run();
    }
}
