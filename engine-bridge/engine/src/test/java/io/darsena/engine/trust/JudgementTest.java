package io.darsena.engine.trust;

import static org.assertj.core.api.Assertions.assertThat;

import io.darsena.bridge.image.Digest;
import io.darsena.bridge.image.ImageReference;
import io.darsena.bridge.trust.Signatures;
import io.darsena.bridge.trust.TrustedKey;
import io.darsena.engine.registry.CosignBundle;
import io.darsena.engine.registry.FoundSignature;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Base64;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class JudgementTest {

    private static final ImageReference NAME = ImageReference.parse("nginx:1");
    private static final Digest DIGEST = Digest.parse("sha256:" + "ab".repeat(32));
    private static final Digest OTHER = Digest.parse("sha256:" + "cd".repeat(32));

    @TempDir
    static Path directory;

    @SuppressWarnings("NullAway.Init")
    private static OpensslKey team;

    @SuppressWarnings("NullAway.Init")
    private static OpensslKey stranger;

    @BeforeAll
    static void makeKeys() throws IOException {
        team = OpensslKey.make(directory.resolve("team"), "EC", "-pkeyopt", "ec_paramgen_curve:P-256");
        stranger = OpensslKey.make(directory.resolve("stranger"), "EC", "-pkeyopt", "ec_paramgen_curve:P-256");
    }

    /// As cosign writes it.
    private static byte[] payload(String reference, Digest digest) {
        return ("{\"critical\":{\"identity\":{\"docker-reference\":\"" + reference
                        + "\"},\"image\":{\"docker-manifest-digest\":\"" + digest
                        + "\"},\"type\":\"cosign container image signature\"},\"optional\":null}")
                .getBytes(StandardCharsets.UTF_8);
    }

    private static byte[] payload() {
        return payload("index.docker.io/library/nginx", DIGEST);
    }

    private static Signatures judged(OpensslKey key, FoundSignature... found) {
        return new Judgement(NAME, DIGEST, List.of(new TrustedKey("team", key.publicKey()))).of(List.of(found));
    }

    private static FoundSignature.Simple signed(OpensslKey key, byte[] payload, String... options) throws IOException {
        return new FoundSignature.Simple(payload, key.sign(payload, options));
    }

    private static String reason(Signatures signatures) {
        return ((Signatures.Untrusted) signatures).reason();
    }

    @Test
    void signaturesOfEveryKindOfKeyCount() throws IOException {
        OpensslKey edwards = OpensslKey.make(directory.resolve("ed"), "ED25519");
        OpensslKey rsa = OpensslKey.make(directory.resolve("rsa"), "RSA", "-pkeyopt", "rsa_keygen_bits:2048");
        for (OpensslKey key : List.of(team, edwards, rsa)) {
            assertThat(judged(key, signed(key, payload())))
                    .as(key.kind())
                    .isEqualTo(new Signatures.Signed(List.of("team")));
        }
        FoundSignature padded =
                signed(rsa, payload(), "-sigopt", "rsa_padding_mode:pss", "-sigopt", "rsa_pss_saltlen:32");
        assertThat(judged(rsa, padded)).isEqualTo(new Signatures.Signed(List.of("team")));
    }

    @Test
    void largerCurvesGoWithTheHashOfTheirSizeToo() throws IOException {
        OpensslKey middle = OpensslKey.make(directory.resolve("p384"), "EC", "-pkeyopt", "ec_paramgen_curve:P-384");
        OpensslKey large = OpensslKey.make(directory.resolve("p521"), "EC", "-pkeyopt", "ec_paramgen_curve:P-521");
        for (OpensslKey key : List.of(middle, large)) {
            assertThat(judged(key, signed(key, payload()))).isInstanceOf(Signatures.Signed.class);
        }
        assertThat(judged(middle, signed(middle, payload(), "-sha384"))).isInstanceOf(Signatures.Signed.class);
        assertThat(judged(large, signed(large, payload(), "-sha512"))).isInstanceOf(Signatures.Signed.class);
        assertThat(judged(team, signed(team, payload(), "-sha512"))).isInstanceOf(Signatures.Untrusted.class);
    }

    @Test
    void noneIsUnsignedAndAnyGoodOneAmongOthersCounts() throws IOException {
        assertThat(judged(team)).isEqualTo(new Signatures.Unsigned());
        assertThat(judged(team, signed(stranger, payload()))).isInstanceOf(Signatures.Untrusted.class);
        assertThat(judged(
                        team,
                        new FoundSignature.Simple(payload(), "no base64!"),
                        signed(stranger, payload()),
                        signed(team, payload())))
                .isEqualTo(new Signatures.Signed(List.of("team")));
        assertThat(new Judgement(NAME, DIGEST, List.of()).of(List.of(signed(team, payload()))))
                .isInstanceOf(Signatures.Untrusted.class);
    }

    @Test
    void aTrustedKeyThatCannotBeReadIsNamedAndHidesNoOther() throws IOException {
        TrustedKey broken = new TrustedKey(
                "broken", "-----BEGIN PUBLIC KEY-----\n" + "A".repeat(64) + "\n-----END PUBLIC KEY-----\n");
        TrustedKey good = new TrustedKey("team", team.publicKey());
        List<FoundSignature> found = List.of(signed(team, payload()));
        assertThat(reason(new Judgement(NAME, DIGEST, List.of(broken)).of(found)))
                .contains("trusted key broken");
        assertThat(new Judgement(NAME, DIGEST, List.of(broken, good)).of(found))
                .isEqualTo(new Signatures.Signed(List.of("team")));
    }

    @Test
    void whatIsSignedMustBeThisImageOfThisRepository() throws IOException {
        assertThat(reason(judged(team, signed(team, payload("docker.io/library/nginx", OTHER)))))
                .contains("another image");
        assertThat(reason(judged(team, signed(team, payload("docker.io/library/redis", DIGEST)))))
                .contains("for docker.io/library/redis, not for docker.io/library/nginx");
        assertThat(judged(team, signed(team, payload("docker.io/library/nginx:latest", DIGEST))))
                .isInstanceOf(Signatures.Signed.class);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "nothing",
                "[]",
                "{}",
                "{\"critical\":{}}",
                "{\"critical\":{\"type\":\"other\"}}",
                "{\"critical\":{\"identity\":{\"docker-reference\":\"../x\"},\"image\":{\"docker-manifest-digest\":"
                        + "\"sha256:00\"},\"type\":\"cosign container image signature\"}}"
            })
    void whatIsSignedAndNoStatementCountsForNothing(String text) throws IOException {
        FoundSignature found = signed(team, text.getBytes(StandardCharsets.UTF_8));
        assertThat(reason(judged(team, found))).contains("no statement about an image");
    }

    @Test
    void aChangedPayloadOrSignatureCountsForNothing() throws IOException {
        FoundSignature.Simple good = signed(team, payload());
        byte[] changed = payload();
        changed[changed.length - 3] ^= 1;
        assertThat(judged(team, new FoundSignature.Simple(changed, good.signature())))
                .isInstanceOf(Signatures.Untrusted.class);
        String cut = good.signature().substring(0, good.signature().length() - 8);
        assertThat(judged(team, new FoundSignature.Simple(payload(), cut))).isInstanceOf(Signatures.Untrusted.class);
        assertThat(judged(team, new FoundSignature.Simple(payload(), ""))).isInstanceOf(Signatures.Untrusted.class);
    }

    private static byte[] statement(Digest... subjects) {
        return CosignBundle.statement(CosignBundle.SIGN, subjects);
    }

    private static FoundSignature.Enveloped enveloped(OpensslKey key, String type, byte[] statement)
            throws IOException {
        byte[] signature = Base64.getDecoder().decode(key.sign(CosignBundle.encoded(type, statement)));
        return new FoundSignature.Enveloped(type, statement, signature);
    }

    private static FoundSignature.Enveloped enveloped(OpensslKey key, byte[] statement) throws IOException {
        return enveloped(key, CosignBundle.STATEMENT, statement);
    }

    /// The example of DSSE's protocol.
    @Test
    void whatAnEnvelopeSignsIsItsPayloadWithItsType() {
        byte[] hello = "hello world".getBytes(StandardCharsets.UTF_8);
        FoundSignature.Enveloped example =
                new FoundSignature.Enveloped("http://example.com/HelloWorld", hello, new byte[0]);
        assertThat(new String(ImageStatement.signed(example), StandardCharsets.UTF_8))
                .isEqualTo("DSSEv1 29 http://example.com/HelloWorld 11 hello world");
    }

    @Test
    void aStatementCountsInWhateverRepositoryItsDigestIsFound() throws IOException {
        FoundSignature found = enveloped(team, statement(DIGEST));
        assertThat(judged(team, found)).isEqualTo(new Signatures.Signed(List.of("team")));
        assertThat(judged(team, enveloped(team, statement(OTHER, DIGEST)))).isInstanceOf(Signatures.Signed.class);
        ImageReference elsewhere = ImageReference.parse("ghcr.io/other/name:2");
        assertThat(new Judgement(elsewhere, DIGEST, List.of(new TrustedKey("team", team.publicKey())))
                        .of(List.of(found)))
                .isEqualTo(new Signatures.Signed(List.of("team")));
    }

    @Test
    void aStatementAboutAnotherImageCountsForNothing() throws IOException {
        assertThat(reason(judged(team, enveloped(team, statement(OTHER))))).contains("another image, " + OTHER);
        assertThat(reason(judged(team, enveloped(team, statement())))).contains("it names no image");
        byte[] upperCase = new String(statement(DIGEST), StandardCharsets.UTF_8)
                .replace("abab", "ABAB")
                .getBytes(StandardCharsets.UTF_8);
        assertThat(judged(team, enveloped(team, upperCase))).isInstanceOf(Signatures.Untrusted.class);
    }

    /// A key that signs attestations of an image has not signed the image.
    @Test
    void whatIsSignedAndOfAnotherTypeCountsForNothing() throws IOException {
        byte[] provenance = CosignBundle.statement(CosignBundle.PROVENANCE, DIGEST);
        byte[] older = new String(statement(DIGEST), StandardCharsets.UTF_8)
                .replace("Statement/v1", "Statement/v0.1")
                .getBytes(StandardCharsets.UTF_8);
        for (FoundSignature each : List.of(
                enveloped(team, provenance),
                enveloped(team, older),
                enveloped(team, "application/json", statement(DIGEST)),
                enveloped(team, payload()),
                enveloped(team, "nothing".getBytes(StandardCharsets.UTF_8)))) {
            assertThat(reason(judged(team, each))).contains("no statement about an image");
        }
    }

    @Test
    void aChangedEnvelopeCountsForNothing() throws IOException {
        FoundSignature.Enveloped good = enveloped(team, statement(OTHER));
        String nobody = "it is signed by nobody whose key is trusted for it";
        FoundSignature otherPayload =
                new FoundSignature.Enveloped(good.payloadType(), statement(DIGEST), good.signature());
        assertThat(reason(judged(team, otherPayload))).isEqualTo(nobody);
        FoundSignature.Enveloped ofOtherType = enveloped(team, "application/json", statement(DIGEST));
        FoundSignature otherType =
                new FoundSignature.Enveloped(CosignBundle.STATEMENT, ofOtherType.payload(), ofOtherType.signature());
        assertThat(reason(judged(team, otherType))).isEqualTo(nobody);
        byte[] bare = Base64.getDecoder().decode(team.sign(statement(DIGEST)));
        FoundSignature notEncoded = new FoundSignature.Enveloped(CosignBundle.STATEMENT, statement(DIGEST), bare);
        assertThat(reason(judged(team, notEncoded))).isEqualTo(nobody);
        FoundSignature empty = new FoundSignature.Enveloped(CosignBundle.STATEMENT, statement(DIGEST), new byte[0]);
        assertThat(reason(judged(team, empty))).isEqualTo(nobody);
        assertThat(reason(judged(team, enveloped(stranger, statement(DIGEST))))).isEqualTo(nobody);
    }

    @Test
    void bothLayoutsStandSideBySideAndWhatCannotBeReadHidesNeither() throws IOException {
        FoundSignature unreadable = new FoundSignature.Unreadable("it is not valid JSON");
        FoundSignature old = signed(team, payload());
        FoundSignature strange = enveloped(stranger, statement(DIGEST));
        assertThat(judged(team, unreadable, strange, old)).isInstanceOf(Signatures.Signed.class);
        assertThat(judged(team, enveloped(team, statement(DIGEST)), signed(stranger, payload()), unreadable))
                .isInstanceOf(Signatures.Signed.class);
        assertThat(reason(judged(team, unreadable, strange)))
                .isEqualTo("a signature of it cannot be read: it is not valid JSON");
        assertThat(reason(judged(team, enveloped(team, statement(OTHER)), unreadable)))
                .as("the best of them")
                .contains("another image");
        TrustedKey one = new TrustedKey("one", team.publicKey());
        TrustedKey two = new TrustedKey("two", stranger.publicKey());
        assertThat(new Judgement(NAME, DIGEST, List.of(one, two)).of(List.of(strange, old)))
                .isEqualTo(new Signatures.Signed(List.of("one", "two")));
    }
}
