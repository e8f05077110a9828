package io.darsena.bridge.image;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.Tuple;
import net.jqwik.api.constraints.IntRange;

class ImageReferenceProperties {

    private static final String ALPHANUMERIC = "abcxyz019";

    private static Arbitrary<String> text(String characters, int shortest, int longest) {
        return Arbitraries.strings()
                .withChars(characters.toCharArray())
                .ofMinLength(shortest)
                .ofMaxLength(longest);
    }

    private static Arbitrary<String> registries() {
        Arbitrary<String> host = text(ALPHANUMERIC + "AZ", 1, 12)
                .list()
                .ofMinSize(1)
                .ofMaxSize(3)
                .map(labels -> String.join(".", labels));
        Arbitrary<String> withPort = Combinators.combine(
                        host, Arbitraries.integers().between(1, 65_535))
                .as((name, port) -> name + ":" + port);
        return Arbitraries.oneOf(
                host.map(name -> name + ".example"),
                withPort,
                Arbitraries.of("docker.io", "index.docker.io", "localhost", "[::1]:5000", "ghcr.io"));
    }

    private static Arbitrary<String> repositories() {
        Arbitrary<String> component = Combinators.combine(
                        text(ALPHANUMERIC, 1, 8),
                        Arbitraries.of("", ".", "_", "__", "-", "--"),
                        text(ALPHANUMERIC, 1, 8))
                .as((first, separator, second) -> first + separator + second);
        Arbitrary<String> each = Arbitraries.frequencyOf(
                Tuple.of(5, component), Tuple.of(1, Arbitraries.of("library", "localhost", "a.b")));
        return each.list().ofMinSize(1).ofMaxSize(4).map(components -> String.join("/", components));
    }

    @Provide
    Arbitrary<ImageReference> references() {
        Arbitrary<Optional<String>> tags = Combinators.combine(
                        text(ALPHANUMERIC + "AZ_", 1, 1), text(ALPHANUMERIC + "AZ_.-", 0, 127))
                .as((first, rest) -> first + rest)
                .optional();
        Arbitrary<Optional<Digest>> digests =
                text("0123456789abcdef", 64, 64).map(Digest::new).optional();
        return Combinators.combine(registries(), repositories(), tags, digests)
                .as((registry, repository, tag, digest) -> new ImageReference(
                        registry, repository, tag.isEmpty() && digest.isEmpty() ? Optional.of("latest") : tag, digest));
    }

    @Property
    void whatIsWrittenIsReadBack(@ForAll("references") ImageReference reference) {
        assertThat(ImageReference.parse(reference.toString())).isEqualTo(reference);
    }

    @Property
    void theFamiliarFormMeansTheSame(@ForAll("references") ImageReference reference) {
        assertThat(ImageReference.parse(reference.familiar())).isEqualTo(reference);
        assertThat(reference.familiar().length())
                .isLessThanOrEqualTo(reference.toString().length());
    }

    @Property
    void theOrderIsThatOfTheFullForm(
            @ForAll("references") ImageReference one, @ForAll("references") ImageReference other) {
        assertThat(Integer.signum(one.compareTo(other)))
                .isEqualTo(Integer.signum(one.toString().compareTo(other.toString())));
        assertThat(one.compareTo(other) == 0).isEqualTo(one.equals(other));
    }

    @Property
    void anyTextIsReadOrRefusedAndWhatIsReadIsStable(@ForAll String text) {
        try {
            ImageReference reference = ImageReference.parse(text);
            assertThat(ImageReference.parse(reference.toString())).isEqualTo(reference);
        } catch (IllegalArgumentException e) {
            assertThat(e.getMessage()).startsWith("not a ");
        }
    }

    @Property(tries = 300)
    void aReferenceWithACharacterThatNoneHasIsRefused(
            @ForAll("references") ImageReference reference,
            @ForAll("strangers") char stranger,
            @ForAll @IntRange(max = 400) int place) {
        String text = reference.toString();
        int at = Math.min(place, text.length());
        String broken = text.substring(0, at) + stranger + text.substring(at);
        assertThatThrownBy(() -> ImageReference.parse(broken)).isInstanceOf(IllegalArgumentException.class);
    }

