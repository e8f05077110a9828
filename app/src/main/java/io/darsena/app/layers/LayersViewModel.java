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
import io.darsena.bridge.layer.FilePath;
import io.darsena.bridge.layer.FileTree;
import io.darsena.bridge.layer.HiddenLater;
import io.darsena.bridge.layer.LayerStep;
import io.darsena.bridge.layer.TreeSource;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import javafx.beans.property.BooleanProperty;
import javafx.beans.property.ObjectProperty;
import javafx.beans.property.ReadOnlyBooleanProperty;
import javafx.beans.property.ReadOnlyBooleanWrapper;
import javafx.beans.property.ReadOnlyObjectProperty;
import javafx.beans.property.ReadOnlyObjectWrapper;
import javafx.beans.property.SimpleBooleanProperty;
import javafx.beans.property.SimpleObjectProperty;
import javafx.collections.FXCollections;
import javafx.collections.MapChangeListener;
import javafx.collections.ObservableList;
import javafx.collections.WeakMapChangeListener;
import org.jspecify.annotations.Nullable;

/// One image's steps, the files of the chosen one, what its containers have written, and what all of it wastes. The
/// engine is asked when something is first
/// looked at. JavaFX thread only.
public final class LayersViewModel {

    private final EngineSession session;
    private final ObservableList<PyramidStep> steps = FXCollections.observableArrayList();
    private final ObservableList<PyramidStep> pyramid = FXCollections.observableArrayList();
    private final ObjectProperty<@Nullable PyramidStep> chosen = new SimpleObjectProperty<>();
    private final ObjectProperty<Scope> scope = new SimpleObjectProperty<>(Scope.LAYER);
    private final BooleanProperty onlyChanged = new SimpleBooleanProperty();
    private final Sought sought = new Sought();
    private final ReadOnlyObjectWrapper<Optional<StepFacts>> facts = new ReadOnlyObjectWrapper<>(Optional.empty());
    private final ExplorerRows rows = new ExplorerRows();
    private final Question<Runnable> asked;
    private final Question<HiddenLater> hiding;
    private final WasteViewModel waste;
    private final WritableLayer writable;
    private final ReadOnlyBooleanWrapper reading = new ReadOnlyBooleanWrapper();
    /// Held here so that it lives as long as this does.
    private final MapChangeListener<ImageId, Image> others = change -> share();

    private Optional<ImageId> image = Optional.empty();
    private Optional<FileTree> tree = Optional.empty();

    /// Of what the uppermost layer of the tree did.
    private Optional<StepFacts> counted = Optional.empty();

    /// What of that layer others hide, once it is known.
    private Optional<HiddenLater> hidden = Optional.empty();

    /// To be shown when its layer is read.
    private Optional<FilePath> followed = Optional.empty();

    /// The layer to be chosen when there are steps; 0 for none.
    private int wanted;

    /// To be shown in that layer.
    private Optional<FilePath> wantedFile = Optional.empty();

    private long largest;

    /// Nobody looks at files.
    private boolean left;

    public LayersViewModel(EngineSession session, Commands commands, FxPump pump) {
        this.session = session;
        this.asked = new Question<>(commands, pump, Duration.ZERO);
        this.hiding = new Question<>(commands, pump, Duration.ZERO);
        this.waste = new WasteViewModel(commands, pump);
        this.writable = new WritableLayer(session, commands, pump);
        place().failure().subscribe((before, now) -> failed(now));
        session.images().addListener(new WeakMapChangeListener<>(others));
        chosen.subscribe((before, now) -> {
            followed = Optional.empty();
            if (before == null || now == null || !before.step().equals(now.step()) || before.isWritable()) {
                look();
            }
        });
        scope.subscribe((before, now) -> look());
        onlyChanged.subscribe((before, now) -> showRows());
        sought.filter().subscribe((before, now) -> showRows());
        writable.owner().subscribe((before, now) -> crown(now));
        writable.look().subscribe((before, now) -> written(before, now));
        reading.bind(asked.asking().or(writable.reading()));
    }

    /// Those of the image, uppermost first.
    public ObservableList<PyramidStep> steps() {
        return steps;
    }

    /// The image's steps, and on top of them the writable layer of the chosen container, if one is chosen.
    ObservableList<PyramidStep> pyramid() {
        return pyramid;
    }

    /// What the image's containers have written.
    WritableLayer writable() {
        return writable;
    }

    /// One of [#pyramid], or none while they are asked for.
    ObjectProperty<@Nullable PyramidStep> chosen() {
        return chosen;
    }

    ObjectProperty<Scope> scope() {
        return scope;
    }

    /// Whether of more than one layer's files those are shown that the uppermost one has changed.
    BooleanProperty onlyChanged() {
        return onlyChanged;
    }

    Sought sought() {
        return sought;
    }

    /// Of the chosen step; empty as long as the files that are read are not those of its layer.
    ReadOnlyObjectProperty<Optional<StepFacts>> facts() {
        return facts.getReadOnlyProperty();
    }

