package io.darsena.app.registries.browse;

import io.darsena.app.session.Commands;
import io.darsena.app.session.EngineSession;
import io.darsena.app.session.FailurePlace;
import io.darsena.app.session.FxPump;
import io.darsena.app.session.KnownRegistries;
import io.darsena.app.session.Question;
import io.darsena.app.session.TransferJob;
import io.darsena.app.session.Transfers;
import io.darsena.bridge.image.ImageReference;
import io.darsena.bridge.registry.FoundRepository;
import io.darsena.bridge.registry.FoundRepository.Visibility;
import io.darsena.bridge.registry.FoundTag;
import io.darsena.bridge.registry.PullRequest;
import io.darsena.bridge.registry.RegistryHost;
import io.darsena.bridge.registry.RemoteImage;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import javafx.beans.InvalidationListener;
import javafx.beans.property.ReadOnlyObjectProperty;
import javafx.beans.property.ReadOnlyObjectWrapper;
import javafx.beans.property.SimpleStringProperty;
import javafx.beans.property.StringProperty;
import javafx.collections.FXCollections;
import javafx.collections.ObservableList;

/// What one registry holds, as far as it was asked: its repositories, the tags of the chosen one, what the
/// chosen tag stands for. Docker Hub is searched by words, others tell their catalog; a repository that a
/// registry does not tell of can be typed. JavaFX thread only.
public final class BrowseViewModel {

    static final int MOST_TAGS = 1000;

    private static final int MOST_REPOSITORIES = 10_000;
    private static final int MOST_FOUND = 100;
    private static final int LEAST_LETTERS = 2;
    private static final String CURATED = "library/";

    private final EngineSession session;
    private final KnownRegistries registries;
    private final Commands commands;
    private final Transfers transfers;
    private final FxPump pump;
    private final RegistryHost host;
    private final StringProperty words = new SimpleStringProperty("");
    private final StringProperty tagWords = new SimpleStringProperty("");
    private final ObservableList<RepositoryEntry> repositories = FXCollections.observableArrayList();
    private final ObservableList<TagEntry> tags = FXCollections.observableArrayList();
    private final ReadOnlyObjectWrapper<Optional<String>> repository = new ReadOnlyObjectWrapper<>(Optional.empty());
    private final ReadOnlyObjectWrapper<Optional<RemoteImage>> remote = new ReadOnlyObjectWrapper<>(Optional.empty());
    private final FailurePlace place = new FailurePlace();
    private final Question<List<FoundRepository>> search;
    private final Question<List<FoundTag>> tagList;
    private final Question<RemoteImage> description;
    private List<FoundRepository> told = List.of();
    private List<FoundTag> toldTags = List.of();
    private Optional<ImageReference> chosenTag = Optional.empty();
    private boolean outdated;

    public BrowseViewModel(
            EngineSession session,
            KnownRegistries registries,
            Commands commands,
            Transfers transfers,
            FxPump pump,
            RegistryHost host) {
        this.session = session;
        this.registries = registries;
        this.commands = commands;
        this.transfers = transfers;
        this.pump = pump;
        this.host = host;
        this.search = new Question<>(commands, pump, Question.TYPING);
        this.tagList = new Question<>(commands, pump, Question.TYPING);
        this.description = new Question<>(commands, pump, Question.TYPING);
        words.addListener(change -> typed());
        tagWords.addListener(change -> showTags());
    }

    /// Begins with what names here tell, and asks the registry.
    public AutoCloseable follow() {
        InvalidationListener images = change -> outdate();
        session.images().addListener(images);
        askForRepositories();
        show();
        return () -> {
            session.images().removeListener(images);
            search.withdraw();
            tagList.withdraw();
            description.withdraw();
        };
    }

    boolean isSearched() {
        return host.equals(RegistryHost.DOCKER_HUB);
    }

    private void typed() {
        if (isSearched()) {
            askForRepositories();
        }
        show();
    }

    /// Asks once more, as after a login.
    public void askForRepositories() {
        if (!isSearched()) {
            search.ask(
                    engine -> engine.registries().repositories(host, MOST_REPOSITORIES).stream()
                            .map(name ->
                                    new FoundRepository(host.name() + "/" + name, "", -1, false, Visibility.UNKNOWN))
                            .toList(),
                    this::tell);
            return;
        }
        String sought = words.get().strip();
        if (sought.length() < LEAST_LETTERS) {
            search.withdraw();
            told = List.of();
        } else {
            search.ask(engine -> engine.registries().search(host, sought, MOST_FOUND), this::tell);
        }
    }

    private void tell(List<FoundRepository> found) {
        told = found;
        show();
    }

    private void outdate() {
        if (!outdated) {
            outdated = true;
            pump.run(() -> {
                outdated = false;
                show();
                showTags();
            });
        }
    }

