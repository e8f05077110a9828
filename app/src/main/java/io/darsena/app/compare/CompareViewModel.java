package io.darsena.app.compare;

import io.darsena.app.compare.ComparedPair.BothHere;
import io.darsena.app.layers.ExplorerRows;
import io.darsena.app.layers.Sought;
import io.darsena.app.screen.ComparedSides;
import io.darsena.app.screen.ComparedSides.AtRegistry;
import io.darsena.app.screen.ComparedSides.Here;
import io.darsena.app.screen.ComparedSides.OfContainer;
import io.darsena.app.screen.ComparedSides.Side;
import io.darsena.app.session.Commands;
import io.darsena.app.session.EngineSession;
import io.darsena.app.session.Failure;
import io.darsena.app.session.FailurePlace;
import io.darsena.app.session.FxPump;
import io.darsena.app.session.Question;
import io.darsena.app.session.Transfers;
import io.darsena.bridge.Engine;
import io.darsena.bridge.error.NotFoundException;
import io.darsena.bridge.image.Image;
import io.darsena.bridge.image.ImageId;
import io.darsena.bridge.image.ImageReference;
import io.darsena.bridge.image.TransferProgress;
import io.darsena.bridge.layer.ConfigComparison;
import io.darsena.bridge.layer.FileChange;
import io.darsena.bridge.layer.FileTree;
import io.darsena.bridge.layer.TreeComparison;
import io.darsena.bridge.registry.ImagePreview;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Function;
import javafx.beans.property.BooleanProperty;
import javafx.beans.property.ReadOnlyBooleanProperty;
import javafx.beans.property.ReadOnlyObjectProperty;
import javafx.beans.property.ReadOnlyObjectWrapper;
import javafx.beans.property.SimpleBooleanProperty;
import javafx.collections.FXCollections;
import javafx.collections.MapChangeListener;
import javafx.collections.ObservableList;

/// Two images or containers and in what they differ. Of what is here configuration and layers are known at once, and
/// the engine is asked for the files; what these hold is compared at once where it is little, else when a person
/// wants it. A container's files are those that it had when they were read. For an image at its registry the engine
/// asks there, without its files: they are known once it is pulled. JavaFX thread only.
public final class CompareViewModel {

    /// So many bytes are read without being asked for.
    private static final long LITTLE = 64L << 20;

    private final EngineSession session;
    private final FxPump pump;
    private final ReadOnlyObjectWrapper<Optional<ComparedPair>> pair = new ReadOnlyObjectWrapper<>(Optional.empty());
    private final ReadOnlyObjectWrapper<Optional<TreeComparison>> files = new ReadOnlyObjectWrapper<>(Optional.empty());
    private final ObservableList<ConfigComparison.Row> config = FXCollections.observableArrayList();
    private final BooleanProperty onlyChanged = new SimpleBooleanProperty(true);
    private final BooleanProperty times = new SimpleBooleanProperty(true);
    private final BooleanProperty wholeConfig = new SimpleBooleanProperty();
    private final Sought sought = new Sought();
    private final ExplorerRows rows = new ExplorerRows();
    private final Question<Runnable> asked;
    private final Question<Compared> contents;
    private final ReadOnlyObjectWrapper<Optional<TransferProgress>> progress =
            new ReadOnlyObjectWrapper<>(Optional.empty());
    private final UpdatePull pull;
    private Consumer<ComparedSides> successor = pair -> {};
    private Optional<Compared> compared = Optional.empty();
    private Optional<ComparedSides> wanted = Optional.empty();
    private Optional<ImageId> awaited = Optional.empty();

    /// The files with and without regard to times.
    private record Compared(TreeComparison strict, TreeComparison lenient) {

        static Compared of(TreeComparison strict) {
            return new Compared(strict, strict.ignoringTimes());
        }
    }

    public CompareViewModel(EngineSession session, Commands commands, FxPump pump, Transfers transfers) {
        this.session = session;
        this.pump = pump;
        this.asked = new Question<>(commands, pump, Duration.ZERO);
        this.contents = new Question<>(commands, pump, Duration.ZERO);
        this.pull = new UpdatePull(transfers, this::await);
        times.subscribe((before, now) -> showFiles());
        onlyChanged.subscribe((before, now) -> showRows());
        sought.filter().subscribe((before, now) -> showRows());
        wholeConfig.subscribe((before, now) -> showConfig());
    }

    /// Says who shows what the two become when the one that was at its registry has come.
    void onArrival(Consumer<ComparedSides> shower) {
        successor = shower;
    }

    /// Notices images that come, until it is closed; then nobody looks any more.
    AutoCloseable follow() {
        MapChangeListener<ImageId, Image> arrivals = change -> {
            if (change.wasAdded() && !change.wasRemoved()) {
                come(change.getKey());
            }
        };
        session.images().addListener(arrivals);
        return () -> {
            session.images().removeListener(arrivals);
            leave();
        };
    }

