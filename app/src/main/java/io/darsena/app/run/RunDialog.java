package io.darsena.app.run;

import io.darsena.app.control.Choice;
import io.darsena.app.control.FailureBanner;
import io.darsena.app.control.ModalLayer;
import io.darsena.app.screen.Screens;
import io.darsena.app.screen.WindowContext;
import io.darsena.bridge.container.NetworkMode;
import io.darsena.bridge.image.ImageReference;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import javafx.beans.binding.Bindings;
import javafx.beans.value.ObservableValue;
import javafx.collections.ListChangeListener;
import javafx.css.PseudoClass;
import javafx.fxml.FXML;
import javafx.scene.control.Button;
import javafx.scene.control.CheckBox;
import javafx.scene.control.ComboBox;
import javafx.scene.control.Control;
import javafx.scene.control.Label;
import javafx.scene.control.ScrollPane;
import javafx.scene.control.TextField;
import javafx.scene.layout.FlowPane;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Region;
import javafx.scene.layout.StackPane;
import javafx.scene.layout.VBox;
import org.controlsfx.control.textfield.TextFields;
import org.kordamp.ikonli.feather.Feather;
import org.kordamp.ikonli.javafx.FontIcon;

/// The Run… dialog. It closes when the container runs; a failure is shown in it, and nothing typed is lost.
public final class RunDialog {

    private static final PseudoClass WRONG = PseudoClass.getPseudoClass("wrong");

    private final WindowContext context;
    private Optional<RunViewModel> begun = Optional.empty();
    private Optional<Runnable> canceller = Optional.empty();
    private Runnable closer = () -> {};

    @FXML
    private VBox root;

    @FXML
    private ScrollPane scroll;

    @FXML
    private ComboBox<String> image;

    @FXML
    private TextField name;

    @FXML
    private TextField commandLine;

    @FXML
    private FlowPane words;

    @FXML
    private VBox environment;

    @FXML
    private TextField memory;

    @FXML
    private TextField cpus;

    @FXML
    private TextField processes;

    @FXML
    private ComboBox<NetworkMode> network;

    @FXML
    private Label networkMeaning;

    @FXML
    private TextField hostname;

    @FXML
    private TextField user;

    @FXML
    private TextField workingDirectory;

    @FXML
    private Label imageProblem;

    @FXML
    private Label imageNotice;

    @FXML
    private Label nameProblem;

    @FXML
    private Label commandProblem;

    @FXML
    private Label environmentProblem;

    @FXML
    private Label memoryProblem;

    @FXML
    private Label cpusProblem;

    @FXML
    private Label processesProblem;

    @FXML
    private Label hostnameProblem;

    @FXML
    private Label userProblem;

    @FXML
    private Label workingDirectoryProblem;

    @FXML
    private Label limitsRefused;

    @FXML
    private CheckBox autoRemove;

    @FXML
    private CheckBox readOnlyRoot;

    @FXML
    private Button moreToggle;

    @FXML
    private FontIcon moreArrow;

    @FXML
    private HBox more;

    @FXML
    private StackPane banner;

    @FXML
    private StackPane journeyPlace;

    @FXML
    private Label progress;

    @FXML
    private Button run;

    public RunDialog(WindowContext context) {
        this.context = context;
    }

    /// Shows the dialog above the window.
    ///
    /// @param image to begin with, by name or id
    public static void open(WindowContext context, ModalLayer layer, Optional<String> image) {
        Screens.Screen<RunDialog> screen = new Screens(context).load(RunDialog.class);
        RunViewModel model =
                new RunViewModel(context.session(), context.commands(), context.transfers(), context.messages(), image);
        model.recall(new RunChoices(context.memory()));
        screen.view().begin(model, layer::close);
        layer.show(screen.root());
        context.pump().run(screen.view()::focusFirst);
    }

    @FXML
    private void initialize() {
        showMore(false);
        followHeight();
        root.setMaxHeight(Region.USE_PREF_SIZE);
        root.lookupAll(".field").forEach(field -> nameControl((VBox) field));
    }

