package io.darsena.bridge.fake;

import io.darsena.bridge.error.EngineException;
import io.darsena.bridge.error.InvalidRequestException;
import io.darsena.bridge.error.NotFoundException;
import io.darsena.bridge.error.UnavailableException;
import io.darsena.bridge.event.EngineEvent;
import io.darsena.bridge.image.Image;
import io.darsena.bridge.image.ImageId;
import io.darsena.bridge.image.ImageReference;
import io.darsena.bridge.registry.PullRequest;
import io.darsena.bridge.registry.RemoteImage;
import io.darsena.bridge.registry.SeenRate;
import io.darsena.bridge.sync.QueuedPush;
import io.darsena.bridge.sync.QueuedPush.Stage;
import io.darsena.bridge.sync.Standing;
import io.darsena.bridge.sync.Sync;
import io.darsena.bridge.sync.SyncReport;
import io.darsena.bridge.sync.TagSync;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.TreeMap;

/// The sync of a [FakeEngine]: compares when asked to, never by itself. `this` guards its state.
public final class FakeSync implements Sync {

    private final FakeEngine engine;
    private final Map<ImageReference, Origin> origins = new LinkedHashMap<>();
    private final Map<ImageReference, QueuedPush> pushes = new LinkedHashMap<>();
    private Optional<SyncReport.Quiet> quiet = Optional.empty();
    private List<SeenRate> rates = List.of();
    private SyncReport told = SyncReport.EMPTY;

    FakeSync(FakeEngine engine) {
        this.engine = engine;
    }

    private record Origin(
            ImageId image,
            Optional<RemoteImage> remote,
            boolean gone,
            Optional<Instant> checkedAt,
            Optional<String> trouble,
            boolean autoPull) {}

    /// Lets the network be so; pushes that waited are sent when nothing keeps them any more.
    public void quiet(Optional<SyncReport.Quiet> now) {
        List<ImageReference> waiting;
        synchronized (this) {
            quiet = now;
            waiting = List.copyOf(pushes.keySet());
        }
        tell();
        waiting.forEach(this::send);
    }

    /// Lets registries have said this of their limits.
    public void rates(List<SeenRate> seen) {
        synchronized (this) {
            rates = seen;
        }
        tell();
    }

    /// Makes a check look as if it had been so long ago.
    public void age(ImageReference name, Duration age) {
        synchronized (this) {
            origins.computeIfPresent(
                    name,
                    (same, origin) -> new Origin(
                            origin.image(),
                            origin.remote(),
                            origin.gone(),
                            Optional.of(Instant.now().minus(age)),
                            origin.trouble(),
                            origin.autoPull()));
        }
        tell();
    }

    /// A pull or a push has seen it.
    void seen(RemoteImage remote, ImageId image) {
        ImageReference name = remote.name();
        synchronized (this) {
            boolean autoPull =
                    Optional.ofNullable(origins.get(name)).map(Origin::autoPull).orElse(false);
            origins.put(
                    name,
                    new Origin(
                            image, Optional.of(remote), false, Optional.of(Instant.now()), Optional.empty(), autoPull));
        }
        tell();
    }

    /// Tells the report, unless that is what was told last.
    void tell() {
        engine.hub().publishIfNews(() -> {
            SyncReport now = report();
            synchronized (this) {
                if (now.equals(told)) {
                    return Optional.empty();
                }
                told = now;
            }
            return Optional.of(new EngineEvent.SyncChanged(now, Instant.now()));
        });
    }

    @Override
    public synchronized SyncReport report() {
        Map<ImageReference, TagSync> tags = new TreeMap<>();
        for (Image image : engine.images().list()) {
            image.names().forEach(name -> tags.put(name, told(name, image)));
        }
        return new SyncReport(List.copyOf(tags.values()), List.copyOf(pushes.values()), quiet, rates);
    }

    private TagSync told(ImageReference name, Image image) {
        Optional<Origin> own = Optional.ofNullable(origins.get(name))
                .filter(each -> each.image().equals(image.id()));
        return own.map(origin -> new TagSync(
                        name,
                        standing(image, origin),
                        origin.checkedAt(),
                        origin.checkedAt().map(at -> at.plus(Duration.ofHours(6))),
                        origin.trouble(),
                        origin.autoPull(),
                        TagSync.Activity.NONE))
                .orElseGet(() -> TagSync.localOnly(name));
    }

    private static Standing standing(Image image, Origin origin) {
        if (origin.gone()) {
            return new Standing.Gone();
        }
        if (origin.remote().isEmpty()) {
            return origin.trouble().<Standing>map(Standing.Unknown::new).orElseGet(Standing.NeverChecked::new);
        }
        RemoteImage remote = origin.remote().get();
        return remote.digest().equals(image.manifest())
                ? new Standing.UpToDate()
                : new Standing.UpdateAvailable(remote.digest(), remote.missing());
    }

