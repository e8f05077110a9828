package io.darsena.app.list;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.function.BiConsumer;
import java.util.function.BiFunction;
import java.util.stream.Stream;
import javafx.beans.property.ObjectProperty;
import javafx.beans.property.ReadOnlyIntegerProperty;
import javafx.beans.property.ReadOnlyIntegerWrapper;
import javafx.beans.property.ReadOnlyLongProperty;
import javafx.beans.property.ReadOnlyLongWrapper;
import javafx.beans.property.SimpleObjectProperty;
import javafx.beans.property.SimpleStringProperty;
import javafx.beans.property.StringProperty;
import javafx.collections.FXCollections;
import javafx.collections.ObservableList;

/// The rows behind a list: all of them in an order of their own, those that filter tab and search admit, and how many
/// each tab would show. A row stays the same object as long as what it is about is there. JavaFX thread only.
///
/// @param <K> what a row is known by
/// @param <R> the row
/// @param <F> the filter tabs; the first one admits everything
public final class ListRows<K, R, F extends Enum<F>> {

    private final Rules<R, F> rules;
    private final F everything;
    private final Map<K, R> byKey = new HashMap<>();
    private final ObservableList<R> all = FXCollections.observableArrayList();
    private final ObservableList<R> shown = FXCollections.observableArrayList();
    private final ObservableList<R> shownToOthers = FXCollections.unmodifiableObservableList(shown);
    private final ObjectProperty<F> filter;
    private final StringProperty search = new SimpleStringProperty("");
    private final Map<F, ReadOnlyIntegerWrapper> counts;
    private final ReadOnlyLongWrapper settled = new ReadOnlyLongWrapper();

    /// What belongs where.
    public interface Rules<R, F> {

        /// The order while no column sorts; it does not change during a row's life.
        Comparator<R> order();

        boolean admits(F filter, R row);

        /// @param sought in lower case, not empty
        boolean matches(R row, String sought);
    }

    public ListRows(Class<F> filters, Rules<R, F> rules) {
        this.rules = rules;
        this.everything = filters.getEnumConstants()[0];
        this.filter = new SimpleObjectProperty<>(everything);
        this.counts = new EnumMap<>(filters);
        Stream.of(filters.getEnumConstants()).forEach(each -> counts.put(each, new ReadOnlyIntegerWrapper()));
        filter.addListener(change -> refilter());
        search.addListener(change -> refilter());
    }

    /// Follows what there is now. What stays keeps its row, and so its place in a selection.
    public <V> void follow(Map<K, V> present, BiFunction<K, V, R> make, BiConsumer<R, V> update) {
        Set<R> gone = new HashSet<>();
        byKey.entrySet().removeIf(entry -> !present.containsKey(entry.getKey()) && gone.add(entry.getValue()));
        List<R> arrived = new ArrayList<>();
        present.forEach((key, value) -> {
            R row = byKey.get(key);
            if (row == null) {
                row = make.apply(key, value);
                byKey.put(key, row);
                arrived.add(row);
            }
            update.accept(row, value);
        });
        if (!gone.isEmpty()) {
            all.removeAll(gone);
        }
        insert(arrived);
        settle();
    }

    /// In runs, so that a thousand rows that come together are one change.
    private void insert(List<R> arrived) {
        Comparator<R> order = rules.order();
        arrived.sort(order);
        int at = 0;
        for (int from = 0, to; from < arrived.size(); from = to) {
            while (at < all.size() && order.compare(all.get(at), arrived.get(from)) < 0) {
                at++;
            }
            to = from + 1;
            while (to < arrived.size() && (at == all.size() || order.compare(arrived.get(to), all.get(at)) < 0)) {
                to++;
            }
            all.addAll(at, arrived.subList(from, to));
            at += to - from;
        }
    }

    /// Counts and filters anew after rows have changed.
    public void settle() {
        Map<F, Integer> sums = new HashMap<>();
        for (R row : all) {
            counts.keySet().forEach(each -> {
                if (rules.admits(each, row)) {
                    sums.merge(each, 1, Integer::sum);
                }
            });
        }
        counts.forEach((each, number) -> number.set(sums.getOrDefault(each, 0)));
        refilter();
        settled.set(settled.get() + 1);
    }

    /// What stays admitted keeps its place: a list that is replaced as a whole loses the selection of whoever shows it.
    private void refilter() {
        String sought = search.get().strip().toLowerCase(Locale.ROOT);
        F wanted = filter.get();
        List<R> admitted = all.stream()
                .filter(row -> rules.admits(wanted, row) && (sought.isEmpty() || rules.matches(row, sought)))
                .toList();
        Set<R> staying = new HashSet<>(admitted);
        List<R> leaving = shown.stream().filter(row -> !staying.contains(row)).toList();
        if (!leaving.isEmpty()) {
            shown.removeAll(new HashSet<>(leaving));
        }
        admit(admitted);
    }

    /// In runs, as [#insert]; what is shown already is in the same order.
    private void admit(List<R> admitted) {
        for (int at = 0, to; at < admitted.size(); at = Math.max(at + 1, to)) {
            to = at;
            while (to < admitted.size()
                    && (at >= shown.size() || !admitted.get(to).equals(shown.get(at)))) {
                to++;
            }
            if (to > at) {
                shown.addAll(at, admitted.subList(at, to));
            }
        }
    }

    public ObservableList<R> all() {
        return all;
    }

    /// Counts how often the rows have changed: what shows something about several of them listens to it.
    public ReadOnlyLongProperty settled() {
        return settled.getReadOnlyProperty();
    }

    /// The rows that filter and search admit.
    public ObservableList<R> shown() {
        return shownToOthers;
    }

    public Optional<R> row(K key) {
        return Optional.ofNullable(byKey.get(key));
    }

    public ObjectProperty<F> filter() {
        return filter;
    }

    public StringProperty search() {
        return search;
    }

    public void clearFilters() {
        filter.set(everything);
        search.set("");
    }

    public ReadOnlyIntegerProperty count(F of) {
        return Objects.requireNonNull(counts.get(of)).getReadOnlyProperty();
    }
}
