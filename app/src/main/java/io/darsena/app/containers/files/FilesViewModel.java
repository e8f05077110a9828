package io.darsena.app.containers.files;

import io.darsena.app.containers.item.ContainerRow;
import io.darsena.app.layers.ExplorerRows;
import io.darsena.app.layers.LayerSight;
import io.darsena.app.layers.Scope;
import io.darsena.app.layers.Sought;
import io.darsena.app.layers.TreePrint;
import io.darsena.app.session.Command;
import io.darsena.app.session.Commands;
import io.darsena.app.session.FailurePlace;
import io.darsena.app.session.FxPump;
import io.darsena.app.session.Question;
import io.darsena.bridge.Engine;
import io.darsena.bridge.container.Container;
import io.darsena.bridge.container.ContainerId;
import io.darsena.bridge.container.ContainerStatus;
import io.darsena.bridge.image.ImageId;
import io.darsena.bridge.layer.FileChange;
import io.darsena.bridge.layer.FilePath;
import io.darsena.bridge.layer.FileTree;
import io.darsena.bridge.layer.TreeSource;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import javafx.beans.property.BooleanProperty;
import javafx.beans.property.ReadOnlyBooleanProperty;
import javafx.beans.property.ReadOnlyBooleanWrapper;
import javafx.beans.property.ReadOnlyObjectProperty;
import javafx.beans.property.ReadOnlyObjectWrapper;
import javafx.beans.property.SimpleBooleanProperty;
import javafx.util.Subscription;

/// One container's files as they are now. While it is followed and the container runs, the engine is asked again and
/// again, the next time a while after it has answered; what has not changed changes nothing on the screen. After a
/// failure it is not asked by itself. JavaFX thread only.
final class FilesViewModel {

    /// Between an answer and the next question.
    static final Duration PAUSE = Duration.ofSeconds(3);

    private final Commands commands;
    private final FailurePlace reverting = new FailurePlace();
    private final FxPump pump;
    private final Duration pause;
    private final Question<Look> asked;
    private final ExplorerRows rows = new ExplorerRows();
    private final BooleanProperty onlyChanged = new SimpleBooleanProperty(true);
    private final Sought sought = new Sought();
    private final ReadOnlyBooleanWrapper reading = new ReadOnlyBooleanWrapper();
    private final ReadOnlyObjectWrapper<Optional<Written>> written = new ReadOnlyObjectWrapper<>(Optional.empty());
    private FxPump.Ticking next = () -> {};
    private Optional<ContainerRow> row = Optional.empty();
    private Optional<ContainerStatus> status = Optional.empty();
    private Optional<Look> last = Optional.empty();
    /// To be shown when the files are read.
    private Optional<FilePath> wanted = Optional.empty();

    private boolean following;
    private boolean again;

    /// An answer, and what tells it from another one.
    ///
    /// @param replaced of the changed files, whether the image has a file there, too
    private record Look(FileTree tree, long print, Written written, Map<FilePath, Boolean> replaced) {

        /// @param known from an earlier look: an image does not change
        static Look of(Engine engine, Container container, Map<FilePath, Boolean> known) {
            FileTree tree = engine.layers().tree(new TreeSource.OfContainer(container.id()));
            return new Look(
                    tree, TreePrint.of(tree), Written.of(tree), replaced(engine, container.image(), tree, known));
        }

        private static Map<FilePath, Boolean> replaced(
                Engine engine, ImageId image, FileTree tree, Map<FilePath, Boolean> known) {
            List<FilePath> unknown = IntStream.range(FileTree.ROOT + 1, tree.limit())
                    .filter(node -> isChangedFile(tree, node))
                    .mapToObj(tree::filePath)
                    .filter(path -> !known.containsKey(path))
                    .toList();
            if (unknown.isEmpty()) {
                return known;
            }
            FileTree below = engine.layers().tree(image, tree.layer() - 1);
            Map<FilePath, Boolean> all = new HashMap<>(known);
            unknown.forEach(path -> all.put(path, hasFile(below, below.find(path))));
            return all;
        }

        private static boolean isChangedFile(FileTree tree, int node) {
            return tree.layer() > 1
                    && tree.isShown(node)
                    && tree.change(node) == FileChange.CHANGED
                    && tree.kind(node).isFile();
        }

        private static boolean hasFile(FileTree below, int node) {
            return node != FileTree.NONE
                    && below.isThere(node)
                    && below.kind(node).isFile();
        }

        boolean replaces(int node) {
            return tree.change(node) == FileChange.CHANGED && replaced.getOrDefault(tree.filePath(node), false);
        }
    }

