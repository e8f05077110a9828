package io.darsena.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.darsena.bridge.Engine;
import io.darsena.bridge.error.DeniedException;
import io.darsena.bridge.image.Digest;
import io.darsena.bridge.image.ImageReference;
import io.darsena.bridge.registry.PullRequest;
import io.darsena.bridge.registry.RegistryConfig;
import io.darsena.bridge.registry.RegistryHost;
import io.darsena.bridge.registry.Secret;
import io.darsena.bridge.trust.Signatures;
import io.darsena.bridge.trust.TrustRule;
import io.darsena.bridge.trust.TrustRule.Demand;
import io.darsena.bridge.trust.TrustSettings;
import io.darsena.bridge.trust.TrustedKey;
import io.darsena.engine.paths.EnginePaths;
import io.darsena.engine.registry.CosignBundle;
import io.darsena.engine.registry.CosignBundle.Listing;
import io.darsena.engine.registry.TestRegistry;
import io.darsena.engine.simulated.SimulatedMachine;
import io.darsena.engine.trust.OpensslKey;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/// An engine whose rule refuses what is not signed, and images with bundles beside them.
@Timeout(60)
class BundlePullTest {

    private static final List<OpensslKey> KEYS = new ArrayList<>();

    @TempDir
    static Path keys;

    @TempDir
    Path directory;

    private final TestRegistry registry;

    @SuppressWarnings("NullAway.Init")
    private Engine engine;

    BundlePullTest() throws IOException {
        registry = new TestRegistry();
    }

    @BeforeAll
    static void makeKeys() throws IOException {
        KEYS.add(OpensslKey.make(keys.resolve("p256"), "EC", "-pkeyopt", "ec_paramgen_curve:P-256"));
        KEYS.add(OpensslKey.make(keys.resolve("ed"), "ED25519"));
        KEYS.add(OpensslKey.make(keys.resolve("rsa"), "RSA", "-pkeyopt", "rsa_keygen_bits:2048"));
    }

    @BeforeEach
    void open() throws IOException {
        engine = InProcessEngine.openWithoutStarter(
                EnginePaths.under(directory.resolve("root")), new SimulatedMachine());
    }

    @AfterEach
    void close() throws IOException {
        engine.close();
        registry.close();
    }

    private static OpensslKey first() {
        return KEYS.getFirst();
    }

    private void trust(OpensslKey key) {
        TrustRule rule = new TrustRule(registry.host(), Demand.REFUSE, List.of(), Optional.empty());
        List<TrustedKey> trusted = List.of(new TrustedKey("team", key.publicKey()));
        engine.change(engine.settings().withTrust(new TrustSettings(trusted, List.of(rule))));
    }

    private ImageReference name(String repository) {
        return ImageReference.parse(registry.host() + "/" + repository + ":1");
    }

    private static CosignBundle signed(OpensslKey key, Digest subject, byte[] statement) throws IOException {
        String signature = key.sign(CosignBundle.encoded(CosignBundle.STATEMENT, statement));
        return CosignBundle.signing(subject, CosignBundle.bundle(statement, signature));
    }

    private static CosignBundle signed(OpensslKey key, Digest subject) throws IOException {
        return signed(key, subject, CosignBundle.statement(CosignBundle.SIGN, subject));
    }

    private static CosignBundle changed(CosignBundle bundle, String part, String other) {
        String text = new String(bundle.json(), StandardCharsets.UTF_8);
        assertThat(text).contains(part);
        return new CosignBundle(
                bundle.subject(), text.replace(part, other).getBytes(StandardCharsets.UTF_8), bundle.predicate());
    }

    private static String base64(byte[] bytes) {
        return Base64.getEncoder().encodeToString(bytes);
    }

    private Signatures pulled(String repository) {
        engine.registries().pull(PullRequest.of(name(repository)), told -> {});
        return engine.trust().report().of(name(repository)).orElseThrow().signatures();
    }

    private void assertRefused(String repository, String reason) {
        assertThatThrownBy(() -> pulled(repository))
                .isInstanceOf(DeniedException.class)
                .hasMessageStartingWith("cannot pull " + name(repository).familiar())
                .hasMessageContaining(reason)
                .hasMessageContaining("the rule for " + registry.host() + " refuses what is not signed");
        assertThat(engine.images().list()).isEmpty();
    }

    @ParameterizedTest
    @EnumSource
    void anImageComesWhenABundleIsOfATrustedKeyOfAnyKind(Listing listing) throws IOException {
        for (int i = 0; i < KEYS.size(); i++) {
            String repository = "team/kind" + i;
            Digest digest = registry.publishAnother(repository, "1");
            trust(KEYS.get(i));
            CosignBundle.publish(registry, repository, listing, signed(KEYS.get((i + 1) % KEYS.size()), digest));
            assertThatThrownBy(() -> pulled(repository))
                    .isInstanceOf(DeniedException.class)
                    .hasMessageContaining("nobody whose key is trusted");
            CosignBundle.publish(registry, repository, listing, signed(KEYS.get(i), digest));
            assertThat(pulled(repository)).as(KEYS.get(i).kind()).isEqualTo(new Signatures.Signed(List.of("team")));
            assertThat(engine.trust().check(name(repository)).signatures())
                    .isEqualTo(new Signatures.Signed(List.of("team")));
        }
    }