    private Image require(String operation, ImageReference name) {
        return engine.images().list().stream()
                .filter(image -> image.names().contains(name))
                .findFirst()
                .orElseThrow(() -> new NotFoundException(operation, name.familiar(), "no image bears this name", ""));
    }

    @Override
    public TagSync check(ImageReference name) {
        Image image = require("compare", name);
        Optional<String> trouble = Optional.empty();
        Optional<RemoteImage> remote = Optional.empty();
        boolean gone = false;
        try {
            engine.failIfAsked("check");
            remote = Optional.of(engine.registries().describe(name, Optional.empty()));
        } catch (NotFoundException none) {
            gone = true;
        } catch (EngineException failure) {
            trouble = Optional.of(failure.reason());
        }
        keep(name, image, remote, gone, trouble);
        tell();
        pullIfWanted(name);
        TagSync now = report().of(name).orElseThrow();
        return new TagSync(
                name, now.standing(), now.checkedAt(), now.nextAt(), trouble, now.autoPull(), now.activity());
    }

    private synchronized void keep(
            ImageReference name, Image image, Optional<RemoteImage> remote, boolean gone, Optional<String> trouble) {
        Optional<Origin> known = Optional.ofNullable(origins.get(name))
                .filter(each -> each.image().equals(image.id()));
        if (known.isEmpty() && remote.isEmpty()) {
            return;
        }
        boolean failed = trouble.isPresent();
        origins.put(
                name,
                new Origin(
                        image.id(),
                        remote.or(() -> known.flatMap(Origin::remote)),
                        failed ? known.map(Origin::gone).orElse(false) : gone,
                        failed ? known.flatMap(Origin::checkedAt) : Optional.of(Instant.now()),
                        trouble,
                        known.map(Origin::autoPull).orElse(false)));
    }

    private void pullIfWanted(ImageReference name) {
        TagSync now = report().of(name).orElseThrow();
        if (now.autoPull() && now.standing() instanceof Standing.UpdateAvailable) {
            engine.registries().pull(PullRequest.of(name), progress -> {});
        }
    }

    @Override
    public void checkAll() {
        List<ImageReference> names;
        synchronized (this) {
            names = new ArrayList<>(origins.keySet());
        }
        SyncReport known = report();
        names.stream()
                .filter(name -> known.of(name)
                        .filter(tag -> !(tag.standing() instanceof Standing.LocalOnly))
                        .isPresent())
                .forEach(this::check);
    }

    @Override
    public void autoPull(ImageReference name, boolean wanted) {
        Image image = require("keep up to date", name);
        synchronized (this) {
            Origin origin = origins.get(name);
            if (origin == null || !origin.image().equals(image.id())) {
                throw new InvalidRequestException(
                        "keep up to date", name.familiar(), "it did not come from its registry", "pull it first");
            }
            origins.put(
                    name,
                    new Origin(
                            origin.image(),
                            origin.remote(),
                            origin.gone(),
                            origin.checkedAt(),
                            origin.trouble(),
                            wanted));
        }
        tell();
        pullIfWanted(name);
    }

    @Override
    public void queuePush(ImageReference name) {
        require("push", name);
        put(name, Stage.WAITING, Optional.empty());
        send(name);
    }

    /// A key was unlocked: what waited for one is sent.
    void unlocked() {
        List<ImageReference> locked;
        synchronized (this) {
            locked = pushes.values().stream()
                    .filter(push -> push.stage() == Stage.LOCKED)
                    .map(QueuedPush::name)
                    .toList();
        }
        locked.forEach(this::queuePush);
    }

    private void put(ImageReference name, Stage stage, Optional<String> trouble) {
        synchronized (this) {
            Instant queued = Optional.ofNullable(pushes.get(name))
                    .map(QueuedPush::queuedAt)
                    .orElseGet(Instant::now);
            pushes.put(name, new QueuedPush(name, queued, stage, Optional.empty(), trouble, 0, OptionalLong.empty()));
        }
        tell();
    }

    private synchronized boolean begins(ImageReference name) {
        QueuedPush push = pushes.get(name);
        return push != null && push.stage() == Stage.WAITING && quiet.isEmpty();
    }

    private void send(ImageReference name) {
        if (!begins(name)) {
            return;
        }
        if (engine.trust().awaitsKey(name)) {
            put(name, Stage.LOCKED, Optional.empty());
            return;
        }
        put(name, Stage.SENDING, Optional.empty());
        Thread.ofVirtual().name("fake push").start(() -> {
            try {
                engine.registries().push(name, Optional.empty(), progress -> {});
                cancelPush(name);
            } catch (EngineException failure) {
                Stage stage = failure instanceof UnavailableException ? Stage.WAITING : Stage.REFUSED;
                put(name, stage, Optional.of(failure.reason()));
            }
        });
    }

    @Override
    public void cancelPush(ImageReference name) {
        synchronized (this) {
            pushes.remove(name);
        }
        tell();
    }
}
