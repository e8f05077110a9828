package io.darsena.app.transfers;

import io.darsena.app.session.TransferJob;
import io.darsena.app.session.TransferRate;
import io.darsena.app.text.Messages;
import io.darsena.bridge.registry.ImageTransfer.Blob;
import io.darsena.bridge.registry.ImageTransfer.BlobStage;
import java.util.Locale;
import javafx.scene.AccessibleRole;
import javafx.scene.control.Label;
import javafx.scene.control.ProgressBar;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;
import org.jspecify.annotations.Nullable;
import org.kordamp.ikonli.javafx.FontIcon;

/// One layer on its way: what it does by word and shape, how many of its bytes are over.
final class LayerLine extends HBox {

    private static final int DIGITS = 12;

    private final Messages messages;
    private final TransferWords words;
    private final TransferJob.Direction direction;
    private final FontIcon icon = new FontIcon();
    private final Label stage = new Label();
    private final Label digest = new Label();
    private final ProgressBar bar = new ProgressBar(0);
    private final Label bytes = new Label();
    private final Label pace = new Label();
    private final TransferRate rate = new TransferRate();
    private @Nullable Blob shown;

    LayerLine(Messages messages, TransferJob.Direction direction) {
        this.messages = messages;
        this.direction = direction;
        this.words = new TransferWords(messages);
        getStyleClass().add("layer-line");
        setAccessibleRole(AccessibleRole.TEXT);
        stage.setGraphic(icon);
        stage.getStyleClass().add("stage");
        stage.setMinWidth(USE_PREF_SIZE);
        digest.getStyleClass().addAll("mono", "muted");
        digest.setMinWidth(USE_PREF_SIZE);
        bar.setMaxWidth(Double.MAX_VALUE);
        bar.setMinWidth(24);
        HBox.setHgrow(bar, Priority.ALWAYS);
        bytes.getStyleClass().add("number");
        bytes.setMinWidth(USE_PREF_SIZE);
        pace.getStyleClass().addAll("number", "muted");
        pace.setMinWidth(0);
        getChildren().addAll(stage, digest, bar, bytes, pace);
    }

    void show(Blob blob) {
        if (blob.equals(shown)) {
            return;
        }
        if (shown == null || shown.stage() != blob.stage()) {
            stage.setText(words.stage(blob.stage(), direction));
            icon.setIconCode(TransferWords.icon(blob.stage()));
            getStyleClass().removeIf(style -> style.startsWith("stage-"));
            getStyleClass().add("stage-" + blob.stage().name().toLowerCase(Locale.ROOT));
        }
        shown = blob;
        digest.setText(blob.digest().hex().substring(0, DIGITS));
        bar.setProgress(share(blob));
        String all = messages.quantities().size(blob.size());
        bytes.setText(
                isWhole(blob)
                        ? all
                        : messages.text("import.bytes", messages.quantities().size(blob.done()), all));
        showPace(blob);
        setAccessibleText(String.join(" ", digest.getText(), stage.getText(), bytes.getText(), pace.getText())
                .strip());
    }

    /// How fast its bytes come or go, and how long it takes yet; empty before that is known, and after.
    private void showPace(Blob blob) {
        boolean travels = blob.stage() == BlobStage.DOWNLOADING || blob.stage() == BlobStage.UPLOADING;
        if (travels) {
            rate.add(System.nanoTime(), blob.done());
        }
        pace.setText(travels ? String.join(" · ", words.pace(rate.perSecond(), rate.left(blob.size()))) : "");
        pace.setVisible(!pace.getText().isEmpty());
        pace.setManaged(pace.isVisible());
    }

    private static boolean isWhole(Blob blob) {
        return switch (blob.stage()) {
            case DOWNLOADING, UPLOADING -> false;
            case WAITING, UNPACKING, VERIFYING, MOUNTED, PRESENT, DONE -> true;
        };
    }

    private static double share(Blob blob) {
        return blob.stage().isOver() || blob.size() <= 0 ? 1 : Math.min(1, (double) blob.done() / blob.size());
    }
}
