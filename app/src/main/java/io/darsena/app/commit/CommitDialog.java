package io.darsena.app.commit;

import io.darsena.app.control.CopyButton;
import io.darsena.app.control.FailureBanner;
import io.darsena.app.control.ModalLayer;
import io.darsena.app.screen.SceneLife;
import io.darsena.app.screen.Screens;
import io.darsena.app.screen.WindowContext;
import io.darsena.app.text.Messages;
import io.darsena.app.text.PlainText;
import io.darsena.bridge.container.Container;
import io.darsena.bridge.container.ContainerId;
import io.darsena.bridge.image.ImageId;
import io.darsena.bridge.layer.Committed;
import io.darsena.bridge.layer.FilePath;
import java.util.List;
import java.util.Optional;
import javafx.beans.binding.Bindings;
import javafx.beans.value.ObservableValue;
import javafx.fxml.FXML;
import javafx.scene.Node;
import javafx.scene.control.Button;
import javafx.scene.control.CheckBox;
import javafx.scene.control.Control;
import javafx.scene.control.Label;
import javafx.scene.control.ProgressBar;
import javafx.scene.control.RadioButton;
import javafx.scene.control.ScrollPane;
import javafx.scene.control.TextArea;
import javafx.scene.control.TextField;
import javafx.scene.control.ToggleGroup;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Region;
import javafx.scene.layout.VBox;
import org.kordamp.ikonli.feather.Feather;
import org.kordamp.ikonli.javafx.FontIcon;

/// The Commit… dialog. Failures stay in it, with what was typed; when the image is made, it offers to show it.
public final class CommitDialog {

    private static final int MOST_LINES = 8;

    private final WindowContext context;
    private final Messages messages;
    private Optional<CommitViewModel> begun = Optional.empty();
    private Runnable closer = () -> {};

    @FXML
    private VBox root;

    @FXML
    private Label title;

    @FXML
    private VBox banner;

    @FXML
    private ScrollPane scroll;

    @FXML
    private TextField name;

    @FXML
    private Label nameProblem;

    @FXML
    private TextField message;

    @FXML
    private TextField author;

    @FXML
    private RadioButton all;

    @FXML
    private RadioButton chosen;

    @FXML
    private Label chosenPaths;

    @FXML
    private TextField commandLine;

    @FXML
    private Label commandProblem;

    @FXML
    private Button moreToggle;

    @FXML
    private FontIcon moreArrow;

    @FXML
    private VBox more;

    @FXML
    private TextArea changes;

    @FXML
    private Label changesProblem;

    @FXML
    private VBox pausePlace;

    @FXML
    private CheckBox pauses;

    @FXML
    private Label pauseRefused;

    @FXML
    private HBox dockerfileHead;

    @FXML
    private TextArea dockerfile;

    @FXML
    private ProgressBar progress;

    @FXML
    private Label done;

    @FXML
    private Button cancel;

    @FXML
    private Button showImage;

    @FXML
    private Button commit;

    public CommitDialog(WindowContext context) {
        this.context = context;
        this.messages = context.messages();
    }

    /// Shows the dialog above the window, if the container is there.
    ///
    /// @param paths that are chosen; may be empty
    public static void open(WindowContext context, ModalLayer layer, ContainerId id, List<FilePath> paths) {
        Container container = context.session().containers().get(id);
        if (container == null) {
            return;
        }
        Screens.Screen<CommitDialog> screen = new Screens(context).load(CommitDialog.class);
        CommitViewModel model = new CommitViewModel(
                context.session(),
                context.commands(),
                context.pump(),
                context.messages(),
                context.memory(),
                container,
                paths);
        screen.view().begin(model, layer::close);
        layer.show(screen.root());
        model.look();
        context.pump().run(screen.view()::focusFirst);
    }

    @FXML
    private void initialize() {
        root.setMaxHeight(Region.USE_PREF_SIZE);
        root.lookupAll(".field").forEach(field -> nameControl((VBox) field));
        title.setWrapText(true);
    }

    /// The label above a control is its accessible name.
    private static void nameControl(VBox field) {
        if (field.getChildren().getFirst() instanceof Label label
                && field.getChildren().get(1) instanceof Control control) {
            label.setLabelFor(control);
        }
    }