    /// Shows a file of a layer, once that is read: what it lies in opens, and it is chosen.
    public void showFile(int layer, FilePath path) {
        step(layer).ifPresent(step -> {
            scope.set(Scope.LAYER);
            sought.reset();
            chosen.set(step);
            followed = Optional.of(path);
            reveal();
        });
    }

    /// The step that made a layer.
    Optional<PyramidStep> step(int layer) {
        return steps.stream().filter(step -> step.layer() == layer).findFirst();
    }

    /// Chooses a layer, once the steps are known.
    ///
    /// @param path of the file that is to be shown in it
    public void showLayer(int layer, Optional<FilePath> path) {
        wanted = layer;
        wantedFile = path;
        chooseWanted();
    }

    private void chooseWanted() {
        Optional<PyramidStep> found = wanted > 0 ? step(wanted) : Optional.empty();
        found.ifPresent(step -> {
            wanted = 0;
            chosen.set(step);
            wantedFile.ifPresent(path -> showFile(step.layer(), path));
            wantedFile = Optional.empty();
        });
    }

    private void reveal() {
        PyramidStep step = chosen.get();
        if (step != null && tree.filter(now -> now.layer() == step.layer()).isPresent()) {
            followed.ifPresent(rows::reveal);
            followed = Optional.empty();
        }
    }

    /// What of the image is wasted.
    public WasteViewModel waste() {
        return waste;
    }

    /// Files are being read.
    ReadOnlyBooleanProperty reading() {
        return reading.getReadOnlyProperty();
    }

    /// Whose files are shown; empty while none are.
    Optional<TreeSource> source() {
        return image.flatMap(id -> tree.map(now -> isWritten(now)
                ? new TreeSource.OfContainer(writable.look().get().orElseThrow().container())
                : new TreeSource.OfImage(id, now.layer())));
    }

    private boolean isWritten(FileTree shown) {
        return writable.look().get().filter(look -> look.tree() == shown).isPresent();
    }

    ExplorerRows rows() {
        return rows;
    }

    /// Of what was asked about hidden files.
    FailurePlace hidingPlace() {
        return hiding.place();
    }

    /// Of what was asked about steps and files.
    FailurePlace place() {
        return asked.place();
    }

    /// Somebody looks at files, until what is returned is closed: a tree of files need not be kept after that.
    FxPump.Ticking follow() {
        left = false;
        if (tree.isEmpty() && !asked.asking().get()) {
            look();
        }
        return this::leave;
    }

    private void leave() {
        left = true;
        if (!steps.isEmpty()) {
            asked.withdraw();
        }
        show(Optional.empty(), Optional.empty());
        writable.forget();
    }

    /// Which image it is about; the same one again changes nothing.
    public void show(Image shown) {
        if (image.filter(shown.id()::equals).isPresent()) {
            return;
        }
        image = Optional.of(shown.id());
        asked.withdraw();
        steps.clear();
        pyramid.clear();
        chosen.set(null);
        rows.forget();
        sought.reset();
        onlyChanged.set(false);
        wanted = 0;
        wantedFile = Optional.empty();
        writable.show(shown.id());
        waste.show(TreeSource.of(shown));
        asked.ask(
                engine -> {
                    List<LayerStep> told = engine.layers().steps(shown.id());
                    return () -> showSteps(shown, told);
                },
                Runnable::run);
    }

    private void showSteps(Image shown, List<LayerStep> told) {
        largest = told.stream().mapToLong(LayerStep::size).max().orElse(0);
        steps.setAll(pyramid(shown, told));
        pyramid.setAll(steps);
        chooseUppermost();
        chooseWanted();
        writable.owner().get().ifPresent(owner -> crown(Optional.of(owner)));
    }

    private void chooseUppermost() {
        steps.stream().filter(step -> !step.step().isEmpty()).findFirst().ifPresent(chosen::set);
    }

    /// Puts the layer of a container on top, and shows it; or takes it away.
    private void crown(Optional<WritableLayer.Owner> owner) {
        boolean crowned = !pyramid.isEmpty() && pyramid.getFirst().isWritable();
        boolean shown = crowned && pyramid.getFirst().equals(chosen.get());
        if (steps.isEmpty()) {
            return;
        }
        if (owner.isEmpty()) {
            if (shown) {
                chooseUppermost();
            }
            if (crowned) {
                pyramid.removeFirst();
            }
            return;
        }
        PyramidStep top = PyramidStep.ofContainer(owner.get(), steps.getFirst().layers());
        if (crowned) {
            pyramid.set(0, top);
        } else {
            pyramid.addFirst(top);
        }
        chosen.set(top);
    }

    /// What the chosen container has written is known, or known anew.
    private void written(Optional<WritableLayer.Look> before, Optional<WritableLayer.Look> now) {
        boolean shown = tree.isPresent()
                && before.filter(look -> tree.get() == look.tree()).isPresent();
        if (shown && now.isPresent()) {
            tree = Optional.of(now.get().tree());
            rows.follow(sight(now.get().tree()));
        } else if (chosen.get() != null && chosen.get().isWritable()) {
            look();
        }
        tellFacts();
    }

