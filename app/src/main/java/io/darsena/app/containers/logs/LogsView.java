package io.darsena.app.containers.logs;

import io.darsena.app.containers.item.ContainerMenu;
import io.darsena.app.containers.item.ContainerRow;
import io.darsena.app.containers.item.DetailTab;
import io.darsena.app.control.FailureBanner;
import io.darsena.app.control.FindBar;
import io.darsena.app.screen.SceneLife;
import io.darsena.app.screen.WindowContext;
import io.darsena.app.text.Messages;
import java.util.Optional;
import javafx.beans.binding.Bindings;
import javafx.fxml.FXML;
import javafx.geometry.Point2D;
import javafx.geometry.Pos;
import javafx.scene.control.Button;
import javafx.scene.control.ContextMenu;
import javafx.scene.control.Label;
import javafx.scene.control.MenuItem;
import javafx.scene.control.ToggleButton;
import javafx.scene.control.ToggleGroup;
import javafx.scene.control.Tooltip;
import javafx.scene.input.KeyCode;
import javafx.scene.input.KeyEvent;
import javafx.scene.layout.FlowPane;
import javafx.scene.layout.HBox;
import javafx.scene.layout.StackPane;
import javafx.scene.layout.VBox;
import org.kordamp.ikonli.feather.Feather;
import org.kordamp.ikonli.javafx.FontIcon;

/// The Logs tab: lines as they come. Scrolling up pauses following; scrolling to the end, or the button, resumes it.
public final class LogsView implements DetailTab {

    private final WindowContext context;
    private final Messages messages;
    private final LogsViewModel model;
    private final LogOutput output;
    private final LogPane lines;
    private Optional<ContainerRow> shown = Optional.empty();
    private SceneLife life = SceneLife.none();

    @FXML
    private VBox root;

    @FXML
    private FlowPane bar;

    @FXML
    private ToggleButton follow;

    @FXML
    private ToggleButton timestamps;

    @FXML
    private ToggleButton wrap;

    @FXML
    private ToggleButton both;

    @FXML
    private ToggleButton stdout;

    @FXML
    private ToggleButton stderr;

    @FXML
    private Label count;

    @FXML
    private Button copy;

    @FXML
    private Button save;

    @FXML
    private Button clear;

    @FXML
    private VBox notices;

    @FXML
    private HBox older;

    @FXML
    private StackPane place;

    @FXML
    private Label empty;

    @FXML
    private Button unseen;

    public LogsView(WindowContext context) {
        this.context = context;
        this.messages = context.messages();
        this.model = new LogsViewModel(context.session(), context.pump());
        this.lines = new LogPane(messages, model);
        this.output = new LogOutput(context, model, lines);
    }

    @FXML
    private void initialize() {
        lines.setId("log-lines");
        place.getChildren().addFirst(lines);
        StackPane.setAlignment(unseen, Pos.BOTTOM_CENTER);
        notices.getChildren().addFirst(output.saved());
        notices.getChildren().addFirst(new FailureBanner(messages, model.place()));
        FindBar find = new FindBar(
                messages, messages.text("logs.search"), model.found().words());
        find.mindingCase().bindBidirectional(model.found().mindingCase());
        find.onNext(() -> model.found().next(lines.topLine()));
        find.onPrevious(() -> model.found().previous(lines.topLine()));
        find.found()
                .bind(Bindings.createStringBinding(
                        this::found, model.found().count(), model.found().ordinal()));
        find.listenIn(root, lines::requestFocus);
        bar.getChildren().addFirst(find);
        follow.selectedProperty().bindBidirectional(model.following());
        timestamps.selectedProperty().bindBidirectional(model.timestamps());
        wrap.selectedProperty().bindBidirectional(model.wrapping());
        streams();
        words();
        lines.setOnContextMenuRequested(event -> menu().show(lines, event.getScreenX(), event.getScreenY()));
        lines.addEventHandler(KeyEvent.KEY_PRESSED, this::key);
        life = SceneLife.of(root)
                .during(() -> shown.map(row -> model.follow(row.id())).orElse(() -> {}));
    }

