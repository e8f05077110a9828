package io.darsena.app.compare;

import io.darsena.app.session.TransferJob;
import io.darsena.app.session.TransferJob.Phase;
import io.darsena.app.session.Transfers;
import io.darsena.bridge.image.ImageId;
import io.darsena.bridge.registry.PullRequest;
import java.util.Optional;
import java.util.function.Consumer;
import javafx.beans.property.ReadOnlyObjectProperty;
import javafx.beans.property.ReadOnlyObjectWrapper;

/// The pull of an image for the sake of its files, as far as somebody waits for it here. It goes on when nobody does.
/// JavaFX thread only.
final class UpdatePull {

    private final Transfers transfers;
    private final Consumer<ImageId> arrived;
    private final ReadOnlyObjectWrapper<Optional<TransferJob>> job = new ReadOnlyObjectWrapper<>(Optional.empty());

    /// @param arrived hears which image has come
    UpdatePull(Transfers transfers, Consumer<ImageId> arrived) {
        this.transfers = transfers;
        this.arrived = arrived;
    }

    void begin(PullRequest request) {
        job.get().filter(failed -> failed.phase().get() == Phase.FAILED).ifPresent(transfers::dismiss);
        TransferJob begun = transfers.pull(request);
        job.set(Optional.of(begun));
        begun.phase().subscribe(phase -> follow(begun, phase));
    }

    private void follow(TransferJob over, Phase phase) {
        if (job.get().filter(over::equals).isEmpty()) {
            return;
        }
        switch (phase) {
            case UNDER_WAY, FAILED -> {}
            case CANCELLED -> forget();
            case DONE -> {
                forget();
                over.imported().forEach(arrived);
            }
        }
    }

    void cancel() {
        job.get().ifPresent(transfers::cancel);
    }

    /// Nobody waits for it here any more.
    void forget() {
        job.set(Optional.empty());
    }

    /// What is under way or has failed.
    ReadOnlyObjectProperty<Optional<TransferJob>> job() {
        return job.getReadOnlyProperty();
    }
}
