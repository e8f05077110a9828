package io.darsena.app.trash;

import io.darsena.app.list.BatchWords;
import io.darsena.app.list.ListRows;
import io.darsena.app.session.Batch;
import io.darsena.app.session.Commands;
import io.darsena.app.session.EngineSession;
import io.darsena.app.session.EngineStage;
import io.darsena.app.session.FailurePlace;
import io.darsena.app.session.FxPump;
import io.darsena.app.text.Messages;
import io.darsena.bridge.Engine;
import io.darsena.bridge.container.Container;
import io.darsena.bridge.container.ContainerId;
import io.darsena.bridge.event.EngineEvent.TrashRemoved;
import io.darsena.bridge.image.Image;
import io.darsena.bridge.image.ImageId;
import io.darsena.bridge.trash.TrashEntry;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.function.BiConsumer;
import java.util.stream.Collectors;
import javafx.beans.InvalidationListener;
import javafx.beans.property.ReadOnlyObjectProperty;
import javafx.beans.property.ReadOnlyObjectWrapper;

/// What lies in the trash, and what can be done with it. It follows the session between [#follow] and the closing of
/// what that returned. JavaFX thread only.
public final class TrashViewModel {

    private final EngineSession session;
    private final Commands commands;
    private final FxPump pump;
    private final Messages messages;
    private final FailurePlace place = new FailurePlace();
    private final ReadOnlyObjectWrapper<Optional<Batch>> batch = new ReadOnlyObjectWrapper<>(Optional.empty());
    private final ListRows<ContainerId, TrashRow, TrashFilter> rows =
            new ListRows<>(TrashFilter.class, new NewestFirst());
    private final ReadOnlyObjectWrapper<Instant> clock = new ReadOnlyObjectWrapper<>(Instant.now());
    private final ReadOnlyObjectWrapper<List<Renamed>> renamed = new ReadOnlyObjectWrapper<>(List.of());
    private OptionalLong free = OptionalLong.empty();
    private boolean outdated;

    /// What came back under a name made from its own, because another bears that now.
    record Renamed(String before, String now) {}

    private static final class NewestFirst implements ListRows.Rules<TrashRow, TrashFilter> {

        @Override
        public Comparator<TrashRow> order() {
            return Comparator.comparing((TrashRow row) -> row.now().removedAt())
                    .reversed()
                    .thenComparing(TrashRow::name);
        }

        @Override
        public boolean admits(TrashFilter filter, TrashRow row) {
            return true;
        }

        @Override
        public boolean matches(TrashRow row, String sought) {
            Container container = row.now().container();
            return container.name().toLowerCase(Locale.ROOT).contains(sought)
                    || container.imageName().toLowerCase(Locale.ROOT).contains(sought);
        }
    }

    public TrashViewModel(EngineSession session, Commands commands, FxPump pump, Messages messages) {
        this.session = session;
        this.commands = commands;
        this.pump = pump;
        this.messages = messages;
    }

    /// Begins with what is there now.
    public AutoCloseable follow() {
        InvalidationListener change = changed -> outdate();
        session.trash().addListener(change);
        session.containers().addListener(change);
        session.images().addListener(change);
        refresh();
        return () -> {
            renamed.set(List.of());
            session.trash().removeListener(change);
            session.containers().removeListener(change);
            session.images().removeListener(change);
        };
    }

    /// What tells ages and how full the disk is: not needed while nobody can see it.
    public AutoCloseable followClock() {
        tick();
        return pump.every(Duration.ofSeconds(10), this::tick);
    }

    private void tick() {
        clock.set(Instant.now());
        if (session.stage().get() instanceof EngineStage.Open open) {
            Path data = open.description().dataRoot();
            Thread.ofVirtual().name("darsena-free-space").start(() -> {
                OptionalLong now = free(data);
                pump.run(() -> measured(now));
            });
        }
    }

    private static OptionalLong free(Path data) {
        try {
            return OptionalLong.of(Files.getFileStore(data).getUsableSpace());
        } catch (IOException unknown) {
            return OptionalLong.empty();
        }
    }

    private void measured(OptionalLong now) {
        if (!now.equals(free)) {
            free = now;
            clock.set(Instant.now());
        }
    }

