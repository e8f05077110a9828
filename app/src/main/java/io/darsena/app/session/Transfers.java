package io.darsena.app.session;

import io.darsena.bridge.Engine;
import io.darsena.bridge.image.ArchiveFormat;
import io.darsena.bridge.image.Digest;
import io.darsena.bridge.image.ImageId;
import io.darsena.bridge.image.ImageReference;
import io.darsena.bridge.image.TransferProgress;
import io.darsena.bridge.registry.ImageTransfer;
import io.darsena.bridge.registry.PullRequest;
import io.darsena.bridge.registry.PullResult;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import javafx.beans.Observable;
import javafx.collections.FXCollections;
import javafx.collections.ObservableList;
import org.jspecify.annotations.Nullable;

/// What this window brings and takes away, wherever in it that was asked for: imports, exports, pulls and
/// pushes. They go on while the person is elsewhere. JavaFX thread only.
public final class Transfers {

    /// How long a finished import or export stays to be seen above the list.
    private static final Duration AFTERGLOW = Duration.ofSeconds(5);

    private static final int MOST_RECENT = 50;

    private final Commands commands;
    private final FxPump pump;
    private final ObservableList<TransferJob> jobs = FXCollections.observableArrayList();
    private final ObservableList<TransferJob> shown = FXCollections.unmodifiableObservableList(jobs);
    private final ObservableList<TransferJob> all =
            FXCollections.observableArrayList(job -> new Observable[] {job.phase()});
    private final ObservableList<TransferJob> recent = FXCollections.unmodifiableObservableList(all);

    public Transfers(Commands commands, FxPump pump) {
        this.commands = commands;
        this.pump = pump;
    }

    /// Imports and exports under way, failed, or just done; oldest first.
    public ObservableList<TransferJob> jobs() {
        return shown;
    }

    /// All that are under way and the last that are over, newest first. Tells also when one of them ends.
    public ObservableList<TransferJob> recent() {
        return recent;
    }

    /// Begins an import.
    public TransferJob begin(Path source) {
        return begin(new TransferOrder.Import(source), Sequel.NONE);
    }

    /// Begins to save images, each by a name or an id, to one archive.
    public TransferJob save(List<String> images, ArchiveFormat format, Path target) {
        return begin(new TransferOrder.Export(images, format, target), Sequel.NONE);
    }

    public TransferJob pull(PullRequest request) {
        return pull(request, Sequel.NONE);
    }

    /// Begins a pull; what follows it is part of it: it is cancelled, fails and is tried again together with it.
    public TransferJob pull(PullRequest request, Sequel sequel) {
        return begin(new TransferOrder.Pull(request), sequel);
    }

    /// Begins a push.
    ///
    /// @param image that is given the name first; empty when it bears it
    public TransferJob push(ImageReference name, Optional<ImageId> image) {
        return begin(new TransferOrder.Push(name, image), Sequel.NONE);
    }

    /// Tries once more what has failed or was cancelled, in its place.
    public TransferJob retry(TransferJob over) {
        dismiss(over);
        return begin(over.order(), over.sequel());
    }

    private TransferJob begin(TransferOrder order, Sequel sequel) {
        TransferJob job = listed(order, sequel);
        return switch (order) {
            case TransferOrder.Import source -> importing(job, source);
            case TransferOrder.Export target -> exporting(job, target);
            case TransferOrder.Pull pull -> pulling(job, pull.request());
            case TransferOrder.Push push -> pushing(job, push);
        };
    }

    private TransferJob importing(TransferJob job, TransferOrder.Import order) {
        AtomicReference<List<ImageId>> images = new AtomicReference<>(List.of());
        var progress = pump.<TransferProgress>latest(job::advanced);
        return begun(job, engine -> images.set(engine.images().importFrom(order.source(), progress)), images);
    }

    private TransferJob exporting(TransferJob job, TransferOrder.Export order) {
        var progress = pump.<TransferProgress>latest(job::advanced);
        return begun(
                job,
                engine -> engine.images().save(order.images(), order.format(), order.target(), progress),
                new AtomicReference<>(List.of()));
    }

    private TransferJob pulling(TransferJob job, PullRequest request) {
        AtomicReference<List<ImageId>> images = new AtomicReference<>(List.of());
        var progress = pump.<ImageTransfer>latest(job::advanced);
        var told = pump.<TransferStep>ordered(job::advanced);
        return begun(job, engine -> images.set(List.of(pulled(engine, job, request, progress, told))), images);
    }

    private ImageId pulled(
            Engine engine,
            TransferJob job,
            PullRequest request,
            Consumer<ImageTransfer> progress,
            Consumer<TransferStep> told) {
        PullResult result = engine.registries().pull(request, progress);
        pump.run(() -> job.brought(result.digest(), result.changed()));
        job.sequel().on(engine, told);
        return result.image();
    }

    private TransferJob pushing(TransferJob job, TransferOrder.Push order) {
        AtomicReference<@Nullable Digest> digest = new AtomicReference<>();
        var progress = pump.<ImageTransfer>latest(job::advanced);
        return begun(
                job,
                engine -> {
                    order.image().ifPresent(image -> engine.images().tag(image, order.name()));
                    Digest known = engine.registries().push(order.name(), Optional.empty(), progress);
                    pump.run(() -> job.brought(known, true));
                },
                new AtomicReference<>(List.of()));
    }

    private TransferJob listed(TransferOrder order, Sequel sequel) {
        TransferJob job = new TransferJob(order, sequel);
        all.addFirst(job);
        if (job.file().isPresent()) {
            jobs.add(job);
        }
        forgetTheOldest();
        return job;
    }

    private void forgetTheOldest() {
        List<TransferJob> over = all.stream().filter(Transfers::isOver).toList();
        if (over.size() > MOST_RECENT) {
            all.removeAll(over.subList(MOST_RECENT, over.size()));
        }
    }

    private static boolean isOver(TransferJob job) {
        return job.phase().get() != TransferJob.Phase.UNDER_WAY;
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

    /// Interrupts it. What an import, an export or a push had done so far is not kept; a pull goes on where it
    /// was when it is tried again.
    public void cancel(TransferJob job) {
        job.cancel();
        job.ended(TransferJob.Phase.CANCELLED, List.of());
        jobs.remove(job);
    }

    /// Shows why something was not even tried.
    public void refuse(Path source, Failure reason) {
        TransferJob job = listed(new TransferOrder.Import(source), Sequel.NONE);
        job.place().show(reason);
        job.ended(TransferJob.Phase.FAILED, List.of());
    }

    public void dismiss(TransferJob job) {
        jobs.remove(job);
        all.remove(job);
    }

    /// Forgets those that are over.
    public void clear() {
        all.stream().filter(Transfers::isOver).toList().forEach(this::dismiss);
    }
}
