package io.darsena.engine.registry;

import static org.assertj.core.api.Assertions.assertThat;

import io.darsena.bridge.registry.FoundRepository.Visibility;
import io.darsena.bridge.registry.FoundTag;
import io.darsena.bridge.registry.RegistryHost;
import io.darsena.engine.image.TarRuntime;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/// What Docker Hub's site tells of tags, and what is told when it does not.
@Timeout(60)
class HubTagsTest {

    private static final String TAGS = "/v2/repositories/library/nginx/tags";

    @TempDir
    Path temporary;

    @SuppressWarnings("NullAway.Init")
    private TestRegistry registry;

    @SuppressWarnings("NullAway.Init")
    private RegistrySubject subject;

    @BeforeEach
    void open() throws Exception {
        registry = new TestRegistry();
        subject = new RegistrySubject(temporary, new TarRuntime(), Map.of(), registry.host());
    }

    @AfterEach
    void close() throws Exception {
        subject.close();
        registry.close();
    }

    private static String page(String next, String... tags) {
        return "{\"count\":3,\"next\":" + next + ",\"results\":[" + String.join(",", tags) + "]}";
    }

    private static String tag(String name, String images) {
        return """
                {"name":"%s","full_size":900,"last_updated":"2026-11-01T10:00:00.123456Z","images":[%s]}""".formatted(name, images);
    }

    private List<FoundTag> tags(int limit) {
        return subject.registries.taggedImages(RegistryHost.DOCKER_HUB, "library/nginx", limit);
    }

    @Test
    void tagsComeWithTheSizeForThisMachineAndTheirDates() {
        String own = "{\"os\":\"linux\",\"architecture\":\"" + TestImage.machine() + "\",\"size\":70}";
        String other = "{\"os\":\"linux\",\"architecture\":\"riscv64\",\"size\":60}";
        registry.behave((seen, reply) -> seen.path().startsWith(TAGS)
                && reply.sent(
                        200,
                        Map.of(),
                        seen.query().endsWith("page=2")
                                ? page("null", "{\"name\":\"old\",\"last_updated\":null}")
                                : page(
                                        "\"https://elsewhere.example/\"",
                                        tag("1", other + "," + own),
                                        tag("2", other))));
        Instant at = Instant.parse("2026-11-01T10:00:00.123456Z");
        assertThat(tags(9))
                .containsExactly(
                        new FoundTag("1", OptionalLong.of(70), Optional.of(at)),
                        new FoundTag("2", OptionalLong.of(900), Optional.of(at)),
                        FoundTag.of("old"));
        assertThat(tags(1)).extracting(FoundTag::name).containsExactly("1");
        assertThat(registry.seen)
                .filteredOn(seen -> seen.path().startsWith(TAGS))
                .as("nobody is named to the site")
                .allMatch(seen -> seen.header("authorization").isEmpty());
    }

    @Test
    void whatTheSiteDoesNotTellIsAskedOfTheRegistry() {
        TestImage.of(1, 1, 100).publish(registry, "library/nginx", "1");
        registry.behave((seen, reply) -> seen.path().startsWith(TAGS) && reply.sent(404, Map.of(), ""));
        assertThat(tags(9)).containsExactly(FoundTag.of("1"));
        registry.behave((seen, reply) -> seen.path().startsWith(TAGS) && reply.sent(200, Map.of(), "not JSON"));
        assertThat(tags(9)).containsExactly(FoundTag.of("1"));
    }

    @Test
    void whoSeesARepositoryIsToldWhereItIsKnown() {
        registry.behave((seen, reply) -> seen.path().startsWith("/v1/search")
                && reply.sent(
                        200,
                        Map.of(),
                        "{\"results\":[{\"name\":\"nginx\"},{\"name\":\"ada/own\",\"is_private\":true}]}"));
        assertThat(subject.registries.search(RegistryHost.DOCKER_HUB, "n", 9))
                .extracting(found -> found.visibility())
                .containsExactly(Visibility.PUBLIC, Visibility.PRIVATE);
    }
}
