package io.darsena.app.transfers;

import io.darsena.app.screen.WindowContext;
import io.darsena.app.session.FailurePlace;
import io.darsena.app.text.EngineWords;
import io.darsena.app.text.Messages;
import io.darsena.app.trust.Signing;
import io.darsena.bridge.image.ImageReference;
import io.darsena.bridge.registry.RegistryHost;
import io.darsena.bridge.sync.QueuedPush;
import io.darsena.bridge.sync.QueuedPush.Stage;
import io.darsena.bridge.sync.SyncReport.Quiet;
import java.time.Instant;
import java.util.Locale;
import java.util.Optional;
import javafx.scene.Node;
import javafx.scene.control.Button;
import javafx.scene.control.Label;
import javafx.scene.control.ProgressBar;
import javafx.scene.control.Tooltip;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;
import javafx.scene.layout.VBox;
import org.kordamp.ikonli.feather.Feather;
import org.kordamp.ikonli.javafx.FontIcon;

/// A push that the engine keeps until it can be sent: why it waits, how far it is, and what can be done
/// about it.
final class QueuedPushItem extends VBox {

    private final WindowContext context;
    private final Messages messages;
    private final FailurePlace place;
    private final ImageReference name;
    private final FontIcon icon = new FontIcon();
    private final Label sentence = new Label("", icon);
    private final Label reason = new Label();
    private final ProgressBar bar = new ProgressBar();
    private final Button again;
    private final Button logIn;
    private final Button unlock;

    /// @param place where failures of what is asked here show
    QueuedPushItem(WindowContext context, FailurePlace place, ImageReference name) {
        this.context = context;
        this.messages = context.messages();
        this.place = place;
        this.name = name;
        getStyleClass().addAll("card", "transfer", "queued");
        sentence.getStyleClass().add("strong");
        sentence.setWrapText(true);
        sentence.setMinWidth(0);
        sentence.setMaxWidth(Double.MAX_VALUE);
        HBox.setHgrow(sentence, Priority.ALWAYS);
        reason.getStyleClass().add("muted");
        reason.setWrapText(true);
        bar.setMaxWidth(Double.MAX_VALUE);
        logIn = button("login.verb", Feather.LOG_IN, "registry.loginNamed");
        logIn.setOnAction(event -> context.navigation().login(RegistryHost.of(name), this::queue));
        unlock = button("queued.unlock", Feather.UNLOCK, "queued.unlockNamed");
        unlock.getStyleClass().add("unlock");
        unlock.setOnAction(event -> unlock());
        again = button("transfer.retry", Feather.ROTATE_CW, "transfer.retryNamed");
        again.getStyleClass().add("retry");
        again.setOnAction(event -> queue());
        Button cancel = new Button(messages.text("import.cancel"));
        cancel.getStyleClass().addAll("small", "cancel");
        cancel.setMinWidth(USE_PREF_SIZE);
        cancel.setAccessibleText(messages.text("transfer.cancelNamed", subject()));
        cancel.setOnAction(
                event -> context.commands().run(place, engine -> engine.sync().cancelPush(name)));
        HBox head = new HBox(sentence, unlock, logIn, again, cancel);
        head.getStyleClass().add("line");
        getChildren().addAll(head, bar, reason);
    }

    private String subject() {
        return messages.text("transfer.push.named", name.familiar());
    }

    private Button button(String word, Feather glyph, String spoken) {
        Button button = new Button(messages.text(word), new FontIcon(glyph));
        button.getStyleClass().add("small");
        button.setMinWidth(USE_PREF_SIZE);
        button.setAccessibleText(
                messages.text(spoken, spoken.startsWith("registry") ? RegistryHost.of(name) : subject()));
        button.setTooltip(new Tooltip(button.getAccessibleText()));
        return button;
    }

    private void queue() {
        Signing.unlocked(
                context,
                this,
                place,
                Signing.key(context, name),
                () -> context.commands().run(place, engine -> engine.sync().queuePush(name)));
    }

    /// The engine sends what waited for a key as soon as it is unlocked.
    private void unlock() {
        Signing.unlocked(context, this, place, Signing.key(context, name), () -> {});
    }

    void show(QueuedPush push, Optional<Quiet> quiet, Instant now) {
        sentence.setText(messages.text("queued." + push.stage().name().toLowerCase(Locale.ROOT), name.familiar()));
        icon.setIconCode(
                switch (push.stage()) {
                    case WAITING -> Feather.CLOCK;
                    case LOCKED -> Feather.LOCK;
                    case SENDING -> Feather.UPLOAD_CLOUD;
                    case REFUSED -> Feather.ALERT_OCTAGON;
                });
        getStyleClass().removeAll("failed");
        if (push.stage() == Stage.REFUSED) {
            getStyleClass().add("failed");
        }
        boolean sending = push.stage() == Stage.SENDING;
        shown(bar, sending);
        bar.setProgress(
                push.total().isEmpty() || push.total().getAsLong() == 0
                        ? ProgressBar.INDETERMINATE_PROGRESS
                        : (double) push.done() / push.total().getAsLong());
        bar.setAccessibleText(sentence.getText());
        reason.setText(sending ? "" : why(push, quiet, now));
        shown(reason, !reason.getText().isEmpty());
        shown(again, push.stage() == Stage.REFUSED || push.trouble().isPresent() && push.stage() == Stage.WAITING);
        shown(unlock, push.stage() == Stage.LOCKED);
        shown(logIn, push.stage() == Stage.REFUSED);
    }

    private String why(QueuedPush push, Optional<Quiet> quiet, Instant now) {
        if (push.stage() == Stage.LOCKED) {
            return messages.text("queued.needs", Signing.key(context, name).orElse(""));
        }
        Optional<String> told = push.trouble().map(new EngineWords(messages)::sentence);
        if (push.stage() == Stage.WAITING && quiet.isPresent()) {
            return messages.text("queued.quiet." + quiet.get().name().toLowerCase(Locale.ROOT));
        }
        return push.nextAt()
                .map(at -> messages.text(
                        "queued.next", told.orElse(""), messages.quantities().timeOfDay(at)))
                .or(() -> told)
                .orElseGet(() ->
                        messages.text("queued.since", messages.quantities().spelledAgo(push.queuedAt(), now)));
    }

    private static void shown(Node node, boolean now) {
        node.setVisible(now);
        node.setManaged(now);
    }
}
