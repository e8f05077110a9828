package io.darsena.app.containers.logs;

import io.darsena.app.session.FxPump;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.Consumer;
import java.util.function.ToIntFunction;
import javafx.beans.property.BooleanProperty;
import javafx.beans.property.ReadOnlyLongProperty;
import javafx.beans.property.ReadOnlyLongWrapper;
import javafx.beans.property.ReadOnlyObjectProperty;
import javafx.beans.property.ReadOnlyObjectWrapper;
import javafx.beans.property.SimpleBooleanProperty;
import javafx.beans.property.SimpleStringProperty;
import javafx.beans.property.StringProperty;
import javafx.beans.value.ObservableValue;

/// What is sought in a log, and which lines hold it: counted while it is typed and while lines come. The line that was
/// gone to last is the current one. JavaFX thread only; the searching is done elsewhere.
public final class FoundLines {

    private final ObservableValue<KeptLines> lines;
    private final ObservableValue<LogStreams> streams;
    private final FxPump pump;
    private final StringProperty words = new SimpleStringProperty("");
    private final BooleanProperty mindingCase = new SimpleBooleanProperty(false);
    private final ReadOnlyLongWrapper count = new ReadOnlyLongWrapper();
    private final ReadOnlyLongWrapper ordinal = new ReadOnlyLongWrapper();
    private final ReadOnlyObjectWrapper<OptionalLong> current = new ReadOnlyObjectWrapper<>(OptionalLong.empty());
    private final ReadOnlyObjectWrapper<Needle> needle = new ReadOnlyObjectWrapper<>(Needle.of("", false));
    private Optional<LogSearch> search = Optional.empty();

    FoundLines(ObservableValue<KeptLines> lines, ObservableValue<LogStreams> streams, FxPump pump) {
        this.lines = lines;
        this.streams = streams;
        this.pump = pump;
        lines.addListener((property, before, now) -> begin());
        streams.addListener((property, before, now) -> begin());
        words.addListener((property, before, now) -> begin());
        mindingCase.addListener((property, before, now) -> begin());
    }

    private void begin() {
        search.ifPresent(LogSearch::close);
        current.set(OptionalLong.empty());
        needle.set(Needle.of(words.get(), mindingCase.get()));
        search = Optional.empty();
        if (!needle.get().isEmpty()) {
            LogSearch[] mine = new LogSearch[1];
            Consumer<Boolean> searched = pump.latest(some -> {
                if (search.filter(now -> now == mine[0]).isPresent()) {
                    tell();
                }
            });
            mine[0] = new LogSearch(lines.getValue(), needle.get(), streams.getValue(), () -> searched.accept(true));
            search = Optional.of(mine[0]);
            mine[0].goOn();
        }
        tell();
    }

    /// To be called when lines have come or gone.
    void goOn() {
        search.ifPresent(LogSearch::goOn);
    }

    private void tell() {
        count.set(search.map(now -> now.hits().size()).orElse(0));
        ordinal.set(search.filter(now -> current.get().isPresent())
                .filter(now -> now.hits().contains(current.get().getAsLong()))
                .map(now -> now.hits().before(current.get().getAsLong()) + 1)
                .orElse(0));
    }

    /// Makes the next line that is found after the current one current, or after `from` when there is none; after the
    /// last one comes the first.
    public OptionalLong next(long from) {
        return go(hits -> {
            long after = current.get().isPresent() ? current.get().getAsLong() + 1 : from;
            int place = hits.before(after);
            return place < hits.size() ? place : 0;
        });
    }

    /// The same, backwards.
    public OptionalLong previous(long from) {
        return go(hits -> {
            int place = hits.before(current.get().orElse(from)) - 1;
            return place >= 0 ? place : hits.size() - 1;
        });
    }

    private OptionalLong go(ToIntFunction<LogHits> chosen) {
        OptionalLong gone = search.map(LogSearch::hits)
                .map(hits -> hits.at(chosen.applyAsInt(hits)))
                .orElse(OptionalLong.empty());
        current.set(gone);
        tell();
        return gone;
    }

    public StringProperty words() {
        return words;
    }

    /// Whether small and capital letters are different ones.
    public BooleanProperty mindingCase() {
        return mindingCase;
    }

    /// How many lines hold what is sought.
    public ReadOnlyLongProperty count() {
        return count.getReadOnlyProperty();
    }

    /// Which of them is the current one, from 1 on; 0 when none is.
    public ReadOnlyLongProperty ordinal() {
        return ordinal.getReadOnlyProperty();
    }

    ReadOnlyObjectProperty<OptionalLong> current() {
        return current.getReadOnlyProperty();
    }

    ReadOnlyObjectProperty<Needle> needle() {
        return needle.getReadOnlyProperty();
    }

    boolean isCurrent(long serial) {
        return current.get().isPresent() && current.get().getAsLong() == serial;
    }
}