    private void streams() {
        ToggleGroup group = new ToggleGroup();
        both.setUserData(LogStreams.BOTH);
        stdout.setUserData(LogStreams.STDOUT);
        stderr.setUserData(LogStreams.STDERR);
        group.getToggles().addAll(both, stdout, stderr);
        group.selectToggle(both);
        group.selectedToggleProperty().addListener((chosen, before, now) -> {
            if (now == null) {
                before.setSelected(true);
            } else {
                model.streams().set((LogStreams) now.getUserData());
            }
        });
    }

    private void words() {
        icon(copy, Feather.COPY, "logs.copyAll");
        icon(save, Feather.DOWNLOAD, "logs.save");
        icon(clear, Feather.SLASH, "logs.clear");
        count.textProperty()
                .bind(Bindings.createStringBinding(
                        () -> messages.text("logs.count", model.count().get()), model.count()));
        older.visibleProperty().bind(model.dropped());
        older.managedProperty().bind(model.dropped());
        empty.visibleProperty().bind(model.count().isEqualTo(0));
        empty.textProperty()
                .bind(Bindings.createStringBinding(
                        () -> messages.text(
                                switch (model.streams().get()) {
                                    case BOTH -> "logs.empty";
                                    case STDOUT -> "logs.empty.stdout";
                                    case STDERR -> "logs.empty.stderr";
                                }),
                        model.streams()));
        unseen.visibleProperty()
                .bind(model.unseen().greaterThan(0).and(model.following().not()));
        unseen.textProperty()
                .bind(Bindings.createStringBinding(
                        () -> messages.text("logs.unseen", model.unseen().get()), model.unseen()));
        follow.setTooltip(new Tooltip(messages.text("logs.follow.tip")));
    }

    private void icon(Button button, Feather icon, String key) {
        button.setGraphic(new FontIcon(icon));
        button.setAccessibleText(messages.text(key));
        button.setTooltip(new Tooltip(messages.text(key)));
    }

    private String found() {
        long all = model.found().count().get();
        long at = model.found().ordinal().get();
        if (model.found().words().get().isEmpty()) {
            return "";
        }
        return at == 0 ? messages.text("find.count", all) : messages.text("find.at", at, all);
    }

    private ContextMenu menu() {
        MenuItem chosen = item("logs.copy", this::copyChosen);
        chosen.setAccelerator(LogOutput.COPY);
        chosen.setDisable(lines.selection().isEmpty());
        ContextMenu menu = new ContextMenu(
                chosen,
                item("logs.copyAll", this::copyAll),
                item("logs.save", this::save),
                item("logs.clear", this::clear));
        menu.setAutoHide(true);
        return menu;
    }

    private MenuItem item(String key, Runnable action) {
        MenuItem item = new MenuItem(messages.text(key));
        item.setOnAction(event -> action.run());
        return item;
    }

    private void key(KeyEvent event) {
        if (LogOutput.COPY.match(event)) {
            copyChosen();
            event.consume();
        } else if (event.getCode() == KeyCode.CONTEXT_MENU) {
            Point2D corner = lines.localToScreen(24, 24);
            menu().show(lines, corner.getX(), corner.getY());
            event.consume();
        }
    }

    private void copyChosen() {
        output.copyChosen();
    }

    @FXML
    private void copyAll() {
        output.copyAll();
    }

    @FXML
    private void save() {
        shown.ifPresent(output::save);
    }

    @FXML
    private void clear() {
        model.clear();
    }

    @FXML
    private void toNewest() {
        model.following().set(true);
        lines.requestFocus();
    }

    @Override
    public void show(ContainerRow row, ContainerMenu menu) {
        if (shown.map(ContainerRow::id).filter(row.id()::equals).isEmpty()) {
            model.unclear();
            model.following().set(true);
            output.forget();
        }
        shown = Optional.of(row);
        life.restart();
    }
}
