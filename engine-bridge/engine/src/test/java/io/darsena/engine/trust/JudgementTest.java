package io.darsena.engine.trust;

import static org.assertj.core.api.Assertions.assertThat;

import io.darsena.bridge.image.Digest;
import io.darsena.bridge.image.ImageReference;
import io.darsena.bridge.trust.Signatures;
import io.darsena.bridge.trust.TrustedKey;
import io.darsena.engine.registry.FoundSignature;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
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

    private static FoundSignature signed(OpensslKey key, byte[] payload, String... options) throws IOException {
        return new FoundSignature(payload, key.sign(payload, options));
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
    void noneIsUnsignedAndAnyGoodOneAmongOthersCounts() throws IOException {
        assertThat(judged(team)).isEqualTo(new Signatures.Unsigned());
        assertThat(judged(team, signed(stranger, payload()))).isInstanceOf(Signatures.Untrusted.class);
        assertThat(judged(
                        team,
                        new FoundSignature(payload(), "no base64!"),
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
        FoundSignature good = signed(team, payload());
        byte[] changed = payload();
        changed[changed.length - 3] ^= 1;
        assertThat(judged(team, new FoundSignature(changed, good.signature())))
                .isInstanceOf(Signatures.Untrusted.class);
        String cut = good.signature().substring(0, good.signature().length() - 8);
        assertThat(judged(team, new FoundSignature(payload(), cut))).isInstanceOf(Signatures.Untrusted.class);
        assertThat(judged(team, new FoundSignature(payload(), ""))).isInstanceOf(Signatures.Untrusted.class);
    }
}
