package io.darsena.docker.server;

import static org.assertj.core.api.Assertions.assertThat;

import io.darsena.bridge.Engine;
import io.darsena.bridge.fake.FakeEngine;
import io.darsena.bridge.image.Image;
import io.darsena.bridge.image.ImageReference;
import io.darsena.bridge.image.Images;
import io.darsena.bridge.registry.PullRequest;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// What the routes of images answer, byte by byte.
@Timeout(60)
final class ImageRequestsTest extends RequestsOnFake {

    private Images images() {
        return ((Engine) engine).images();
    }

    /// @return its digest, with its repository
    private ImageReference pulled(String name) {
        engine.registries().publish(name, 1);
        ((Engine) engine).registries().pull(PullRequest.of(ImageReference.parse(name)), transfer -> {});
        return image(name).digests().getFirst();
    }

    private Image image(String name) {
        return images().find(name).orElseThrow();
    }

    private String remove(String name) throws IOException {
        return client.answer("DELETE /v1.51/images/" + name);
    }

    @Test
    void aDigestIsTakenAwayAndItsTagsStay() throws IOException {
        ImageReference digest = pulled("nginx:1");
        Image before = image("nginx:1");
        assertThat(remove(digest.familiar()))
                .contains(" 200 ")
                .contains("{\"Untagged\":\"" + digest.familiar() + "\"}")
                .doesNotContain("Deleted");
        assertThat(image("nginx:1")).satisfies(after -> {
            assertThat(after.id()).isEqualTo(before.id());
            assertThat(after.names()).isEqualTo(before.names());
            assertThat(after.digests()).isEmpty();
        });
        assertThat(remove(digest.familiar())).contains(" 404 ");
    }

    @Test
    void aTagWithADigestNamesTheDigest() throws IOException {
        ImageReference digest = pulled("nginx:1");
        images().tag(image("nginx:1").id(), ImageReference.parse("nginx:2"));
        String both = "nginx:1@" + digest.digest().orElseThrow();
        assertThat(client.answer("DELETE /v1.51/images/" + both + "?force=1")).doesNotContain("Deleted");
        assertThat(image("nginx:1").names()).hasSize(2);
        assertThat(image("nginx:1").digests()).isEmpty();
    }

    @Test
    void theLastNameTakesTheImageWithIt() throws IOException {
        ImageReference digest = pulled("nginx:1");
        images().untag(ImageReference.parse("nginx:1"));
        ((Engine) engine).registries().pull(PullRequest.of(digest), transfer -> {});
        Image bare = image(digest.toString());
        assertThat(bare.names()).isEmpty();
        assertThat(remove(digest.familiar()))
                .contains("\"Untagged\":\"" + digest.familiar() + "\"")
                .contains("\"Deleted\":\"" + bare.id() + "\"");
        assertThat(images().find(bare.id().toString())).isEmpty();
    }

    @Test
    void aTagTakesTheDigestsOfItsRepositoryAndNoOthers() throws IOException {
        ImageReference digest = pulled("nginx:1");
        images().tag(image("nginx:1").id(), ImageReference.parse("mine:1"));
        assertThat(remove("mine:1")).contains("Untagged").doesNotContain("Deleted");
        images().tag(image("nginx:1").id(), ImageReference.parse("mine:1"));
        assertThat(remove("nginx:1"))
                .contains("\"Untagged\":\"nginx:1\"", "\"Untagged\":\"" + digest.familiar() + "\"")
                .doesNotContain("Deleted");
        assertThat(remove("mine:1")).contains("Deleted");
        assertThat(images().find("mine:1")).isEmpty();
    }

    @Test
    void anImageThatARegistryKnowsKeepsThatNameWhenItsOnlyTagGoes() throws IOException {
        ImageReference digest = pulled("nginx:1");
        images().tag(image("nginx:1").id(), ImageReference.parse("mine:1"));
        images().untag(ImageReference.parse("nginx:1"));
        ((Engine) engine).registries().pull(PullRequest.of(digest), transfer -> {});
        assertThat(remove("mine:1")).contains("Untagged").doesNotContain("Deleted");
        assertThat(image(digest.toString()).names()).isEmpty();
    }

