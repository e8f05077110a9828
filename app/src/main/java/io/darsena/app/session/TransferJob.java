package io.darsena.app.session;

import io.darsena.bridge.image.ImageId;
import io.darsena.bridge.image.TransferProgress;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import javafx.beans.property.ReadOnlyObjectProperty;
import javafx.beans.property.ReadOnlyObjectWrapper;

/// One import or export under way or just over. JavaFX thread only.
public final class TransferJob {

    private final Direction direction;
    private final Path file;
    private final FailurePlace place = new FailurePlace();
    private final TransferRate rate = new TransferRate();
    private final ReadOnlyObjectWrapper<Progress> progress;
    private final ReadOnlyObjectWrapper<Phase> phase = new ReadOnlyObjectWrapper<>(Phase.UNDER_WAY);
    private List<ImageId> imported = List.of();
    private Optional<Command> command = Optional.empty();

    public enum Direction {
        IMPORT,
        EXPORT
    }

    public enum Phase {
        UNDER_WAY,
        DONE,
        FAILED
    }

    /// @param perSecond bytes
    public record Progress(TransferProgress now, Optional<Double> perSecond, Optional<Duration> left) {}

    /// @param file where it comes from, or goes to
    TransferJob(Direction direction, Path file, TransferProgress first) {
        this.direction = direction;
        this.file = file;
        this.progress = new ReadOnlyObjectWrapper<>(new Progress(first, Optional.empty(), Optional.empty()));
    }

    void begun(Command begun) {
        command = Optional.of(begun);
    }

    void advanced(TransferProgress now) {
        rate.add(System.nanoTime(), now.done());
        Optional<Duration> left =
                now.total().isPresent() ? rate.left(now.total().getAsLong()) : Optional.empty();
        progress.set(new Progress(now, rate.perSecond(), left));
    }

    void ended(Phase how, List<ImageId> images) {
        imported = images;
        phase.set(how);
    }

    public Direction direction() {
        return direction;
    }

    public Path file() {
        return file;
    }

    /// The file's name, without the folders.
    public String name() {
        return String.valueOf(file.getFileName());
    }

    public FailurePlace place() {
        return place;
    }

    public ReadOnlyObjectProperty<Progress> progress() {
        return progress.getReadOnlyProperty();
    }

    public ReadOnlyObjectProperty<Phase> phase() {
        return phase.getReadOnlyProperty();
    }

    /// What came in; empty until it is done, and of an export.
    public List<ImageId> imported() {
        return imported;
    }

    void cancel() {
        command.ifPresent(Command::cancel);
    }
}
