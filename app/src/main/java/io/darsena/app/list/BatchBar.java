package io.darsena.app.list;

import io.darsena.app.session.Batch;
import io.darsena.app.session.FxPump;
import io.darsena.app.text.Messages;
import java.time.Duration;
import java.util.Optional;
import javafx.beans.value.ObservableValue;
import javafx.scene.control.Button;
import javafx.scene.control.Label;
import javafx.scene.control.ProgressBar;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;
import org.kordamp.ikonli.feather.Feather;
import org.kordamp.ikonli.javafx.FontIcon;

/// How far a request to many things is, with a way to let the rest be. What is over at once is not shown.
public final class BatchBar extends HBox {

    private static final Duration AT_ONCE = Duration.ofMillis(400);

    private final Messages messages;
    private final FxPump pump;
    private final Label words = new Label();
    private final ProgressBar bar = new ProgressBar(0);
    private Optional<Batch> shown = Optional.empty();

    public BatchBar(Messages messages, FxPump pump, ObservableValue<Optional<Batch>> underWay) {
        this.messages = messages;
        this.pump = pump;
        getStyleClass().addAll("card", "batch-bar");
        setId("batch-bar");
        Button cancel = new Button(messages.text("bulk.cancel"), new FontIcon(Feather.X));
        cancel.getStyleClass().add("small");
        cancel.setId("batch-cancel");
        cancel.setMinWidth(USE_PREF_SIZE);
        cancel.setOnAction(event -> shown.ifPresent(Batch::cancel));
        bar.setMaxWidth(Double.MAX_VALUE);
        HBox.setHgrow(bar, Priority.ALWAYS);
        words.setMinWidth(USE_PREF_SIZE);
        getChildren().addAll(words, bar, cancel);
        underWay.subscribe(this::follow);
        shown(false);
    }

    private void follow(Optional<Batch> batch) {
        shown = batch;
        shown(false);
        batch.ifPresent(begun -> {
            begun.done().subscribe(done -> {
                if (shown.filter(begun::equals).isPresent()) {
                    say(begun, done.intValue());
                }
            });
            pump.after(
                    AT_ONCE,
                    () -> shown(shown.filter(now -> now.equals(begun) && !now.isOver())
                            .isPresent()));
        });
    }

    private void say(Batch batch, int done) {
        String key = "action." + batch.operation();
        String verb = messages.has(key) ? messages.text(key) : batch.operation();
        words.setText(messages.text("bulk.progress", verb, done, batch.size()));
        bar.setProgress((double) done / batch.size());
    }

    private void shown(boolean now) {
        setVisible(now);
        setManaged(now);
    }
}
