package io.darsena.engine.registry;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.darsena.bridge.error.CorruptedException;
import io.darsena.bridge.image.Digest;
import io.darsena.engine.image.LayoutBuilder;
import io.darsena.engine.registry.CosignBundle.Listing;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/// Which of the bundles beside an image are signatures, and what a registry can put in their place.
@Timeout(60)
class BundledSignaturesTest extends AgainstRegistry {

    private static final String REPOSITORY = "team/web";
    private static final Digest DIGEST = Digest.parse("sha256:" + "ab".repeat(32));
    private static final byte[] STATEMENT = CosignBundle.statement(CosignBundle.SIGN, DIGEST);
    private static final byte[] BUNDLE = CosignBundle.bundle(STATEMENT, "AAAA");
    private static final CosignBundle GOOD = CosignBundle.signing(DIGEST, BUNDLE);

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    private static byte[] changed(String part, String other) {
        String text = new String(BUNDLE, StandardCharsets.UTF_8);
        assertThat(text).contains(part);
        return bytes(text.replace(part, other));
    }

    private static CosignBundle untold(byte[] json) {
        return new CosignBundle(DIGEST, json, Optional.empty());
    }

    private List<FoundSignature> found() {
        return subject.registries.signatures(name(REPOSITORY + ":1"), DIGEST);
    }

    /// What was found, in short.
    private List<String> told() {
        return found().stream()
                .map(each -> switch (each) {
                    case FoundSignature.Simple simple -> "simple " + simple.signature();
                    case FoundSignature.Enveloped enveloped -> "enveloped " + enveloped.signature().length;
                    case FoundSignature.Unreadable unreadable -> unreadable.reason();
                })
                .toList();
    }

    private void publish(CosignBundle... bundles) {
        CosignBundle.publish(registry, REPOSITORY, Listing.API, bundles);
    }

    private boolean wasAsked(byte[] thing) {
        return registry.count("GET", LayoutBuilder.digest(thing).toString()) > 0;
    }

    @ParameterizedTest
    @EnumSource
    void oneIsFoundWhoeverKeepsTheList(Listing listing) {
        CosignBundle.publish(registry, REPOSITORY, listing, GOOD);
        assertThat(found()).singleElement().isInstanceOfSatisfying(FoundSignature.Enveloped.class, signature -> {
            assertThat(signature.payloadType()).isEqualTo(CosignBundle.STATEMENT);
            assertThat(signature.payload()).isEqualTo(STATEMENT);
            assertThat(signature.signature()).isEqualTo(new byte[3]);
        });
    }

    @ParameterizedTest
    @EnumSource
    void severalAreFoundAndThoseOfTheOldLayoutBesideThem(Listing listing) {
        CosignBundle.publish(
                registry, REPOSITORY, listing, GOOD, CosignBundle.signing(DIGEST, changed("\"AAAA\"", "\"AAAAAAAA\"")));
        subject.registries.sign(name(REPOSITORY + ":1"), DIGEST, new FoundSignature.Simple(bytes("one"), "AA=="));
        assertThat(told()).containsExactlyInAnyOrder("simple AA==", "enveloped 3", "enveloped 6");
    }

    @ParameterizedTest
    @ValueSource(strings = {"+json;version=0.1", "+json;version=0.2", "+json;version=0.3", ".v0.3+json"})
    void everyVersionThatThereIsIsUnderstood(String version) {
        publish(CosignBundle.signing(DIGEST, changed(".v0.3+json", version)));
        assertThat(told()).containsExactly("enveloped 3");
    }

    @Test
    void bothAlphabetsOfBase64AreUnderstoodWithPaddingOrWithout() {
        publish(CosignBundle.signing(DIGEST, changed("\"AAAA\"", "\"-_8=\"")));
        assertThat(told()).containsExactly("enveloped 2");
        publish(CosignBundle.signing(DIGEST, changed("\"AAAA\"", "\"+/8\"")));
        assertThat(told()).containsExactly("enveloped 2");
    }

