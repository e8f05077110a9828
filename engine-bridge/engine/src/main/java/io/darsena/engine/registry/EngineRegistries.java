package io.darsena.engine.registry;

import io.darsena.bridge.error.DeniedException;
import io.darsena.bridge.error.InvalidRequestException;
import io.darsena.bridge.error.NotFoundException;
import io.darsena.bridge.image.Digest;
import io.darsena.bridge.image.ImageReference;
import io.darsena.bridge.registry.FoundRepository;
import io.darsena.bridge.registry.FoundTag;
import io.darsena.bridge.registry.ImagePreview;
import io.darsena.bridge.registry.ImageTransfer;
import io.darsena.bridge.registry.ImageTransfer.Direction;
import io.darsena.bridge.registry.PullRequest;
import io.darsena.bridge.registry.PullResult;
import io.darsena.bridge.registry.Registries;
import io.darsena.bridge.registry.RegistryAnswer;
import io.darsena.bridge.registry.RegistryAnswer.Access;
import io.darsena.bridge.registry.RegistryCredential;
import io.darsena.bridge.registry.RegistryHost;
import io.darsena.bridge.registry.RegistryLogin;
import io.darsena.bridge.registry.RegistrySettings;
import io.darsena.bridge.registry.RemoteImage;
import io.darsena.bridge.registry.SeenRate;
import io.darsena.engine.image.ImageCache;
import io.darsena.engine.image.PullOrder;
import io.darsena.engine.image.document.Platform;
import io.darsena.engine.paths.EnginePaths;
import io.darsena.engine.registry.RegistryAddress.Hub;
import io.darsena.engine.registry.http.Answer;
import io.darsena.engine.registry.http.Call;
import io.darsena.engine.registry.http.HttpClients;
import io.darsena.engine.registry.http.HttpTimes;
import io.darsena.engine.registry.http.ProxyChoice;
import io.darsena.engine.registry.login.Credentials;
import io.darsena.engine.registry.login.KeptCredential;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Predicate;
import java.util.function.Supplier;

/// The registries of one engine. Safe for use by several threads; each method works on its caller's.
public final class EngineRegistries implements Registries, AutoCloseable {

    private final ImageCache images;
    private final Supplier<RegistrySettings> settings;
    private final Credentials credentials;
    private final HttpClients clients;
    private final Endpoints endpoints;
    private final KeptRates rates;
    private final Patience patience;
    private final Hub hub;
    private final ProvenanceFetch provenance;
    private volatile Arrivals arrivals = (name, digest, image) -> {};
    private volatile Admission admission = Admission.OPEN;

    /// @param environment of the person, with proxies and the place of Docker's configuration
    /// @param home of the person
    /// @param version of this program, told to registries
    public EngineRegistries(
            EnginePaths paths,
            ImageCache images,
            Supplier<RegistrySettings> settings,
            Map<String, String> environment,
            Path home,
            String version) {
        this(
                paths,
                images,
                settings,
                new Surroundings(environment, home, HttpTimes.DEFAULT, Patience.DEFAULT, Hub.PUBLIC),
                version);
    }

    /// What a test has otherwise.
    ///
    /// @param home of the person
    record Surroundings(Map<String, String> environment, Path home, HttpTimes times, Patience patience, Hub hub) {}

    EngineRegistries(
            EnginePaths paths,
            ImageCache images,
            Supplier<RegistrySettings> settings,
            Surroundings surroundings,
            String version) {
        this.images = images;
        this.settings = settings;
        this.credentials = new Credentials(paths, surroundings.environment(), surroundings.home());
        this.clients = new HttpClients(
                surroundings.times(), new ProxyChoice(surroundings.environment()), "Darsena/" + version);
        this.hub = surroundings.hub();
        this.rates = new KeptRates(paths.rates());
        this.endpoints = new Endpoints(paths, settings, clients, hub);
        this.patience = surroundings.patience();
        this.provenance = new ProvenanceFetch(images.exchange());
    }

    private RegistryClient client(
            RegistryHost registry, Optional<RegistryCredential> given, Purpose purpose, Patience how, Notices notices) {
        return new RegistryClient(endpoints.of(registry), credential(registry, given), how, notices, purpose);
    }

    /// Asked for once, when first needed: a helper may take its time.
    private Supplier<Optional<RegistryCredential>> credential(
            RegistryHost registry, Optional<RegistryCredential> given) {
        return given.isPresent()
                ? () -> given
                : new Once<>(() -> credentials.find(registry).map(KeptCredential::credential));
    }

    private RegistryClient brief(RegistryHost registry, String operation, String subject) {
        return brief(registry, Optional.empty(), operation, subject);
    }

    private RegistryClient brief(
            RegistryHost registry, Optional<RegistryCredential> given, String operation, String subject) {
        return client(registry, given, new Purpose(operation, subject), patience.brief(), Notices.NOBODY);
    }

    private RegistryClient brief(RegistryHost registry, Purpose purpose) {
        return client(registry, Optional.empty(), purpose, patience.brief(), Notices.NOBODY);
    }

