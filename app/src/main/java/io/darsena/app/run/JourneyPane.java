package io.darsena.app.run;

import io.darsena.app.session.TransferJob;
import io.darsena.app.text.Messages;
import io.darsena.app.transfers.StepLines;
import io.darsena.app.transfers.TransferWords;
import java.util.Optional;
import javafx.beans.value.ObservableValue;
import javafx.scene.control.Label;
import javafx.scene.control.ProgressBar;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;
import javafx.scene.layout.VBox;

/// How far the image of a container that is to run has come, and what came after. Takes no room while nothing
/// is pulled.
final class JourneyPane extends VBox {

    private final Messages messages;
    private final TransferWords words;

    JourneyPane(Messages messages, ObservableValue<Optional<TransferJob>> journey) {
        this.messages = messages;
        this.words = new TransferWords(messages);
        getStyleClass().addAll("card", "journey");
        setId("journey");
        journey.subscribe(this::follow);
    }

    private void follow(Optional<TransferJob> job) {
        setVisible(job.isPresent());
        setManaged(job.isPresent());
        getChildren().clear();
        job.ifPresent(this::show);
    }

    private void show(TransferJob job) {
        Label sentence = new Label();
        sentence.getStyleClass().add("strong");
        sentence.setWrapText(true);
        HBox.setHgrow(sentence, Priority.ALWAYS);
        sentence.setMaxWidth(Double.MAX_VALUE);
        Label numbers = new Label();
        numbers.getStyleClass().add("number");
        numbers.setMinWidth(USE_PREF_SIZE);
        HBox line = new HBox(sentence, numbers);
        line.getStyleClass().add("line");
        ProgressBar bar = new ProgressBar(ProgressBar.INDETERMINATE_PROGRESS);
        bar.setMaxWidth(Double.MAX_VALUE);
        bar.setAccessibleText(messages.text("transfer.pull.under_way", job.name()));
        job.phase().subscribe(phase -> {
            sentence.setText(words.sentence(job));
            bar.setVisible(phase == TransferJob.Phase.UNDER_WAY);
            bar.setManaged(bar.isVisible());
        });
        job.progress().subscribe(progress -> {
            bar.setProgress(TransferWords.share(progress.now()));
            numbers.setText(words.numbers(progress));
        });
        getChildren().addAll(line, bar, new StepLines(messages, job));
    }
}
