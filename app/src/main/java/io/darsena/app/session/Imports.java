package io.darsena.app.session;

import io.darsena.bridge.image.ImageId;
import io.darsena.bridge.image.TransferProgress;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.OptionalLong;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import javafx.collections.FXCollections;
import javafx.collections.ObservableList;

/// The imports of this window, wherever in it they were asked for. They go on while the person is elsewhere. JavaFX
/// thread only.
public final class Imports {

    /// How long a finished import stays to be seen.
    private static final Duration AFTERGLOW = Duration.ofSeconds(5);

    private final Commands commands;
    private final FxPump pump;
    private final ObservableList<ImportJob> jobs = FXCollections.observableArrayList();
    private final ObservableList<ImportJob> shown = FXCollections.unmodifiableObservableList(jobs);

    public Imports(Commands commands, FxPump pump) {
        this.commands = commands;
        this.pump = pump;
    }

    /// Under way, failed, or just done; oldest first.
    public ObservableList<ImportJob> jobs() {
        return shown;
    }

    public ImportJob begin(Path source) {
        ImportJob job = new ImportJob(source, new TransferProgress("reading", "", 0, OptionalLong.empty()));
        jobs.add(job);
        AtomicReference<List<ImageId>> images = new AtomicReference<>(List.of());
        Consumer<TransferProgress> progress = pump.latest(job::advanced);
        job.place().failure().subscribe(failure -> {
            if (failure.isPresent()) {
                job.ended(ImportJob.Phase.FAILED, List.of());
            }
        });
        job.begun(commands.run(
                job.place(),
                engine -> images.set(engine.images().importFrom(source, progress)),
                () -> succeeded(job, images.get())));
        return job;
    }

    private void succeeded(ImportJob job, List<ImageId> images) {
        job.ended(ImportJob.Phase.DONE, images);
        pump.after(AFTERGLOW, () -> jobs.remove(job));
    }

    /// Interrupts an import; what it had brought so far is not kept.
    public void cancel(ImportJob job) {
        job.cancel();
        jobs.remove(job);
    }

    /// Shows why something was not even tried.
    public void refuse(Path source, Failure reason) {
        ImportJob job = new ImportJob(source, new TransferProgress("reading", "", 0, OptionalLong.empty()));
        job.place().show(reason);
        job.ended(ImportJob.Phase.FAILED, List.of());
        jobs.add(job);
    }

    public void dismiss(ImportJob job) {
        jobs.remove(job);
    }
}
