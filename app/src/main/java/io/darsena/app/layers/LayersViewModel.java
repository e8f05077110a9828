package io.darsena.app.layers;

import io.darsena.app.session.Commands;
import io.darsena.app.session.EngineSession;
import io.darsena.app.session.Failure;
import io.darsena.app.session.FailurePlace;
import io.darsena.app.session.FxPump;
import io.darsena.app.session.Question;
import io.darsena.bridge.image.DiffId;
import io.darsena.bridge.image.Image;
import io.darsena.bridge.image.ImageId;
import io.darsena.bridge.layer.FileTree;
import io.darsena.bridge.layer.LayerStep;
import io.darsena.bridge.layer.TreeSource;
import io.darsena.bridge.layer.Waste;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import javafx.beans.property.ObjectProperty;
import javafx.beans.property.ReadOnlyBooleanProperty;
import javafx.beans.property.ReadOnlyObjectProperty;
import javafx.beans.property.ReadOnlyObjectWrapper;
import javafx.beans.property.SimpleObjectProperty;
import javafx.beans.property.SimpleStringProperty;
import javafx.beans.property.StringProperty;
import javafx.collections.FXCollections;
import javafx.collections.ObservableList;
import org.jspecify.annotations.Nullable;

/// One image's steps, the files of the chosen one, and the waste of all. The engine is asked when something is first
/// looked at. JavaFX thread only.
public final class LayersViewModel {

    private final EngineSession session;
    private final ObservableList<PyramidStep> steps = FXCollections.observableArrayList();
    private final ObjectProperty<@Nullable PyramidStep> chosen = new SimpleObjectProperty<>();
    private final ObjectProperty<Scope> scope = new SimpleObjectProperty<>(Scope.LAYER);
    private final StringProperty words = new SimpleStringProperty("");
    private final ReadOnlyObjectWrapper<Optional<StepFacts>> facts = new ReadOnlyObjectWrapper<>(Optional.empty());
    private final ReadOnlyObjectWrapper<Optional<Waste>> waste = new ReadOnlyObjectWrapper<>(Optional.empty());
    private final ExplorerRows rows = new ExplorerRows();
    private final Question<Runnable> asked;
    private final Question<Waste> wasteAsked;
    private Optional<ImageId> image = Optional.empty();
    private Optional<FileTree> tree = Optional.empty();

    public LayersViewModel(EngineSession session, Commands commands, FxPump pump) {
        this.session = session;
        this.asked = new Question<>(commands, pump, Duration.ZERO);
        this.wasteAsked = new Question<>(commands, pump, Duration.ZERO);
        place().failure().subscribe((before, now) -> failed(now));
        chosen.subscribe((before, now) -> look());
        scope.subscribe((before, now) -> look());
        words.subscribe((before, now) -> showRows());
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
        return asked.asking();
    }

    /// Whose files are shown; empty while none are.
    Optional<TreeSource> source() {
        return image.flatMap(id -> tree.map(now -> new TreeSource.OfImage(id, now.layer())));
    }

    ExplorerRows rows() {
        return rows;
    }

    /// Of what was asked about steps and files.
    FailurePlace place() {
        return asked.place();
    }

    FailurePlace wastePlace() {
        return wasteAsked.place();
    }

    /// Which image it is about; the same one again changes nothing.
    public void show(Image shown) {
        if (image.filter(shown.id()::equals).isPresent()) {
            return;
        }
        image = Optional.of(shown.id());
        asked.withdraw();
        wasteAsked.withdraw();
        steps.clear();
        chosen.set(null);
        words.set("");
        waste.set(Optional.empty());
        asked.ask(
                engine -> {
                    List<LayerStep> told = engine.layers().steps(shown.id());
                    return () -> showSteps(shown, told);
                },
                Runnable::run);
    }

    private void showSteps(Image shown, List<LayerStep> told) {
        steps.setAll(pyramid(shown, told));
        steps.stream().filter(step -> !step.step().isEmpty()).findFirst().ifPresent(chosen::set);
    }

    /// Asks for the waste, if it is not known yet.
    public void lookAtWaste() {
        boolean known = waste.get().isPresent() || wasteAsked.asking().get();
        if (!known) {
            image.ifPresent(
                    id -> wasteAsked.ask(engine -> engine.layers().waste(id), told -> waste.set(Optional.of(told))));
        }
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
            asked.withdraw();
            show(Optional.empty(), Optional.empty());
            return;
        }
        if (tree.filter(now -> now.layer() == layer).isPresent()) {
            showRows();
            return;
        }
        facts.set(Optional.empty());
        asked.ask(
                engine -> {
                    FileTree read = engine.layers().tree(id, layer);
                    StepFacts counted = StepFacts.of(read);
                    return () -> show(Optional.of(read), Optional.of(counted));
                },
                Runnable::run);
    }

    private void show(Optional<FileTree> read, Optional<StepFacts> counted) {
        tree = read;
        facts.set(counted);
        showRows();
    }

    private void showRows() {
        rows.show(tree.map(read -> new LayerSight(read, scope.get())), words.get());
    }

    /// What was not read is not there: the files of another layer would be taken for those of this one.
    private void failed(Optional<Failure> failure) {
        if (failure.isPresent()) {
            show(Optional.empty(), Optional.empty());
        }
        if (failure.isPresent() && steps.isEmpty()) {
            image = Optional.empty(); // chosen again, it is asked for again
        }
    }
}
