package io.darsena.app.session;

import io.darsena.bridge.image.Digest;
import io.darsena.bridge.image.ImageId;
import io.darsena.bridge.image.TransferProgress;
import io.darsena.bridge.registry.ImageTransfer;
import io.darsena.bridge.registry.ImageTransfer.StepKind;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import javafx.beans.property.ReadOnlyObjectProperty;
import javafx.beans.property.ReadOnlyObjectWrapper;

/// One import, export, pull or push under way or over. JavaFX thread only.
public final class TransferJob {

    private final TransferOrder order;
    private final Sequel sequel;
    private final FailurePlace place = new FailurePlace();
    private final TransferRate rate = new TransferRate();
    private final ReadOnlyObjectWrapper<Progress> progress;
    private final ReadOnlyObjectWrapper<Optional<ImageTransfer>> image = new ReadOnlyObjectWrapper<>(Optional.empty());
    private final ReadOnlyObjectWrapper<List<TransferStep>> steps = new ReadOnlyObjectWrapper<>(List.of());
    private final ReadOnlyObjectWrapper<Phase> phase = new ReadOnlyObjectWrapper<>(Phase.UNDER_WAY);
    private final List<TransferStep> sequelSteps = new ArrayList<>();
    private List<ImageId> imported = List.of();
    private Optional<Digest> digest = Optional.empty();
    private boolean changed = true;
    private Instant began = Instant.now();
    private Instant over = began;
    private Optional<Command> command = Optional.empty();

    public enum Direction {
        IMPORT,
        EXPORT,
        PULL,
        PUSH
    }

    public enum Phase {
        UNDER_WAY,
        DONE,
        FAILED,
        CANCELLED
    }

    /// @param now of a pull or a push what travels: what was there before is not counted
    /// @param perSecond bytes
    public record Progress(TransferProgress now, Optional<Double> perSecond, Optional<Duration> left) {}

    TransferJob(TransferOrder order, Sequel sequel) {
        this.order = order;
        this.sequel = sequel;
        String first = switch (order.direction()) {
            case IMPORT -> "reading";
            case EXPORT -> "writing";
            case PULL, PUSH -> "asking";
        };
        this.progress = new ReadOnlyObjectWrapper<>(new Progress(
                new TransferProgress(first, "", 0, OptionalLong.empty()), Optional.empty(), Optional.empty()));
    }

    void begun(Command begun) {
        command = Optional.of(begun);
        began = Instant.now();
    }

    void advanced(TransferProgress now) {
        rate.add(System.nanoTime(), now.done());
        Optional<Duration> left =
                now.total().isPresent() ? rate.left(now.total().getAsLong()) : Optional.empty();
        progress.set(new Progress(now, rate.perSecond(), left));
    }

    void advanced(ImageTransfer now) {
        image.set(Optional.of(now));
        showSteps();
        long total = TravellingBytes.total(now.blobs());
        advanced(new TransferProgress(
                stage(now),
                "",
                TravellingBytes.done(now.blobs()),
                now.blobs().isEmpty() ? OptionalLong.empty() : OptionalLong.of(total)));
    }

    private static String stage(ImageTransfer now) {
        boolean pull = now.direction() == ImageTransfer.Direction.PULL;
        if (has(now, pull ? StepKind.UNPACKED : StepKind.LAYERS)) {
            return "finishing";
        }
        if (has(now, StepKind.LAYERS)) {
            return "unpacking";
        }
        if (now.blobs().isEmpty()) {
            return now.steps().isEmpty() ? "asking" : "resolved";
        }
        return pull ? "downloading" : "uploading";
    }

    private static boolean has(ImageTransfer now, StepKind kind) {
        return now.steps().stream().anyMatch(step -> step.kind() == kind);
    }

    /// What the sequel has done.
    void advanced(TransferStep step) {
        sequelSteps.add(step);
        showSteps();
    }

    private void showSteps() {
        List<TransferStep> all = new ArrayList<>();
        image.get().ifPresent(now -> now.steps().forEach(step -> all.add(TransferStep.of(step))));
        all.addAll(sequelSteps);
        steps.set(List.copyOf(all));
    }

    void brought(Digest known, boolean isNew) {
        digest = Optional.of(known);
        changed = isNew;
    }

    void ended(Phase how, List<ImageId> images) {
        if (phase.get() == Phase.UNDER_WAY) {
            imported = images;
            over = Instant.now();
            phase.set(how);
        }
    }

    public TransferOrder order() {
        return order;
    }

    Sequel sequel() {
        return sequel;
    }

    public Direction direction() {
        return order.direction();
    }

    /// Of an import or an export: where it comes from, or goes to.
    public Optional<Path> file() {
        return switch (order) {
            case TransferOrder.Import source -> Optional.of(source.source());
            case TransferOrder.Export target -> Optional.of(target.target());
            case TransferOrder.Pull pull -> Optional.empty();
            case TransferOrder.Push push -> Optional.empty();
        };
    }

    public String name() {
        return order.subject();
    }

    public FailurePlace place() {
        return place;
    }

    public ReadOnlyObjectProperty<Progress> progress() {
        return progress.getReadOnlyProperty();
    }

    /// Of a pull or a push its layers, as soon as something is known of them.
    public ReadOnlyObjectProperty<Optional<ImageTransfer>> image() {
        return image.getReadOnlyProperty();
    }

    /// Of a pull or a push what is done, in order.
    public ReadOnlyObjectProperty<List<TransferStep>> steps() {
        return steps.getReadOnlyProperty();
    }

    public ReadOnlyObjectProperty<Phase> phase() {
        return phase.getReadOnlyProperty();
    }

    /// What came in; empty until it is done, and of an export or a push.
    public List<ImageId> imported() {
        return imported;
    }

    /// By which the registry knows what was pulled or pushed; empty until it is done.
    public Optional<Digest> digest() {
        return digest;
    }

    /// Whether a pull that is done brought anything that was not here.
    public boolean isNew() {
        return changed;
    }

    /// When it was over; means nothing before.
    public Instant over() {
        return over;
    }

    /// How long it took; means nothing before it is over.
    public Duration took() {
        return Duration.between(began, over);
    }

    void cancel() {
        command.ifPresent(Command::cancel);
    }
}