    @Test
    void anImageDoesNotComeByWhatIsNoSignatureOfIt() throws IOException {
        trust(first());
        String repository = "team/web";
        Digest digest = registry.publishAnother(repository, "1");
        Digest other = Digest.parse("sha256:" + "cd".repeat(32));
        CosignBundle good = signed(first(), digest);
        String hint = "\"publicKey\":{\"hint\":\"aGludCBhdCBhIGtleQ==\"}";
        assertRefused(repository, "it is not signed");

        byte[] provenance = CosignBundle.statement(CosignBundle.PROVENANCE, digest);
        String signature = first().sign(CosignBundle.encoded(CosignBundle.STATEMENT, provenance));
        byte[] attestation = CosignBundle.bundle(provenance, signature);
        publish(repository, new CosignBundle(digest, attestation, Optional.of(CosignBundle.PROVENANCE)));
        assertRefused(repository, "it is not signed");
        publish(repository, CosignBundle.signing(digest, attestation));
        assertRefused(repository, "it is not signed");

        publish(repository, signed(first(), digest, CosignBundle.statement(CosignBundle.SIGN, other)));
        assertRefused(repository, "what team has signed is another image, " + other);
        byte[] ofOther = CosignBundle.statement(CosignBundle.SIGN, other);
        byte[] ofThis = CosignBundle.statement(CosignBundle.SIGN, digest);
        publish(repository, changed(signed(first(), digest, ofOther), base64(ofOther), base64(ofThis)));
        assertRefused(repository, "it is signed by nobody whose key is trusted for it");
        publish(repository, changed(good, CosignBundle.STATEMENT, "application/json"));
        assertRefused(repository, "a signature of it cannot be read: it holds no statement about an image");
        publish(repository, changed(good, "]}}", ",{\"sig\":\"AAAA\"}]}}"));
        assertRefused(repository, "it bears 2 signatures where one belongs");
        publish(repository, changed(signed(KEYS.get(1), digest), hint, "\"certificate\":{\"rawBytes\":\"AAAA\"}"));
        assertRefused(repository, "it is signed by nobody whose key is trusted for it");

        publish(repository, changed(good, "]}}", ""), signed(KEYS.get(1), digest), good);
        assertThat(pulled(repository)).isEqualTo(new Signatures.Signed(List.of("team")));
    }

    private void publish(String repository, CosignBundle... bundles) {
        CosignBundle.publish(registry, repository, Listing.API, bundles);
    }

    /// As today's releases of cosign and yesterday's sign one image, each with its own key.
    @ParameterizedTest
    @EnumSource
    void oneCountsBesideOneOfTheOldLayout(Listing listing) throws IOException {
        String repository = "team/both";
        Digest digest = registry.publishAnother(repository, "1");
        trust(first());
        engine.trust().generate("mine", new Secret("open sesame"));
        CosignBundle.publish(registry, repository, listing, signed(first(), digest));
        assertThat(pulled(repository)).isEqualTo(new Signatures.Signed(List.of("team")));
        engine.trust().sign(name(repository), "mine");
        assertThat(engine.trust().check(name(repository)).signatures())
                .isEqualTo(new Signatures.Signed(List.of("mine", "team")));
        for (String only : List.of("mine", "team")) {
            engine.images().remove(engine.images().list().getFirst().id());
            TrustRule rule = new TrustRule(registry.host(), Demand.REFUSE, List.of(only), Optional.empty());
            engine.change(engine.settings().withTrust(engine.settings().trust().with(rule)));
            assertThat(pulled(repository)).isEqualTo(new Signatures.Signed(List.of(only)));
        }
    }

    /// A mirror keeps what was signed with yesterday's key; only the registry has the new signature.
    @Test
    void whatAMirrorHasHidesNoGoodSignatureOfTheRegistry() throws IOException {
        trust(first());
        String repository = "team/mirrored";
        Digest digest = registry.publishAnother(repository, "1");
        try (TestRegistry mirror = new TestRegistry()) {
            mirror.publishAnother(repository, "1");
            RegistryHost host = new RegistryHost(registry.host());
            RegistryConfig mirrored =
                    new RegistryConfig(host, false, List.of(new RegistryHost(mirror.host())), Optional.empty());
            engine.change(engine.settings()
                    .withRegistries(engine.settings().registries().with(mirrored)));
            CosignBundle.publish(mirror, repository, Listing.API, signed(KEYS.get(1), digest));
            assertRefused(repository, "it is not signed");
            publish(repository, signed(KEYS.get(2), digest));
            assertRefused(repository, "it is signed by nobody whose key is trusted for it");
            publish(repository, signed(first(), digest));
            assertThat(pulled(repository)).isEqualTo(new Signatures.Signed(List.of("team")));
        }
    }

    /// Unlike a signature of the old layout, which names its repository.
    @Test
    void aBundleCountsInAnotherRepositoryToo() throws IOException {
        trust(first());
        Digest digest = registry.publishAnother("team/web", "1");
        CosignBundle bundle = signed(first(), digest);
        publish("team/web", bundle);
        TestRegistry.Document manifest = Objects.requireNonNull(registry.manifests.get("team/web@1"));
        registry.manifests.put("team/copy@1", manifest);
        registry.manifests.put("team/copy@" + digest, manifest);
        assertRefused("team/copy", "it is not signed");
        publish("team/copy", bundle);
        assertThat(pulled("team/copy")).isEqualTo(new Signatures.Signed(List.of("team")));
    }
}
