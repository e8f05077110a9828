package io.darsena.app.pull;

import io.darsena.app.control.FailureBanner;
import io.darsena.app.control.ModalLayer;
import io.darsena.app.screen.SceneLife;
import io.darsena.app.screen.Screens;
import io.darsena.app.screen.WindowContext;
import io.darsena.app.trust.Signing;
import io.darsena.bridge.image.Image;
import java.util.Optional;
import javafx.fxml.FXML;
import javafx.scene.control.Button;
import javafx.scene.control.Label;
import javafx.scene.control.ScrollPane;
import javafx.scene.layout.Region;
import javafx.scene.layout.StackPane;
import javafx.scene.layout.VBox;

/// The Push… dialog: under which name, and who is logged in there. It closes as soon as the push has begun.
public final class PushDialog {

    private final WindowContext context;
    private Optional<PushViewModel> begun = Optional.empty();
    private Optional<NameField> name = Optional.empty();
    private Runnable closer = () -> {};

    @FXML
    private VBox root;

    @FXML
    private Label title;

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
    private Label signed;

    @FXML
    private Label who;

    @FXML
    private Button logIn;

    @FXML
    private Button queue;

    @FXML
    private Button push;

    public PushDialog(WindowContext context) {
        this.context = context;
    }

    /// Shows the dialog above the window, if the image is there.
    ///
    /// @param reference of the image, by name or by the beginning of its id
    public static void open(WindowContext context, ModalLayer layer, String reference) {
        image(context, reference).ifPresent(image -> {
            Screens.Screen<PushDialog> screen = new Screens(context).load(PushDialog.class);
            context.registries().refresh();
            boolean named =
                    image.names().stream().anyMatch(each -> each.familiar().equals(reference));
            PushViewModel model = new PushViewModel(
                    context.session(),
                    context.registries(),
                    context.commands(),
                    context.transfers(),
                    context.pump(),
                    context.messages(),
                    image,
                    named ? reference : "");
            screen.view().begin(model, reference, layer::close);
            layer.show(screen.root());
            context.pump().run(screen.view()::focusFirst);
        });
    }

    private static Optional<Image> image(WindowContext context, String reference) {
        return context.session().images().values().stream()
                .filter(image ->
                        image.names().stream().anyMatch(each -> each.familiar().equals(reference))
                                || image.id().shortId().equals(reference))
                .findFirst();
    }

    @FXML
    private void initialize() {
        root.setMaxHeight(Region.USE_PREF_SIZE);
    }

    private void begin(PushViewModel model, String reference, Runnable close) {
        begun = Optional.of(model);
        closer = close;
        title.setText(context.messages().text("push.title", reference));
        title.setWrapText(true);
        NameField field = new NameField(
                context.messages(), model.completion(), context.messages().text("push.name"));
        name = Optional.of(field);
        root.getChildren().add(1, new FailureBanner(context.messages(), model.place()));
        field.below(meaningPlace);
        namePlace.getChildren().setAll(field);
        FieldWords.show(problem, model.problem());
        FieldWords.show(
                meaning,
                model.meaning()
                        .map(full -> full.isEmpty() ? "" : context.messages().text("push.goes", full)));
        FieldWords.show(remark, model.remark());
        FieldWords.show(signed, model.signed());
        FieldWords.show(who, model.who());
        logIn.visibleProperty().bind(model.registry().map(Optional::isPresent));
        logIn.managedProperty().bind(logIn.visibleProperty());
        push.disableProperty().bind(model.valid().not());
        queue.disableProperty().bind(model.valid().not());
        SceneLife.of(root).during(() -> model::close);
    }

    private void focusFirst() {
        scroll.applyCss();
        name.ifPresent(NameField::requestFocus);
    }

    @FXML
    private void logIn() {
        begun.flatMap(model -> model.registry().get())
                .ifPresent(registry -> context.navigation().login(registry, push::requestFocus));
    }

    @FXML
    private void push() {
        begun.ifPresent(model -> Signing.unlocked(context, root, model.place(), model.signer(), () -> {
            if (model.push().isPresent()) {
                closer.run();
            }
        }));
    }

    /// What waits is seen in the drawer.
    @FXML
    private void queue() {
        begun.ifPresent(model -> Signing.unlocked(
                context,
                root,
                model.place(),
                model.signer(),
                () -> model.queue(() -> {
                    closer.run();
                    context.navigation().transfers().set(true);
                })));
    }

    @FXML
    private void cancel() {
        closer.run();
    }
}