    /// Whether the disk has less left than the trash is to leave it: then what has been there longest goes.
    boolean isPressed() {
        OptionalLong least = session.settings().get().trash().freeBytes();
        return least.isPresent() && free.isPresent() && free.getAsLong() < least.getAsLong();
    }

    /// What went for good by itself, until [#noticePurged].
    ReadOnlyObjectProperty<List<TrashRemoved>> purged() {
        return session.purged();
    }

    void noticePurged() {
        session.noticePurged();
    }

    private void outdate() {
        if (!outdated) {
            outdated = true;
            pump.run(this::refresh);
        }
    }

    private void refresh() {
        outdated = false;
        Set<ImageId> used =
                session.containers().values().stream().map(Container::image).collect(Collectors.toSet());
        rows.follow(
                session.trash(),
                (id, entry) -> new TrashRow(entry),
                (row, entry) -> row.update(entry, pinned(entry, used)));
    }

    private long pinned(TrashEntry entry, Set<ImageId> used) {
        Image image = session.images().get(entry.image());
        return image == null || used.contains(entry.image()) ? 0 : image.size();
    }

    ListRows<ContainerId, TrashRow, TrashFilter> rows() {
        return rows;
    }

    ReadOnlyObjectProperty<Instant> clock() {
        return clock.getReadOnlyProperty();
    }

    /// How long it stays yet by its age, whole days rounded up; empty where age empties nothing. A full disk takes
    /// it earlier ([#isPressed]).
    Optional<Duration> left(TrashEntry entry) {
        OptionalInt days = session.settings().get().trash().days();
        if (days.isEmpty()) {
            return Optional.empty();
        }
        Duration left = Duration.between(clock.get(), entry.removedAt().plus(Duration.ofDays(days.getAsInt())));
        long day = Duration.ofDays(1).toSeconds();
        long seconds = Math.max(0, left.toSeconds());
        return Optional.of(seconds < day ? Duration.ofSeconds(seconds) : Duration.ofDays(Math.ceilDiv(seconds, day)));
    }

    public FailurePlace place() {
        return place;
    }

    ReadOnlyObjectProperty<Optional<Batch>> batch() {
        return batch.getReadOnlyProperty();
    }

    /// What the rows take on disk, as far as it is measured.
    public static long bytes(List<TrashRow> of) {
        return of.stream().mapToLong(row -> row.now().bytes().orElse(0)).sum();
    }

    /// What the last restoring gave another name; until the next command, or until the trash is left.
    ReadOnlyObjectProperty<List<Renamed>> renamed() {
        return renamed.getReadOnlyProperty();
    }

    public void restore(List<TrashRow> chosen) {
        Queue<Renamed> fresh = new ConcurrentLinkedQueue<>();
        carryOut(
                "restore",
                chosen,
                (engine, container) -> {
                    String name = engine.trash().restore(container.id());
                    if (!name.equals(container.name())) {
                        fresh.add(new Renamed(container.name(), name));
                    }
                },
                () -> renamed.set(fresh.stream()
                        .sorted(Comparator.comparing(Renamed::now))
                        .toList()));
    }

    /// For good.
    public void purge(List<TrashRow> chosen) {
        carryOut("purge", chosen, (engine, container) -> engine.trash().purge(container.id()), () -> {});
    }

    private void carryOut(
            String operation, List<TrashRow> chosen, BiConsumer<Engine, Container> work, Runnable afterwards) {
        if (chosen.isEmpty()) {
            return;
        }
        place.clear();
        renamed.set(List.of());
        List<Batch.Item> items = chosen.stream()
                .map(row -> row.now().container())
                .map(container -> new Batch.Item(container.name(), engine -> work.accept(engine, container)))
                .toList();
        batch.set(Optional.of(Batch.run(commands, pump, operation, items, (over, failed) -> {
            ended(over, failed);
            afterwards.run();
        })));
    }

    private void ended(Batch over, List<Batch.Failed> failed) {
        batch.get().filter(over::equals).ifPresent(last -> batch.set(Optional.empty()));
        if (failed.size() == 1) {
            place.show(failed.getFirst().failure());
        } else if (!failed.isEmpty()) {
            place.show(BatchWords.failure(messages, "bulk.containers", over, failed));
        }
    }
}
