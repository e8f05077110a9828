package io.darsena.engine.container;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.darsena.bridge.container.ContainerId;
import io.darsena.bridge.container.ContainerSpec;
import io.darsena.bridge.error.InvalidRequestException;
import io.darsena.bridge.image.Digest;
import io.darsena.bridge.image.Image;
import io.darsena.bridge.image.ImageConfig;
import io.darsena.bridge.image.ImageId;
import io.darsena.bridge.image.ImageReference;
import java.time.Instant;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class SpecResolutionTest {

    private static final Image IMAGE = image(new ImageConfig(
            List.of("/entry"), List.of("given"), List.of("A=1", "B=2"), "", "", "", List.of(), List.of(), Map.of()));

    private static Image image(ImageConfig config) {
        Digest digest = new Digest("a".repeat(64));
        return new Image(
                new ImageId(digest),
                List.of(),
                List.of(),
                digest,
                Optional.empty(),
                Instant.EPOCH,
                "linux/amd64",
                List.of(),
                config);
    }

    private static ContainerDefinition resolved(ContainerSpec spec) {
        return SpecResolution.resolve(
                ContainerId.parse("b".repeat(64)), "web", spec.withHostname("web"), IMAGE, Instant.EPOCH);
    }

    @Test
    void aNameWithoutAValueTakesTheImagesVariableAway() {
        ContainerSpec spec = ContainerSpec.of("x").withEnvironment(List.of("A", "C", "D=4"));

        assertThat(resolved(spec).environment())
                .containsExactly("PATH=" + SpecResolution.DEFAULT_PATH, "HOSTNAME=web", "B=2", "D=4");
    }

    @Test
    void theImageIsCalledAsItWasAskedFor() {
        String digest = "sha256:" + "a".repeat(64);
        Image named = new Image(
                IMAGE.id(),
                List.of(ImageReference.parse("app:prod"), ImageReference.parse("zebra")),
                List.of(ImageReference.parse("zebra@" + digest)),
                IMAGE.manifest(),
                IMAGE.createdAt(),
                IMAGE.importedAt(),
                IMAGE.platform(),
                IMAGE.layers(),
                IMAGE.config());
        Map.of(
                        "zebra",
                        "zebra:latest",
                        "docker.io/library/app:prod",
                        "app:prod",
                        "zebra@" + digest,
                        "zebra@" + digest,
                        "aaaaaaaaaaaa",
                        "app:prod",
                        digest,
                        "app:prod")
                .forEach((asked, called) -> assertThat(SpecResolution.resolve(
                                        ContainerId.parse("b".repeat(64)),
                                        "web",
                                        ContainerSpec.of(asked).withHostname("web"),
                                        named,
                                        Instant.EPOCH)
                                .imageName())
                        .as(asked)
                        .isEqualTo(called));
    }

    @Test
    void anEntrypointOfNoWordsLeavesTheCommandAlone() {
        ContainerSpec spec = ContainerSpec.of("x").withEntrypoint(List.of());

        assertThat(resolved(spec.withCommand(List.of("ls", "-l"))).arguments()).containsExactly("ls", "-l");
        assertThatThrownBy(() -> resolved(spec))
                .isInstanceOf(InvalidRequestException.class)
                .hasMessageContaining("names a command");
    }

    @Test
    void whatNoMessageToTheRuntimeHoldsIsRefusedWhenItIsCreated() {
        List<String> much = Collections.nCopies(800, "x".repeat(1000));

        assertThatCode(() -> SpecResolution.requireRoom("web", much.subList(0, 700), List.of("A=b")))
                .doesNotThrowAnyException();
        assertThatThrownBy(() -> SpecResolution.requireRoom("web", List.of("true"), much))
                .isInstanceOf(InvalidRequestException.class)
                .hasMessageContaining("web")
                .hasMessageContaining("shorten");
    }
}
