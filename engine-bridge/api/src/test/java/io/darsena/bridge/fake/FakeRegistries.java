package io.darsena.bridge.fake;

import io.darsena.bridge.error.DeniedException;
import io.darsena.bridge.error.NotFoundException;
import io.darsena.bridge.event.EngineEvent;
import io.darsena.bridge.image.DiffId;
import io.darsena.bridge.image.Digest;
import io.darsena.bridge.image.Image;
import io.darsena.bridge.image.ImageId;
import io.darsena.bridge.image.ImageReference;
import io.darsena.bridge.registry.FoundRepository;
import io.darsena.bridge.registry.FoundTag;
import io.darsena.bridge.registry.ImagePreview;
import io.darsena.bridge.registry.ImageTransfer;
import io.darsena.bridge.registry.ImageTransfer.Blob;
import io.darsena.bridge.registry.ImageTransfer.BlobStage;
import io.darsena.bridge.registry.ImageTransfer.Direction;
import io.darsena.bridge.registry.ImageTransfer.Step;
import io.darsena.bridge.registry.ImageTransfer.StepKind;
import io.darsena.bridge.registry.PullRequest;
import io.darsena.bridge.registry.PullResult;
import io.darsena.bridge.registry.Registries;
import io.darsena.bridge.registry.RegistryAnswer;
import io.darsena.bridge.registry.RegistryCredential;
import io.darsena.bridge.registry.RegistryHost;
import io.darsena.bridge.registry.RegistryLogin;
import io.darsena.bridge.registry.RemoteImage;
import io.darsena.bridge.trust.ImageTrust;
import io.darsena.bridge.trust.TrustRule;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.CancellationException;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/// Registries in memory, each open to everybody but those named `private.…`, which want a login with any
/// password but [#WRONG_PASSWORD]. What they hold is put there by [#publish] or by a push.
public final class FakeRegistries implements Registries {

    public static final String WRONG_PASSWORD = "wrong";

    private static final int PARTS = 8;
    private static final long MEGABYTE = 1 << 20;

    private final FakeEngine engine;
    private final Map<ImageReference, Image> held = new ConcurrentSkipListMap<>();
    private final Map<RegistryHost, RegistryLogin> logins = new ConcurrentHashMap<>();
    private final AtomicInteger underWay = new AtomicInteger();
    private volatile Duration each = Duration.ZERO;

    FakeRegistries(FakeEngine engine) {
        this.engine = engine;
    }

    /// Puts an image of so many layers of one megabyte into a registry.
    public Image publish(String name, int layers) {
        ImageReference reference = ImageReference.parse(name);
        List<Image.Layer> made = IntStream.range(0, layers)
                .mapToObj(n -> new Image.Layer(
                        new DiffId(FakeImages.digest("layer " + n + " of " + reference)),
                        FakeImages.digest("blob " + n + " of " + reference),
                        2 * MEGABYTE,
                        MEGABYTE,
                        "RUN step " + n))
                .toList();
        Digest manifest = FakeImages.digest("manifest " + reference);
        Image image = new Image(
                new ImageId(FakeImages.digest("config " + reference)),
                List.of(reference),
                List.of(byDigest(reference, manifest)),
                manifest,
                Optional.of(Instant.parse("2026-02-01T00:00:00Z")),
                Instant.now(),
                "linux/amd64",
                made,
                FakeEngine.STARTER_CONFIG);
        held.put(reference, image);
        return image;
    }

    /// Lets each of the eight parts of a layer take this long.
    public void takeTime(Duration time) {
        each = time;
    }

    /// How many pulls and pushes move bytes at this moment.
    public int underWay() {
        return underWay.get();
    }

    private static ImageReference byDigest(ImageReference name, Digest digest) {
        return new ImageReference(name.registry(), name.repository(), Optional.empty(), Optional.of(digest));
    }

    private Image require(String operation, ImageReference name, Optional<RegistryCredential> credential) {
        admit(operation, RegistryHost.of(name), credential);
        return held.entrySet().stream()
                .filter(entry -> entry.getKey().equals(name)
                        || entry.getValue().digests().contains(name))
                .map(Map.Entry::getValue)
                .findFirst()
                .orElseThrow(() -> new NotFoundException(
                        operation, name.familiar(), "its registry has no such image", "check the name and the tag"));
    }

