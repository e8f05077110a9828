package io.darsena.app.transfers;

import io.darsena.app.session.TransferJob;
import io.darsena.app.text.Messages;
import io.darsena.bridge.registry.ImageTransfer;
import io.darsena.bridge.registry.ImageTransfer.Blob;
import java.util.List;
import java.util.Optional;
import javafx.scene.AccessibleRole;
import javafx.scene.layout.VBox;

/// The layers of an image on its way, lowest first, in lines that stay where they are.
public final class LayerLines extends VBox {

    private final Messages messages;
    private final TransferJob.Direction direction;

    public LayerLines(Messages messages, TransferJob job) {
        this.messages = messages;
        this.direction = job.direction();
        getStyleClass().add("layer-lines");
        setAccessibleRole(AccessibleRole.LIST_VIEW);
        setAccessibleText(messages.text("transfer.layers", job.name()));
        job.image().subscribe(this::show);
    }

    private void show(Optional<ImageTransfer> image) {
        List<Blob> blobs = image.map(ImageTransfer::blobs).orElse(List.of());
        while (getChildren().size() < blobs.size()) {
            getChildren().add(new LayerLine(messages, direction));
        }
        if (getChildren().size() > blobs.size()) {
            getChildren().remove(blobs.size(), getChildren().size());
        }
        for (int i = 0; i < blobs.size(); i++) {
            ((LayerLine) getChildren().get(i)).show(blobs.get(i));
        }
    }
}
