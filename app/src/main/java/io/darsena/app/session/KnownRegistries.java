package io.darsena.app.session;

import io.darsena.app.session.KnownRegistry.Reach;
import io.darsena.bridge.event.EngineEvent;
import io.darsena.bridge.image.Image;
import io.darsena.bridge.image.ImageReference;
import io.darsena.bridge.registry.ImageTransfer;
import io.darsena.bridge.registry.RateGauge;
import io.darsena.bridge.registry.RegistryAnswer;
import io.darsena.bridge.registry.RegistryConfig;
import io.darsena.bridge.registry.RegistryCredential;
import io.darsena.bridge.registry.RegistryHost;
import io.darsena.bridge.registry.RegistryLogin;
import io.darsena.bridge.registry.SeenRate;
import io.darsena.bridge.sync.Standing;
import io.darsena.bridge.sync.SyncReport.Quiet;
import io.darsena.bridge.sync.TagSync;
import java.time.Instant;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import javafx.collections.FXCollections;
import javafx.collections.ListChangeListener;
import javafx.collections.ObservableMap;
import org.jspecify.annotations.Nullable;

/// The registries that this window knows of: Docker Hub, those that something is set for, those that somebody
/// is logged in at, and those that names of local images begin with. Engines do not tell of logins by events:
/// they are asked by [#refresh]. JavaFX thread only.
public final class KnownRegistries {

    private final EngineSession session;
    private final Commands commands;
    private final FxPump pump;
    private final ObservableMap<RegistryHost, KnownRegistry> known = FXCollections.observableHashMap();
    private final Map<RegistryHost, RegistryLogin> logins = new TreeMap<>();
    private final Map<RegistryHost, Reach> reaches = new HashMap<>();
    private final Map<RegistryHost, SeenRate> rates = new HashMap<>();
    private final FailurePlace loginsPlace = new FailurePlace();
    private boolean outdated;

    public KnownRegistries(EngineSession session, Commands commands, FxPump pump, Transfers transfers) {
        this.session = session;
        this.commands = commands;
        this.pump = pump;
        session.onEvent(this::heard);
        transfers.recent().addListener(this::followRates);
        rebuild();
        session.sync().subscribe((before, now) -> outdate());
    }

    private void heard(EngineEvent event) {
        if (event instanceof EngineEvent.Snapshot
                || event instanceof EngineEvent.ImageChanged
                || event instanceof EngineEvent.ImageRemoved
                || event instanceof EngineEvent.SyncChanged
                || event instanceof EngineEvent.SettingsChanged) {
            outdate();
        }
    }

    private void followRates(ListChangeListener.Change<? extends TransferJob> change) {
        while (change.next()) {
            if (change.wasAdded()) {
                change.getAddedSubList().forEach(job -> job.image().subscribe(now -> now.ifPresent(this::keepRate)));
            }
        }
    }

    private void keepRate(ImageTransfer transfer) {
        transfer.rate().ifPresent(rate -> rate(RegistryHost.of(transfer.name()), rate));
    }

    /// A registry told its limit.
    public void rate(RegistryHost host, RateGauge rate) {
        SeenRate before = rates.get(host);
        if (before == null || !before.rate().equals(rate)) {
            rates.put(host, new SeenRate(host, rate, Instant.now()));
            outdate();
        }
    }

    /// The newest that this window or its engine has heard.
    private Optional<SeenRate> rate(RegistryHost host) {
        Stream<SeenRate> ofEngine = session.sync().get().rates().stream()
                .filter(seen -> seen.registry().equals(host));
        return Stream.concat(Optional.ofNullable(rates.get(host)).stream(), ofEngine)
                .max(Comparator.comparing(SeenRate::at));
    }

    /// Many events that come together are one change.
    private void outdate() {
        if (!outdated) {
            outdated = true;
            pump.run(this::rebuild);
        }
    }

