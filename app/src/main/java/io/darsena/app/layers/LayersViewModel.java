package io.darsena.app.layers;

import io.darsena.app.session.Command;
import io.darsena.app.session.Commands;
import io.darsena.app.session.EngineSession;
import io.darsena.app.session.Failure;
import io.darsena.app.session.FailurePlace;
import io.darsena.bridge.image.DiffId;
import io.darsena.bridge.image.Image;
import io.darsena.bridge.image.ImageId;
import io.darsena.bridge.layer.FileTree;
import io.darsena.bridge.layer.LayerStep;
import io.darsena.bridge.layer.Waste;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import javafx.beans.property.ObjectProperty;
import javafx.beans.property.ReadOnlyBooleanProperty;
import javafx.beans.property.ReadOnlyBooleanWrapper;
import javafx.beans.property.ReadOnlyObjectProperty;
import javafx.beans.property.ReadOnlyObjectWrapper;
import javafx.beans.property.SimpleObjectProperty;
import javafx.beans.property.SimpleStringProperty;
import javafx.beans.property.StringProperty;
import javafx.collections.FXCollections;
import javafx.collections.ObservableList;
import org.jspecify.annotations.Nullable;

/// One image's steps, the files of the chosen one, and the waste of all. The engine is asked when something is looked
/// at
/// for the first time. JavaFX thread only.
public final class LayersViewModel {

    private final EngineSession session;
    private final Commands commands;
    private final ObservableList<PyramidStep> steps = FXCollections.observableArrayList();
    private final ObjectProperty<@Nullable PyramidStep> chosen = new SimpleObjectProperty<>();
    private final ObjectProperty<Scope> scope = new SimpleObjectProperty<>(Scope.LAYER);
    private final StringProperty words = new SimpleStringProperty("");
    private final ReadOnlyObjectWrapper<Optional<StepFacts>> facts = new ReadOnlyObjectWrapper<>(Optional.empty());
    private final ReadOnlyObjectWrapper<Optional<Waste>> waste = new ReadOnlyObjectWrapper<>(Optional.empty());
    private final ReadOnlyBooleanWrapper reading = new ReadOnlyBooleanWrapper();
    private final ExplorerRows rows = new ExplorerRows();
    private final FailurePlace place = new FailurePlace();
    private Optional<ImageId> image = Optional.empty();
    private Optional<FileTree> tree = Optional.empty();
    private Optional<Command> asked = Optional.empty();
    private boolean wasteAsked;

    /// What came of a question, with the facts that take as long to count.
    private record Looked(FileTree tree, StepFacts facts) {}

    public LayersViewModel(EngineSession session, Commands commands) {
        this.session = session;
        this.commands = commands;
        place.failure().subscribe((before, now) -> failed(now));
        chosen.subscribe((before, now) -> look());
        scope.subscribe((before, now) -> look());
        words.subscribe((before, now) -> rows.show(tree, scope.get(), now));
    }

    /// Uppermost first.
    public ObservableList<PyramidStep> steps() {
        return steps;
    }

    /// One of [#steps], or none while they are asked for.
    ObjectProperty<@Nullable PyramidStep> chosen() {
        return chosen;
    }

    ObjectProperty<Scope> scope() {
        return scope;
    }

    /// What part of a name or path is looked for.
    StringProperty words() {
        return words;
    }

    /// Of the chosen step, once its files have been read.
    ReadOnlyObjectProperty<Optional<StepFacts>> facts() {
        return facts.getReadOnlyProperty();
    }

    ReadOnlyObjectProperty<Optional<Waste>> waste() {
        return waste.getReadOnlyProperty();
    }

    /// Files are being read.
    ReadOnlyBooleanProperty reading() {
        return reading.getReadOnlyProperty();
    }

    ExplorerRows rows() {
        return rows;
    }

    FailurePlace place() {
        return place;
    }

