package io.darsena.bridge.fake;

import io.darsena.bridge.error.ConflictException;
import io.darsena.bridge.error.DeniedException;
import io.darsena.bridge.error.InvalidRequestException;
import io.darsena.bridge.error.NotFoundException;
import io.darsena.bridge.event.EngineEvent;
import io.darsena.bridge.image.Digest;
import io.darsena.bridge.image.Image;
import io.darsena.bridge.image.ImageReference;
import io.darsena.bridge.registry.Secret;
import io.darsena.bridge.trust.ImageTrust;
import io.darsena.bridge.trust.Signatures;
import io.darsena.bridge.trust.SigningKey;
import io.darsena.bridge.trust.Trust;
import io.darsena.bridge.trust.TrustReport;
import io.darsena.bridge.trust.TrustRule;
import io.darsena.bridge.trust.TrustRule.Demand;
import io.darsena.bridge.trust.TrustSettings;
import io.darsena.bridge.trust.TrustedKey;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/// The trust of a [FakeEngine]. Its signatures are names of keys beside digests. `this` guards its state.
public final class FakeTrust implements Trust {

    private static final String BEGIN = "-----BEGIN ENCRYPTED SIGSTORE PRIVATE KEY-----";

    private final FakeEngine engine;
    private final Map<String, Pair> pairs = new TreeMap<>();
    private final Map<Digest, Set<String>> signatures = new LinkedHashMap<>();
    private final Map<ImageReference, List<Digest>> history = new LinkedHashMap<>();
    private final Map<ImageReference, ImageTrust> known = new LinkedHashMap<>();

    FakeTrust(FakeEngine engine) {
        this.engine = engine;
    }

    private record Pair(SigningKey key, Secret password) {
        Pair unlocked(boolean now) {
            return new Pair(new SigningKey(key.name(), key.publicKey(), now), password);
        }
    }

    /// Puts a signature there as if somebody had made it with this key, which need not be known here.
    public synchronized void signed(Digest digest, String key) {
        signatures.computeIfAbsent(digest, same -> new LinkedHashSet<>()).add(key);
    }

    private TrustSettings settings() {
        return engine.settings().trust();
    }

    /// What an engine finds before a pull.
    ///
    /// @throws DeniedException when the rules refuse it
    synchronized ImageTrust admit(ImageReference name, Digest digest) {
        Optional<TrustRule> rule = settings().rule(name);
        Demand demand = rule.map(TrustRule::demand).orElse(Demand.ACCEPT);
        Signatures found = demand == Demand.ACCEPT
                ? new Signatures.Unchecked("no rule wants a signature")
                : found(digest, rule.map(settings()::keys).orElse(settings().keys()));
        List<Digest> before = history.getOrDefault(name, List.of());
        boolean movedBack = before.contains(digest) && !before.getLast().equals(digest);
        if (demand == Demand.REFUSE && movedBack) {
            throw new DeniedException(
                    "pull", name.familiar(), "its tag was moved back to " + digest + ", which it stood for before", "");
        }
        if (demand == Demand.REFUSE && !(found instanceof Signatures.Signed)) {
            throw new DeniedException("pull", name.familiar(), "it is not signed by a key that is trusted for it", "");
        }
        return new ImageTrust(name, digest, found, movedBack, demand, Instant.now());
    }

    private Signatures found(Digest digest, List<TrustedKey> keys) {
        Set<String> by = signatures.getOrDefault(digest, Set.of());
        List<String> counting = new TreeSet<>(by)
                .stream()
                        .filter(name -> keys.stream().anyMatch(key -> key.name().equals(name)))
                        .toList();
        return by.isEmpty()
                ? new Signatures.Unsigned()
                : counting.isEmpty()
                        ? new Signatures.Untrusted("it is signed by a key that is not trusted for it")
                        : new Signatures.Signed(counting);
    }

    /// A pull or a push has brought it.
    void seen(ImageTrust trust) {
        synchronized (this) {
            known.put(trust.name(), trust);
            List<Digest> before = history.computeIfAbsent(trust.name(), same -> new ArrayList<>());
            if (before.isEmpty() || !before.getLast().equals(trust.digest())) {
                before.add(trust.digest());
            }
        }
        engine.hub().publish(() -> new EngineEvent.TrustChanged(report(), Instant.now()));
    }