    private void admit(String operation, RegistryHost registry, Optional<RegistryCredential> credential) {
        credential.ifPresent(shown -> check(registry, shown));
        if (registry.name().startsWith("private.") && credential.isEmpty() && !logins.containsKey(registry)) {
            throw new DeniedException(operation, registry.name(), "it wants a login", "log in first");
        }
    }

    @Override
    public PullResult pull(PullRequest request, Consumer<? super ImageTransfer> progress) {
        engine.failIfAsked("pull");
        Image image = require("pull", request.name(), request.credential());
        refuseOtherPlatform("pull", request, image);
        Telling telling = new Telling(request.name(), Direction.PULL, progress);
        telling.step(StepKind.RESOLVED, image.manifest().toString());
        ImageTrust trust = engine.trust().admit(trustName(request.name(), image.manifest()), image.manifest());
        telling.step(StepKind.MANIFEST, image.id().toString());
        boolean here = engine.images().find(image.id().toString()).isPresent();
        transfer(image, telling, here ? BlobStage.PRESENT : BlobStage.DOWNLOADING);
        telling.step(StepKind.LAYERS, "");
        telling.step(StepKind.UNPACKED, "");
        boolean changed = keep(image, request.name());
        engine.trust().seen(trust);
        if (request.name().tag().isPresent() && request.name().digest().isEmpty()) {
            engine.sync().seen(remote(request.name(), image), image.id());
        }
        telling.step(StepKind.FINISHED, "");
        return new PullResult(image.id(), image.manifest(), changed);
    }

    private static void refuseOtherPlatform(String operation, PullRequest request, Image image) {
        request.platform()
                .filter(wanted -> !request.wantsEveryPlatform() && !wanted.equals(image.platform()))
                .ifPresent(wanted -> {
                    throw new NotFoundException(
                            operation,
                            request.name().familiar(),
                            "there is none for " + wanted,
                            "choose another platform");
                });
    }

    /// The tag, or the digest where there is none.
    private static ImageReference trustName(ImageReference name, Digest digest) {
        return name.tag().isEmpty()
                ? name.at(digest)
                : new ImageReference(name.registry(), name.repository(), name.tag(), Optional.empty());
    }

    /// Says whether anything is new.
    private boolean keep(Image pulled, ImageReference name) {
        Optional<Image> here = engine.images().find(pulled.id().toString());
        List<ImageReference> names = name.tag().stream()
                .map(tag -> new ImageReference(name.registry(), name.repository(), Optional.of(tag), Optional.empty()))
                .toList();
        ImageReference digest = byDigest(name, pulled.manifest());
        if (here.filter(image ->
                        image.names().containsAll(names) && image.digests().contains(digest))
                .isPresent()) {
            return false;
        }
        names.forEach(each -> engine.images().takeAway(each, pulled.id()));
        engine.images()
                .put(
                        with(
                                pulled,
                                sum(here.map(Image::names).orElse(List.of()), names),
                                sum(here.map(Image::digests).orElse(List.of()), List.of(digest))),
                        EngineEvent.ImageAction.PULL);
        return true;
    }

    private static List<ImageReference> sum(List<ImageReference> some, List<ImageReference> more) {
        return Stream.concat(some.stream(), more.stream()).distinct().sorted().toList();
    }

    @Override
    public Digest push(
            ImageReference name, Optional<RegistryCredential> credential, Consumer<? super ImageTransfer> progress) {
        engine.failIfAsked("push");
        admit("push", RegistryHost.of(name), credential);
        Image image = engine.images()
                .find(name.toString())
                .orElseThrow(
                        () -> new NotFoundException("push", name.familiar(), "there is no image of this name", ""));
        Optional<String> signer = engine.settings().trust().rule(name).flatMap(TrustRule::signWith);
        signer.ifPresent(key -> engine.trust().requireUnlocked("push", name.familiar(), key));
        Telling telling = new Telling(name, Direction.PUSH, progress);
        boolean there = held.values().stream().anyMatch(each -> each.id().equals(image.id()));
        transfer(image, telling, there ? BlobStage.PRESENT : BlobStage.UPLOADING);
        telling.step(StepKind.LAYERS, "");
        Image pushed = with(image, image.names(), sum(image.digests(), List.of(byDigest(name, image.manifest()))));
        held.put(name, pushed);
        engine.images().put(pushed, EngineEvent.ImageAction.PUSH);
        engine.sync().seen(remote(name, image), image.id());
        signer.ifPresent(key -> engine.trust().signed(image.manifest(), key));
        engine.trust().check(name);
        telling.step(StepKind.FINISHED, image.manifest().toString());
        return image.manifest();
    }

