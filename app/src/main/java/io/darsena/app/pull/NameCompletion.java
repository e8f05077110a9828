package io.darsena.app.pull;

import io.darsena.app.screen.StarredNames;
import io.darsena.app.session.Command;
import io.darsena.app.session.Commands;
import io.darsena.app.session.FailurePlace;
import io.darsena.app.session.FxPump;
import io.darsena.app.session.KnownRegistries;
import io.darsena.bridge.registry.RegistryHost;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Supplier;
import java.util.stream.Stream;
import javafx.beans.InvalidationListener;
import javafx.beans.property.ReadOnlyBooleanProperty;
import javafx.beans.property.ReadOnlyBooleanWrapper;
import javafx.beans.property.SimpleStringProperty;
import javafx.beans.property.StringProperty;
import javafx.collections.FXCollections;
import javafx.collections.ObservableList;

/// Completes an image's name while it is typed: by names that are here and registries that are known at once,
/// by what a registry holds as soon as it has answered. It is asked when the typing pauses, and once for all
/// that follows. JavaFX thread only.
final class NameCompletion {

    private static final Duration PAUSE = Duration.ofMillis(300);
    private static final int MOST_SHOWN = 100;

    /// Docker Hub's search is asked when the typing has stopped, and not often.
    private static final Duration HUB_PAUSE = Duration.ofMillis(700);

    private static final Duration HUB_WINDOW = Duration.ofMinutes(1);
    private static final int HUB_MOST = 12;

    private final KnownRegistries registries;
    private final Commands commands;
    private final FxPump pump;
    private final Supplier<List<String>> names;
    private String begun = "";
    private final StringProperty typed = new SimpleStringProperty("");
    private final ObservableList<Suggestion> suggestions = FXCollections.observableArrayList();
    private final ReadOnlyBooleanWrapper asking = new ReadOnlyBooleanWrapper();
    private final FailurePlace place = new FailurePlace();
    private final Map<RemoteNames, List<String>> told = new HashMap<>();
    private final Deque<Instant> searches = new ArrayDeque<>();
    private Optional<StarredNames> starred = Optional.empty();
    private boolean searchesHub;
    private Optional<RemoteNames> wanted = Optional.empty();
    private final InvalidationListener known = change -> suggest();
    private FxPump.Ticking pause = () -> {};
    private Optional<Command> question = Optional.empty();

    /// @param names that are suggested whatever registries hold
    NameCompletion(KnownRegistries registries, Commands commands, FxPump pump, Supplier<List<String>> names) {
        this.registries = registries;
        this.commands = commands;
        this.pump = pump;
        this.names = names;
        typed.addListener(change -> typed());
        registries.known().addListener(known);
        suggest();
    }

    /// Suggests what is starred before all else.
    void star(StarredNames names) {
        starred = Optional.of(names);
        suggest();
    }

    /// Completes names at Docker Hub, too, by its search. It keeps nobody from typing: what fails there is not told.
    void searchHub() {
        searchesHub = true;
    }

    private Optional<RemoteNames> wanted(String text) {
        return RemoteNames.of(text).or(() -> searchesHub ? RemoteNames.ofHub(text) : Optional.empty());
    }

    private void typed() {
        Optional<RemoteNames> now = wanted(typed.get().strip());
        if (!now.equals(wanted)) {
            withdraw();
            wanted = now;
            now.filter(names -> !told.containsKey(names))
                    .ifPresent(names -> pause = pump.after(pause(names), () -> ask(names)));
        }
        suggest();
    }

    private static Duration pause(RemoteNames names) {
        return names instanceof RemoteNames.HubRepositories ? HUB_PAUSE : PAUSE;
    }

    private boolean maySearch() {
        Instant now = Instant.now();
        searches.removeIf(at -> at.plus(HUB_WINDOW).isBefore(now));
        if (registries.isOffline() || searches.size() >= HUB_MOST) {
            return false;
        }
        searches.add(now);
        return true;
    }

