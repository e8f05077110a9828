package io.darsena.app.layers;

import io.darsena.app.session.Commands;
import io.darsena.app.session.FailurePlace;
import io.darsena.app.session.FxPump;
import io.darsena.app.session.Question;
import io.darsena.bridge.image.TransferProgress;
import io.darsena.bridge.layer.Duplicates;
import io.darsena.bridge.layer.FilePath;
import io.darsena.bridge.layer.TreeSource;
import io.darsena.bridge.layer.Waste;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.ToLongFunction;
import javafx.beans.property.ObjectProperty;
import javafx.beans.property.ReadOnlyBooleanProperty;
import javafx.beans.property.ReadOnlyObjectProperty;
import javafx.beans.property.ReadOnlyObjectWrapper;
import javafx.beans.property.SimpleObjectProperty;
import javafx.collections.FXCollections;
import javafx.collections.ObservableList;

/// What one image or container wastes, and in which ways. Hidden files and caches are counted when they are first
/// looked at, for that merges all layers into a tree of its own, and lists what a container has written; files of the
/// same content are looked for when a person wants it, since that reads them. JavaFX thread only.
public final class WasteViewModel {

    private final FxPump pump;
    private final Question<Waste> asked;
    private final Question<Duplicates> searched;
    private final ReadOnlyObjectWrapper<Optional<Waste>> waste = new ReadOnlyObjectWrapper<>(Optional.empty());
    private final ReadOnlyObjectWrapper<Optional<Long>> total = new ReadOnlyObjectWrapper<>(Optional.empty());
    private final ReadOnlyObjectWrapper<Optional<Duplicates>> duplicates =
            new ReadOnlyObjectWrapper<>(Optional.empty());
    private final ReadOnlyObjectWrapper<Optional<TransferProgress>> progress =
            new ReadOnlyObjectWrapper<>(Optional.empty());
    private final ObjectProperty<WasteKind.Filter> filter = new SimpleObjectProperty<>(WasteKind.Filter.ALL);
    private final ObservableList<WasteRow> all = FXCollections.observableArrayList();
    private Optional<TreeSource> source = Optional.empty();

    public WasteViewModel(Commands commands, FxPump pump) {
        this.pump = pump;
        this.asked = new Question<>(commands, pump, Duration.ZERO);
        this.searched = new Question<>(commands, pump, Duration.ZERO);
        waste.subscribe((before, now) -> tell());
        duplicates.subscribe((before, now) -> tell());
        filter.subscribe((before, now) -> {
            if (now == WasteKind.Filter.DUPLICATES) {
                lookForDuplicates();
            }
        });
    }

    /// Empty while it is not known.
    ReadOnlyObjectProperty<Optional<Waste>> waste() {
        return waste.getReadOnlyProperty();
    }

    /// The bytes of all that is known, with what has no row; empty while nobody has looked.
    ReadOnlyObjectProperty<Optional<Long>> total() {
        return total.getReadOnlyProperty();
    }

    /// Empty while it has not been looked for.
    ReadOnlyObjectProperty<Optional<Duplicates>> duplicates() {
        return duplicates.getReadOnlyProperty();
    }

    /// How far the search for files of the same content is.
    ReadOnlyObjectProperty<Optional<TransferProgress>> progress() {
        return progress.getReadOnlyProperty();
    }

    ReadOnlyBooleanProperty searching() {
        return searched.asking();
    }

    ObjectProperty<WasteKind.Filter> filter() {
        return filter;
    }

    /// The largest of all that is known, what costs most first.
    ObservableList<WasteRow> rows() {
        return all;
    }

    /// What all costs that is of a kind, with what has no row.
    long bytes(WasteKind.Filter which) {
        return sum(which, WasteSum::bytes);
    }

    /// How many there are of a kind, with what has no row.
    long count(WasteKind.Filter which) {
        return sum(which, WasteSum::count);
    }

    private long sum(WasteKind.Filter which, ToLongFunction<WasteSum> part) {
        return Arrays.stream(WasteKind.values())
                .filter(which::holds)
                .mapToLong(kind -> part.applyAsLong(WasteSum.of(kind, waste.get(), duplicates.get())))
                .sum();
    }

    FailurePlace place() {
        return asked.place();
    }

    FailurePlace searchPlace() {
        return searched.place();
    }

    /// Whose waste it is about; the same one again changes nothing.
    ///
    /// @return whether it is another one
    public boolean show(TreeSource shown) {
        if (source.filter(shown::equals).isPresent()) {
            return false;
        }
        source = Optional.of(shown);
        forget();
        filter.set(WasteKind.Filter.ALL);
        return true;
    }

    private void forget() {
        asked.withdraw();
        stopSearch();
        waste.set(Optional.empty());
        duplicates.set(Optional.empty());
    }

    /// Asks for it anew; files of the same content are looked for when a person wants that again.
    public void refresh() {
        forget();
        look();
    }

    /// Asks for it, if it is not known yet.
    public void look() {
        boolean known = waste.get().isPresent() || asked.asking().get();
        if (!known) {
            source.ifPresent(
                    from -> asked.ask(engine -> engine.layers().waste(from), told -> waste.set(Optional.of(told))));
        }
    }

    /// Looks for files of the same content, if that has not been done yet.
    void lookForDuplicates() {
        boolean known = duplicates.get().isPresent() || searched.asking().get();
        if (known) {
            return;
        }
        progress.set(Optional.empty());
        Consumer<TransferProgress> telling = pump.latest(told -> {
            if (searched.asking().get()) {
                progress.set(Optional.of(told));
            }
        });
        source.ifPresent(from -> searched.ask(
                engine -> engine.layers().duplicates(from, telling), told -> duplicates.set(Optional.of(told))));
    }

    void stopSearch() {
        searched.withdraw();
        progress.set(Optional.empty());
    }

    private void tell() {
        Set<Again> rewritten = new HashSet<>();
        duplicates
                .get()
                .ifPresent(known -> known.rewritten()
                        .forEach(each -> rewritten.add(new Again(each.broughtBy(), each.hiddenBy(), each.path()))));
        List<WasteRow> rows = new ArrayList<>();
        waste.get().ifPresent(known -> {
            known.hidden()
                    .forEach(each -> rows.add(new WasteRow.OfHidden(
                            each,
                            !each.removed()
                                    && rewritten.contains(new Again(each.broughtBy(), each.hiddenBy(), each.path())))));
            known.caches().forEach(each -> rows.add(new WasteRow.OfCache(each)));
        });
        duplicates.get().ifPresent(known -> known.groups().forEach(each -> rows.add(new WasteRow.OfGroup(each))));
        rows.sort(Comparator.comparingLong(WasteRow::bytes).reversed());
        all.setAll(rows);
        total.set(waste.get().map(known -> bytes(WasteKind.Filter.ALL)));
    }

    /// A file that is brought again as it was.
    private record Again(int broughtBy, int hiddenBy, FilePath path) {}
}