    private static Image with(Image image, List<ImageReference> names, List<ImageReference> digests) {
        return new Image(
                image.id(),
                names,
                digests,
                image.manifest(),
                image.createdAt(),
                image.importedAt(),
                image.platform(),
                image.layers(),
                image.config());
    }

    private void transfer(Image image, Telling telling, BlobStage stage) {
        image.layers()
                .forEach(layer -> telling.blob(new Blob(
                        layer.blob(),
                        stage == BlobStage.PRESENT ? stage : BlobStage.WAITING,
                        stage == BlobStage.PRESENT ? layer.storedSize() : 0,
                        layer.storedSize())));
        telling.tell();
        if (stage == BlobStage.PRESENT) {
            return;
        }
        underWay.incrementAndGet();
        try {
            engine.waitWhileHeld(telling.direction == Direction.PULL ? "pull" : "push");
            move(image, telling, stage);
        } finally {
            underWay.decrementAndGet();
        }
    }

    private void move(Image image, Telling telling, BlobStage stage) {
        for (Image.Layer layer : image.layers()) {
            for (int part = 0; part <= PARTS; part++) {
                long done = layer.storedSize() * part / PARTS;
                telling.blob(new Blob(layer.blob(), part == PARTS ? BlobStage.DONE : stage, done, layer.storedSize()));
                telling.tell();
                pause(telling);
            }
        }
    }

    private void pause(Telling telling) {
        try {
            Thread.sleep(each);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new CancellationException("cancelled: " + telling.name.familiar());
        }
    }

    /// What is told of one transfer.
    private static final class Telling {

        private final ImageReference name;
        private final Direction direction;
        private final Consumer<? super ImageTransfer> progress;
        private final List<Step> steps = new ArrayList<>();
        private final List<Blob> blobs = new ArrayList<>();

        Telling(ImageReference name, Direction direction, Consumer<? super ImageTransfer> progress) {
            this.name = name;
            this.direction = direction;
            this.progress = progress;
        }

        void step(StepKind kind, String detail) {
            steps.add(new Step(kind, Instant.now(), Duration.ofMillis(3), detail));
            tell();
        }

        void blob(Blob now) {
            for (int i = 0; i < blobs.size(); i++) {
                if (blobs.get(i).digest().equals(now.digest())) {
                    blobs.set(i, now);
                    return;
                }
            }
            blobs.add(now);
        }

        void tell() {
            progress.accept(new ImageTransfer(name, direction, steps, blobs, Optional.empty(), Optional.empty()));
        }
    }

    /// Lets the second name stand for what the first one stands for.
    public void move(ImageReference standsFor, ImageReference name) {
        held.put(name, require("move", standsFor, Optional.empty()));
    }

    @Override
    public RegistryLogin login(RegistryHost registry, RegistryCredential credential) {
        engine.failIfAsked("login");
        check(registry, credential);
        String user = credential instanceof RegistryCredential.Password password ? password.user() : "";
        RegistryLogin login = new RegistryLogin(registry, user, "memory", true);
        logins.put(registry, login);
        return login;
    }

    @Override
    public void check(RegistryHost registry, RegistryCredential credential) {
        if (credential instanceof RegistryCredential.Password password
                && password.password().reveal().equals(WRONG_PASSWORD)) {
            throw new DeniedException("log in at", registry.name(), "it refuses this name and password", "check both");
        }
    }

    @Override
    public void logout(RegistryHost registry) {
        logins.remove(registry);
    }

