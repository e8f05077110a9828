package io.darsena.engine.trust;

import io.darsena.bridge.error.DeniedException;
import io.darsena.bridge.error.EngineException;
import io.darsena.bridge.error.InvalidRequestException;
import io.darsena.bridge.error.NotFoundException;
import io.darsena.bridge.event.EngineEvent;
import io.darsena.bridge.image.Digest;
import io.darsena.bridge.image.ImageReference;
import io.darsena.bridge.registry.Secret;
import io.darsena.bridge.settings.EngineSettings;
import io.darsena.bridge.trust.ImageTrust;
import io.darsena.bridge.trust.Signatures;
import io.darsena.bridge.trust.SigningKey;
import io.darsena.bridge.trust.Trust;
import io.darsena.bridge.trust.TrustReport;
import io.darsena.bridge.trust.TrustRule;
import io.darsena.bridge.trust.TrustRule.Demand;
import io.darsena.bridge.trust.TrustSettings;
import io.darsena.bridge.trust.TrustedKey;
import io.darsena.engine.event.EventSink;
import io.darsena.engine.image.ImageExchange;
import io.darsena.engine.image.NamedImage;
import io.darsena.engine.image.TagHistory;
import io.darsena.engine.paths.EnginePaths;
import io.darsena.engine.registry.Admission;
import io.darsena.engine.registry.EngineRegistries;
import io.darsena.engine.registry.FoundSignature;
import io.darsena.engine.store.Database;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.spec.ECGenParameterSpec;
import java.time.Clock;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Supplier;

/// The trust of one engine: stands between registries and the cache. Safe for use by several threads.
public final class EngineTrust implements Trust {

    private static final String NO_RULE = "no rule wants a signature";

    private final ImageExchange images;
    private final EngineRegistries registries;
    private final Supplier<EngineSettings> settings;
    private final Consumer<TrustedKey> believe;
    private final EventSink events;
    private final Clock clock;
    private final TrustRows rows;
    private final TagHistory history;
    private final KeyFiles keys;

    /// Takes over deciding what may come from the registries.
    ///
    /// @param believe makes a key a trusted one
    public EngineTrust(
            EnginePaths paths,
            Database database,
            ImageExchange images,
            EngineRegistries registries,
            Supplier<EngineSettings> settings,
            Consumer<TrustedKey> believe,
            EventSink events,
            Clock clock) {
        this.images = images;
        this.registries = registries;
        this.settings = settings;
        this.believe = believe;
        this.events = events;
        this.clock = clock;
        this.rows = new TrustRows(database);
        this.history = new TagHistory(database);
        this.keys = new KeyFiles(paths);
        registries.guard(new Guard());
    }

    private TrustSettings wanted() {
        return settings.get().trust();
    }

    /// To be told what the engine tells everybody: what leaves the cache leaves the report.
    public void heed(EngineEvent event) {
        if (event instanceof EngineEvent.ImageRemoved
                || event instanceof EngineEvent.ImageChanged changed
                        && changed.action() == EngineEvent.ImageAction.UNTAG) {
            tell();
        }
    }

    private void tell() {
        events.emit(new EngineEvent.TrustChanged(report(), clock.instant()));
    }

    @Override
    public TrustReport report() {
        return new TrustReport(rows.present());
    }

    /// What bears a name at its registry: the tag, or the digest where there is none.
    private static ImageReference known(ImageReference name, Digest digest) {
        return name.tag().isEmpty()
                ? name.at(digest)
                : new ImageReference(name.registry(), name.repository(), name.tag(), Optional.empty());
    }

    private final class Guard implements Admission {

        @Override
        public Runnable admit(ImageReference name, Digest digest, List<Supplier<List<FoundSignature>>> signatures) {
            ImageReference known = known(name, digest);
            Optional<TrustRule> rule = wanted().rule(name);
            Demand demand = rule.map(TrustRule::demand).orElse(Demand.ACCEPT);
            boolean movedBack = known.tag().isPresent() && history.isBehind(known, digest);
            Signatures found = demand == Demand.ACCEPT
                    ? remembered(known, digest).orElse(new Signatures.Unchecked(NO_RULE))
                    : judged(name, digest, rule.orElseThrow(), signatures);
            if (demand == Demand.REFUSE) {
                refuse(name, digest, rule.orElseThrow(), found, movedBack);
            }
            ImageTrust trust = new ImageTrust(known, digest, found, movedBack, demand, clock.instant());
            return () -> remember(trust);
        }

        @Override
        public Optional<Signing> signing(ImageReference name) {
            return wanted().rule(name)
                    .flatMap(TrustRule::signWith)
                    .map(key -> signer(name, keys.ready("push", name.familiar(), key)));
        }

        @Override
        public boolean awaitsKey(ImageReference name) {
            return wanted().rule(name)
                    .flatMap(TrustRule::signWith)
                    .filter(keys::isLocked)
                    .isPresent();
        }

        @Override
        public void sent(ImageReference name, Digest digest) {
            ImageReference known = known(name, digest);
            Optional<TrustRule> rule = wanted().rule(name);
            Signatures found = rule.flatMap(TrustRule::signWith)
                    .map(key -> (Signatures) new Signatures.Signed(List.of(key)))
                    .or(() -> remembered(known, digest))
                    .orElse(new Signatures.Unchecked("it went to its registry without one"));
            remember(new ImageTrust(
                    known, digest, found, false, rule.map(TrustRule::demand).orElse(Demand.ACCEPT), clock.instant()));
        }
    }

