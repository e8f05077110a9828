package io.darsena.app.registries;

import io.darsena.app.list.ListRows;
import io.darsena.app.session.Commands;
import io.darsena.app.session.EngineSession;
import io.darsena.app.session.FailurePlace;
import io.darsena.app.session.FxPump;
import io.darsena.app.session.KnownRegistries;
import io.darsena.app.session.KnownRegistry;
import io.darsena.app.session.KnownRegistry.Reach;
import io.darsena.bridge.registry.RegistryConfig;
import io.darsena.bridge.registry.RegistryHost;
import io.darsena.bridge.registry.RegistrySettings;
import java.time.Duration;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;
import javafx.beans.InvalidationListener;
import javafx.beans.property.ReadOnlyObjectProperty;
import javafx.beans.property.ReadOnlyObjectWrapper;
import javafx.beans.property.StringProperty;
import javafx.collections.ObservableList;

/// The list of registries and what can be asked of them. It follows what the window knows between [#follow] and
/// the closing of what that returned. JavaFX thread only.
public final class RegistriesViewModel {

    private static final Duration SECOND_THOUGHTS = Duration.ofSeconds(6);

    private final EngineSession session;
    private final KnownRegistries registries;
    private final Commands commands;
    private final FxPump pump;
    private final FailurePlace place = new FailurePlace();
    private final ReadOnlyObjectWrapper<List<RegistryConfig>> removed = new ReadOnlyObjectWrapper<>(List.of());
    private final ListRows<RegistryHost, RegistryRow, RegistryFilter> rows =
            new ListRows<>(RegistryFilter.class, new DockerHubFirst());
    private FxPump.Ticking timer = () -> {};
    private boolean outdated;

    private static final class DockerHubFirst implements ListRows.Rules<RegistryRow, RegistryFilter> {

        @Override
        public Comparator<RegistryRow> order() {
            return Comparator.comparing((RegistryRow row) -> !row.host().equals(RegistryHost.DOCKER_HUB))
                    .thenComparing(RegistryRow::host);
        }

        @Override
        public boolean admits(RegistryFilter filter, RegistryRow row) {
            return true;
        }

        @Override
        public boolean matches(RegistryRow row, String sought) {
            return row.host().name().contains(sought);
        }
    }

    public RegistriesViewModel(EngineSession session, KnownRegistries registries, Commands commands, FxPump pump) {
        this.session = session;
        this.registries = registries;
        this.commands = commands;
        this.pump = pump;
    }

    /// Begins with what is known now, and asks who is logged in.
    public AutoCloseable follow() {
        InvalidationListener change = changed -> outdate();
        registries.known().addListener(change);
        registries.refresh();
        refresh();
        return () -> registries.known().removeListener(change);
    }

    private void outdate() {
        if (!outdated) {
            outdated = true;
            pump.run(this::refresh);
        }
    }

    private void refresh() {
        outdated = false;
        rows.follow(registries.known(), (host, known) -> new RegistryRow(known), RegistryRow::update);
    }

    ListRows<RegistryHost, RegistryRow, RegistryFilter> rows() {
        return rows;
    }

    public ObservableList<RegistryRow> shown() {
        return rows.shown();
    }

    public StringProperty search() {
        return rows.search();
    }

    /// Where failures of what is asked here show.
    public FailurePlace place() {
        return place;
    }

    /// Asks how it answers.
    public void test(RegistryHost host) {
        place.clear();
        registries.probe(host);
    }

    /// As [#test], unless it was asked before.
    void testOnce(RegistryHost host) {
        KnownRegistry known = registries.known().get(host);
        if (known != null && known.reach() instanceof Reach.Unknown) {
            registries.probe(host);
        }
    }

    public void logout(RegistryHost host) {
        registries.logout(place, host);
    }

    /// What a typed registry is called; empty where it is none.
    static Optional<RegistryHost> typed(String text) {
        try {
            return text.isBlank() ? Optional.empty() : Optional.of(RegistryHost.parse(text));
        } catch (IllegalArgumentException none) {
            return Optional.empty();
        }
    }

    /// Keeps it in the list from now on.
    public void add(RegistryHost host) {
        if (session.settings().get().registries().of(host).isEmpty()) {
            change(settings -> settings.with(RegistryConfig.of(host)));
        }
    }

    /// Sets what is set for one registry.
    public void set(RegistryConfig config) {
        set(List.of(config));
    }

    private void set(List<RegistryConfig> configs) {
        change(settings -> {
            RegistrySettings now = settings;
            for (RegistryConfig config : configs) {
                now = now.with(config);
            }
            return now;
        });
    }

    private void change(UnaryOperator<RegistrySettings> changing) {
        commands.change(place, settings -> settings.withRegistries(changing.apply(settings.registries())));
    }

    /// Whether there is something that removing would take away.
    static boolean isRemovable(KnownRegistry known) {
        return known.config().isPresent();
    }

    /// Forgets what is set for them, with time for second thoughts; where somebody is logged in, the login, too.
    /// They stay in the list as long as names of images here mention them.
    public void remove(Collection<RegistryHost> hosts) {
        List<RegistryConfig> leaving = hosts.stream()
                .flatMap(host -> session.settings().get().registries().of(host).stream())
                .toList();
        if (leaving.isEmpty()) {
            return;
        }
        change(settings -> {
            RegistrySettings now = settings;
            for (RegistryConfig config : leaving) {
                now = now.without(config.registry());
            }
            return now;
        });
        leaving.stream()
                .map(RegistryConfig::registry)
                .filter(host -> registries.login(host).isPresent())
                .forEach(host -> registries.logout(place, host));
        timer.close();
        removed.set(leaving);
        timer = pump.after(SECOND_THOUGHTS, () -> removed.set(List.of()));
    }

    /// What can still be taken back; empty when nothing can.
    public ReadOnlyObjectProperty<List<RegistryConfig>> removed() {
        return removed.getReadOnlyProperty();
    }

    public void undo() {
        timer.close();
        if (!removed.get().isEmpty()) {
            set(removed.get());
        }
        removed.set(List.of());
    }
}