    @Override
    public PullResult pull(PullRequest request, Consumer<? super ImageTransfer> progress) {
        ImageReference name = request.name();
        Purpose purpose = new Purpose("pull", name.familiar());
        RegistryHost registry = RegistryHost.of(name);
        Endpoint endpoint = endpoints.of(registry);
        TransferTelling telling = new TransferTelling(name, Direction.PULL, endpoint::rate, progress);
        List<RemoteRepository> places = mirrors(name, purpose, telling);
        places.add(new RemoteRepository(
                client(registry, request.credential(), purpose, patience, telling), name.repository()));
        return new Pull(images, purpose, places, telling, provenance)
                .run(request, platform(request, purpose), settings.get().layersAtOnce(), arrivals, admission);
    }

    @Override
    public ImagePreview preview(PullRequest request) {
        ImageReference name = request.name();
        Purpose purpose = new Purpose("preview", name.familiar());
        Platform platform = platform(request, purpose);
        List<RemoteRepository> places = mirrors(name, purpose, Notices.NOBODY);
        places.add(new RemoteRepository(
                client(RegistryHost.of(name), request.credential(), purpose, patience.brief(), Notices.NOBODY),
                name.repository()));
        Resolution found = Resolution.of(name, places, images.exchange());
        return images.exchange()
                .preview(
                        new PullOrder(found.target(), name, platform, false, 1),
                        new PullOrigin(purpose, found.places(), found.document()));
    }

    private List<RemoteRepository> mirrors(ImageReference name, Purpose purpose, Notices notices) {
        List<RemoteRepository> places = new ArrayList<>();
        for (RegistryHost mirror : endpoints.mirrors(RegistryHost.of(name))) {
            places.add(new RemoteRepository(
                    client(mirror, Optional.empty(), purpose, patience.brief(), notices), name.repository()));
        }
        return places;
    }

    /// What a name stands for now where a pull would get it from. Asks by the head alone, and reads
    /// documents only when `enough` does not take the digest; not even then when the registry's rate
    /// limit is near.
    public RemoteTag compare(ImageReference name, Platform platform, Predicate<Digest> enough) {
        Purpose purpose = new Purpose("compare", name.familiar());
        List<RemoteRepository> places = mirrors(name, purpose, Notices.NOBODY);
        places.add(new RemoteRepository(brief(RegistryHost.of(name), purpose), name.repository()));
        return new Comparison(images.exchange(), platform).of(Resolution.of(name, places, images.exchange()), enough);
    }

    /// How long the registry wants to be left alone, after what it answered last.
    public Duration busy(RegistryHost registry) {
        return registry.isAddress() ? endpoints.of(registry).busy() : Duration.ZERO;
    }

    /// What registries last said of their limits, also to an engine before this one.
    public List<SeenRate> rates() {
        return rates.with(endpoints.rates());
    }

    /// Hears what names stand for at their registries when that was just seen by a pull or a push. One
    /// listener, set before the first.
    public void tell(Arrivals listener) {
        arrivals = listener;
    }

    /// Decides from now on what may come. Set before the first pull.
    public void guard(Admission decision) {
        admission = decision;
    }

    /// Whether a push is to be signed by a key that nobody has unlocked yet.
    public boolean awaitsKey(ImageReference name) {
        return admission.awaitsKey(name);
    }

    /// Signatures that the registry has of what a name stands for.
    public List<FoundSignature> signatures(ImageReference name, Digest digest) {
        return new RemoteSignatures(repository("check the signatures of", name)).of(digest);
    }

    /// Puts a signature beside those that the registry has.
    public void sign(ImageReference name, Digest digest, FoundSignature.Simple signature) {
        new RemoteSignatures(repository("sign", name)).add(digest, signature);
    }

    private RemoteRepository repository(String operation, ImageReference name) {
        return new RemoteRepository(brief(RegistryHost.of(name), operation, name.familiar()), name.repository());
    }

    private static Platform platform(PullRequest request, Purpose purpose) {
        if (request.wantsEveryPlatform()) {
            return Platform.ofThisMachine();
        }
        try {
            return request.platform().map(Platform::parse).orElseGet(Platform::ofThisMachine);
        } catch (IllegalArgumentException malformed) {
            throw new InvalidRequestException(
                    purpose.operation(), purpose.subject(), String.valueOf(malformed.getMessage()), "");
        }
    }

    @Override
    public Digest push(
            ImageReference name, Optional<RegistryCredential> credential, Consumer<? super ImageTransfer> progress) {
        if (name.tag().isEmpty() || name.digest().isPresent()) {
            throw new InvalidRequestException(
                    "push",
                    name.familiar(),
                    "what is pushed gets a tag, and its digest follows",
                    "give a name with a tag");
        }
        RegistryHost registry = RegistryHost.of(name);
        TransferTelling telling = new TransferTelling(name, Direction.PUSH, endpoints.of(registry)::rate, progress);
        RegistryClient client = client(registry, credential, new Purpose("push", name.familiar()), patience, telling);
        return new Push(images.exchange(), client, telling)
                .run(name, settings.get().layersAtOnce(), arrivals, admission);
    }

