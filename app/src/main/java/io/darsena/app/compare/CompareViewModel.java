package io.darsena.app.compare;

import io.darsena.app.layers.ExplorerRows;
import io.darsena.app.screen.ComparedImages;
import io.darsena.app.session.Commands;
import io.darsena.app.session.EngineSession;
import io.darsena.app.session.Failure;
import io.darsena.app.session.FailurePlace;
import io.darsena.app.session.FxPump;
import io.darsena.app.session.Question;
import io.darsena.bridge.Engine;
import io.darsena.bridge.error.NotFoundException;
import io.darsena.bridge.image.Image;
import io.darsena.bridge.image.TransferProgress;
import io.darsena.bridge.layer.ConfigComparison;
import io.darsena.bridge.layer.FileChange;
import io.darsena.bridge.layer.FileTree;
import io.darsena.bridge.layer.TreeComparison;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import javafx.beans.property.BooleanProperty;
import javafx.beans.property.ReadOnlyBooleanProperty;
import javafx.beans.property.ReadOnlyObjectProperty;
import javafx.beans.property.ReadOnlyObjectWrapper;
import javafx.beans.property.SimpleBooleanProperty;
import javafx.beans.property.SimpleStringProperty;
import javafx.beans.property.StringProperty;
import javafx.collections.FXCollections;
import javafx.collections.ObservableList;

/// Two images and in what they differ. Configuration and layers are known at once; the engine is asked for the files.
/// What these hold is compared at once where it is little, else when a person wants it. JavaFX thread only.
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
    private final StringProperty words = new SimpleStringProperty("");
    private final ExplorerRows rows = new ExplorerRows();
    private final Question<Compared> asked;
    private final Question<Compared> contents;
    private final ReadOnlyObjectWrapper<Optional<TransferProgress>> progress =
            new ReadOnlyObjectWrapper<>(Optional.empty());
    private Optional<Compared> compared = Optional.empty();
    private Optional<ComparedImages> wanted = Optional.empty();

    /// The files with and without regard to times.
    private record Compared(TreeComparison strict, TreeComparison lenient) {

        static Compared of(TreeComparison strict) {
            return new Compared(strict, strict.ignoringTimes());
        }
    }

    public CompareViewModel(EngineSession session, Commands commands, FxPump pump) {
        this.session = session;
        this.pump = pump;
        this.asked = new Question<>(commands, pump, Duration.ZERO);
        this.contents = new Question<>(commands, pump, Duration.ZERO);
        times.subscribe((before, now) -> showFiles());
        onlyChanged.subscribe((before, now) -> showRows());
        words.subscribe((before, now) -> showRows());
        wholeConfig.subscribe((before, now) -> showConfig());
    }

    /// The same ones again, while their files are there or asked for, change nothing.
    public void show(ComparedImages images) {
        if (wanted.filter(images::equals).isPresent()
                && (compared.isPresent() || asked.asking().get())) {
            return;
        }
        Optional<TreeComparison> turned = wanted.filter(images.swapped()::equals)
                .flatMap(known -> compared)
                .map(Compared::strict);
        asked.withdraw();
        stopContents();
        wanted = Optional.of(images);
        forget();
        Optional<Image> before =
                Optional.ofNullable(session.images().get(images.before().id()));
        Optional<Image> after =
                Optional.ofNullable(session.images().get(images.after().id()));
        if (before.isEmpty() || after.isEmpty()) {
            String gone = (before.isEmpty() ? images.before() : images.after()).name();
            place().show(Failure.of(new NotFoundException("compare", "image " + gone, "there is no such image", "")));
            return;
        }
        ComparedPair found = ComparedPair.of(images, before.get(), after.get());
        pair.set(Optional.of(found));
        showConfig();
        asked.ask(
                engine -> Compared.of(turned.map(TreeComparison::reversed).orElseGet(() -> read(engine, found))),
                this::show);
    }

    private static TreeComparison read(Engine engine, ComparedPair images) {
        FileTree before = tree(engine, images.before());
        FileTree after = images.isOneImage() ? before : tree(engine, images.after());
        return TreeComparison.of(before, after, images.layers());
    }

    private static FileTree tree(Engine engine, Image image) {
        return engine.layers().tree(image.id(), image.layers().size());
    }

    private void show(Compared told) {
        compared = Optional.of(told);
        showFiles();
        TreeComparison.Contents open = told.strict().sums().contents();
        if (open.uncompared() > 0 && open.bytes() <= LITTLE) {
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
        pair.get()
                .ifPresent(images -> compared.map(Compared::strict)
                        .ifPresent(known -> contents.ask(
                                engine -> Compared.of(known.withContents(engine.layers()
                                        .compareContents(
                                                images.before().id(),
                                                images.after().id(),
                                                known,
                                                telling))),
                                this::follow)));
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
        rows.show(sight(), words.get());
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
        wanted.ifPresent(this::show);
    }

    /// Nobody looks any more: two trees of files need not be kept for that.
    public void leave() {
        asked.withdraw();
        stopContents();
        wanted = Optional.empty();
        words.set("");
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

    /// What part of a name or path is looked for.
    StringProperty words() {
        return words;
    }

    ExplorerRows rows() {
        return rows;
    }

    /// Files are being read.
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