    private void rebuild() {
        outdated = false;
        Map<RegistryHost, Integer> images = images();
        Set<RegistryHost> hosts = new TreeSet<>(Set.of(RegistryHost.DOCKER_HUB));
        List<RegistryConfig> set = session.settings().get().registries().registries();
        set.forEach(config -> hosts.add(config.registry()));
        hosts.addAll(logins.keySet());
        hosts.addAll(images.keySet());
        known.keySet().retainAll(hosts);
        hosts.forEach(host -> known.put(
                host,
                new KnownRegistry(
                        host,
                        session.settings().get().registries().of(host),
                        Optional.ofNullable(logins.get(host)),
                        reaches.getOrDefault(host, new Reach.Unknown()),
                        rate(host).map(SeenRate::rate),
                        rate(host).map(SeenRate::at),
                        images.getOrDefault(host, 0))));
    }

    /// By the names that came from there: one that begins so and is only here counts nothing, but is a reason to list
    /// it.
    private Map<RegistryHost, Integer> images() {
        Set<ImageReference> onlyHere = session.sync().get().tags().stream()
                .filter(tag -> tag.standing() instanceof Standing.LocalOnly)
                .map(TagSync::name)
                .collect(Collectors.toSet());
        Map<RegistryHost, Integer> images = new HashMap<>();
        for (Image image : session.images().values()) {
            for (ImageReference name : image.names()) {
                images.merge(RegistryHost.of(name), onlyHere.contains(name) ? 0 : 1, Integer::sum);
            }
        }
        return images;
    }

    public ObservableMap<RegistryHost, KnownRegistry> known() {
        return known;
    }

    /// Whether the engine has seen that there is no network.
    public boolean isOffline() {
        return session.sync().get().quiet().equals(Optional.of(Quiet.OFFLINE));
    }

    /// Who is logged in there, as far as it was asked.
    public Optional<RegistryLogin> login(RegistryHost host) {
        return Optional.ofNullable(logins.get(host));
    }

    /// Where a failure to learn who is logged in shows.
    public FailurePlace loginsPlace() {
        return loginsPlace;
    }

    /// Asks again who is logged in where.
    public Command refresh() {
        AtomicReference<List<RegistryLogin>> told = new AtomicReference<>(List.of());
        return commands.run(loginsPlace, engine -> told.set(engine.registries().logins()), () -> {
            logins.clear();
            told.get().forEach(login -> logins.put(login.registry(), login));
            outdate();
        });
    }

    /// Asks a registry how it answers; its state tells it.
    public Command probe(RegistryHost host) {
        FailurePlace place = new FailurePlace();
        AtomicReference<@Nullable RegistryAnswer> answer = new AtomicReference<>();
        reach(host, new Reach.Asking());
        place.failure().subscribe(failure -> failure.ifPresent(why -> reach(host, new Reach.Silent(why))));
        return commands.run(place, engine -> answer.set(engine.registries().probe(host)), () -> {
            RegistryAnswer told = answer.get();
            if (told != null) {
                reach(host, new Reach.Answered(told));
            }
        });
    }

    private void reach(RegistryHost host, Reach now) {
        reaches.put(host, now);
        outdate();
    }

    /// Logs in; a failure shows in the place.
    public Command login(FailurePlace place, RegistryHost host, RegistryCredential credential, Runnable succeeded) {
        AtomicReference<@Nullable RegistryLogin> told = new AtomicReference<>();
        return commands.run(place, engine -> told.set(engine.registries().login(host, credential)), () -> {
            RegistryLogin login = told.get();
            if (login != null) {
                logins.put(host, login);
            }
            reaches.remove(host);
            outdate();
            succeeded.run();
        });
    }

    public Command logout(FailurePlace place, RegistryHost host) {
        return commands.run(place, engine -> engine.registries().logout(host), () -> {
            logins.remove(host);
            reaches.remove(host);
            outdate();
        });
    }
}
