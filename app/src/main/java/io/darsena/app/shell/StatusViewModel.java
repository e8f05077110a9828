package io.darsena.app.shell;

import io.darsena.app.session.EngineSession;
import io.darsena.app.session.EngineStage;
import io.darsena.app.session.FxPump;
import io.darsena.app.sync.SyncSummary;
import io.darsena.app.text.Messages;
import io.darsena.bridge.EngineDescription;
import io.darsena.bridge.container.ContainerStatus;
import java.time.Duration;
import java.time.Instant;
import java.util.Locale;
import javafx.beans.InvalidationListener;
import javafx.beans.property.ReadOnlyBooleanProperty;
import javafx.beans.property.ReadOnlyBooleanWrapper;
import javafx.beans.property.ReadOnlyStringProperty;
import javafx.beans.property.ReadOnlyStringWrapper;

/// The status bar's words and the sidebar's counts.
public final class StatusViewModel {

    /// How often the age of what is known of registries is told anew.
    private static final Duration AGEING = Duration.ofSeconds(10);

    private final EngineSession session;
    private final FxPump pump;
    private final Messages messages;
    private final ReadOnlyStringWrapper engine = new ReadOnlyStringWrapper("");
    private final ReadOnlyStringWrapper running = new ReadOnlyStringWrapper("");
    private final ReadOnlyStringWrapper cpu = new ReadOnlyStringWrapper("");
    private final ReadOnlyStringWrapper memory = new ReadOnlyStringWrapper("");
    private final ReadOnlyStringWrapper containers = new ReadOnlyStringWrapper("");
    private final ReadOnlyStringWrapper images = new ReadOnlyStringWrapper("");
    private final ReadOnlyStringWrapper trash = new ReadOnlyStringWrapper("");
    private final ReadOnlyStringWrapper sync = new ReadOnlyStringWrapper("");
    private final ReadOnlyStringWrapper updates = new ReadOnlyStringWrapper("");
    private final ReadOnlyStringWrapper updatesInWords = new ReadOnlyStringWrapper("");
    private final ReadOnlyBooleanWrapper news = new ReadOnlyBooleanWrapper();
    private final ReadOnlyBooleanWrapper reduced = new ReadOnlyBooleanWrapper();
    private boolean outdated;

    public StatusViewModel(EngineSession session, FxPump pump, Messages messages) {
        this.session = session;
        this.pump = pump;
        this.messages = messages;
    }

    /// Follows the session until closed.
    public AutoCloseable follow() {
        InvalidationListener stage = change -> showEngine();
        InvalidationListener counts = change -> outdate();
        InvalidationListener registries = change -> showSync();
        InvalidationListener beat = change -> showTotals();
        session.stage().addListener(stage);
        session.containers().addListener(counts);
        session.images().addListener(counts);
        session.trash().addListener(counts);
        session.sync().addListener(registries);
        session.metrics().beat().addListener(beat);
        showEngine();
        showCounts();
        showSync();
        showTotals();
        return () -> {
            session.stage().removeListener(stage);
            session.containers().removeListener(counts);
            session.images().removeListener(counts);
            session.trash().removeListener(counts);
            session.sync().removeListener(registries);
            session.metrics().beat().removeListener(beat);
        };
    }

    /// Tells anew how old what is known of registries is: not needed while nobody can see it.
    public AutoCloseable followAges() {
        showSync();
        return pump.every(AGEING, this::showSync);
    }

    private void showEngine() {
        switch (session.stage().get()) {
            case EngineStage.Opening opening -> engine.set(messages.text("status.opening"));
            case EngineStage.Failed failed -> engine.set(messages.text("status.failed"));
            case EngineStage.Open open -> engine.set(describe(open.description()));
        }
        reduced.set(session.stage().get() instanceof EngineStage.Open open
                && !open.description().reductions().isEmpty());
    }

