package io.darsena.engine.registry;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.darsena.bridge.error.DeniedException;
import io.darsena.bridge.image.ImageReference;
import io.darsena.bridge.registry.RegistryConfig;
import io.darsena.bridge.registry.RegistryHost;
import io.darsena.engine.registry.http.Answer;
import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpHeaders;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@Timeout(60)
class UploadPlaceTest extends AgainstRegistry {

    private static final Purpose PUSH = new Purpose("push", "team/a:1");

    private static Optional<URI> place(String asked, String location) {
        HttpHeaders headers = HttpHeaders.of(Map.of("Location", List.of(location)), (name, value) -> true);
        return UploadPlace.of(
                PUSH, new Answer(Answer.ACCEPTED, URI.create(asked), headers, InputStream.nullInputStream()));
    }

    @ParameterizedTest
    @CsvSource({
        "https://hub.example/v2/, http://hub.example/put?a=b, https://hub.example/put?a=b",
        "https://hub.example/v2/, http://HUB.example:80/put, https://HUB.example/put",
        "https://hub.example:5000/v2/, http://hub.example/put, https://hub.example:5000/put",
        "https://hub.example:5000/v2/, http://hub.example:5000/put, https://hub.example:5000/put",
        "https://hub.example/v2/, https://other.example/put, https://other.example/put",
        "http://hub.example/v2/, http://other.example/put, http://other.example/put",
        "https://hub.example/v2/, /put, https://hub.example/put",
    })
    void whatBeganByTlsGoesOnByIt(String asked, String location, String meant) {
        assertThat(place(asked, location)).contains(URI.create(meant));
    }

    @Test
    void anotherHostByPlainHttpIsRefused() {
        assertThatThrownBy(() -> place("https://hub.example/v2/", "http://other.example/put?secret"))
                .isInstanceOf(DeniedException.class)
                .hasMessageContaining("from TLS to plain HTTP at http://other.example/put")
                .hasMessageNotContaining("secret");
    }

    @Test
    void aPushBySecureMeansStaysSecure() throws Exception {
        TestImage.of(1, 1, 4_000).publish(registry, "a", "1");
        subject.pull(address("a:1"));
        registry.seen.clear();
        TestCertificate.make(temporary);
        try (TestRegistry encrypted = new TestRegistry(TestCertificate.sockets(temporary))) {
            subject.settings = subject.settings.with(new RegistryConfig(
                    new RegistryHost(encrypted.host()), false, List.of(), Optional.of(TestCertificate.of(temporary))));
            ImageReference copy = ImageReference.parse(encrypted.host() + "/a:1");
            subject.cache.images.tag(subject.image(address("a:1")).id(), copy);
            encrypted.behave((seen, reply) -> seen.path().equals("/put") && reply.sent(201, Map.of(), ""));
            sendUploadsTo(encrypted, "http://" + registry.host().replace("127.0.0.1", "localhost") + "/put");
            assertThatThrownBy(() -> subject.registries.push(copy, Optional.empty(), told -> {}))
                    .isInstanceOf(DeniedException.class);
            assertThat(registry.seen).isEmpty();
            sendUploadsTo(encrypted, "http://" + encrypted.host() + "/put");
            subject.registries.push(copy, Optional.empty(), told -> {});
            assertThat(encrypted.count("PUT", "/put")).isEqualTo(2);
        }
    }

    private static void sendUploadsTo(TestRegistry registry, String place) {
        registry.behave(
                (seen, reply) -> seen.path().endsWith("/uploads/") && reply.sent(202, Map.of("Location", place), ""));
    }
}
