package io.darsena.app.containers.logs;

import io.darsena.app.containers.item.ContainerMenu;
import io.darsena.app.containers.item.ContainerRow;
import io.darsena.app.containers.item.DetailTab;
import io.darsena.app.control.CopyButton;
import io.darsena.app.control.FailureBanner;
import io.darsena.app.screen.SceneLife;
import io.darsena.app.screen.WindowContext;
import io.darsena.app.text.Messages;
import io.darsena.bridge.container.ContainerId;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import javafx.beans.binding.Bindings;
import javafx.collections.ListChangeListener;
import javafx.fxml.FXML;
import javafx.scene.Node;
import javafx.scene.control.ContextMenu;
import javafx.scene.control.Label;
import javafx.scene.control.ListView;
import javafx.scene.control.MenuItem;
import javafx.scene.control.ScrollBar;
import javafx.scene.control.SelectionMode;
import javafx.scene.control.ToggleButton;
import javafx.scene.input.KeyCode;
import javafx.scene.input.KeyCodeCombination;
import javafx.scene.input.KeyCombination;
import javafx.scene.input.KeyEvent;
import javafx.scene.input.MouseEvent;
import javafx.scene.input.ScrollEvent;
import javafx.scene.layout.StackPane;
import javafx.scene.layout.VBox;

/// The Logs tab: lines as they come. Scrolling up pauses following; scrolling to the end, or the button, resumes it.
public final class LogsView implements DetailTab {

    private static final KeyCombination COPY = new KeyCodeCombination(KeyCode.C, KeyCombination.SHORTCUT_DOWN);

    private final WindowContext context;
    private final Messages messages;
    private final LogsViewModel model;
    private Optional<ContainerId> shown = Optional.empty();
    private SceneLife life = SceneLife.none();

    @FXML
    private VBox root;

    @FXML
    private ListView<LogLine> lines;

    @FXML
    private ToggleButton follow;

    @FXML
    private ToggleButton timestamps;

    @FXML
    private Label count;

    @FXML
    private StackPane banner;

    public LogsView(WindowContext context) {
        this.context = context;
        this.messages = context.messages();
        this.model = new LogsViewModel(context.session(), context.pump());
    }

    @FXML
    private void initialize() {
        FailureBanner failures = new FailureBanner(messages, model.place());
        banner.getChildren().add(failures);
        banner.managedProperty().bind(failures.visibleProperty());
        lines.setItems(model.lines());
        lines.setCellFactory(list -> new LogCell(messages, model.timestamps()));
        lines.getSelectionModel().setSelectionMode(SelectionMode.MULTIPLE);
        lines.setAccessibleText(messages.text("detail.logs"));
        follow.selectedProperty().bindBidirectional(model.following());
        timestamps.selectedProperty().bindBidirectional(model.timestamps());
        count.textProperty()
                .bind(Bindings.createStringBinding(
                        () -> messages.text("logs.count", model.lines().size()), model.lines()));
        model.lines().addListener((ListChangeListener<LogLine>) change -> showNewest());
        model.following().subscribe(this::showNewest);
        lines.addEventFilter(ScrollEvent.SCROLL, this::scrolled);
        lines.addEventFilter(MouseEvent.MOUSE_PRESSED, this::pressed);
        lines.addEventHandler(KeyEvent.KEY_PRESSED, this::key);
        lines.setContextMenu(menu());
        life = SceneLife.of(root).during(() -> shown.map(model::follow).orElse(() -> {}));
    }

    private ContextMenu menu() {
        MenuItem copy = new MenuItem(messages.text("logs.copy"));
        copy.setAccelerator(COPY);
        copy.setOnAction(event -> copy());
        MenuItem all = new MenuItem(messages.text("logs.copyAll"));
        all.setOnAction(event -> CopyButton.copy(text(model.lines())));
        MenuItem clear = new MenuItem(messages.text("logs.clear"));
        clear.setOnAction(event -> clear());
        return new ContextMenu(copy, all, clear);
    }

    /// After the list has taken the new lines in, which it does when it is laid out: before, it would scroll to what
    /// was its end.
    private void showNewest() {
        context.pump().run(() -> {
            if (model.following().get() && !model.lines().isEmpty()) {
                lines.layout();
                lines.scrollTo(model.lines().size() - 1);
            }
        });
    }

    private void scrolled(ScrollEvent event) {
        if (event.getDeltaY() > 0) {
            model.following().set(false);
        } else if (isAtEnd()) {
            model.following().set(true);
        }
    }

    private void pressed(MouseEvent event) {
        boolean onBar = event.getTarget() instanceof Node node
                && (node instanceof ScrollBar
                        || node.getParent() instanceof ScrollBar
                        || node.getStyleClass().contains("thumb"));
        if (onBar || event.isPrimaryButtonDown() && event.getClickCount() > 0) {
            model.following().set(false);
        }
    }

    private boolean isAtEnd() {
        return lines.lookup(".scroll-bar:vertical") instanceof ScrollBar bar
                && (!bar.isVisible() || bar.getValue() >= bar.getMax() - 0.0001);
    }

    private void key(KeyEvent event) {
        if (COPY.match(event)) {
            copy();
            event.consume();
            return;
        }
        switch (event.getCode()) {
            case UP, PAGE_UP, HOME -> model.following().set(false);
            case END -> model.following().set(true);
            default -> {}
        }
    }

    private void copy() {
        CopyButton.copy(text(lines.getSelectionModel().getSelectedItems()));
    }

    private String text(List<LogLine> chosen) {
        return chosen.stream()
                .map(line -> model.timestamps().get() ? line.at() + " " + line.text() : line.text())
                .collect(Collectors.joining("\n"));
    }

    @FXML
    private void clear() {
        model.clear();
    }

    @Override
    public void show(ContainerRow row, ContainerMenu menu) {
        if (shown.filter(row.id()::equals).isEmpty()) {
            model.unclear();
            model.following().set(true);
        }
        shown = Optional.of(row.id());
        lines.setPlaceholder(placeholder());
        life.restart();
    }

    private Label placeholder() {
        Label words = new Label(messages.text("logs.empty"));
        words.getStyleClass().add("muted");
        return words;
    }
}
