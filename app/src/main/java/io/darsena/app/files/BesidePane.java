package io.darsena.app.files;

import io.darsena.app.control.CopyButton;
import io.darsena.app.control.FailureBanner;
import io.darsena.app.screen.OpenedFile;
import io.darsena.app.screen.WindowContext;
import io.darsena.app.session.Question;
import io.darsena.app.text.Messages;
import io.darsena.app.text.PlainText;
import io.darsena.bridge.layer.FilePath;
import io.darsena.bridge.layer.TreeSource;
import java.time.Duration;
import java.util.Optional;
import javafx.collections.FXCollections;
import javafx.scene.AccessibleRole;
import javafx.scene.Node;
import javafx.scene.control.Button;
import javafx.scene.control.Label;
import javafx.scene.control.ListView;
import javafx.scene.control.ProgressBar;
import javafx.scene.control.Tooltip;
import javafx.scene.image.Image;
import javafx.scene.image.ImageView;
import javafx.scene.input.KeyCode;
import javafx.scene.input.KeyCodeCombination;
import javafx.scene.input.KeyCombination;
import javafx.scene.input.KeyEvent;
import javafx.scene.layout.FlowPane;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;
import javafx.scene.layout.StackPane;
import javafx.scene.layout.VBox;
import org.kordamp.ikonli.feather.Feather;
import org.kordamp.ikonli.javafx.FontIcon;

/// One path of two sources side by side: texts and bytes line by line with what differs, pictures as they are. F7 leads
/// to the next difference, Shift+F7 to the one before.
public final class BesidePane extends VBox {

    public static final KeyCombination NEXT = new KeyCodeCombination(KeyCode.F7);
    public static final KeyCombination PREVIOUS = new KeyCodeCombination(KeyCode.F7, KeyCombination.SHIFT_DOWN);

    private static final KeyCombination COPY = new KeyCodeCombination(KeyCode.C, KeyCombination.SHORTCUT_DOWN);
    private static final int ABOVE = 3;

    private final Messages messages;
    private final OpenedFile.Counterpart other;
    private final TreeSource source;
    private final FilePath path;
    private final Question<Beside> asked;
    private final ListView<LineDiff.Row> rows = new ListView<>();
    private final HBox pictures = new HBox();
    private final Label count = new Label();
    private final Label notice = new Label();
    private final Button previous;
    private final Button next;
    private Optional<LineDiff> diff = Optional.empty();

    BesidePane(WindowContext context, OpenedFile file, OpenedFile.Counterpart other, Runnable close) {
        this.messages = context.messages();
        this.source = file.source();
        this.path = file.path();
        this.other = other;
        this.asked = new Question<>(context.commands(), context.pump(), Duration.ZERO);
        this.previous = step("beside.previous", Feather.CHEVRON_UP, "beside-previous", () -> go(false));
        this.next = step("beside.next", Feather.CHEVRON_DOWN, "beside-next", () -> go(true));
        getStyleClass().add("beside-pane");
        makeRows(close);
        count.setId("beside-count");
        count.getStyleClass().addAll("muted", "small-text");
        notice.setId("beside-notice");
        notice.getStyleClass().add("notice");
        notice.setWrapText(true);
        notice.setMinHeight(USE_PREF_SIZE);
        notice.setMaxWidth(Double.MAX_VALUE);
        ProgressBar reading = new ProgressBar();
        reading.setMaxWidth(Double.MAX_VALUE);
        reading.setAccessibleText(messages.text("file.reading"));
        reading.visibleProperty().bind(asked.asking());
        pictures.getStyleClass().add("beside-pictures");
        pictures.setMinSize(0, 0);
        StackPane content = new StackPane(rows, pictures);
        VBox.setVgrow(content, Priority.ALWAYS);
        Button retry = new Button(messages.text("files.retry"), new FontIcon(Feather.REFRESH_CW));
        retry.setOnAction(event -> open());
        FlowPane tools = new FlowPane(previous, next, count);
        tools.getStyleClass().add("file-tools");
        HBox heads = new HBox(heading(other.otherName(), "beside-before"), heading(other.ownName(), "beside-after"));
        heads.getStyleClass().add("beside-heads");
        getChildren()
                .addAll(
                        tools,
                        new FailureBanner(messages, asked.place())
                                .offering(retry, failure -> true)
                                .withoutDismissal(),
                        notice,
                        heads,
                        reading,
                        content);
        for (Node each : new Node[] {notice, reading, rows, pictures}) {
            each.managedProperty().bind(each.visibleProperty());
        }
        notice.setVisible(false);
        pictures.setVisible(false);
        enable(false);
        addEventFilter(KeyEvent.KEY_PRESSED, key -> {
            if (NEXT.match(key) || PREVIOUS.match(key)) {
                go(NEXT.match(key));
                key.consume();
            }
        });
    }

