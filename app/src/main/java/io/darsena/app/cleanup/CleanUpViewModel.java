package io.darsena.app.cleanup;

import io.darsena.app.session.Command;
import io.darsena.app.session.Commands;
import io.darsena.app.session.FailurePlace;
import io.darsena.app.text.EngineWords;
import io.darsena.app.text.Messages;
import io.darsena.bridge.disk.PrunePlan;
import io.darsena.bridge.disk.PrunePlan.Kind;
import io.darsena.bridge.disk.PruneResult;
import io.darsena.bridge.image.ImageId;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.Collectors;
import javafx.beans.property.BooleanProperty;
import javafx.beans.property.ReadOnlyObjectProperty;
import javafx.beans.property.ReadOnlyObjectWrapper;
import javafx.beans.property.ReadOnlyStringProperty;
import javafx.beans.property.ReadOnlyStringWrapper;
import javafx.beans.property.SimpleBooleanProperty;
import javafx.collections.FXCollections;
import javafx.collections.ObservableList;

/// What can be cleaned up, what of it is chosen, and what that brings. Nameless images and broken
/// downloads are chosen at first. JavaFX thread only.
public final class CleanUpViewModel {

    /// How far it is.
    public enum Phase {
        MEASURING,
        CHOOSING,
        REMOVING,
        DONE
    }

    private final Commands commands;
    private final Messages messages;
    private final FailurePlace place = new FailurePlace();
    private final ReadOnlyObjectWrapper<Phase> phase = new ReadOnlyObjectWrapper<>(Phase.MEASURING);
    private final ReadOnlyObjectWrapper<PrunePlan> plan = new ReadOnlyObjectWrapper<>(PrunePlan.NOTHING);
    private final ReadOnlyStringWrapper summary = new ReadOnlyStringWrapper("");
    private final ObservableList<CleanUpItem> items = FXCollections.observableArrayList();
    private final BooleanProperty remains = new SimpleBooleanProperty(true);
    private PrunePlan all = PrunePlan.NOTHING;
    private Optional<Command> measuring = Optional.empty();

    public CleanUpViewModel(Commands commands, Messages messages) {
        this.commands = commands;
        this.messages = messages;
        remains.addListener(change -> reckon());
    }

    /// Begins to measure.
    public void measure() {
        AtomicReference<PrunePlan> found = new AtomicReference<>(PrunePlan.NOTHING);
        phase.set(Phase.MEASURING);
        measuring = Optional.of(
                commands.run(place, engine -> found.set(engine.disk().prunable()), () -> offer(found.get())));
    }

    private void offer(PrunePlan found) {
        all = found;
        items.setAll(found.images().stream()
                .map(image -> new CleanUpItem(
                        image, found.bytesOf(image.id()), image.names().isEmpty()))
                .sorted(Comparator.comparing(
                                (CleanUpItem item) -> !item.chosen().get())
                        .thenComparing(CleanUpItem::called))
                .toList());
        items.forEach(item -> item.chosen().addListener(change -> reckon()));
        phase.set(Phase.CHOOSING);
        reckon();
    }

    private void reckon() {
        Set<ImageId> wanted = items.stream()
                .filter(item -> item.chosen().get())
                .map(item -> item.image().id())
                .collect(Collectors.toSet());
        PrunePlan now = all.only(wanted, remains.get());
        plan.set(now);
        if (phase.get() == Phase.CHOOSING) {
            summary.set(
                    all.equals(PrunePlan.NOTHING)
                            ? messages.text("cleanUp.nothing")
                            : messages.text(
                                    "cleanUp.summary",
                                    now.images().size(),
                                    count(now, Kind.LAYER),
                                    count(now, Kind.BLOB),
                                    count(now, Kind.DOWNLOAD),
                                    messages.quantities().size(now.bytes())));
        }
    }

    private static long count(PrunePlan plan, Kind kind) {
        return plan.parts().stream().filter(part -> part.kind() == kind).count();
    }

    /// Chooses all images, or none.
    public void chooseAll(boolean wanted) {
        items.forEach(item -> item.chosen().set(wanted));
    }

    /// Removes what is chosen, and tells what came of it.
    public void remove() {
        PrunePlan wanted = plan.get();
        AtomicReference<Optional<PruneResult>> result = new AtomicReference<>(Optional.empty());
        phase.set(Phase.REMOVING);
        Command removing = commands.run(
                place,
                engine -> result.set(Optional.of(engine.disk().prune(wanted))),
                () -> result.get().ifPresent(this::tell));
        removing.running().subscribe(running -> {
            if (!running && phase.get() == Phase.REMOVING) {
                phase.set(Phase.CHOOSING);
            }
        });
    }

    private void tell(PruneResult result) {
        phase.set(Phase.DONE);
        EngineWords words = new EngineWords(messages);
        String gone = messages.text(
                "cleanUp.done", result.images().size(), messages.quantities().size(result.freed()));
        String left = result.leftOut().stream()
                .map(each -> messages.text("cleanUp.leftOut", each.subject(), words.sentence(each.reason())))
                .collect(Collectors.joining("\n"));
        summary.set(left.isEmpty() ? gone : gone + "\n" + left);
    }

    /// The dialog is gone: measuring is not needed any more.
    public void close() {
        measuring.ifPresent(Command::cancel);
    }

    public FailurePlace place() {
        return place;
    }

    public ReadOnlyObjectProperty<Phase> phase() {
        return phase.getReadOnlyProperty();
    }

    /// What would go now.
    public ReadOnlyObjectProperty<PrunePlan> plan() {
        return plan.getReadOnlyProperty();
    }

    /// What goes and what comes back, or what went.
    public ReadOnlyStringProperty summary() {
        return summary.getReadOnlyProperty();
    }

    ObservableList<CleanUpItem> items() {
        return items;
    }

    /// Whether what broken downloads have left goes, too.
    public BooleanProperty remains() {
        return remains;
    }

    /// Bytes of what broken downloads have left.
    public long remainsBytes() {
        return all.remains();
    }

    /// Parts that would go, the largest first.
    List<PrunePlan.Part> parts() {
        return plan.get().parts().stream()
                .sorted(Comparator.comparing(PrunePlan.Part::bytes).reversed())
                .toList();
    }
}
