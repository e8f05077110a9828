package io.darsena.engine.sync;

import io.darsena.bridge.error.EngineException;
import io.darsena.bridge.error.InvalidRequestException;
import io.darsena.bridge.error.NotFoundException;
import io.darsena.bridge.event.EngineEvent;
import io.darsena.bridge.image.Digest;
import io.darsena.bridge.image.ImageId;
import io.darsena.bridge.image.ImageReference;
import io.darsena.bridge.sync.QueuedPush;
import io.darsena.bridge.sync.Sync;
import io.darsena.bridge.sync.SyncReport;
import io.darsena.bridge.sync.SyncSettings;
import io.darsena.bridge.sync.TagSync;
import io.darsena.engine.event.EventSink;
import io.darsena.engine.image.ImageExchange;
import io.darsena.engine.image.NamedImage;
import io.darsena.engine.image.TagHistory;
import io.darsena.engine.registry.EngineRegistries;
import io.darsena.engine.store.Database;
import java.time.Clock;
import java.time.Instant;
import java.util.Comparator;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import java.util.stream.Collectors;

/// The sync of one engine. Its two threads, one for comparing and one for pushes, sleep until something
/// is due. Safe for use by several threads.
public final class EngineSync implements Sync, AutoCloseable {

    private final ImageExchange images;
    private final EngineRegistries registries;
    private final Clock clock;
    private final TagRows tags;
    private final QueuedPushes pushes;
    private final Quietness quietness;
    private final Activities activities;
    private final Standings standings;
    private final SyncRound round;
    private final Rounds comparing;
    private final Rounds pushing;
    private final ReportTelling telling;

    /// Takes over hearing what the registries see; does nothing by itself before [#begin].
    public EngineSync(
            Database database,
            ImageExchange images,
            EngineRegistries registries,
            Supplier<SyncSettings> settings,
            Network network,
            EventSink events,
            Clock clock) {
        this.images = images;
        this.registries = registries;
        this.clock = clock;
        telling = new ReportTelling(this::report, events);
        tags = new TagRows(database);
        TagHistory history = new TagHistory(database);
        standings = new Standings(images, history, settings, clock);
        activities = new Activities(telling::changed);
        quietness = new Quietness(network, settings, telling::changed);
        pushes = new QueuedPushes(new PushRows(database), registries, quietness, clock, telling::changed);
        TagCheck check = new TagCheck(tags, history, registries, clock);
        round = new SyncRound(images, tags, check, standings, settings, quietness, activities, clock);
        comparing = new Rounds("sync", clock, round::run);
        pushing = new Rounds("queued pushes", clock, pushes::run);
        registries.tell(this::seen);
    }

    /// Begins to do what is due.
    public void begin() {
        telling.begin();
        telling.changed();
        comparing.begin();
        pushing.begin();
    }

    /// What is due now, for whoever has a clock of their own.
    Instant compareDue() {
        return round.run();
    }

    Instant pushDue() {
        return pushes.run();
    }

    /// To be told what the engine tells everybody.
    public void heed(EngineEvent event) {
        switch (event) {
            case EngineEvent.ImageChanged changed -> telling.changed();
            case EngineEvent.ImageRemoved removed -> telling.changed();
            case EngineEvent.SettingsChanged changed -> {
                telling.changed();
                comparing.wake();
                pushing.wake();
            }
            case EngineEvent.TrustChanged changed -> {
                telling.changed();
                pushing.wake();
            }
            default -> {}
        }
    }

    private void seen(ImageReference name, Digest digest, ImageId image) {
        Instant now = clock.instant();
        tags.change(TagRow.of(name, image), row -> row.seen(image, digest, now));
        telling.changed();
    }

    @Override
    public SyncReport report() {
        Map<ImageReference, TagRow> remembered = new HashMap<>();
        tags.all().forEach(row -> remembered.put(row.name(), row));
        return new SyncReport(
                images.named().stream()
                        .sorted(Comparator.comparing(NamedImage::name))
                        .map(image -> told(image, Optional.ofNullable(remembered.get(image.name()))))
                        .toList(),
                pushes.list(),
                quietness.present(),
                registries.rates());
    }

    private TagSync told(NamedImage image, Optional<TagRow> remembered) {
        Optional<TagRow> own = remembered.filter(row -> row.image().equals(image.id()));
        return new TagSync(
                image.name(),
                standings.of(image, own),
                own.flatMap(TagRow::checkedAt),
                own.flatMap(round::next),
                own.flatMap(row -> row.tries().trouble()),
                own.map(TagRow::autoPull).orElse(false),
                activities.of(image.name()));
    }

    /// Names that wait to be pushed.
    public Set<ImageReference> awaited() {
        return pushes.list().stream().map(QueuedPush::name).collect(Collectors.toSet());
    }

    private NamedImage require(String operation, ImageReference name) {
        return images.named().stream()
                .filter(image -> image.name().equals(name))
                .findFirst()
                .orElseThrow(() -> new NotFoundException(operation, name.familiar(), "no image bears this name", ""));
    }

    @Override
    public TagSync check(ImageReference name) {
        NamedImage image = require("compare", name);
        Optional<EngineException> failure = round.compare(image);
        comparing.wake();
        TagSync now = told(require("compare", name), tags.find(name));
        return now.trouble().isPresent() || failure.isEmpty()
                ? now
                : new TagSync(
                        name,
                        now.standing(),
                        now.checkedAt(),
                        now.nextAt(),
                        failure.map(EngineException::reason),
                        now.autoPull(),
                        now.activity());
    }

    @Override
    public void checkAll() {
        round.runAll();
        comparing.wake();
    }

    @Override
    public void autoPull(ImageReference name, boolean wanted) {
        NamedImage image = require("keep up to date", name);
        TagRow row = tags.find(name)
                .filter(known -> known.image().equals(image.id()))
                .orElseThrow(() -> new InvalidRequestException(
                        "keep up to date", name.familiar(), "it did not come from its registry", "pull it first"));
        tags.change(row, now -> now.withAutoPull(wanted));
        telling.changed();
        comparing.wake();
    }

    @Override
    public void queuePush(ImageReference name) {
        require("push", name);
        pushes.queue(name);
        pushing.wake();
    }

    @Override
    public void cancelPush(ImageReference name) {
        pushes.cancel(name);
    }

    @Override
    public void close() {
        comparing.close();
        pushing.close();
        telling.close();
    }
}
