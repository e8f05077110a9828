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
import io.darsena.bridge.Engine;
import io.darsena.bridge.layer.ExtendedAttribute;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.SequencedMap;
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

/// All that is known of one entry of a tree of files, above the window; or of both at one path, beside each other,
/// where two trees are compared. Extended attributes are asked for when it opens.
public final class PropertiesPane extends VBox {

    private static final double NAMES_WIDTH = 150;
    private static final double HALF_WIDTH = 200;
    private static final double LEAST_WIDTH = 80;
    private static final String NONE = "–";

    /// As files are marked that have changed.
    private static final String CHANGED = "~ ";

    private final Messages messages;
    private final FileProperties about;
    private final GridPane facts = new GridPane();
    private final ScrollPane scroll = new ScrollPane(facts);
    private final Question<Attributes> asked;
    private final List<String> lines = new ArrayList<>();

    /// @param other of what stands beside it
    private record Attributes(List<ExtendedAttribute> own, List<ExtendedAttribute> other) {

        static Attributes read(Engine engine, FileProperties about) {
            return new Attributes(
                    of(engine, about),
                    about.other().map(beside -> of(engine, beside.properties())).orElse(List.of()));
        }

        private static List<ExtendedAttribute> of(Engine engine, FileProperties about) {
            return about.source()
                    .map(source -> engine.layers().attributes(source, about.path()))
                    .orElse(List.of());
        }
    }

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
        about.other().ifPresent(other -> {
            facts.getColumnConstraints().setAll(names, half(), half());
            facts.addRow(
                    0, new Label(), side(other.name(), "properties-before"), side(other.ownName(), "properties-after"));
            getStyleClass().add("beside");
        });
        facts.getStyleClass().add("property-facts");
        facts.setId("property-facts");
        show(
                about.facts(),
                about.other().map(other -> other.properties().facts()).orElse(List.of()));
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

    private static ColumnConstraints half() {
        ColumnConstraints half = new ColumnConstraints(LEAST_WIDTH, HALF_WIDTH, Double.MAX_VALUE);
        half.setHgrow(Priority.ALWAYS);
        return half;
    }

    private static Label side(String name, String id) {
        Label label = new Label(name);
        label.setId(id);
        label.getStyleClass().addAll("muted", "small-text");
        label.setTextOverrun(OverrunStyle.CENTER_ELLIPSIS);
        label.setTooltip(new Tooltip(name));
        return label;
    }

    private void ask() {
        boolean any = about.source().isPresent()
                || about.other().flatMap(other -> other.properties().source()).isPresent();
        if (any) {
            asked.ask(engine -> Attributes.read(engine, about), this::show);
        }
    }

    private void show(Attributes told) {
        String title = messages.text("properties.attributes");
        show(List.of(count(title, told.own())), List.of(count(title, told.other())));
        show(facts(told.own()), facts(told.other()));
    }

    private Fact count(String title, List<ExtendedAttribute> attributes) {
        return new Fact(title, messages.text("properties.attributes.count", attributes.size()));
    }

    private static List<Fact> facts(List<ExtendedAttribute> attributes) {
        return attributes.stream()
                .map(each -> new Fact(PlainText.line(each.name()), AttributeWords.of(each)))
                .toList();
    }

    /// What only the other one has comes last.
    private void show(List<Fact> own, List<Fact> other) {
        SequencedMap<String, String> was = new LinkedHashMap<>();
        other.forEach(fact -> was.put(fact.name(), fact.value()));
        for (Fact fact : own) {
            add(fact.name(), was.getOrDefault(fact.name(), NONE), fact.value());
            was.remove(fact.name());
        }
        if (about.other().isPresent()) {
            was.forEach((name, value) -> add(name, value, NONE));
        }
    }

    /// @param before shown where two are beside each other
    private void add(String title, String before, String now) {
        Label name = new Label(title);
        name.getStyleClass().add("muted");
        name.setWrapText(true);
        name.setMinHeight(Region.USE_PREF_SIZE);
        Label value = value(title, now);
        name.setLabelFor(value);
        if (about.other().isEmpty()) {
            facts.addRow(facts.getRowCount(), name, value);
            lines.add(title + ": " + now);
            return;
        }
        Label old = value(title, before);
        if (!before.equals(now)) {
            name.setText(CHANGED + title);
            old.getStyleClass().add("differs");
            value.getStyleClass().add("differs");
            value.setAccessibleText(title + ": " + messages.text("properties.was", now, before));
        }
        facts.addRow(facts.getRowCount(), name, old, value);
        lines.add(
                before.equals(now) ? title + ": " + now : title + ": " + messages.text("properties.was", now, before));
    }

    private static Label value(String title, String words) {
        Label value = new Label(words);
        value.getStyleClass().add("mono");
        value.setWrapText(true);
        value.setMinHeight(Region.USE_PREF_SIZE);
        value.setAccessibleText(title + ": " + words);
        value.setFocusTraversable(true);
        return value;
    }
}