    /// What wraps or is added makes the dialog higher as long as the window has room. A scroll pane alone asks for the
    /// height that its content had at first.
    private void followHeight() {
        if (scroll.getContent() instanceof Region form) {
            form.heightProperty()
                    .subscribe(height -> context.pump().run(() -> scroll.setPrefViewportHeight(height.doubleValue())));
        }
    }

    /// The label above a control is its accessible name.
    private static void nameControl(VBox field) {
        if (field.getChildren().getFirst() instanceof Label label
                && field.getChildren().get(1) instanceof Control control) {
            label.setLabelFor(control);
        }
    }

    private void begin(RunViewModel model, Runnable close) {
        begun = Optional.of(model);
        closer = close;
        image.getItems().setAll(model.imageNames());
        image.getEditor().textProperty().bindBidirectional(model.text(RunField.IMAGE));
        TextFields.bindAutoCompletion(
                image.getEditor(),
                request -> model.imageNames().stream()
                        .filter(known -> !known.equals(request.getUserText()) && known.contains(request.getUserText()))
                        .toList());
        fields().forEach((field, input) -> input.textProperty().bindBidirectional(model.text(field)));
        problems().forEach((field, label) -> show(label, model.problem(field)));
        fields().forEach((field, input) ->
                model.problem(field).subscribe(text -> input.pseudoClassStateChanged(WRONG, !text.isEmpty())));
        model.problem(RunField.IMAGE).subscribe(text -> image.pseudoClassStateChanged(WRONG, !text.isEmpty()));
        show(environmentProblem, model.environmentProblem());
        autoRemove.selectedProperty().bindBidirectional(model.autoRemove());
        readOnlyRoot.selectedProperty().bindBidirectional(model.readOnlyRoot());
        showNetwork(model);
        model.text(RunField.COMMAND).subscribe(text -> showWords(model));
        model.text(RunField.IMAGE).subscribe(text -> showWords(model));
        model.environment().addListener((ListChangeListener<Variable>) change -> showEnvironment(model));
        showLimits(model);
        run.disableProperty().bind(model.valid().not().or(model.busy()));
        progress.visibleProperty()
                .bind(model.busy()
                        .and(Bindings.createBooleanBinding(
                                () -> model.journey().get().isEmpty(), model.journey())));
        model.missing().subscribe(this::showMissing);
        JourneyPane journey = new JourneyPane(context.messages(), model.journey());
        journeyPlace.getChildren().setAll(journey);
        journeyPlace.visibleProperty().bind(journey.visibleProperty());
        journeyPlace.managedProperty().bind(journey.visibleProperty());
        Button logIn = new Button(context.messages().text("login.verb"), new FontIcon(Feather.LOG_IN));
        logIn.setOnAction(event -> logIn(model));
        FailureBanner failures = new FailureBanner(context.messages(), model.place())
                .offering(
                        logIn,
                        failure -> failure.wantsLogin() && model.journey().get().isPresent());
        banner.getChildren().setAll(failures);
        banner.visibleProperty().bind(failures.visibleProperty());
        banner.managedProperty().bind(failures.visibleProperty());
    }

    private void showMissing(Optional<ImageReference> missing) {
        imageNotice.setWrapText(true);
        imageNotice.setText(missing.map(name -> context.messages().text("run.pullsFirst", name.toString()))
                .orElse(""));
        imageNotice.setVisible(missing.isPresent());
        imageNotice.setManaged(missing.isPresent());
        run.setText(context.messages().text(missing.isPresent() ? "run.pullAndRun" : "run.run"));
    }

    private void logIn(RunViewModel model) {
        model.journey()
                .get()
                .flatMap(job -> job.order().registry())
                .ifPresent(registry -> context.navigation().login(registry, this::run));
    }