    /// Files of several layers may be shown beside the chosen step: what another one did is not told as its deed.
    private void tellFacts() {
        PyramidStep step = chosen.get();
        if (step != null && step.isWritable()) {
            facts.set(writable.look().get().map(WritableLayer.Look::facts));
        } else {
            boolean own = step != null
                    && tree.filter(read -> read.layer() == step.layer()).isPresent();
            facts.set(own ? counted : Optional.empty());
        }
    }

    /// How wide a step of so many bytes is beside the others, from 0 to 1.
    double width(long bytes) {
        return bytes == 0 ? 0 : Math.sqrt(Math.min(1, (double) bytes / Math.max(largest, 1)));
    }

    private List<PyramidStep> pyramid(Image shown, List<LayerStep> lowestFirst) {
        long all = lowestFirst.stream().mapToLong(LayerStep::size).sum();
        int layers = (int) lowestFirst.stream().filter(step -> !step.isEmpty()).count();
        Map<DiffId, List<String>> sharers = sharers(shown.id());
        List<PyramidStep> pyramid = new ArrayList<>();
        for (LayerStep step : lowestFirst.reversed()) {
            pyramid.add(new PyramidStep(
                    step,
                    layers,
                    width(step.size()),
                    all == 0 ? 0 : (double) step.size() / all,
                    sharedWith(step, sharers),
                    Optional.empty()));
        }
        return pyramid;
    }

    private static List<String> sharedWith(LayerStep step, Map<DiffId, List<String>> sharers) {
        return step.diffId()
                .map(layer -> sharers.getOrDefault(layer, List.of()))
                .orElse(List.of());
    }

    /// The names of the other images by what layers they have.
    private Map<DiffId, List<String>> sharers(ImageId shown) {
        Map<DiffId, List<String>> sharers = new HashMap<>();
        session.images().values().stream()
                .filter(other -> !other.id().equals(shown))
                .sorted(Comparator.comparing(Image::displayName))
                .forEach(other -> other.layers().stream()
                        .map(Image.Layer::diffId)
                        .distinct()
                        .forEach(layer -> sharers.computeIfAbsent(layer, any -> new ArrayList<>())
                                .add(other.displayName())));
        return sharers;
    }

    /// Other images have come, gone or got another name.
    private void share() {
        if (image.isEmpty() || steps.isEmpty()) {
            return;
        }
        Map<DiffId, List<String>> sharers = sharers(image.get());
        for (int at = 0; at < steps.size(); at++) {
            PyramidStep before = steps.get(at);
            PyramidStep now = before.withSharedWith(sharedWith(before.step(), sharers));
            if (!now.equals(before)) {
                boolean shown = before.equals(chosen.get());
                steps.set(at, now);
                pyramid.set(pyramid.indexOf(before), now);
                if (shown) {
                    chosen.set(now);
                }
            }
        }
    }

    private void look() {
        PyramidStep step = chosen.get();
        ImageId id = image.orElse(null);
        if (left) {
            tellFacts();
            return;
        }
        if (step != null && step.isWritable() && scope.get() != Scope.IMAGE) {
            asked.withdraw();
            Optional<WritableLayer.Look> written = writable.look().get();
            show(written.map(WritableLayer.Look::tree), Optional.empty());
            return;
        }
        int layer = step == null ? 0 : scope.get() == Scope.IMAGE ? step.layers() : step.layer();
        if (id == null || layer == 0) {
            asked.withdraw();
            show(Optional.empty(), Optional.empty());
            return;
        }
        if (tree.filter(now -> now.layer() == layer).isPresent()) {
            asked.withdraw();
            tellFacts();
            showRows();
            askWhatIsHidden();
            return;
        }
        // There is never more than one tree in memory.
        show(Optional.empty(), Optional.empty());
        asked.ask(
                engine -> {
                    FileTree read = engine.layers().tree(id, layer);
                    StepFacts told = StepFacts.of(read);
                    return () -> show(Optional.of(read), Optional.of(told));
                },
                Runnable::run);
    }

    private void show(Optional<FileTree> read, Optional<StepFacts> told) {
        hiding.withdraw();
        hidden = Optional.empty();
        tree = read;
        counted = told;
        tellFacts();
        showRows();
        reveal();
        askWhatIsHidden();
    }

    /// Told of a layer alone. Asked when its files are there already: all layers above it are read for that.
    private void askWhatIsHidden() {
        PyramidStep step = chosen.get();
        ImageId id = image.orElse(null);
        boolean open = scope.get() == Scope.LAYER && hidden.isEmpty() && tree.isPresent();
        if (!open || id == null || step == null || step.layer() >= step.layers()) {
            return;
        }
        hiding.ask(engine -> engine.layers().hiddenLater(id, step.layer()), found -> {
            hidden = Optional.of(found);
            tree.map(this::sight).ifPresent(rows::know);
        });
    }

    private void showRows() {
        rows.show(tree.map(this::sight), sought.filter().get());
    }

    private LayerSight sight(FileTree read) {
        boolean alone = scope.get() == Scope.LAYER;
        return new LayerSight(
                read,
                scope.get(),
                onlyChanged.get() && !alone,
                hidden.filter(known -> alone).orElse(HiddenLater.NOTHING));
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