    private Button step(String key, Feather icon, String id, Runnable action) {
        Button button = new Button("", new FontIcon(icon));
        button.getStyleClass().addAll("flat", "icon-button");
        button.setId(id);
        button.setAccessibleText(messages.text(key));
        button.setTooltip(new Tooltip(messages.text(key)));
        button.setOnAction(event -> action.run());
        return button;
    }

    private static Label heading(String words, String id) {
        Label label = new Label(words);
        label.setId(id);
        label.setTooltip(new Tooltip(words));
        label.getStyleClass().addAll("muted", "small-text");
        label.setMinWidth(0);
        label.setPrefWidth(0);
        label.setMaxWidth(Double.MAX_VALUE);
        HBox.setHgrow(label, Priority.ALWAYS);
        return label;
    }

    private void makeRows(Runnable close) {
        rows.setId("beside-rows");
        rows.getStyleClass().add("diff-lines");
        rows.setAccessibleText(
                messages.text("beside.spoken", PlainText.path(path), other.otherName(), other.ownName()));
        rows.setCellFactory(list -> new DiffCell(messages));
        rows.setPlaceholder(new Label());
        // A list takes Escape for the end of an edit, which there is none of.
        rows.addEventFilter(KeyEvent.KEY_PRESSED, key -> {
            if (key.getCode() == KeyCode.ESCAPE) {
                close.run();
                key.consume();
            } else if (COPY.match(key)) {
                Optional.ofNullable(rows.getSelectionModel().getSelectedItem())
                        .flatMap(row -> row.after().or(row::before))
                        .ifPresent(line -> CopyButton.copy(line.text()));
                key.consume();
            }
        });
    }

    /// Reads both, once more after a failure.
    void open() {
        asked.ask(engine -> Beside.read(engine, other.source(), source, path), this::show);
    }

    /// Nobody looks any more.
    void close() {
        asked.withdraw();
    }

    void takeKeyboard() {
        (pictures.isVisible() ? pictures : rows).requestFocus();
    }

    private void show(Beside read) {
        switch (read) {
            case Beside.Lines lines -> show(lines);
            case Beside.Pictures shown -> show(shown);
        }
    }

    private void show(Beside.Lines lines) {
        LineDiff told = lines.diff();
        diff = Optional.of(told);
        rows.setPlaceholder(new Label(messages.text("file.empty")));
        rows.setItems(FXCollections.observableList(told));
        count.setText(messages.text("beside.count", told.differences()));
        enable(told.differences() > 0);
        tell(words(lines));
        int first = told.next(-1);
        if (first >= 0) {
            lookAt(first);
        }
    }

    private String words(Beside.Lines lines) {
        if (!lines.whole()) {
            return messages.text("beside.cut", messages.quantities().memory(Beside.MOST));
        }
        if (lines.equal()) {
            return messages.text("beside.same");
        }
        if (lines.diff().isCoarse()) {
            return messages.text("beside.coarse");
        }
        return lines.diff().differences() == 0 ? messages.text("beside.ends") : "";
    }

    private void tell(String words) {
        notice.setText(words);
        notice.setVisible(!words.isEmpty());
    }

    private void show(Beside.Pictures shown) {
        rows.setVisible(false);
        pictures.setVisible(true);
        pictures.setFocusTraversable(true);
        pictures.setAccessibleRole(AccessibleRole.IMAGE_VIEW);
        pictures.setAccessibleText(rows.getAccessibleText());
        pictures.getChildren().setAll(picture(shown.before()), picture(shown.after()));
        tell(shown.equal() ? messages.text("beside.same") : "");
    }

    /// As large as there is room, but not larger than it is.
    private static Node picture(Image image) {
        ImageView view = new ImageView(image);
        view.setPreserveRatio(true);
        StackPane place = new StackPane(view);
        place.getStyleClass().add("picture-place");
        place.setMinSize(0, 0);
        place.setPrefWidth(0);
        HBox.setHgrow(place, Priority.ALWAYS);
        place.setMaxWidth(Double.MAX_VALUE);
        view.fitWidthProperty()
                .bind(place.widthProperty().map(width -> Math.clamp(width.doubleValue() - 48, 1, image.getWidth())));
        view.fitHeightProperty()
                .bind(place.heightProperty()
                        .map(height -> Math.clamp(height.doubleValue() - 48, 1, image.getHeight())));
        return place;
    }

    private void enable(boolean differs) {
        previous.setDisable(!differs);
        next.setDisable(!differs);
    }

    private void go(boolean forward) {
        int now = rows.getSelectionModel().getSelectedIndex();
        int there = diff.map(known -> forward ? known.next(now) : known.previous(now))
                .orElse(-1);
        if (there >= 0) {
            lookAt(there);
            rows.requestFocus();
        }
    }

    private void lookAt(int row) {
        rows.getSelectionModel().clearAndSelect(row);
        rows.getFocusModel().focus(row);
        rows.scrollTo(Math.max(0, row - ABOVE));
    }
}