    /// Which image it is about; the same one again changes nothing.
    public void show(Image shown) {
        if (image.filter(shown.id()::equals).isPresent()) {
            return;
        }
        image = Optional.of(shown.id());
        withdraw();
        steps.clear();
        chosen.set(null);
        words.set("");
        waste.set(Optional.empty());
        wasteAsked = false;
        AtomicReference<List<LayerStep>> answer = new AtomicReference<>(List.of());
        ask(engine -> answer.set(engine.layers().steps(shown.id())), () -> {
            steps.setAll(pyramid(shown, answer.get()));
            steps.stream().filter(step -> !step.step().isEmpty()).findFirst().ifPresent(chosen::set);
        });
    }

    /// Asks for the waste, if nobody has yet.
    public void lookAtWaste() {
        ImageId id = image.orElse(null);
        if (id == null || wasteAsked) {
            return;
        }
        wasteAsked = true;
        AtomicReference<Optional<Waste>> answer = new AtomicReference<>(Optional.empty());
        commands.run(place, engine -> answer.set(Optional.of(engine.layers().waste(id))), () -> {
            if (image.filter(id::equals).isPresent()) {
                waste.set(answer.get());
            }
        });
    }

    private List<PyramidStep> pyramid(Image shown, List<LayerStep> lowestFirst) {
        long largest = lowestFirst.stream().mapToLong(LayerStep::size).max().orElse(0);
        long all = lowestFirst.stream().mapToLong(LayerStep::size).sum();
        int layers = (int) lowestFirst.stream().filter(step -> !step.isEmpty()).count();
        List<PyramidStep> pyramid = new ArrayList<>();
        for (LayerStep step : lowestFirst.reversed()) {
            pyramid.add(new PyramidStep(
                    step,
                    layers,
                    largest == 0 ? 0 : Math.sqrt((double) step.size() / largest),
                    all == 0 ? 0 : (double) step.size() / all,
                    step.diffId().map(id -> sharedWith(shown, id)).orElse(List.of())));
        }
        return pyramid;
    }

    private List<String> sharedWith(Image shown, DiffId layer) {
        return session.images().values().stream()
                .filter(other -> !other.id().equals(shown.id()))
                .filter(other ->
                        other.layers().stream().anyMatch(each -> each.diffId().equals(layer)))
                .map(Image::displayName)
                .sorted()
                .toList();
    }

    private void look() {
        PyramidStep step = chosen.get();
        ImageId id = image.orElse(null);
        int layer = step == null ? 0 : scope.get() == Scope.IMAGE ? step.layers() : step.layer();
        if (id == null || layer == 0) {
            withdraw();
            show(Optional.empty(), Optional.empty());
            return;
        }
        if (tree.filter(now -> now.layer() == layer).isPresent()) {
            rows.show(tree, scope.get(), words.get());
            return;
        }
        AtomicReference<@Nullable Looked> answer = new AtomicReference<>();
        facts.set(Optional.empty());
        ask(
                engine -> {
                    FileTree read = engine.layers().tree(id, layer);
                    answer.set(new Looked(read, StepFacts.of(read)));
                },
                () -> {
                    Looked looked = answer.get();
                    if (looked != null) {
                        show(Optional.of(looked.tree()), Optional.of(looked.facts()));
                    }
                });
    }

    private void show(Optional<FileTree> read, Optional<StepFacts> counted) {
        tree = read;
        facts.set(counted);
        rows.show(read, scope.get(), words.get());
    }

    /// What was not read is not there: the files of another layer would be taken for those of this one.
    private void failed(Optional<Failure> failure) {
        if (failure.isPresent()) {
            show(Optional.empty(), Optional.empty());
        }
    }

    /// The last question alone counts.
    private void ask(Commands.Work work, Runnable answered) {
        withdraw();
        reading.set(true);
        AtomicReference<@Nullable Command> own = new AtomicReference<>();
        Command begun = commands.run(place, work, () -> {
            if (asked.filter(last -> last.equals(own.get())).isPresent()) {
                answered.run();
            }
        });
        own.set(begun);
        asked = Optional.of(begun);
        begun.running().subscribe(running -> {
            if (!running && asked.filter(begun::equals).isPresent()) {
                reading.set(false);
            }
        });
    }

    private void withdraw() {
        asked.ifPresent(Command::cancel);
        asked = Optional.empty();
        reading.set(false);
        place.clear();
    }
}