    private void show() {
        Set<String> here = here();
        Map<String, RepositoryEntry> entries = new LinkedHashMap<>();
        String sought = words.get().strip().toLowerCase(Locale.ROOT);
        for (FoundRepository found : told) {
            repository(found.name())
                    .filter(name -> isSearched() || name.contains(sought))
                    .ifPresent(name -> entries.put(
                            name,
                            new RepositoryEntry(
                                    name,
                                    found.description(),
                                    found.stars(),
                                    found.official(),
                                    here.contains(name),
                                    found.visibility())));
        }
        here.stream()
                .filter(name -> name.contains(sought))
                .forEach(name ->
                        entries.putIfAbsent(name, new RepositoryEntry(name, "", -1, false, true, Visibility.UNKNOWN)));
        typedRepository(sought)
                .ifPresent(name -> entries.putIfAbsent(
                        name, new RepositoryEntry(name, "", -1, false, here.contains(name), Visibility.UNKNOWN)));
        List<RepositoryEntry> now = new ArrayList<>(entries.values());
        if (!repositories.equals(now)) {
            repositories.setAll(now);
        }
    }

    /// As it is typed to be pulled, without a tag.
    String pulled(RepositoryEntry entry) {
        return new ImageReference(host.name(), entry.repository(), Optional.of("latest"), Optional.empty())
                .familiarRepository();
    }

    /// Docker Hub's `library/nginx` is known as `nginx`.
    String shown(RepositoryEntry entry) {
        return isSearched() && entry.repository().startsWith(CURATED)
                ? entry.repository().substring(CURATED.length())
                : entry.repository();
    }

    /// What is typed may be a repository that the registry does not tell of.
    private Optional<String> typedRepository(String sought) {
        return sought.isEmpty() ? Optional.empty() : repository(host.name() + "/" + sought);
    }

    private static Optional<String> repository(String name) {
        try {
            return Optional.of(ImageReference.parse(name))
                    .filter(reference -> reference.digest().isEmpty())
                    .map(ImageReference::repository);
        } catch (IllegalArgumentException none) {
            return Optional.empty();
        }
    }

    private Set<String> here() {
        return names().stream().map(ImageReference::repository).collect(Collectors.toCollection(TreeSet::new));
    }

    private Set<ImageReference> names() {
        return session.images().values().stream()
                .flatMap(image -> image.names().stream())
                .filter(name -> RegistryHost.of(name).equals(host))
                .collect(Collectors.toSet());
    }

    /// Asks for the tags of a repository; of none, shows none.
    public void choose(Optional<String> chosen) {
        if (chosen.equals(repository.get())) {
            return;
        }
        repository.set(chosen);
        tagWords.set("");
        chooseTag(Optional.empty());
        toldTags = List.of();
        showTags();
        askForTags();
    }

    public void askForTags() {
        repository
                .get()
                .ifPresentOrElse(
                        name -> tagList.ask(
                                engine -> engine.registries().taggedImages(host, name, MOST_TAGS), this::tellTags),
                        tagList::withdraw);
    }

    private void tellTags(List<FoundTag> found) {
        toldTags = found;
        showTags();
    }

    private void showTags() {
        Set<ImageReference> names = names();
        String sought = tagWords.get().strip().toLowerCase(Locale.ROOT);
        List<TagEntry> now = repository.get().stream()
                .flatMap(name -> toldTags.stream()
                        .filter(tag -> tag.name().toLowerCase(Locale.ROOT).contains(sought))
                        .map(tag -> entry(name, tag, names)))
                .toList();
        if (!tags.equals(now)) {
            tags.setAll(now);
        }
    }

    private TagEntry entry(String name, FoundTag tag, Set<ImageReference> names) {
        ImageReference reference = new ImageReference(host.name(), name, Optional.of(tag.name()), Optional.empty());
        return new TagEntry(tag.name(), reference, tag.size(), tag.updated(), names.contains(reference));
    }

    /// Asks what a tag stands for. Of the one that is chosen already, what is known of it is shown until then.
    public void chooseTag(Optional<ImageReference> name) {
        if (!name.equals(chosenTag)) {
            remote.set(Optional.empty());
        }
        chosenTag = name;
        name.ifPresentOrElse(
                chosen -> description.ask(
                        engine -> engine.registries().describe(chosen, Optional.empty()), this::describe),
                description::withdraw);
    }

    private void describe(RemoteImage image) {
        remote.set(Optional.of(image));
        image.rate().ifPresent(rate -> registries.rate(host, rate));
    }

    public TransferJob pull(ImageReference name) {
        return transfers.pull(PullRequest.of(name));
    }

    /// Deletes a tag at the registry; what is here stays.
    public void delete(ImageReference name) {
        commands.run(place, engine -> engine.registries().deleteRemote(name), this::askForTags);
    }

    /// Docker Hub deletes nothing for whom speaks only the registries' language.
    boolean canDelete() {
        return !isSearched();
    }

    /// What is sought among the repositories.
    public StringProperty words() {
        return words;
    }

    public StringProperty tagWords() {
        return tagWords;
    }

    public ObservableList<RepositoryEntry> repositories() {
        return repositories;
    }

    /// The chosen repository.
    public ReadOnlyObjectProperty<Optional<String>> repository() {
        return repository.getReadOnlyProperty();
    }

    public ObservableList<TagEntry> tags() {
        return tags;
    }

    /// What the chosen tag stands for, as soon as the registry has told.
    public ReadOnlyObjectProperty<Optional<RemoteImage>> remote() {
        return remote.getReadOnlyProperty();
    }

    Question<?> search() {
        return search;
    }

    Question<?> tagList() {
        return tagList;
    }

    Question<?> description() {
        return description;
    }

    /// Where a deletion that failed shows.
    public FailurePlace place() {
        return place;
    }
}