    private static final String OTHER = RawClient.encoded("{\"architecture\":\"s390x\",\"os\":\"linux\"}");
    private static final String OWN = RawClient.encoded("{\"architecture\":\"amd64\",\"os\":\"linux\"}");

    @ParameterizedTest
    @ValueSource(
            strings = {
                "DELETE /v1.51/images/darsena/starter:latest?platforms=",
                "POST /v1.51/images/load?platform=",
                "POST /v1.51/images/darsena/starter:latest/push?platform="
            })
    void whatWouldBeDoneToTheWholeIsRefusedForOnePlatform(String request) throws IOException {
        for (String platform : List.of(OTHER, OWN, "linux/s390x", RawClient.encoded("[{}]"))) {
            assertThat(client.answer(request + platform))
                    .startsWith("HTTP/1.1 501 ")
                    .contains("one platform of an image (--platform): not supported by this version of Darsena");
        }
        assertThat(images().find(FakeEngine.STARTER)).isPresent();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "darsena/starter:latest/get?platform=",
                "get?names=darsena/starter:latest&platform=",
                "get?names=darsena/starter&platform="
            })
    void anImageIsSavedForItsOwnPlatformAlone(String what) throws IOException {
        String request = "GET /v1.51/images/" + what;
        assertThat(client.answer(request + OTHER))
                .startsWith("HTTP/1.1 501 ")
                .contains("saving one platform of an image (--platform): not supported by this version of Darsena")
                .contains("linux/amd64")
                .contains("linux/s390x");
        String whole = client.answer("GET /v1.51/images/darsena/starter:latest/get");
        assertThat(whole).startsWith("HTTP/1.1 200 ");
        for (String platform : List.of(OWN, "linux/amd64")) {
            assertThat(client.answer(request + platform))
                    .startsWith("HTTP/1.1 200 ")
                    .endsWith(body(whole));
        }
        assertThat(client.answer(request + RawClient.encoded("[{}]"))).startsWith("HTTP/1.1 400 ");
    }

    @ParameterizedTest
    @ValueSource(strings = {"json", "history"})
    void anImageIsShownForItsOwnPlatformAlone(String what) throws IOException {
        String request = "GET /v1.51/images/darsena/starter:latest/" + what + "?platform=";
        assertThat(client.answer(request + OTHER))
                .startsWith("HTTP/1.1 501 ")
                .contains("linux/amd64")
                .contains("linux/s390x");
        String own = client.answer("GET /v1.51/images/darsena/starter:latest/" + what);
        for (String platform :
                List.of(OWN, "linux/amd64", RawClient.encoded("{\"os\":\"linux\"," + "\"architecture\":\"x86_64\"}"))) {
            assertThat(body(client.answer(request + platform))).isEqualTo(body(own));
        }
        for (String wrong : List.of("{", "[1]", "{\"os\":\"linux\"}", "{\"os\":1}", "{\"os.version\":\"10\"}", "a b")) {
            assertThat(client.answer(request + RawClient.encoded(wrong)))
                    .as(wrong)
                    .startsWith("HTTP/1.1 400 ");
        }
    }

    private static String body(String answer) {
        return answer.substring(answer.indexOf("\r\n\r\n"));
    }

    @Test
    void severalPlatformsAreEachLookedAt() throws IOException {
        String request = "GET /v1.51/images/darsena/starter:latest/json?platform=";
        assertThat(client.answer(request + OWN + "&platform=" + OTHER)).startsWith("HTTP/1.1 501 ");
        assertThat(client.answer(request
                        + RawClient.encoded("[{\"os\":\"linux\",\"architecture\":\"amd64\"},"
                                + "{\"os\":\"linux\",\"architecture\":\"arm64\",\"variant\":\"v8\"}]")))
                .startsWith("HTTP/1.1 501 ")
                .contains("linux/arm64/v8");
    }

    @Test
    void anImageByItsIdKeepsItsOwnWays() throws IOException {
        pulled("nginx:1");
        String id = image("nginx:1").id().toString();
        images().tag(image("nginx:1").id(), ImageReference.parse("mine:1"));
        assertThat(remove(id)).startsWith("HTTP/1.1 409 ").contains("must be forced");
        assertThat(client.answer("DELETE /v1.51/images/" + id + "?force=1")).contains("Deleted");
        assertThat(images().find(id)).isEqualTo(Optional.empty());
    }
}