    /// What was found before counts as long as it is about the same digest.
    private Optional<Signatures> remembered(ImageReference known, Digest digest) {
        return rows.find(known).filter(trust -> trust.digest().equals(digest)).map(ImageTrust::signatures);
    }

    private void remember(ImageTrust trust) {
        rows.put(trust);
        if (trust.name().tag().isPresent()) {
            history.accepted(trust.name(), trust.digest());
        }
        tell();
    }

    /// A mirror may have no signature, an old one or one that nobody can read: the next place is asked until
    /// one counts, and the registry itself has the last word.
    private Signatures judged(
            ImageReference name, Digest digest, TrustRule rule, List<Supplier<List<FoundSignature>>> signatures) {
        Judgement judgement = new Judgement(name, digest, wanted().keys(rule));
        Signatures found = new Signatures.Unsigned();
        for (Supplier<List<FoundSignature>> place : signatures) {
            found = judged(judgement, place);
            if (found instanceof Signatures.Signed) {
                return found;
            }
        }
        return found;
    }

    /// A registry that cannot be asked is no reason to let an image come that must be signed.
    private static Signatures judged(Judgement judgement, Supplier<List<FoundSignature>> signatures) {
        try {
            return judgement.of(signatures.get());
        } catch (EngineException failure) {
            return new Signatures.Unchecked("its signatures could not be read: " + failure.reason());
        }
    }

    private static void refuse(
            ImageReference name, Digest digest, TrustRule rule, Signatures found, boolean movedBack) {
        String demanded = "the rule for " + rule.scope() + " refuses ";
        String remedy = "ask who publishes it, or change the rule (Settings, Trust)";
        if (movedBack) {
            throw new DeniedException(
                    "pull",
                    name.familiar(),
                    "its tag was moved back to " + digest + ", which it stood for before, and " + demanded + "that",
                    remedy);
        }
        String reason = switch (found) {
            case Signatures.Signed signed -> "";
            case Signatures.Unsigned unsigned -> "it is not signed";
            case Signatures.Untrusted untrusted -> untrusted.reason();
            case Signatures.Unchecked unchecked -> unchecked.reason();
        };
        if (!reason.isEmpty()) {
            throw new DeniedException(
                    "pull", name.familiar(), reason + ", and " + demanded + "what is not signed", remedy);
        }
    }

    private static Admission.Signing signer(ImageReference name, PrivateKey key) {
        return digest -> {
            byte[] payload = new SimpleSigning(SimpleSigning.repository(name), digest).payload();
            return new FoundSignature.Simple(payload, PrivateKeys.sign(key, payload));
        };
    }

    /// What the name stood for at its registry when it last came from there or went there.
    private Digest origin(String operation, ImageReference name) {
        NamedImage image = images.named().stream()
                .filter(each -> each.name().equals(name))
                .findFirst()
                .orElseThrow(() -> new NotFoundException(operation, name.familiar(), "no image bears that name", ""));
        Optional<Digest> last = rows.find(name)
                .map(ImageTrust::digest)
                .filter(digest -> image.known().contains(digest));
        return last.or(() -> image.known().stream().findFirst())
                .orElseThrow(() -> new InvalidRequestException(
                        operation, name.familiar(), "it did not come from its registry", "push it first"));
    }

    @Override
    public ImageTrust check(ImageReference name) {
        Digest digest = origin("check the signatures of", name);
        Optional<TrustRule> rule = wanted().rule(name);
        List<TrustedKey> counting = rule.map(wanted()::keys).orElseGet(() -> wanted().keys());
        Signatures found = new Judgement(name, digest, counting).of(registries.signatures(name, digest));
        ImageTrust trust = new ImageTrust(
                name,
                digest,
                found,
                rows.find(name)
                        .filter(before -> before.digest().equals(digest))
                        .map(ImageTrust::movedBack)
                        .orElse(false),
                rule.map(TrustRule::demand).orElse(Demand.ACCEPT),
                clock.instant());
        rows.put(trust);
        tell();
        return trust;
    }

    @Override
    public List<SigningKey> signingKeys() {
        return keys.list();
    }

    @Override
    public SigningKey generate(String name, Secret password) {
        try {
            KeyPairGenerator generator = KeyPairGenerator.getInstance("EC");
            generator.initialize(new ECGenParameterSpec("secp256r1"));
            KeyPair pair = generator.generateKeyPair();
            return keep(name, EncryptedKey.write(pair.getPrivate(), password), pair.getPublic(), pair.getPrivate());
        } catch (GeneralSecurityException impossible) {
            throw new IllegalStateException("every Java has ECDSA on P-256", impossible);
        }
    }

    private SigningKey keep(String name, String encrypted, PublicKey publicKey, PrivateKey privateKey) {
        SigningKey kept = keys.keep(name, encrypted, PublicKeys.pem(publicKey), privateKey);
        believe.accept(new TrustedKey(name, kept.publicKey()));
        return kept;
    }

    @Override
    public SigningKey importKey(String name, String pem, Secret password) {
        PrivateKey key = KeyFiles.opened("import", name, pem, password);
        return keep(name, pem, PrivateKeys.publicKey(key), key);
    }

    @Override
    public void unlock(String name, Secret password) {
        keys.unlock(name, password);
        tell();
    }

    @Override
    public void delete(String name) {
        keys.delete(name);
        tell();
    }

    @Override
    public Digest sign(ImageReference name, String key) {
        Digest digest = origin("sign", name);
        FoundSignature.Simple signature =
                signer(name, keys.ready("sign", name.familiar(), key)).sign(digest);
        registries.sign(name, digest, signature);
        check(name);
        return digest;
    }
}
