package io.darsena.engine;

import static org.assertj.core.api.Assertions.assertThat;

import io.darsena.bridge.Engine;
import io.darsena.bridge.container.ContainerSpec;
import io.darsena.bridge.container.NetworkMode;
import io.darsena.bridge.container.ResourceLimits;
import io.darsena.bridge.image.ImageConfig;
import io.darsena.engine.paths.EnginePaths;
import io.darsena.engine.simulated.SimulatedImage;
import io.darsena.engine.simulated.SimulatedMachine;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.OptionalLong;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// What clients of Docker's read of a container.
@Timeout(30)
class InspectionTest {

    @TempDir
    Path temporary;

    @SuppressWarnings("NullAway.Init")
    private Engine engine;

    @BeforeEach
    void open() throws IOException {
        engine = InProcessEngine.openWithoutStarter(
                EnginePaths.under(temporary.resolve("engine")), new SimulatedMachine());
        SimulatedImage.importInto(engine, temporary.resolve("image"));
    }

    @AfterEach
    void close() {
        engine.close();
    }

    private JsonNode inspected(ContainerSpec spec) {
        return new JsonMapper()
                .readTree(engine.containers().inspect(engine.containers().create(spec)));
    }

    private ImageConfig image() {
        return engine.images().find(SimulatedImage.NAME).orElseThrow().config();
    }

    private static List<String> texts(JsonNode array) {
        return StreamSupport.stream(array.spliterator(), false)
                .map(JsonNode::asString)
                .toList();
    }

    @Test
    void whatTheImageSaysIsToldUnlessItWasAskedForOtherwise() {
        ContainerSpec spec = ContainerSpec.of(SimulatedImage.NAME);
        JsonNode plain = inspected(spec).path("Config");
        assertThat(texts(plain.path("Cmd"))).isEqualTo(image().command());
        assertThat(texts(plain.path("Entrypoint"))).isEqualTo(image().entrypoint());

        JsonNode own = inspected(spec.withEntrypoint(List.of("sh"))
                        .withCommand(List.of("-c", "true"))
                        .withLabels(Map.of("a", "b")))
                .path("Config");
        assertThat(texts(own.path("Cmd"))).containsExactly("-c", "true");
        assertThat(texts(own.path("Entrypoint"))).containsExactly("sh");
        assertThat(own.path("Labels").path("a").asString()).isEqualTo("b");

        JsonNode bare = inspected(spec.withEntrypoint(List.of()).withCommand(List.of("true")))
                .path("Config");
        assertThat(bare.path("Entrypoint").isNull()).isTrue();
    }

    @Test
    void theNetworkIsNamedAndItsPartsAreThere() {
        for (NetworkMode mode : NetworkMode.values()) {
            JsonNode root = inspected(ContainerSpec.of(SimulatedImage.NAME)
                    .withCommand(List.of("true"))
                    .withNetwork(mode));
            JsonNode settings = root.path("NetworkSettings");
            assertThat(settings.path("Networks")
                            .path(mode.word())
                            .path("IPAddress")
                            .asString("none"))
                    .isEmpty();
            assertThat(settings.path("Ports").isObject()).isTrue();
            assertThat(root.path("HostConfig").path("NetworkMode").asString()).isEqualTo(mode.word());
            assertThat(root.path("HostConfig").path("PortBindings").isObject()).isTrue();
            assertThat(root.path("HostConfig").path("OomScoreAdj").isNumber()).isTrue();
            assertThat(root.path("Mounts").isArray()).isTrue();
        }
    }

    @Test
    void timesAreAsDockerWritesThem() {
        JsonNode root = inspected(ContainerSpec.of(SimulatedImage.NAME).withCommand(List.of("true")));
        assertThat(root.path("Created").asString()).matches("\\d{4}-\\d\\d-\\d\\dT[\\d:]{8}(\\.\\d{0,8}[1-9])?Z");
        assertThat(root.path("State").path("StartedAt").asString()).isEqualTo("0001-01-01T00:00:00Z");
    }

    @Test
    void unlimitedSwapIsToldAsDockerTellsIt() {
        ResourceLimits limits = new ResourceLimits(
                OptionalLong.of(64 << 20),
                OptionalLong.of(ResourceLimits.UNLIMITED_SWAP),
                OptionalDouble.empty(),
                OptionalLong.empty());
        JsonNode host = inspected(ContainerSpec.of(SimulatedImage.NAME)
                        .withCommand(List.of("true"))
                        .withLimits(limits))
                .path("HostConfig");
        assertThat(host.path("MemorySwap").asLong()).isEqualTo(-1);
        assertThat(host.path("Memory").asLong()).isEqualTo(64 << 20);
    }
}