    private String describe(EngineDescription description) {
        return messages.text(
                "status.engine",
                messages.text("tier." + description.tier().name().toLowerCase(Locale.ROOT)),
                messages.text("cgroup." + description.cgroupMode().name().toLowerCase(Locale.ROOT)));
    }

    /// A thousand events that come together are counted once.
    private void outdate() {
        if (!outdated) {
            outdated = true;
            pump.run(this::showCounts);
        }
    }

    private void showCounts() {
        outdated = false;
        long active = session.containers().values().stream()
                .filter(container -> isActive(container.status()))
                .count();
        boolean open = session.stage().get() instanceof EngineStage.Open;
        running.set(open ? messages.text("status.running", active) : "");
        containers.set(open ? messages.quantities().count(session.containers().size()) : "");
        images.set(open ? messages.quantities().count(namedImages()) : "");
        boolean filled = open && !session.trash().isEmpty();
        trash.set(filled ? messages.quantities().count(session.trash().size()) : "");
    }

    /// As the list counts: a paused one is among the running.
    private static boolean isActive(ContainerStatus status) {
        return switch (status) {
            case RUNNING, PAUSED, RESTARTING -> true;
            case CREATED, EXITED, REMOVING, DEAD -> false;
        };
    }

    /// As the list shows them: a row for each name, and one for an image without.
    private int namedImages() {
        return session.images().values().stream()
                .mapToInt(image -> Math.max(1, image.names().size()))
                .sum();
    }

    private void showSync() {
        SyncSummary known = SyncSummary.of(session.sync().get());
        sync.set(known.checkedAt()
                .map(at -> messages.text(
                        "status.sync", known.updates(), messages.quantities().ago(at, Instant.now())))
                .orElse(""));
        boolean any = known.updates() > 0;
        updates.set(any ? messages.text("section.updates", messages.quantities().count(known.updates())) : "");
        updatesInWords.set(any ? messages.text("section.updates.words", known.updates()) : "");
        news.set(any);
    }

    private void showTotals() {
        boolean open = session.stage().get() instanceof EngineStage.Open;
        cpu.set(
                open
                        ? messages.text(
                                "status.cpu",
                                messages.quantities().percent(session.metrics().totalCpuPercent()))
                        : "");
        memory.set(
                open
                        ? messages.text(
                                "status.memory",
                                messages.quantities()
                                        .memoryInColumn(session.metrics().totalMemory()))
                        : "");
    }

    public ReadOnlyStringProperty engine() {
        return engine.getReadOnlyProperty();
    }

    public ReadOnlyStringProperty running() {
        return running.getReadOnlyProperty();
    }

    public ReadOnlyStringProperty cpu() {
        return cpu.getReadOnlyProperty();
    }

    public ReadOnlyStringProperty memory() {
        return memory.getReadOnlyProperty();
    }

    public ReadOnlyStringProperty containers() {
        return containers.getReadOnlyProperty();
    }

    /// Empty while the trash is.
    public ReadOnlyStringProperty trash() {
        return trash.getReadOnlyProperty();
    }

    public ReadOnlyStringProperty images() {
        return images.getReadOnlyProperty();
    }

    /// When the registries were last asked, and how many updates they have; empty while none was ever asked.
    public ReadOnlyStringProperty sync() {
        return sync.getReadOnlyProperty();
    }

    /// How many names stand for something newer at their registries, short; empty while none does.
    public ReadOnlyStringProperty updates() {
        return updates.getReadOnlyProperty();
    }

    /// As [#updates], for who cannot see the sign.
    public ReadOnlyStringProperty updatesInWords() {
        return updatesInWords.getReadOnlyProperty();
    }

    /// Whether there is any update.
    public ReadOnlyBooleanProperty news() {
        return news.getReadOnlyProperty();
    }

    /// Whether this host withholds something; Settings says what and how to cure it.
    public ReadOnlyBooleanProperty reduced() {
        return reduced.getReadOnlyProperty();
    }
}
