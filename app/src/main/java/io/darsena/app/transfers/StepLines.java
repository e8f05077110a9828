package io.darsena.app.transfers;

import io.darsena.app.session.TransferJob;
import io.darsena.app.session.TransferStep;
import io.darsena.app.text.Messages;
import java.util.List;
import javafx.geometry.HPos;
import javafx.scene.control.Label;
import javafx.scene.control.Tooltip;
import javafx.scene.layout.ColumnConstraints;
import javafx.scene.layout.GridPane;
import javafx.scene.layout.Priority;
import javafx.scene.layout.Region;
import org.kordamp.ikonli.feather.Feather;
import org.kordamp.ikonli.javafx.FontIcon;

/// The steps of an image's way that are done, each with the time it took: name resolved, manifest, platform,
/// layers, and where a container follows, created and started.
public final class StepLines extends GridPane {

    private static final String SHA256 = "sha256:";
    private static final int DIGITS = 12;

    private final Messages messages;
    private final TransferWords words;

    public StepLines(Messages messages, TransferJob job) {
        this.messages = messages;
        this.words = new TransferWords(messages);
        getStyleClass().add("step-lines");
        ColumnConstraints names = new ColumnConstraints();
        names.setMinWidth(Region.USE_PREF_SIZE);
        ColumnConstraints details = new ColumnConstraints();
        details.setHgrow(Priority.ALWAYS);
        details.setMinWidth(0);
        ColumnConstraints times = new ColumnConstraints();
        times.setHalignment(HPos.RIGHT);
        times.setMinWidth(Region.USE_PREF_SIZE);
        getColumnConstraints().setAll(names, details, times);
        job.steps().subscribe(this::show);
    }

    private void show(List<TransferStep> steps) {
        for (int row = getRowCount(); row < steps.size(); row++) {
            addRow(row, cells(steps.get(row)));
        }
    }

    /// A digest as lists have it; the whole of it is under the pointer.
    private static String shortened(String detail) {
        int shown = SHA256.length() + DIGITS;
        return detail.startsWith(SHA256) && detail.length() > shown ? detail.substring(0, shown) : detail;
    }

    private Label[] cells(TransferStep step) {
        boolean passedOver = step.kind() == TransferStep.Kind.PASSED_OVER;
        Label name =
                new Label(words.step(step.kind()), new FontIcon(passedOver ? Feather.SKIP_FORWARD : Feather.CHECK));
        String said = words.detail(step);
        Label detail = new Label(shortened(said));
        detail.getStyleClass().add("muted");
        if (!passedOver) {
            detail.getStyleClass().add("mono");
        }
        detail.setMinWidth(0);
        detail.setTooltip(new Tooltip(said));
        Label took = new Label(messages.quantities().span(step.took()));
        took.getStyleClass().add("number");
        return new Label[] {name, detail, took};
    }
}
