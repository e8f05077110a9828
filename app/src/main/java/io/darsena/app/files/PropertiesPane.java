package io.darsena.app.files;

import io.darsena.app.control.CopyButton;
import io.darsena.app.control.FailureBanner;
import io.darsena.app.control.ModalLayer;
import io.darsena.app.screen.FileProperties;
import io.darsena.app.screen.FileProperties.Fact;
import io.darsena.app.screen.SceneLife;
import io.darsena.app.screen.WindowContext;
import io.darsena.app.session.Question;
import io.darsena.app.text.Messages;
import io.darsena.app.text.PlainText;
import io.darsena.bridge.layer.ExtendedAttribute;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import javafx.scene.control.Button;
import javafx.scene.control.Label;
import javafx.scene.control.OverrunStyle;
import javafx.scene.control.ProgressBar;
import javafx.scene.control.ScrollPane;
import javafx.scene.control.Tooltip;
import javafx.scene.layout.ColumnConstraints;
import javafx.scene.layout.GridPane;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;
import javafx.scene.layout.Region;
import javafx.scene.layout.VBox;
import org.kordamp.ikonli.feather.Feather;
import org.kordamp.ikonli.javafx.FontIcon;

/// All that is known of one entry of a tree of files, above the window. Its extended attributes are asked for when it
/// opens.
public final class PropertiesPane extends VBox {

    private static final double NAMES_WIDTH = 150;

    private final Messages messages;
    private final FileProperties about;
    private final GridPane facts = new GridPane();
    private final ScrollPane scroll = new ScrollPane(facts);
    private final Question<List<ExtendedAttribute>> asked;
    private final List<String> lines = new ArrayList<>();

    private PropertiesPane(WindowContext context, FileProperties about, Runnable closing) {
        this.messages = context.messages();
        this.about = about;
        this.asked = new Question<>(context.commands(), context.pump(), Duration.ZERO);
        getStyleClass().addAll("modal", "file-viewer", "file-properties");
        setMaxHeight(USE_PREF_SIZE);
        ColumnConstraints names = new ColumnConstraints(NAMES_WIDTH);
        ColumnConstraints values = new ColumnConstraints();
        values.setHgrow(Priority.ALWAYS);
        facts.getColumnConstraints().setAll(names, values);
        facts.getStyleClass().add("property-facts");
        facts.setId("property-facts");
        about.facts().forEach(this::add);
        scroll.setFitToWidth(true);
        scroll.getStyleClass().add("modal-scroll");
        scroll.setAccessibleText(messages.text("properties.of", PlainText.path(about.path())));
        ProgressBar reading = new ProgressBar();
        reading.setMaxWidth(Double.MAX_VALUE);
        reading.setAccessibleText(messages.text("properties.reading"));
        reading.visibleProperty().bind(asked.asking());
        reading.managedProperty().bind(reading.visibleProperty());
        Button retry = new Button(messages.text("files.retry"), new FontIcon(Feather.REFRESH_CW));
        retry.setOnAction(event -> ask());
        getChildren()
                .addAll(
                        head(closing),
                        new FailureBanner(messages, asked.place())
                                .offering(retry, failure -> true)
                                .withoutDismissal(),
                        reading,
                        scroll);
        SceneLife.of(this).during(() -> asked::withdraw);
    }

    /// Shows it above the window, and asks for what the listing does not tell.
    public static void open(WindowContext context, ModalLayer layer, FileProperties about) {
        PropertiesPane pane = new PropertiesPane(context, about, layer::close);
        layer.show(pane);
        pane.ask();
        context.pump().run(pane.scroll::requestFocus);
    }

    private HBox head(Runnable closing) {
        Label title = new Label(PlainText.path(about.path()));
        title.getStyleClass().add("page-title");
        title.setId("properties-title");
        title.setTextOverrun(OverrunStyle.CENTER_ELLIPSIS);
        title.setTooltip(new Tooltip(title.getText()));
        title.setMinWidth(0);
        title.setMaxWidth(Double.MAX_VALUE);
        HBox.setHgrow(title, Priority.ALWAYS);
        Button close = new Button("", new FontIcon(Feather.X));
        close.getStyleClass().addAll("flat", "icon-button");
        close.setId("close-properties");
        close.setAccessibleText(messages.text("properties.close"));
        close.setTooltip(new Tooltip(messages.text("properties.close")));
        close.setOnAction(event -> closing.run());
        HBox head = new HBox(
                title, new CopyButton(messages.text("properties.copy"), () -> String.join("\n", lines)), close);
        head.getStyleClass().add("modal-header");
        return head;
    }

    private void ask() {
        about.source()
                .ifPresent(source -> asked.ask(engine -> engine.layers().attributes(source, about.path()), this::show));
    }

    private void show(List<ExtendedAttribute> attributes) {
        add(new Fact(
                messages.text("properties.attributes"),
                messages.text("properties.attributes.count", attributes.size())));
        attributes.forEach(each -> add(new Fact(PlainText.line(each.name()), AttributeWords.of(each))));
    }

    private void add(Fact fact) {
        Label name = new Label(fact.name());
        name.getStyleClass().add("muted");
        name.setWrapText(true);
        name.setMinHeight(Region.USE_PREF_SIZE);
        Label value = new Label(fact.value());
        value.getStyleClass().add("mono");
        value.setWrapText(true);
        value.setMinHeight(Region.USE_PREF_SIZE);
        name.setLabelFor(value);
        value.setAccessibleText(fact.name() + ": " + fact.value());
        value.setFocusTraversable(true);
        facts.addRow(facts.getRowCount(), name, value);
        lines.add(fact.name() + ": " + fact.value());
    }
}