    /// The same ones again, while they are known or asked for, change nothing.
    public void show(ComparedSides images) {
        if (wanted.filter(images::equals).isPresent()
                && (isKnown() || asked.asking().get())) {
            return;
        }
        boolean turned = wanted.filter(images.swapped()::equals).isPresent();
        Optional<TreeComparison> files =
                compared.filter(known -> turned).map(known -> known.strict().reversed());
        Optional<ImagePreview> update = pair.get().filter(known -> turned).flatMap(CompareViewModel::update);
        asked.withdraw();
        stopContents();
        wanted = Optional.of(images);
        if (!turned) {
            pull.forget();
        }
        awaited = Optional.empty();
        forget();
        Optional<AtRegistry> remote = images.atRegistry();
        if (remote.isEmpty()) {
            compare(images, files);
        } else if (update.isPresent()) {
            told(images, update.get());
        } else {
            AtRegistry there = remote.get();
            ask(engine -> engine.registries().preview(there.request()), told -> told(images, told));
        }
    }

    private <T> void ask(Function<Engine, T> question, Consumer<T> answered) {
        asked.ask(
                engine -> {
                    T answer = question.apply(engine);
                    return () -> answered.accept(answer);
                },
                Runnable::run);
    }

    private boolean isKnown() {
        return compared.isPresent()
                || pair.get().flatMap(CompareViewModel::update).isPresent();
    }

    private static Optional<ImagePreview> update(ComparedPair pair) {
        return pair instanceof ComparedPair.WithUpdate known ? Optional.of(known.update()) : Optional.empty();
    }

    private void compare(ComparedSides images, Optional<TreeComparison> files) {
        Optional<Subject> before = subject(images.before(), Optional.empty());
        Optional<Subject> after = subject(images.after(), Optional.empty());
        if (before.isEmpty() || after.isEmpty()) {
            missing(before.isEmpty() ? images.before() : images.after());
            return;
        }
        compare(ComparedPair.of(images, before.get(), after.get()), files);
    }

    /// What the registry has may be here already, by another name or since a pull.
    private void told(ComparedSides images, ImagePreview update) {
        Optional<Subject> before = subject(images.before(), Optional.of(update));
        Optional<Subject> after = subject(images.after(), Optional.of(update));
        if (before.isPresent() && after.isPresent()) {
            compare(ComparedPair.of(images, before.get(), after.get()), Optional.empty());
            return;
        }
        boolean fromRegistry = images.before() instanceof AtRegistry;
        (fromRegistry ? after : before)
                .ifPresentOrElse(
                        here -> {
                            pair.set(Optional.of(ComparedPair.of(images, here.image(), update)));
                            showConfig();
                        },
                        () -> missing(fromRegistry ? images.after() : images.before()));
    }

    private void missing(Side side) {
        NotFoundException missing = side instanceof OfContainer
                ? new NotFoundException("compare", "container " + side.name(), "there is no such container", "")
                : new NotFoundException("compare", "image " + side.name(), "there is no such image", "");
        place().show(Failure.of(missing));
    }

    private Optional<Subject> subject(Side side, Optional<ImagePreview> update) {
        return switch (side) {
            case Here here -> image(here.id()).map(Subject::of);
            case OfContainer here ->
                Optional.ofNullable(session.containers().get(here.id()))
                        .flatMap(container -> image(container.image()).map(image -> Subject.of(container, image)));
            case AtRegistry there -> update.flatMap(known -> image(known.id())).map(Subject::of);
        };
    }

    private Optional<Image> image(ImageId id) {
        return Optional.ofNullable(session.images().get(id));
    }

    private void compare(BothHere found, Optional<TreeComparison> files) {
        pair.set(Optional.of(found));
        showConfig();
        ask(engine -> Compared.of(files.orElseGet(() -> read(engine, found))), this::show);
    }

    /// Reads anew what a container may have changed since.
    void refresh() {
        if (pair.get().orElse(null) instanceof BothHere both && both.names().hasContainer()) {
            stopContents();
            ask(engine -> Compared.of(read(engine, both)), this::show);
        }
    }

    /// Pulls what is at its registry; its files are compared as soon as it is here.
    void pull() {
        wanted.flatMap(ComparedSides::atRegistry).map(AtRegistry::request).ifPresent(pull::begin);
    }

    /// The pull may have brought something newer than was looked at.
    private void await(ImageId id) {
        awaited = Optional.of(id);
        if (session.images().containsKey(id)) {
            come(id);
        }
    }

    private void come(ImageId id) {
        boolean looked = pair.get()
                .flatMap(CompareViewModel::update)
                .filter(update -> awaited.isEmpty() ? update.id().equals(id) : awaited.equals(Optional.of(id)))
                .isPresent();
        if (looked) {
            wanted.flatMap(images -> arrived(images, id)).ifPresent(successor);
        }
    }

    /// The one that was here may have lost its name to the one that has come.
    private Optional<ComparedSides> arrived(ComparedSides images, ImageId id) {
        return images.atRegistry().map(there -> {
            Here come = new Here(id, there.name());
            return images.before() instanceof AtRegistry
                    ? new ComparedSides(come, without(there.reference(), images.after()))
                    : new ComparedSides(without(there.reference(), images.before()), come);
        });
    }

