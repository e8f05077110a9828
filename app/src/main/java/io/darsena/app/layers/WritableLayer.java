package io.darsena.app.layers;

import io.darsena.app.session.Commands;
import io.darsena.app.session.EngineSession;
import io.darsena.app.session.FailurePlace;
import io.darsena.app.session.FxPump;
import io.darsena.app.session.Question;
import io.darsena.bridge.container.Container;
import io.darsena.bridge.container.ContainerId;
import io.darsena.bridge.container.ContainerStatus;
import io.darsena.bridge.image.ImageId;
import io.darsena.bridge.layer.FileTree;
import io.darsena.bridge.layer.TreeSource;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import javafx.beans.property.ObjectProperty;
import javafx.beans.property.ReadOnlyBooleanProperty;
import javafx.beans.property.ReadOnlyBooleanWrapper;
import javafx.beans.property.ReadOnlyObjectProperty;
import javafx.beans.property.ReadOnlyObjectWrapper;
import javafx.beans.property.SimpleObjectProperty;
import javafx.collections.FXCollections;
import javafx.collections.MapChangeListener;
import javafx.collections.ObservableList;
import javafx.collections.WeakMapChangeListener;

/// What one of an image's containers has written, on top of the image's layers. While it is seen and the container
/// runs,
/// the engine is asked again and again, the next time a while after it has answered. JavaFX thread only.
public final class WritableLayer {

    /// Between an answer and the next question.
    private static final Duration PAUSE = Duration.ofSeconds(3);

    private final EngineSession session;
    private final FxPump pump;
    private final Question<Look> asked;
    private final ObservableList<Owner> owners = FXCollections.observableArrayList();
    private final ObjectProperty<Optional<Owner>> owner = new SimpleObjectProperty<>(Optional.empty());
    private final ReadOnlyObjectWrapper<Optional<Look>> look = new ReadOnlyObjectWrapper<>(Optional.empty());
    private final ReadOnlyBooleanWrapper reading = new ReadOnlyBooleanWrapper();

    /// Held here so that it lives as long as this does.
    private final MapChangeListener<ContainerId, Container> changes = this::changed;

    private FxPump.Ticking next = () -> {};
    private Optional<ImageId> image = Optional.empty();
    private boolean seen;

    /// The container that has written it.
    public record Owner(ContainerId id, String name) {}

    /// An answer, and what tells it from another one.
    record Look(ContainerId container, FileTree tree, StepFacts facts, long print) {

        /// Of the files that the container brought.
        long bytes() {
            return tree.brought(FileTree.ROOT);
        }

        int entries() {
            return tree.touched(FileTree.ROOT);
        }
    }

    WritableLayer(EngineSession session, Commands commands, FxPump pump) {
        this.session = session;
        this.pump = pump;
        this.asked = new Question<>(commands, pump, Duration.ZERO);
        session.containers().addListener(new WeakMapChangeListener<>(changes));
        asked.asking().subscribe(asking -> reading.set(asking && look.get().isEmpty()));
        owner.subscribe((before, now) -> {
            boolean same = before.map(Owner::id).equals(now.map(Owner::id));
            if (!same) {
                stop();
                look.set(Optional.empty());
                ask();
            }
        });
    }

    /// The containers of the image, by name.
    ObservableList<Owner> owners() {
        return owners;
    }

    /// Whose layer is on top; one of [#owners], or none.
    ObjectProperty<Optional<Owner>> owner() {
        return owner;
    }

    /// Empty while it is not known.
    ReadOnlyObjectProperty<Optional<Look>> look() {
        return look.getReadOnlyProperty();
    }

    /// It is read for the first time.
    ReadOnlyBooleanProperty reading() {
        return reading.getReadOnlyProperty();
    }

    FailurePlace place() {
        return asked.place();
    }

    /// Which image it is about. None of its containers is chosen then.
    void show(ImageId shown) {
        image = Optional.of(shown);
        owner.set(Optional.empty());
        tellOwners();
    }

    /// Whether a person can see it now.
    public void seen(boolean now) {
        seen = now;
        if (now) {
            ask();
        } else {
            stop();
        }
    }

    /// Nobody looks any more: it need not be kept for that.
    void forget() {
        stop();
        look.set(Optional.empty());
    }

    private void changed(MapChangeListener.Change<? extends ContainerId, ? extends Container> change) {
        tellOwners();
        owner.get().filter(own -> own.id().equals(change.getKey())).ifPresent(own -> ask());
    }

    private void tellOwners() {
        List<Owner> now = session.containers().values().stream()
                .filter(each -> image.filter(each.image()::equals).isPresent())
                .map(each -> new Owner(each.id(), each.name()))
                .sorted(Comparator.comparing(Owner::name))
                .toList();
        if (!now.equals(owners)) {
            owners.setAll(now);
            Optional<ContainerId> chosen = owner.get().map(Owner::id);
            owner.set(now.stream()
                    .filter(each -> chosen.filter(each.id()::equals).isPresent())
                    .findFirst());
        }
    }

    private void stop() {
        next.close();
        asked.withdraw();
    }

    private void ask() {
        next.close();
        if (!seen || owner.get().isEmpty() || asked.asking().get()) {
            return;
        }
        ContainerId id = owner.get().get().id();
        asked.ask(
                engine -> {
                    FileTree tree = engine.layers().tree(new TreeSource.OfContainer(id));
                    return new Look(id, tree, StepFacts.of(tree), TreePrint.of(tree));
                },
                this::answered);
    }

    private void answered(Look now) {
        if (look.get().filter(before -> before.print() == now.print()).isEmpty()) {
            look.set(Optional.of(now));
        }
        Optional.ofNullable(session.containers().get(now.container()))
                .filter(container -> container.status() == ContainerStatus.RUNNING)
                .ifPresent(running -> next = pump.after(PAUSE, this::ask));
    }
}
