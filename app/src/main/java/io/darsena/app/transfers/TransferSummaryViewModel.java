package io.darsena.app.transfers;

import io.darsena.app.session.FxPump;
import io.darsena.app.session.TransferJob;
import io.darsena.app.session.TransferJob.Phase;
import io.darsena.app.session.Transfers;
import io.darsena.app.text.Messages;
import io.darsena.bridge.sync.SyncReport;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import javafx.beans.InvalidationListener;
import javafx.beans.property.ReadOnlyObjectProperty;
import javafx.beans.property.ReadOnlyObjectWrapper;
import javafx.beans.property.ReadOnlyStringProperty;
import javafx.beans.property.ReadOnlyStringWrapper;
import javafx.beans.value.ObservableValue;
import javafx.util.Subscription;

/// A few words about all transfers: what is under way and how far, what has just ended. JavaFX thread only.
public final class TransferSummaryViewModel {

    /// How long the word about an end is said.
    private static final Duration AFTERGLOW = Duration.ofSeconds(8);

    private final Transfers transfers;
    private final ObservableValue<SyncReport> sync;
    private final FxPump pump;
    private final Messages messages;
    private final TransferWords sentences;
    private final ReadOnlyStringWrapper words = new ReadOnlyStringWrapper("");
    private final ReadOnlyObjectWrapper<Mood> mood = new ReadOnlyObjectWrapper<>(Mood.NOTHING);
    private final Map<TransferJob, Subscription> followed = new HashMap<>();
    private Optional<TransferJob> ended = Optional.empty();

    /// What kind of words they are.
    public enum Mood {
        /// There is nothing to say, and nothing to see in the drawer.
        NOTHING,
        QUIET,
        UNDER_WAY,
        DONE,
        FAILED
    }

    /// @param sync with the pushes that wait
    public TransferSummaryViewModel(
            Transfers transfers, ObservableValue<SyncReport> sync, FxPump pump, Messages messages) {
        this.transfers = transfers;
        this.sync = sync;
        this.pump = pump;
        this.messages = messages;
        this.sentences = new TransferWords(messages);
    }

    /// Begins with what is there now.
    public AutoCloseable follow() {
        InvalidationListener change = changed -> changed();
        transfers.recent().addListener(change);
        sync.addListener(change);
        changed();
        return () -> {
            transfers.recent().removeListener(change);
            sync.removeListener(change);
            followed.values().forEach(Subscription::unsubscribe);
            followed.clear();
        };
    }

    private void changed() {
        List<TransferJob> jobs = transfers.recent();
        followed.entrySet().removeIf(entry -> {
            boolean gone = !jobs.contains(entry.getKey());
            if (gone) {
                entry.getValue().unsubscribe();
            }
            return gone;
        });
        jobs.forEach(job -> followed.computeIfAbsent(job, this::followed));
        ended = ended.filter(jobs::contains);
        say();
    }

    private Subscription followed(TransferJob job) {
        return Subscription.combine(
                job.progress().subscribe((before, now) -> say()), job.phase().subscribe((before, now) -> ended(job)));
    }

    private void ended(TransferJob job) {
        ended = Optional.of(job);
        pump.after(AFTERGLOW, () -> {
            if (ended.filter(job::equals).isPresent()) {
                ended = Optional.empty();
                say();
            }
        });
        say();
    }

    private void say() {
        List<TransferJob> jobs = transfers.recent();
        List<TransferJob> underWay = jobs.stream()
                .filter(job -> job.phase().get() == Phase.UNDER_WAY)
                .toList();
        long failed =
                jobs.stream().filter(job -> job.phase().get() == Phase.FAILED).count();
        if (ended.isPresent() && ended.get().phase().get() != Phase.CANCELLED) {
            boolean well = ended.get().phase().get() == Phase.DONE;
            tell(well ? Mood.DONE : Mood.FAILED, sentences.sentence(ended.get()));
        } else if (!underWay.isEmpty()) {
            tell(Mood.UNDER_WAY, underWay(underWay));
        } else if (failed > 0) {
            tell(Mood.FAILED, messages.text("transfers.failed", failed));
        } else if (!sync.getValue().pushes().isEmpty()) {
            tell(
                    Mood.QUIET,
                    messages.text("queued.count", sync.getValue().pushes().size()));
        } else {
            tell(jobs.isEmpty() ? Mood.NOTHING : Mood.QUIET, messages.text("transfers.title"));
        }
    }

    private String underWay(List<TransferJob> jobs) {
        String what = jobs.size() == 1
                ? sentences.sentence(jobs.getFirst())
                : messages.text("transfers.several", jobs.size());
        return share(jobs)
                .map(share -> messages.text("transfers.share", what, share))
                .orElse(what);
    }

    /// In whole percent, while the end of all is known.
    private static Optional<Long> share(List<TransferJob> jobs) {
        long done = 0;
        long total = 0;
        for (TransferJob job : jobs) {
            if (job.progress().get().now().total().isEmpty()) {
                return Optional.empty();
            }
            done += job.progress().get().now().done();
            total += job.progress().get().now().total().getAsLong();
        }
        return total <= 0 ? Optional.empty() : Optional.of(Math.min(100, done * 100 / total));
    }

    private void tell(Mood now, String text) {
        mood.set(now);
        words.set(text);
    }

    public ReadOnlyStringProperty words() {
        return words.getReadOnlyProperty();
    }

    public ReadOnlyObjectProperty<Mood> mood() {
        return mood.getReadOnlyProperty();
    }
}