    private Side without(ImageReference lost, Side side) {
        if (!(side instanceof Here here) || !here.name().equals(lost.familiar())) {
            return side;
        }
        String name = Optional.ofNullable(session.images().get(here.id())).map(Image::names).orElse(List.of()).stream()
                .filter(other -> !other.equals(lost))
                .findFirst()
                .map(ImageReference::familiar)
                .orElse(here.id().shortId());
        return new Here(here.id(), name);
    }

    private static TreeComparison read(Engine engine, BothHere images) {
        FileTree before = engine.layers().tree(images.before().source());
        FileTree after =
                images.isOne() ? before : engine.layers().tree(images.after().source());
        return TreeComparison.of(before, after, images.layers());
    }

    private void show(Compared told) {
        // A comparison of contents that began meanwhile is one of the files of before.
        stopContents();
        boolean anew = compared.isPresent();
        if (pair.get().orElse(null) instanceof BothHere both && both.names().hasContainer()) {
            pair.set(Optional.of(both.read(told.strict())));
        }
        if (anew) {
            follow(told);
        } else {
            compared = Optional.of(told);
            showFiles();
        }
        TreeComparison.Contents open = told.strict().sums().contents();
        if (open.isOpen() && open.bytes() <= LITTLE) {
            compareContents();
        }
    }

    /// Compares what files hold of which only that can differ, unless that goes on already.
    void compareContents() {
        if (contents.asking().get()) {
            return;
        }
        progress.set(Optional.empty());
        Consumer<TransferProgress> telling = pump.latest(told -> {
            if (contents.asking().get()) {
                progress.set(Optional.of(told));
            }
        });
        if (pair.get().orElse(null) instanceof BothHere images) {
            compared.map(Compared::strict)
                    .ifPresent(known -> contents.ask(
                            engine -> Compared.of(known.withContents(engine.layers()
                                    .compareContents(
                                            images.before().source(),
                                            images.after().source(),
                                            known,
                                            telling))),
                            this::follow));
        }
    }

    /// Where a person looks meanwhile they go on looking.
    private void follow(Compared told) {
        compared = Optional.of(told);
        files.set(shown());
        sight().ifPresent(rows::follow);
    }

    void stopContents() {
        contents.withdraw();
        progress.set(Optional.empty());
    }

    private Optional<TreeComparison> shown() {
        return compared.map(told -> times.get() ? told.strict() : told.lenient());
    }

    private Optional<ComparedSight> sight() {
        return files.get().map(shown -> new ComparedSight(shown, onlyChanged.get()));
    }

    private void showFiles() {
        files.set(shown());
        showRows();
    }

    private void showRows() {
        rows.show(sight(), sought.filter().get());
    }

    private void showConfig() {
        List<ConfigComparison.Row> all =
                pair.get().map(known -> known.config().rows()).orElse(List.of());
        config.setAll(all.stream()
                .filter(row -> wholeConfig.get() || row.change() != FileChange.NONE)
                .sorted(Comparator.comparing(row -> row.change() == FileChange.NONE))
                .toList());
    }

    /// Asks once more for what could not be had.
    public void retry() {
        if (isKnown()) {
            refresh();
        } else {
            wanted.ifPresent(this::show);
        }
    }

    /// Nobody looks any more: two trees of files need not be kept for that.
    public void leave() {
        asked.withdraw();
        stopContents();
        pull.forget();
        wanted = Optional.empty();
        awaited = Optional.empty();
        sought.reset();
        forget();
    }

    private void forget() {
        compared = Optional.empty();
        pair.set(Optional.empty());
        showConfig();
        showFiles();
    }

    ReadOnlyObjectProperty<Optional<ComparedPair>> pair() {
        return pair.getReadOnlyProperty();
    }

    /// Once they have been read.
    ReadOnlyObjectProperty<Optional<TreeComparison>> files() {
        return files.getReadOnlyProperty();
    }

    /// What differs first.
    ObservableList<ConfigComparison.Row> config() {
        return config;
    }

    /// Whether files that are the same are left out.
    BooleanProperty onlyChanged() {
        return onlyChanged;
    }

    /// Whether a file counts as changed of which nothing but the time differs.
    BooleanProperty times() {
        return times;
    }

    /// Whether what is the same in both configurations is shown, too.
    BooleanProperty wholeConfig() {
        return wholeConfig;
    }

    Sought sought() {
        return sought;
    }

    ExplorerRows rows() {
        return rows;
    }

    /// What is pulled for its files.
    UpdatePull pulling() {
        return pull;
    }

    /// The registry is asked, or files are being read.
    ReadOnlyBooleanProperty reading() {
        return asked.asking();
    }

    /// What files hold is being compared.
    ReadOnlyBooleanProperty comparing() {
        return contents.asking();
    }

    /// How far that is.
    ReadOnlyObjectProperty<Optional<TransferProgress>> progress() {
        return progress.getReadOnlyProperty();
    }

    FailurePlace contentsPlace() {
        return contents.place();
    }

    FailurePlace place() {
        return asked.place();
    }
}