    private void ask(RemoteNames names) {
        boolean hub = names instanceof RemoteNames.HubRepositories;
        if (hub && !maySearch()) {
            return;
        }
        AtomicReference<List<String>> answer = new AtomicReference<>(List.of());
        Command command =
                commands.run(hub ? new FailurePlace() : place, engine -> answer.set(names.ask(engine)), () -> {
                    told.put(names, answer.get());
                    suggest();
                });
        question = Optional.of(command);
        asking.bind(command.running());
    }

    /// The field is gone.
    void close() {
        registries.known().removeListener(known);
        withdraw();
    }

    private void withdraw() {
        pause.close();
        question.ifPresent(Command::cancel);
        question = Optional.empty();
        asking.unbind();
        asking.set(false);
        place.clear();
    }

    /// Makes the suggestions anew, after something was starred.
    void suggest() {
        String text = typed.get().strip();
        List<Suggestion> all = new ArrayList<>(starred(text));
        wanted.ifPresent(names -> all.addAll(remote(names, text)));
        local(text).forEach(all::add);
        Set<String> texts = new HashSet<>(Set.of(text));
        List<Suggestion> shown = all.stream()
                .filter(suggestion -> texts.add(suggestion.text()))
                .limit(MOST_SHOWN)
                .toList();
        if (!suggestions.equals(shown)) {
            suggestions.setAll(shown);
        }
    }

    private List<Suggestion> starred(String text) {
        String sought = text.toLowerCase(Locale.ROOT);
        return starred.map(StarredNames::all).orElse(List.of()).stream()
                .filter(name ->
                        text.equals(begun) || name.toLowerCase(Locale.ROOT).contains(sought))
                .map(name -> new Suggestion(name, Suggestion.Kind.STARRED))
                .toList();
    }

    private List<Suggestion> remote(RemoteNames names, String text) {
        String begun = text.substring(names.prefix().length()).toLowerCase(Locale.ROOT);
        Suggestion.Kind kind = switch (names) {
            case RemoteNames.Tags tags -> Suggestion.Kind.TAG;
            case RemoteNames.Repositories repositories -> Suggestion.Kind.REPOSITORY;
            case RemoteNames.HubRepositories found -> Suggestion.Kind.REPOSITORY;
        };
        return told.getOrDefault(names, List.of()).stream()
                .filter(name -> name.toLowerCase(Locale.ROOT).contains(begun))
                .sorted(Comparator.comparing(
                        name -> !name.toLowerCase(Locale.ROOT).startsWith(begun)))
                .map(name -> new Suggestion(names.prefix() + name, kind))
                .toList();
    }

    private Stream<Suggestion> local(String text) {
        String sought = text.toLowerCase(Locale.ROOT);
        Stream<Suggestion> images = names.get().stream()
                .filter(name ->
                        text.equals(begun) || name.toLowerCase(Locale.ROOT).contains(sought))
                .map(name -> new Suggestion(name, Suggestion.Kind.IMAGE));
        Stream<Suggestion> hosts = registries.known().keySet().stream()
                .filter(host -> !host.equals(RegistryHost.DOCKER_HUB))
                .map(host -> host.name() + "/")
                .filter(host -> host.startsWith(sought))
                .sorted()
                .map(host -> new Suggestion(host, Suggestion.Kind.REGISTRY));
        return Stream.concat(images, hosts);
    }

    /// Puts a name into the field. As long as it stands there unchanged, all names are suggested in its place.
    void begin(String name) {
        begun = name;
        typed.set(name);
        suggest();
    }

    StringProperty text() {
        return typed;
    }

    ObservableList<Suggestion> suggestions() {
        return suggestions;
    }

    /// Whether a registry is being asked.
    ReadOnlyBooleanProperty asking() {
        return asking.getReadOnlyProperty();
    }

    /// Why a registry does not tell its names. It keeps nobody from typing one.
    FailurePlace place() {
        return place;
    }
}
