package io.darsena.app.images;

import io.darsena.app.control.FailureBanner;
import io.darsena.app.session.TransferJob;
import io.darsena.app.session.Transfers;
import io.darsena.app.text.Messages;
import io.darsena.bridge.image.TransferProgress;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import javafx.scene.control.Button;
import javafx.scene.control.Label;
import javafx.scene.control.OverrunStyle;
import javafx.scene.control.ProgressBar;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;
import javafx.scene.layout.Region;
import javafx.scene.layout.StackPane;
import javafx.scene.layout.VBox;
import org.kordamp.ikonli.feather.Feather;
import org.kordamp.ikonli.javafx.FontIcon;

/// One import or export: how far it is, how fast, how long yet, and a way to cancel it; or why it failed.
final class TransferRow extends StackPane {

    private final Messages messages;
    private final Label stage = new Label();
    private final Label numbers = new Label();
    private final ProgressBar bar = new ProgressBar(ProgressBar.INDETERMINATE_PROGRESS);

    TransferRow(Messages messages, Transfers transfers, TransferJob job) {
        this.messages = messages;
        setUserData(job);
        getStyleClass().add("import-row");
        numbers.getStyleClass().add("number");
        stage.getStyleClass().add("muted");
        Region underWay = underWay(transfers, job);
        FailureBanner failed = new FailureBanner(messages, job.place());
        job.progress().subscribe(this::show);
        job.phase().subscribe(phase -> {
            switch (phase) {
                case UNDER_WAY -> getChildren().setAll(underWay);
                case FAILED -> getChildren().setAll(failed);
                case DONE -> getChildren().setAll(done(job));
                case CANCELLED -> getChildren().clear();
            }
        });
        job.place().failure().subscribe((before, now) -> {
            if (before.isPresent() && now.isEmpty()) {
                transfers.dismiss(job);
            }
        });
    }

    private Region underWay(Transfers transfers, TransferJob job) {
        boolean out = job.direction() == TransferJob.Direction.EXPORT;
        Label name = new Label(
                messages.text(out ? "export.under" : "import.under", job.name()),
                new FontIcon(out ? Feather.SAVE : Feather.DOWNLOAD));
        name.getStyleClass().add("strong");
        Region gap = new Region();
        HBox.setHgrow(gap, Priority.ALWAYS);
        Button cancel = new Button(messages.text("import.cancel"));
        cancel.getStyleClass().add("small");
        cancel.setOnAction(event -> transfers.cancel(job));
        HBox line = new HBox(name, stage, gap, numbers, cancel);
        line.getStyleClass().add("line");
        bar.setMaxWidth(Double.MAX_VALUE);
        VBox both = new VBox(line, bar);
        both.getStyleClass().add("card");
        return both;
    }

    private Region done(TransferJob job) {
        String told = job.direction() == TransferJob.Direction.EXPORT
                ? messages.text("export.done", job.file().map(Path::toString).orElse(""))
                : messages.text("import.done", job.name(), job.imported().size());
        Label words = new Label(told, new FontIcon(Feather.CHECK));
        words.setTextOverrun(OverrunStyle.CENTER_ELLIPSIS);
        HBox line = new HBox(words);
        line.getStyleClass().addAll("card", "done");
        return line;
    }

    private void show(TransferJob.Progress progress) {
        TransferProgress now = progress.now();
        String key = "import.stage." + now.stage();
        stage.setText(messages.has(key) ? messages.text(key) : now.stage());
        boolean known = now.total().isPresent() && now.total().getAsLong() > 0;
        bar.setProgress(known ? (double) now.done() / now.total().getAsLong() : ProgressBar.INDETERMINATE_PROGRESS);
        List<String> parts = new ArrayList<>();
        if (known) {
            parts.add(messages.text(
                    "import.bytes",
                    messages.quantities().size(now.done()),
                    messages.quantities().size(now.total().getAsLong())));
        } else if (now.done() > 0) {
            parts.add(messages.quantities().size(now.done()));
        }
        progress.perSecond()
                .ifPresent(rate -> parts.add(
                        messages.text("import.rate", messages.quantities().size(Math.round(rate)))));
        progress.left()
                .ifPresent(left -> parts.add(
                        messages.text("import.left", messages.quantities().duration(left))));
        numbers.setText(String.join(" · ", parts));
    }
}
