package io.darsena.app.transfers;

import io.darsena.app.screen.SceneLife;
import io.darsena.app.screen.WindowContext;
import io.darsena.app.session.TransferJob;
import io.darsena.app.session.Transfers;
import io.darsena.app.text.Messages;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import javafx.beans.InvalidationListener;
import javafx.beans.property.BooleanProperty;
import javafx.scene.AccessibleRole;
import javafx.scene.Node;
import javafx.scene.control.Button;
import javafx.scene.control.Label;
import javafx.scene.control.ScrollPane;
import javafx.scene.control.Tooltip;
import javafx.scene.input.KeyCode;
import javafx.scene.input.KeyEvent;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;
import javafx.scene.layout.VBox;
import org.kordamp.ikonli.feather.Feather;
import org.kordamp.ikonli.javafx.FontIcon;

/// What is brought and taken away now, and what was a moment ago. It lies above the section's corner, leaves
/// everything else usable, and opens when it is asked for and never by itself. Escape closes it.
public final class TransfersDrawer extends VBox {

    private final WindowContext context;
    private final Transfers transfers;
    private final VBox items = new VBox();
    private final Label none;
    private final Button clear;
    private final Button close;
    private final Map<TransferJob, TransferItem> known = new HashMap<>();
    private Optional<Node> focusedBefore = Optional.empty();

    public TransfersDrawer(WindowContext context) {
        this.context = context;
        this.transfers = context.transfers();
        Messages messages = context.messages();
        getStyleClass().add("transfers");
        setId("transfers-drawer");
        setAccessibleRole(AccessibleRole.PARENT);
        setAccessibleText(messages.text("transfers.title"));
        setMaxSize(USE_PREF_SIZE, USE_PREF_SIZE);
        setVisible(false);
        setManaged(false);
        setMinHeight(0);
        Label title = new Label(messages.text("transfers.title"));
        title.getStyleClass().add("strong");
        title.setMaxWidth(Double.MAX_VALUE);
        HBox.setHgrow(title, Priority.ALWAYS);
        clear = new Button(messages.text("transfers.clear"));
        clear.setId("transfers-clear");
        clear.getStyleClass().addAll("flat", "small");
        clear.setMinWidth(USE_PREF_SIZE);
        clear.setOnAction(event -> transfers.clear());
        close = new Button("", new FontIcon(Feather.X));
        close.setId("transfers-close");
        close.getStyleClass().addAll("flat", "icon-button");
        close.setAccessibleText(messages.text("transfers.close"));
        close.setTooltip(new Tooltip(messages.text("transfers.close")));
        close.setOnAction(event -> open().set(false));
        HBox head = new HBox(title, clear, close);
        head.getStyleClass().add("head");
        head.setMinHeight(USE_PREF_SIZE);
        none = new Label(messages.text("transfers.none"));
        none.getStyleClass().addAll("muted", "none");
        none.setWrapText(true);
        items.getStyleClass().add("items");
        ScrollPane scroll = new ScrollPane(new VBox(new QueuedPushes(context), items));
        scroll.setFitToWidth(true);
        scroll.setHbarPolicy(ScrollPane.ScrollBarPolicy.NEVER);
        scroll.getStyleClass().add("modal-scroll");
        scroll.setFocusTraversable(false);
        scroll.setMinHeight(0);
        VBox.setVgrow(scroll, Priority.ALWAYS);
        getChildren().addAll(head, none, scroll);
        addEventHandler(KeyEvent.KEY_PRESSED, this::key);
        SceneLife.of(this).during(this::follow).during(() -> SceneLife.listen(open(), this::shown));
    }

    private BooleanProperty open() {
        return context.navigation().transfers();
    }

    private AutoCloseable follow() {
        InvalidationListener change = changed -> show();
        transfers.recent().addListener(change);
        show();
        context.session().sync().addListener(change);
        return () -> {
            transfers.recent().removeListener(change);
            context.session().sync().removeListener(change);
        };
    }

    private void show() {
        List<TransferJob> jobs = transfers.recent();
        known.keySet().retainAll(jobs);
        List<TransferItem> wanted = jobs.stream()
                .map(job -> known.computeIfAbsent(job, made -> new TransferItem(context, made)))
                .toList();
        if (!items.getChildren().equals(wanted)) {
            items.getChildren().setAll(wanted);
        }
        boolean empty =
                jobs.isEmpty() && context.session().sync().get().pushes().isEmpty();
        none.setVisible(empty);
        none.setManaged(empty);
        clear.setDisable(jobs.stream().allMatch(job -> job.phase().get() == TransferJob.Phase.UNDER_WAY));
    }

    private void shown(boolean now) {
        boolean before = isVisible();
        setVisible(now);
        setManaged(now);
        if (now && !before && getScene() != null) {
            focusedBefore = Optional.ofNullable(getScene().getFocusOwner());
            context.pump().run(close::requestFocus);
        } else if (!now && before) {
            focusedBefore.filter(node -> node.getScene() != null).ifPresent(Node::requestFocus);
            focusedBefore = Optional.empty();
        }
    }

    private void key(KeyEvent key) {
        if (key.getCode() == KeyCode.ESCAPE) {
            open().set(false);
            key.consume();
        }
    }
}