    @ParameterizedTest
    @EnumSource
    void whatElseIsAttestedIsNoSignature(Listing listing) {
        byte[] provenance = CosignBundle.bundle(CosignBundle.statement(CosignBundle.PROVENANCE, DIGEST), "AAAA", "BB");
        byte[] large = Arrays.copyOf(provenance, 1 << 20);
        CosignBundle.publish(
                registry,
                REPOSITORY,
                listing,
                new CosignBundle(DIGEST, provenance, Optional.of(CosignBundle.PROVENANCE)),
                new CosignBundle(DIGEST, large, Optional.of(CosignBundle.PROVENANCE)),
                untold(provenance),
                untold(large));
        assertThat(found()).isEmpty();
        assertThat(wasAsked(large)).as("so large is no signature").isFalse();
    }

    @Test
    void whatSaysThatItIsSomethingElseIsNotEvenAskedFor() {
        CosignBundle provenance = new CosignBundle(DIGEST, BUNDLE, Optional.of(CosignBundle.PROVENANCE));
        CosignBundle contents = untold(changed("AAAA", "BBBB"));
        publish(provenance, contents);
        List<String> descriptors = List.of(
                provenance.descriptor(Listing.API),
                contents.descriptor(Listing.API).replace(CosignBundle.TYPE, "application/spdx+json"));
        CosignBundle.list(registry, REPOSITORY, Listing.API, DIGEST, descriptors);
        assertThat(found()).isEmpty();
        assertThat(wasAsked(provenance.manifest())).isFalse();
        assertThat(wasAsked(contents.manifest())).isFalse();
    }