    @Override
    public synchronized TrustReport report() {
        List<ImageReference> names = engine.images().list().stream()
                .flatMap(image -> java.util.stream.Stream.concat(image.names().stream(), image.digests().stream()))
                .toList();
        return new TrustReport(new TreeMap<>(known)
                .values().stream().filter(trust -> names.contains(trust.name())).toList());
    }

    private Image origin(String operation, ImageReference name) {
        Image image = engine.images()
                .find(name.toString())
                .orElseThrow(() -> new NotFoundException(operation, name.familiar(), "no image bears that name", ""));
        boolean came = image.digests().stream()
                .anyMatch(each -> each.familiarRepository().equals(name.familiarRepository()));
        if (!came) {
            throw new InvalidRequestException(
                    operation, name.familiar(), "it did not come from its registry", "push it first");
        }
        return image;
    }

    @Override
    public ImageTrust check(ImageReference name) {
        Digest digest = origin("check the signatures of", name).manifest();
        ImageTrust now;
        synchronized (this) {
            Optional<TrustRule> rule = settings().rule(name);
            now = new ImageTrust(
                    name,
                    digest,
                    found(digest, rule.map(settings()::keys).orElse(settings().keys())),
                    Optional.ofNullable(known.get(name))
                            .map(ImageTrust::movedBack)
                            .orElse(false),
                    rule.map(TrustRule::demand).orElse(Demand.ACCEPT),
                    Instant.now());
        }
        seen(now);
        return now;
    }

    @Override
    public synchronized List<SigningKey> signingKeys() {
        return pairs.values().stream().map(Pair::key).toList();
    }

    @Override
    public SigningKey generate(String name, Secret password) {
        String text = String.format("%-60s", name).replace(' ', 'A').replaceAll("[^A-Za-z0-9]", "B");
        return keep(name, "-----BEGIN PUBLIC KEY-----\n" + text + "\n-----END PUBLIC KEY-----\n", password);
    }

    private SigningKey keep(String name, String publicKey, Secret password) {
        SigningKey key;
        synchronized (this) {
            if (pairs.containsKey(name)) {
                throw new ConflictException(
                        "make", "signing key " + name, "there is one of that name", "choose another");
            }
            key = new SigningKey(name, publicKey, true);
            pairs.put(name, new Pair(key, password));
        }
        engine.change(engine.settings().withTrust(settings().with(new TrustedKey(name, publicKey))));
        return key;
    }

    @Override
    public SigningKey importKey(String name, String pem, Secret password) {
        if (!pem.startsWith(BEGIN)) {
            throw new InvalidRequestException("import", "signing key " + name, "it is no key of cosign's", "");
        }
        if (password.reveal().equals("wrong")) {
            throw wrong(name);
        }
        return generate(name, password);
    }

    private static DeniedException wrong(String name) {
        return new DeniedException("unlock", "signing key " + name, "the password does not open it", "type it again");
    }

    @Override
    public void unlock(String name, Secret password) {
        synchronized (this) {
            Pair pair = require(name);
            if (!pair.password().reveal().equals(password.reveal())) {
                throw wrong(name);
            }
            pairs.put(name, pair.unlocked(true));
        }
        engine.sync().unlocked();
    }

    /// Whether its push is to be signed by a key that is locked.
    synchronized boolean awaitsKey(ImageReference name) {
        return engine.settings()
                .trust()
                .rule(name)
                .flatMap(TrustRule::signWith)
                .map(pairs::get)
                .filter(pair -> !pair.key().unlocked())
                .isPresent();
    }

    /// As after the engine was opened anew.
    public synchronized void lockAll() {
        pairs.replaceAll((name, pair) -> pair.unlocked(false));
    }

    private Pair require(String name) {
        Pair pair = pairs.get(name);
        if (pair == null) {
            throw new NotFoundException("find", "signing key " + name, "there is none of that name", "");
        }
        return pair;
    }

    /// The key, ready to sign.
    synchronized void requireUnlocked(String operation, String subject, String name) {
        if (!require(name).key().unlocked()) {
            throw new DeniedException(
                    operation, subject, "its signing key " + name + " is locked", "unlock the key first");
        }
    }

    @Override
    public synchronized void delete(String name) {
        require(name);
        pairs.remove(name);
    }

    @Override
    public Digest sign(ImageReference name, String key) {
        Digest digest = origin("sign", name).manifest();
        requireUnlocked("sign", name.familiar(), key);
        signed(digest, key);
        check(name);
        return digest;
    }
}
