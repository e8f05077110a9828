package io.darsena.app.session;

import io.darsena.bridge.image.ArchiveFormat;
import io.darsena.bridge.image.ImageId;
import io.darsena.bridge.image.TransferProgress;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.OptionalLong;
import java.util.concurrent.atomic.AtomicReference;
import javafx.collections.FXCollections;
import javafx.collections.ObservableList;

/// The imports and exports of this window, wherever in it they were asked for. They go on while the person is
/// elsewhere.
/// JavaFX thread only.
public final class Transfers {

    /// How long a finished one stays to be seen.
    private static final Duration AFTERGLOW = Duration.ofSeconds(5);

    private final Commands commands;
    private final FxPump pump;
    private final ObservableList<TransferJob> jobs = FXCollections.observableArrayList();
    private final ObservableList<TransferJob> shown = FXCollections.unmodifiableObservableList(jobs);

    public Transfers(Commands commands, FxPump pump) {
        this.commands = commands;
        this.pump = pump;
    }

    /// Under way, failed, or just done; oldest first.
    public ObservableList<TransferJob> jobs() {
        return shown;
    }

    /// Begins an import.
    public TransferJob begin(Path source) {
        TransferJob job = job(TransferJob.Direction.IMPORT, source, "reading");
        AtomicReference<List<ImageId>> images = new AtomicReference<>(List.of());
        var progress = pump.<TransferProgress>latest(job::advanced);
        return begun(job, engine -> images.set(engine.images().importFrom(source, progress)), images);
    }

    /// Begins to save images, each by a name or an id, to one archive.
    public TransferJob save(List<String> images, ArchiveFormat format, Path target) {
        TransferJob job = job(TransferJob.Direction.EXPORT, target, "writing");
        var progress = pump.<TransferProgress>latest(job::advanced);
        return begun(
                job,
                engine -> engine.images().save(images, format, target, progress),
                new AtomicReference<>(List.of()));
    }

    private TransferJob job(TransferJob.Direction direction, Path file, String stage) {
        TransferJob job = new TransferJob(direction, file, new TransferProgress(stage, "", 0, OptionalLong.empty()));
        jobs.add(job);
        return job;
    }

    private TransferJob begun(TransferJob job, Commands.Work work, AtomicReference<List<ImageId>> images) {
        job.place().failure().subscribe(failure -> {
            if (failure.isPresent()) {
                job.ended(TransferJob.Phase.FAILED, List.of());
            }
        });
        job.begun(commands.run(job.place(), work, () -> succeeded(job, images.get())));
        return job;
    }

    private void succeeded(TransferJob job, List<ImageId> images) {
        job.ended(TransferJob.Phase.DONE, images);
        pump.after(AFTERGLOW, () -> jobs.remove(job));
    }

    /// Interrupts it; what it had brought or written so far is not kept.
    public void cancel(TransferJob job) {
        job.cancel();
        jobs.remove(job);
    }

    /// Shows why something was not even tried.
    public void refuse(Path source, Failure reason) {
        TransferJob job = job(TransferJob.Direction.IMPORT, source, "reading");
        job.place().show(reason);
        job.ended(TransferJob.Phase.FAILED, List.of());
    }

    public void dismiss(TransferJob job) {
        jobs.remove(job);
    }
}