    private void showNetwork(RunViewModel model) {
        network.getItems().setAll(NetworkMode.values());
        Choice.say(network, mode -> context.messages().text("network." + mode.word()));
        network.valueProperty().bindBidirectional(model.network());
        model.network().subscribe(mode -> {
            networkMeaning.setText(context.messages().text("network." + mode.word() + ".meaning"));
            hostname.setPromptText(context.messages().text("run.hostname.prompt." + mode.word()));
        });
    }

    private Map<RunField, TextField> fields() {
        return Map.of(
                RunField.NAME, name,
                RunField.COMMAND, commandLine,
                RunField.MEMORY, memory,
                RunField.CPUS, cpus,
                RunField.PROCESSES, processes,
                RunField.HOSTNAME, hostname,
                RunField.USER, user,
                RunField.WORKING_DIRECTORY, workingDirectory);
    }

    private Map<RunField, Label> problems() {
        return Map.of(
                RunField.IMAGE, imageProblem,
                RunField.NAME, nameProblem,
                RunField.COMMAND, commandProblem,
                RunField.MEMORY, memoryProblem,
                RunField.CPUS, cpusProblem,
                RunField.PROCESSES, processesProblem,
                RunField.HOSTNAME, hostnameProblem,
                RunField.USER, userProblem,
                RunField.WORKING_DIRECTORY, workingDirectoryProblem);
    }

    private static void show(Label label, ObservableValue<String> problem) {
        label.setWrapText(true);
        problem.subscribe(text -> {
            label.setText(text);
            label.setVisible(!text.isEmpty());
            label.setManaged(!text.isEmpty());
        });
    }

    /// What would be executed, word by word, so that a misplaced quote is seen before it does harm.
    private void showWords(RunViewModel model) {
        String usual = model.defaultCommand();
        commandLine.setPromptText(
                usual.isEmpty()
                        ? context.messages().text("run.command.prompt")
                        : context.messages().text("run.command.usual", usual));
        List<String> understood = model.text(RunField.COMMAND).get().isBlank() ? List.of() : model.understood();
        words.getChildren().setAll(understood.stream().map(RunDialog::word).toList());
        words.setVisible(!understood.isEmpty());
        words.setManaged(!understood.isEmpty());
    }

    private static Label word(String text) {
        Label label = new Label(text.isEmpty() ? "\u00a0" : text);
        label.getStyleClass().add("word");
        return label;
    }

    private void showLimits(RunViewModel model) {
        Optional<String> refused = model.limitsRefused();
        limitsRefused.setText(refused.orElse(""));
        limitsRefused.setVisible(refused.isPresent());
        limitsRefused.setManaged(refused.isPresent());
        List.of(memory, cpus, processes).forEach(field -> field.setDisable(refused.isPresent()));
    }

    private void showEnvironment(RunViewModel model) {
        List<VariableRow> rows = model.environment().stream()
                .map(variable -> environment.getChildren().stream()
                        .map(VariableRow.class::cast)
                        .filter(row -> row.variable().equals(variable))
                        .findFirst()
                        .orElseGet(() -> new VariableRow(context.messages(), model, variable)))
                .toList();
        if (!environment.getChildren().equals(rows)) {
            environment.getChildren().setAll(rows);
        }
    }

    @FXML
    private void addVariable() {
        begun.ifPresent(RunViewModel::addVariable);
        if (environment.getChildren().getLast() instanceof VariableRow row) {
            row.focusName();
        }
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

    private void focusFirst() {
        // What lies in a scroll pane comes into the scene with the pane's skin, and that with its style.
        scroll.applyCss();
        if (image.getEditor().getText().isBlank()) {
            image.requestFocus();
        } else {
            name.requestFocus();
        }
    }

    @FXML
    private void run() {
        canceller = begun.map(model -> model.run(id -> {
            if (root.getScene() != null) {
                closer.run();
                context.navigation().showContainer(id);
            }
        }));
    }

    /// Stops what is under way; when nothing is, closes the dialog.
    @FXML
    private void cancel() {
        if (begun.filter(model -> model.busy().get()).isPresent()) {
            canceller.ifPresent(Runnable::run);
        } else {
            closer.run();
        }
    }
}