    @Provide
    Arbitrary<Character> strangers() {
        return Arbitraries.of(' ', '\t', '\n', '\0', '!', '?', '*', '\\', '%', '+', '~', '$', 'é', '"', '\'');
    }

    @Example
    void familiarNamesAreUnderstoodAsDockerDoes() {
        for (List<String> pair : List.of(
                List.of("busybox", "docker.io/library/busybox:latest"),
                List.of("busybox:1.35", "docker.io/library/busybox:1.35"),
                List.of("ada/tool", "docker.io/ada/tool:latest"),
                List.of("docker.io/busybox", "docker.io/library/busybox:latest"),
                List.of("index.docker.io/ada/tool", "docker.io/ada/tool:latest"),
                List.of("localhost/tool", "localhost/tool:latest"),
                List.of("localhost:5000/a/b:c", "localhost:5000/a/b:c"),
                List.of("quay.io/a/b", "quay.io/a/b:latest"),
                List.of("a.b", "docker.io/library/a.b:latest"),
                List.of("[::1]:5000/x", "[::1]:5000/x:latest"),
                List.of("x@sha256:" + "a".repeat(64), "docker.io/library/x@sha256:" + "a".repeat(64)),
                List.of("x:1@sha256:" + "a".repeat(64), "docker.io/library/x:1@sha256:" + "a".repeat(64)))) {
            assertThat(ImageReference.parse(pair.getFirst())).hasToString(pair.getLast());
        }
    }

    @Example
    void aRegistryHasOneSpelling() {
        for (List<String> pair : List.of(
                List.of("GHCR.io/team/x", "ghcr.io/team/x:latest"),
                List.of("ghcr.io:443/team/x", "ghcr.io/team/x:latest"),
                List.of("ghcr.io:0443/team/x", "ghcr.io/team/x:latest"),
                List.of("ghcr.io:05000/team/x", "ghcr.io:5000/team/x:latest"),
                List.of("Registry-1.Docker.io/busybox", "docker.io/library/busybox:latest"),
                List.of("registry.hub.docker.com/ada/tool", "docker.io/ada/tool:latest"),
                List.of("index.docker.io:443/ada/tool", "docker.io/ada/tool:latest"),
                List.of("LOCALHOST/x", "localhost/x:latest"),
                List.of("localhost:443/x", "localhost:443/x:latest"),
                List.of("127.0.0.1:443/x", "127.0.0.1:443/x:latest"),
                List.of("[::1]:443/x", "[::1]:443/x:latest"),
                List.of("[FE80::1]:443/x", "[fe80::1]/x:latest"),
                List.of("Build/x", "build:443/x:latest"),
                List.of("build:443/x", "build:443/x:latest"))) {
            assertThat(ImageReference.parse(pair.getFirst())).hasToString(pair.getLast());
            assertThat(ImageReference.parse(pair.getLast())).hasToString(pair.getLast());
        }
        assertThatThrownBy(() -> ImageReference.parse("\u212aiwi.io/x")).isInstanceOf(IllegalArgumentException.class);
    }

    @Example
    void whatIsNoReferenceIsRefused() {
        String longComponents = IntStream.range(0, 100_000).mapToObj(i -> "a").collect(Collectors.joining("-"));
        for (String text : List.of(
                "",
                ":",
                ":latest",
                "@",
                "/",
                "a/",
                "/a",
                "a//b",
                "A",
                "a/B",
                "a:",
                "a:b:c",
                "a:-b",
                "a:.b",
                "a:" + "t".repeat(129),
                "a@sha256:abc",
                "a@sha512:" + "a".repeat(128),
                "a@" + "a".repeat(64),
                "-a",
                "a-",
                "a_-b",
                "a..b",
                "a___b",
                ".a",
                "a.",
                "../a",
                "a/../b",
                "quay.io/",
                "quay.io:/a",
                "quay.io:port/a",
                "-x.example/a",
                "http://quay.io/a",
                "a".repeat(64),
                "n".repeat(300),
                longComponents)) {
            assertThatThrownBy(() -> ImageReference.parse(text))
                    .as(text.substring(0, Math.min(80, text.length())))
                    .isInstanceOf(IllegalArgumentException.class);
        }
    }
}