    @Override
    public List<RegistryLogin> logins() {
        return List.copyOf(new TreeMap<>(logins).values());
    }

    @Override
    public RegistryAnswer probe(RegistryHost registry) {
        Optional<RegistryLogin> login = Optional.ofNullable(logins.get(registry));
        RegistryAnswer.Access access = !registry.name().startsWith("private.")
                ? RegistryAnswer.Access.OPEN
                : login.isPresent() ? RegistryAnswer.Access.GRANTED : RegistryAnswer.Access.LOGIN_NEEDED;
        return new RegistryAnswer(
                registry, !registry.name().startsWith("localhost"), access, Duration.ofMillis(12), login);
    }

    @Override
    public RemoteImage describe(ImageReference name, Optional<RegistryCredential> credential) {
        return remote(name, require("describe", name, credential));
    }

    @Override
    public ImagePreview preview(PullRequest request) {
        engine.failIfAsked("preview");
        Image image = require("preview", request.name(), request.credential());
        refuseOtherPlatform("preview", request, image);
        engine.waitWhileHeld("preview");
        List<ImagePreview.Layer> layers = layers(image);
        return new ImagePreview(
                request.name(),
                image.manifest(),
                image.id(),
                image.manifest(),
                image.platform(),
                image.createdAt(),
                image.config(),
                layers,
                missing(layers));
    }

    private List<ImagePreview.Layer> layers(Image image) {
        Set<Digest> here = engine.images().list().stream()
                .flatMap(each -> each.layers().stream())
                .map(Image.Layer::blob)
                .collect(Collectors.toSet());
        return image.layers().stream()
                .map(layer -> new ImagePreview.Layer(
                        layer.diffId(),
                        layer.blob(),
                        layer.storedSize(),
                        here.contains(layer.blob()) ? 0 : layer.storedSize(),
                        layer.createdBy()))
                .toList();
    }

    private static long missing(List<ImagePreview.Layer> layers) {
        return layers.stream().distinct().mapToLong(ImagePreview.Layer::missing).sum();
    }

    private RemoteImage remote(ImageReference name, Image image) {
        return new RemoteImage(
                name,
                image.manifest(),
                "application/vnd.oci.image.manifest.v1+json",
                500,
                List.of(image.platform()),
                OptionalLong.of(missing(layers(image))),
                Optional.empty());
    }

    @Override
    public List<String> tags(
            RegistryHost registry, String repository, Optional<RegistryCredential> credential, int limit) {
        admit("list the tags of", registry, credential);
        return held.keySet().stream()
                .filter(name -> RegistryHost.of(name).equals(registry)
                        && name.repository().equals(repository))
                .flatMap(name -> name.tag().stream())
                .limit(limit)
                .toList();
    }

    @Override
    public List<String> repositories(RegistryHost registry, int limit) {
        admit("list the repositories of", registry, Optional.empty());
        return held.keySet().stream()
                .filter(name -> RegistryHost.of(name).equals(registry))
                .map(ImageReference::repository)
                .distinct()
                .limit(limit)
                .toList();
    }

    @Override
    public List<FoundRepository> search(
            RegistryHost registry, String words, Optional<RegistryCredential> credential, int limit) {
        admit("search", registry, credential);
        return held.keySet().stream()
                .filter(name -> RegistryHost.of(name).equals(registry)
                        && name.repository().contains(words))
                .map(ImageReference::familiarRepository)
                .distinct()
                .limit(limit)
                .map(name -> new FoundRepository(name, "", 0, name.indexOf('/') < 0, FoundRepository.Visibility.PUBLIC))
                .toList();
    }

    /// Docker Hub tells sizes and dates, as the real one.
    @Override
    public List<FoundTag> taggedImages(RegistryHost registry, String repository, int limit) {
        return tags(registry, repository, limit).stream()
                .map(tag -> registry.equals(RegistryHost.DOCKER_HUB)
                        ? new FoundTag(tag, OptionalLong.of(1 << 20), Optional.of(Instant.EPOCH))
                        : FoundTag.of(tag))
                .toList();
    }

    @Override
    public void deleteRemote(ImageReference name) {
        require("delete", name, Optional.empty());
        held.remove(name);
    }
}