    FilesViewModel(Commands commands, FxPump pump, Duration pause) {
        this.commands = commands;
        this.pump = pump;
        this.pause = pause;
        this.asked = new Question<>(commands, pump, Duration.ZERO);
        asked.asking().subscribe(asking -> {
            if (!asking) {
                reading.set(false);
            }
        });
        onlyChanged.subscribe((before, now) -> show());
        sought.filter().subscribe((before, now) -> show());
    }

    /// The files of this container from now on, until what is returned is closed. They stay while it is closed,
    /// unless they are forgotten.
    FxPump.Ticking follow(ContainerRow followed) {
        if (row.filter(before -> before.id().equals(followed.id())).isEmpty()) {
            last = Optional.empty();
            wanted = Optional.empty();
            reverting.clear();
            sought.reset();
            written.set(Optional.empty());
            show();
            rows.forget();
        }
        row = Optional.of(followed);
        following = true;
        status = Optional.empty();
        Subscription listening = followed.container().subscribe(this::changed);
        return () -> {
            listening.unsubscribe();
            following = false;
            again = false;
            next.close();
            asked.withdraw();
        };
    }

    /// Nobody looks any more: they need not be kept for that. What is open is, for when somebody looks again.
    void forget() {
        last = Optional.empty();
        wanted = Optional.empty();
        written.set(Optional.empty());
        show();
    }

    /// Shows a file, once they are read: what it lies in opens, and it is chosen.
    void reveal(FilePath path) {
        sought.reset();
        wanted = Optional.of(path);
        revealWanted();
    }

    private void revealWanted() {
        if (last.isPresent()) {
            wanted.ifPresent(rows::reveal);
            wanted = Optional.empty();
        }
    }

    private void changed(Container now) {
        if (status.filter(now.status()::equals).isEmpty()) {
            status = Optional.of(now.status());
            ask(false);
        }
    }

    /// Asks now, as a person wants it.
    void refresh() {
        ask(true);
    }

    private void ask(boolean wanted) {
        if (!following || row.isEmpty()) {
            return;
        }
        reading.set(wanted || last.isEmpty());
        if (asked.asking().get()) {
            again = true;
            return;
        }
        next.close();
        Container container = row.get().container().get();
        Map<FilePath, Boolean> known = last.map(Look::replaced).orElse(Map.of());
        asked.ask(engine -> Look.of(engine, container, known), this::answered);
    }

    private void answered(Look now) {
        if (last.filter(before -> before.print() == now.print()).isEmpty()) {
            boolean first = last.isEmpty();
            last = Optional.of(now);
            written.set(Optional.of(now.written()));
            if (first) {
                show();
            } else {
                rows.follow(sight(now));
            }
        }
        revealWanted();
        boolean runs = status.filter(ContainerStatus.RUNNING::equals).isPresent();
        if (again || runs) {
            next = pump.after(again ? Duration.ZERO : pause, () -> ask(false));
        }
        again = false;
    }

    /// Makes paths again what the image has, and shows what is there then; also after a failure, which may have come in
    /// the middle.
    ///
    /// @param done runs when all of them are
    void revert(List<FilePath> paths, Runnable done) {
        if (row.isEmpty()) {
            return;
        }
        ContainerId id = row.get().id();
        Command command = commands.run(reverting, engine -> engine.layers().revert(id, paths), done);
        command.running().subscribe(running -> {
            if (!running) {
                refresh();
            }
        });
    }

    /// Of what could not be reverted.
    FailurePlace reverting() {
        return reverting;
    }

    private void show() {
        rows.show(last.map(this::sight), sought.filter().get());
    }

    Optional<TreeSource> source() {
        return row.map(shown -> new TreeSource.OfContainer(shown.id()));
    }

    /// Where the image has what the container has changed: a file, or another name of one. Empty where it has none.
    Optional<TreeSource> imageOf(int node) {
        return last.filter(look -> look.replaces(node))
                .flatMap(look -> row.map(shown -> new TreeSource.OfImage(
                        shown.container().get().image(), look.tree().layer() - 1)));
    }

    private LayerSight sight(Look look) {
        return new LayerSight(look.tree(), onlyChanged.get() ? Scope.LAYER : Scope.STACK);
    }

    ExplorerRows rows() {
        return rows;
    }

    BooleanProperty onlyChanged() {
        return onlyChanged;
    }

    Sought sought() {
        return sought;
    }

    /// A person waits for an answer; not while the engine is asked by itself.
    ReadOnlyBooleanProperty reading() {
        return reading.getReadOnlyProperty();
    }

    /// Empty while it is not known.
    ReadOnlyObjectProperty<Optional<Written>> written() {
        return written.getReadOnlyProperty();
    }

    FailurePlace place() {
        return asked.place();
    }
}