    private void begin(CommitViewModel model, Runnable close) {
        begun = Optional.of(model);
        closer = close;
        title.setText(messages.text("commit.title", model.container().name()));
        banner.getChildren()
                .setAll(
                        new FailureBanner(messages, model.place()),
                        new FailureBanner(messages, model.lookingPlace()).offering(retry(model), failure -> true));
        name.textProperty().bindBidirectional(model.name());
        message.textProperty().bindBidirectional(model.message());
        author.textProperty().bindBidirectional(model.author());
        commandLine.textProperty().bindBidirectional(model.commandLine());
        problem(nameProblem, model.nameProblem());
        problem(commandProblem, model.commandProblem());
        changes.textProperty().bindBidirectional(model.changes());
        problem(changesProblem, model.changesProblem());
        showMore(false);
        choice(model);
        pause(model);
        dockerfile.textProperty().bind(model.dockerfile());
        dockerfile.setAccessibleText(messages.text("commit.dockerfile"));
        model.dockerfile()
                .subscribe(text ->
                        dockerfile.setPrefRowCount(Math.clamp(text.lines().count(), 2, MOST_LINES)));
        dockerfileHead
                .getChildren()
                .add(new CopyButton(
                        messages.text("commit.copyDockerfile"),
                        () -> model.dockerfile().get()));
        model.committing().subscribe(busy -> shown(progress, busy));
        commit.disableProperty()
                .bind(Bindings.createBooleanBinding(
                        () -> !model.canCommit(),
                        model.nameProblem(),
                        model.commandProblem(),
                        model.changesProblem(),
                        model.committing(),
                        model.made()));
        scroll.disableProperty()
                .bind(Bindings.createBooleanBinding(
                        () -> model.committing().get() || model.made().get().isPresent(),
                        model.committing(),
                        model.made()));
        model.made().subscribe(this::made);
        SceneLife.of(root).during(() -> model::close);
    }

    private Button retry(CommitViewModel model) {
        Button retry = new Button(messages.text("files.retry"));
        retry.setOnAction(event -> model.look());
        return retry;
    }

    private static void problem(Label label, ObservableValue<String> problem) {
        label.setWrapText(true);
        problem.subscribe(text -> {
            label.setText(text);
            shown(label, !text.isEmpty());
        });
    }

    @FXML
    private void toggleMore() {
        showMore(!more.isVisible());
        if (more.isVisible()) {
            changes.requestFocus();
        }
    }

    private void showMore(boolean now) {
        shown(more, now);
        moreArrow.setIconCode(now ? Feather.CHEVRON_DOWN : Feather.CHEVRON_RIGHT);
        moreToggle.setAccessibleText(messages.text(now ? "commit.changes.shown" : "commit.changes.hidden"));
    }

    private void choice(CommitViewModel model) {
        ToggleGroup group = new ToggleGroup();
        all.setToggleGroup(group);
        chosen.setToggleGroup(group);
        model.onlyChosen().subscribe(only -> (only ? chosen : all).setSelected(true));
        chosen.selectedProperty().subscribe((before, now) -> model.onlyChosen().set(now));
        model.tree().subscribe(tree -> {
            List<FilePath> paths = model.chosen();
            chosen.setDisable(paths.isEmpty());
            chosen.setText(messages.text("commit.chosen", paths.size()));
            chosenPaths.setText(
                    paths.isEmpty()
                            ? messages.text("commit.chosen.none")
                            : String.join(
                                    ", ", paths.stream().map(PlainText::path).toList()));
        });
    }

    private void pause(CommitViewModel model) {
        shown(pausePlace, model.isRunning());
        pauses.selectedProperty().bindBidirectional(model.pauses());
        Optional<String> refused = model.pauseRefused();
        pauses.setDisable(refused.isPresent());
        pauseRefused.setText(refused.orElse(messages.text("commit.pause.why")));
    }

    private static void shown(Node node, boolean now) {
        node.setVisible(now);
        node.setManaged(now);
    }

    private void made(Optional<Committed> image) {
        shown(done, image.isPresent());
        shown(showImage, image.isPresent());
        shown(commit, image.isEmpty());
        cancel.setText(messages.text(image.isPresent() ? "commit.close" : "confirm.cancel"));
        image.ifPresent(result -> {
            String whole = messages.text("commit.made", words(result.image()));
            done.setText(
                    result.leftOut() == 0 ? whole : whole + " " + messages.text("commit.leftOut", result.leftOut()));
            showImage.requestFocus();
        });
    }

    /// What the image is found by in the list.
    private String words(ImageId id) {
        return begun.map(model -> model.name().get().strip())
                .filter(typed -> !typed.isEmpty())
                .orElse(id.shortId());
    }

    private void focusFirst() {
        scroll.applyCss();
        name.requestFocus();
    }

    @FXML
    private void commit() {
        begun.ifPresent(CommitViewModel::commit);
    }

    @FXML
    private void showImage() {
        begun.flatMap(model -> model.made().get()).ifPresent(result -> {
            closer.run();
            context.navigation().showImage(result.image().shortId());
        });
    }

    @FXML
    private void cancel() {
        closer.run();
    }
}