    @Override
    public RegistryLogin login(RegistryHost registry, RegistryCredential credential) {
        check(registry, credential);
        return credentials.keep(registry, credential);
    }

    @Override
    public void check(RegistryHost registry, RegistryCredential credential) {
        Purpose purpose = new Purpose("log in at", registry.name());
        RegistryClient client = client(registry, Optional.of(credential), purpose, patience.brief(), Notices.NOBODY);
        client.ask(Scope.NONE, Call.of("GET", client.at("")), answer -> {
            if (answer.status() != Answer.OK) {
                throw RegistryFailure.of(purpose, answer);
            }
            answer.close();
            return answer.status();
        });
    }

    @Override
    public void logout(RegistryHost registry) {
        credentials.forget(registry);
    }

    @Override
    public List<RegistryLogin> logins() {
        return credentials.all();
    }

    @Override
    public RegistryAnswer probe(RegistryHost registry) {
        RegistryClient client = brief(registry, "ask", registry.name());
        Endpoint endpoint = client.endpoint();
        endpoint.forget();
        long began = System.nanoTime();
        URI root = client.at("");
        boolean open = asksNothing(client, root);
        Duration took = Duration.ofNanos(System.nanoTime() - began);
        Optional<RegistryLogin> login = credentials.find(registry).map(kept -> kept.login(registry));
        Access access = open ? Access.OPEN : access(client, root, login.isPresent());
        return new RegistryAnswer(registry, root.getScheme().equals("https"), access, took, login);
    }

    private static boolean asksNothing(RegistryClient client, URI root) {
        try (Answer answer = client.endpoint().transport().send(Call.of("GET", root))) {
            client.endpoint().note(answer, root);
            if (answer.status() != Answer.OK && answer.status() != Answer.UNAUTHORIZED) {
                throw new NotFoundException(
                        "ask",
                        client.purpose().subject(),
                        "what answers there is no registry (" + answer.status() + ")",
                        "check the name");
            }
            return answer.status() == Answer.OK;
        } catch (IOException failure) {
            client.endpoint().forget();
            throw RegistryFailure.outOfReach(client.purpose(), root, failure);
        }
    }

    /// One that gives tokens to everybody is open, though it asks for them.
    private static Access access(RegistryClient client, URI root, boolean loggedIn) {
        try {
            boolean in = client.ask(Scope.NONE, Call.of("GET", root), answer -> {
                answer.close();
                return answer.status() == Answer.OK;
            });
            return !in ? Access.LOGIN_NEEDED : loggedIn ? Access.GRANTED : Access.OPEN;
        } catch (DeniedException refused) {
            return Access.LOGIN_NEEDED;
        }
    }

    @Override
    public RemoteImage describe(ImageReference name, Optional<RegistryCredential> credential) {
        RegistryClient client = client(
                RegistryHost.of(name),
                credential,
                new Purpose("describe", name.familiar()),
                patience.brief(),
                Notices.NOBODY);
        return new Description(images.exchange(), new RemoteRepository(client, name.repository())).of(name);
    }

    @Override
    public List<String> tags(
            RegistryHost registry, String repository, Optional<RegistryCredential> credential, int limit) {
        return new RemoteLists(brief(registry, credential, "list the tags of", registry + "/" + repository))
                .tags(named(registry, repository).repository(), limit);
    }

    @Override
    public List<FoundTag> taggedImages(RegistryHost registry, String repository, int limit) {
        Optional<List<FoundTag>> told = registry.equals(RegistryHost.DOCKER_HUB)
                ? new HubTags(endpoints.of(registry).transport(), hub.repositories())
                        .of(named(registry, repository).repository(), limit)
                : Optional.empty();
        return told.orElseGet(() -> Registries.super.taggedImages(registry, repository, limit));
    }

    private static ImageReference named(RegistryHost registry, String repository) {
        try {
            return new ImageReference(registry.name(), repository, Optional.of("latest"), Optional.empty());
        } catch (IllegalArgumentException malformed) {
            throw new InvalidRequestException(
                    "find", "repository " + repository, String.valueOf(malformed.getMessage()), "");
        }
    }

    @Override
    public List<String> repositories(RegistryHost registry, int limit) {
        return new RemoteLists(brief(registry, "list the repositories of", registry.name())).repositories(limit);
    }

    @Override
    public List<FoundRepository> search(
            RegistryHost registry, String words, Optional<RegistryCredential> credential, int limit) {
        RemoteLists lists = new RemoteLists(brief(registry, credential, "search", registry.name()));
        return registry.equals(RegistryHost.DOCKER_HUB)
                ? lists.searchHub(hub.search(), words, limit)
                : lists.search(registry, words, limit);
    }

    @Override
    public void deleteRemote(ImageReference name) {
        RegistryClient client = brief(RegistryHost.of(name), "delete", name.familiar());
        new RemoteDeletion(new RemoteRepository(client, name.repository())).run(name);
    }

    /// Waits for what pulls so far still bring after they have ended.
    void settle() throws InterruptedException {
        provenance.settle();
    }

    @Override
    public void close() {
        provenance.close();
        clients.close();
    }
}