    static Stream<Arguments> broken() {
        Map<String, CosignBundle> all = new LinkedHashMap<>();
        all.put("it is not valid JSON", GOOD.with(bytes("{\"mediaType\":")));
        all.put("it is not a JSON object", GOOD.with(bytes("[]")));
        all.put("'mediaType' is not given", untold(bytes("{}")));
        all.put("a version that is not known", GOOD.with(changed(".v0.3+json", ".v0.4+json")));
        all.put("Duplicate", GOOD.with(changed("\"payloadType\"", "\"payload\":\"\", \"payloadType\"")));
        all.put("it holds no statement", GOOD.with(changed("dsseEnvelope", "messageSignature")));
        all.put("holds no statement about", GOOD.with(changed(CosignBundle.STATEMENT, "application/json")));
        all.put("its 'sig' is not base64", GOOD.with(changed("\"AAAA\"", "\"no base64!\"")));
        all.put("its 'payload' is not base64", GOOD.with(changed("\"payload\":\"", "\"payload\":\"*")));
        all.put("'sig' is not given", GOOD.with(changed("\"sig\"", "\"gis\"")));
        all.put("bears 0 signatures", GOOD.with(CosignBundle.bundle(STATEMENT)));
        all.put("bears 2 signatures", GOOD.with(CosignBundle.bundle(STATEMENT, "AAAA", "BBBB")));
        all.put("Unrecognized token", GOOD.with(CosignBundle.bundle(bytes("nothing"), "AAAA")));
        all.put("'predicateType' is not given", GOOD.with(CosignBundle.bundle(bytes("{}"), "AAAA")));
        all.put("is larger than 262144 bytes", GOOD.with(Arrays.copyOf(BUNDLE, 262_145)));
        return all.entrySet().stream().map(each -> Arguments.of(each.getKey(), each.getValue()));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("broken")
    void oneThatIsBrokenIsToldAndHidesNoOther(String reason, CosignBundle broken) {
        publish(broken, GOOD);
        assertThat(told())
                .hasSize(2)
                .contains("enveloped 3")
                .anySatisfy(each -> assertThat(each).contains(reason));
    }

    @Test
    void oneThatIsNotThereOrNotWhatWasPromisedIsToldAndHidesNoOther() {
        byte[] other = changed("AAAA", "CCCC");
        publish(GOOD, CosignBundle.signing(DIGEST, other));
        registry.blobs.put(LayoutBuilder.digest(other), changed("AAAA", "DDDD"));
        assertThat(told())
                .contains("enveloped 3")
                .anySatisfy(each -> assertThat(each).contains("digest promises"));
        registry.blobs.put(LayoutBuilder.digest(other), new byte[300_000]);
        assertThat(told())
                .contains("enveloped 3")
                .anySatisfy(each -> assertThat(each).contains("more than"));
        registry.blobs.remove(LayoutBuilder.digest(other));
        assertThat(told())
                .contains("enveloped 3")
                .anySatisfy(each -> assertThat(each).contains("no such thing"));
        registry.manifests.remove(REPOSITORY + "@"
                + LayoutBuilder.digest(CosignBundle.signing(DIGEST, other).manifest()));
        assertThat(told()).containsExactly("enveloped 3");
    }

    @Test
    void aManifestOfSeveralLayersIsNoBundle() {
        byte[] two = bytes(new String(GOOD.manifest(), StandardCharsets.UTF_8)
                .replace(
                        "\"layers\":[",
                        "\"layers\":[{\"mediaType\":\"a/b\",\"digest\":\"" + DIGEST + "\",\"size\":1},"));
        publish(GOOD);
        registry.manifests.put(
                REPOSITORY + "@" + LayoutBuilder.digest(two), new TestRegistry.Document(CosignBundle.MANIFEST, two));
        String descriptor = GOOD.descriptor(Listing.API)
                .replace(
                        LayoutBuilder.digest(GOOD.manifest()).toString(),
                        LayoutBuilder.digest(two).toString());
        CosignBundle.list(registry, REPOSITORY, Listing.API, DIGEST, List.of(descriptor));
        assertThat(found()).isEmpty();
    }

    @Test
    void aListOfReferrersThatIsNoneIsRefused() {
        for (String garbage : List.of("", "[]", "{\"manifests\":7}", "{\"manifests\":[7]}")) {
            registry.referrers.put(
                    REPOSITORY + "@" + DIGEST, new TestRegistry.Document(CosignBundle.INDEX, bytes(garbage)));
            assertThatThrownBy(this::found).as(garbage).isInstanceOf(CorruptedException.class);
        }
    }

    @Test
    void aListGoesOnForSomePages() {
        publish(GOOD);
        registry.behave((seen, reply) -> {
            boolean first = seen.query().isEmpty();
            String next = "<" + seen.path() + "?page=2>; rel=\"next\"";
            return seen.path().contains("/referrers/")
                    && first
                    && reply.sent(
                            200,
                            Map.of("Content-Type", CosignBundle.INDEX, "Link", next),
                            new String(CosignBundle.index(), StandardCharsets.UTF_8));
        });
        assertThat(told()).containsExactly("enveloped 3");

        registry.behave((seen, reply) -> seen.path().contains("/referrers/")
                && reply.sent(
                        200,
                        Map.of("Content-Type", CosignBundle.INDEX, "Link", "<" + seen.path() + ">; rel=\"next\""),
                        new String(CosignBundle.index(GOOD.descriptor(Listing.API)), StandardCharsets.UTF_8)));
        registry.seen.clear();
        assertThat(told()).containsExactly("enveloped 3");
        assertThat(registry.count("GET", "/referrers/")).isEqualTo(10);
    }

    @Test
    void ofVeryManySomeAreLookedAtThoseFirstThatSayTheyAreSignatures() {
        CosignBundle[] many = IntStream.range(0, 60)
                .mapToObj(i -> untold(
                        CosignBundle.bundle(CosignBundle.statement(CosignBundle.PROVENANCE + "?" + i, DIGEST), "AAAA")))
                .toArray(CosignBundle[]::new);
        CosignBundle[] all = Arrays.copyOf(many, 61);
        all[60] = GOOD;
        publish(all);
        assertThat(told()).containsExactly("enveloped 3", "more than 50 things may be one, and no more are looked at");
        assertThat(registry.count("GET", "/blobs/")).isEqualTo(50);
    }
}
