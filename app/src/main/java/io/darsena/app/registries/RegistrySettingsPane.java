package io.darsena.app.registries;

import io.darsena.app.screen.SceneLife;
import io.darsena.app.screen.WindowContext;
import io.darsena.app.text.Messages;
import io.darsena.bridge.registry.RegistryConfig;
import java.io.File;
import java.util.function.Supplier;
import javafx.beans.value.ObservableValue;
import javafx.scene.Node;
import javafx.scene.control.Button;
import javafx.scene.control.CheckBox;
import javafx.scene.control.Control;
import javafx.scene.control.Label;
import javafx.scene.control.ScrollPane;
import javafx.scene.control.TextArea;
import javafx.scene.control.TextField;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;
import javafx.scene.layout.VBox;
import javafx.stage.FileChooser;
import javafx.stage.Window;
import org.jspecify.annotations.Nullable;
import org.kordamp.ikonli.feather.Feather;
import org.kordamp.ikonli.javafx.FontIcon;

/// What is set for one registry: whether its connection may be unguarded, its mirrors, whose certificates it
/// trusts.
final class RegistrySettingsPane extends VBox {

    private final Messages messages;
    private final Supplier<@Nullable Window> owner;
    private final RegistrySettingsViewModel model;
    private final Label near = new Label();

    private RegistrySettingsPane(
            WindowContext context, RegistriesViewModel registries, RegistryRow row, Supplier<@Nullable Window> owner) {
        this.messages = context.messages();
        this.owner = owner;
        this.model = new RegistrySettingsViewModel(config(row), messages, registries::set);
        getStyleClass().addAll("form", "registry-settings");
        SchedulePane schedule = new SchedulePane(context, registries.place(), row.host());
        getChildren()
                .addAll(
                        group("registry.group.connection", insecure(), mirrors(), authority(), buttons()),
                        group("registry.group.updates", schedule.own()),
                        group("registry.group.all", schedule.ofAll()));
        SceneLife.of(this)
                .during(() -> SceneLife.listen(row.known(), known -> {
                    model.show(config(row));
                    boolean plain = RegistryWords.Guard.of(known) == RegistryWords.Guard.PLAIN && !known.isInsecure();
                    near.setVisible(plain);
                    near.setManaged(plain);
                }));
    }

    static ScrollPane of(
            WindowContext context, RegistriesViewModel registries, RegistryRow row, Supplier<@Nullable Window> owner) {
        ScrollPane scroll = new ScrollPane(new RegistrySettingsPane(context, registries, row, owner));
        scroll.setFitToWidth(true);
        scroll.setHbarPolicy(ScrollPane.ScrollBarPolicy.NEVER);
        scroll.getStyleClass().addAll("page-scroll");
        scroll.setFocusTraversable(false);
        return scroll;
    }

    private static RegistryConfig config(RegistryRow row) {
        return row.now().config().orElseGet(() -> RegistryConfig.of(row.host()));
    }

    /// What is saved together, or holds at once, in a card of its own.
    private VBox group(String key, Node... fields) {
        Label title = new Label(messages.text(key));
        title.getStyleClass().add("strong");
        VBox card = new VBox(title);
        card.getChildren().addAll(fields);
        card.getStyleClass().addAll("card", "group");
        return card;
    }

    private VBox insecure() {
        CheckBox box = new CheckBox(messages.text("registry.insecure"));
        box.setId("registry-insecure");
        box.setWrapText(true);
        box.selectedProperty().bindBidirectional(model.insecure());
        Label warning = new Label(messages.text("registry.insecure.warning"), new FontIcon(Feather.ALERT_TRIANGLE));
        warning.getStyleClass().add("notice");
        warning.setWrapText(true);
        warning.visibleProperty().bind(model.insecure());
        warning.managedProperty().bind(model.insecure());
        near.setText(messages.text("registry.insecure.near"));
        near.setWrapText(true);
        VBox field = new VBox(box, warning, near);
        field.getStyleClass().add("field");
        return field;
    }

    private VBox mirrors() {
        TextArea area = new TextArea();
        area.setId("registry-mirrors");
        area.setPrefRowCount(3);
        area.setPromptText(messages.text("registry.mirrors.prompt"));
        area.textProperty().bindBidirectional(model.mirrors());
        return field("registry.mirrors", area, area, model.mirrorsProblem());
    }

    private VBox authority() {
        TextField path = new TextField();
        path.setId("registry-authority");
        path.setPromptText(messages.text("registry.authority.prompt"));
        path.textProperty().bindBidirectional(model.authority());
        HBox.setHgrow(path, Priority.ALWAYS);
        Button choose = new Button(messages.text("registry.authority.choose"));
        choose.setMinWidth(USE_PREF_SIZE);
        choose.setOnAction(event -> choose());
        HBox line = new HBox(path, choose);
        line.getStyleClass().add("line");
        return field("registry.authority", path, line, model.authorityProblem());
    }

    private VBox field(String key, Control input, Node shown, ObservableValue<String> problem) {
        Label label = new Label(messages.text(key));
        label.setLabelFor(input);
        input.setAccessibleText(label.getText());
        Label wrong = new Label();
        wrong.getStyleClass().add("problem");
        wrong.setWrapText(true);
        problem.subscribe(text -> {
            wrong.setText(text);
            wrong.setVisible(!text.isEmpty());
            wrong.setManaged(!text.isEmpty());
        });
        VBox field = new VBox(label, shown, wrong);
        field.getStyleClass().add("field");
        return field;
    }

    private void choose() {
        FileChooser chooser = new FileChooser();
        chooser.setTitle(messages.text("registry.authority.title"));
        chooser.getExtensionFilters()
                .setAll(
                        new FileChooser.ExtensionFilter(
                                messages.text("registry.authority.files"), "*.crt", "*.pem", "*.cer"),
                        new FileChooser.ExtensionFilter(messages.text("import.file.all"), "*"));
        File chosen = chooser.showOpenDialog(owner.get());
        if (chosen != null) {
            model.authority().set(chosen.getAbsolutePath());
        }
    }

    private HBox buttons() {
        Button save = new Button(messages.text("registry.save"));
        save.setId("registry-save");
        save.getStyleClass().add("primary");
        save.disableProperty().bind(model.canSave().not());
        save.setOnAction(event -> model.save());
        Button revert = new Button(messages.text("registry.revert"));
        revert.setId("registry-revert");
        revert.disableProperty().bind(model.changed().not());
        revert.setOnAction(event -> model.revert());
        HBox line = new HBox(save, revert);
        line.getStyleClass().add("line");
        return line;
    }
}
