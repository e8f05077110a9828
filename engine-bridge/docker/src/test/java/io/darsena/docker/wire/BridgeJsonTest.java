package io.darsena.docker.wire;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.darsena.bridge.EngineDescription;
import io.darsena.bridge.container.ContainerSpec;
import io.darsena.bridge.container.ContainerState;
import io.darsena.bridge.container.ContainerState.ExitCause;
import io.darsena.bridge.container.ContainerState.Exited;
import io.darsena.bridge.container.ResourceLimits;
import io.darsena.bridge.error.ConflictException;
import io.darsena.bridge.error.EngineException;
import io.darsena.bridge.event.EngineEvent;
import io.darsena.bridge.event.EngineEvent.Unreachable;
import io.darsena.bridge.image.Digest;
import io.darsena.bridge.image.ImageReference;
import io.darsena.bridge.layer.LayerStep;
import io.darsena.bridge.registry.ImageTransfer;
import io.darsena.bridge.registry.RateGauge;
import io.darsena.bridge.registry.RegistryConfig;
import io.darsena.bridge.registry.RegistryCredential;
import io.darsena.bridge.registry.RegistryHost;
import io.darsena.bridge.registry.RegistrySettings;
import io.darsena.bridge.registry.Secret;
import io.darsena.bridge.settings.EngineSettings;
import io.darsena.bridge.sync.Standing;
import java.io.ByteArrayInputStream;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;

class BridgeJsonTest {

    private static InputStream stream(String text) {
        return new ByteArrayInputStream(text.getBytes(StandardCharsets.UTF_8));
    }

    private static String text(byte[] bytes) {
        return new String(bytes, StandardCharsets.UTF_8);
    }

    @Test
    void aSpecificationComesBackToTheNanosecondAndTheEmptyText() {
        ContainerSpec spec = ContainerSpec.of("busybox")
                .withName("web")
                .withEntrypoint(List.of())
                .withCommand(List.of("sh", "-c", "echo \"ü\\n\u0001\""))
                .withUser("")
                .withEnvironment(List.of("A=b=c", "EMPTY="))
                .withLabels(Map.of("a.b/c", ""))
                .withLimits(new ResourceLimits(
                        OptionalLong.of(ResourceLimits.LEAST_MEMORY),
                        OptionalLong.empty(),
                        OptionalDouble.of(1.0 / 3),
                        OptionalLong.of(7)))
                .withStopTimeout(Duration.ofNanos(1_300_000_001));
        assertThat(BridgeJson.request(ContainerSpec.class, new ByteArrayInputStream(BridgeJson.write(spec))))
                .isEqualTo(spec);
        ContainerSpec plain = ContainerSpec.of("busybox");
        assertThat(BridgeJson.read(ContainerSpec.class, text(BridgeJson.write(plain))))
                .isEqualTo(plain);
    }

    @Test
    void anEngineOfBeforeDoesNotTellWhereItsSettingsAre() {
        EngineDescription told = BridgeJson.read(EngineDescription.class, """
                {"version":"0.1.0","kernel":"6.1","tier":"ROOTFUL","cgroupMode":"V2","dataRoot":"/d","reductions":[]}""");
        assertThat(told.dataRoot()).isEqualTo(Path.of("/d"));
        assertThat(told.configRoot()).isEmpty();
        assertThat(told.runRoot()).isEmpty();
    }

    @Test
    void statesAndEventsKeepTheirKind() {
        Instant at = Instant.parse("2026-01-02T03:04:05.123456789Z");
        ContainerState exited = new Exited(137, OptionalInt.of(9), ExitCause.KILLED, at, at);
        assertThat(BridgeJson.read(ContainerState.class, text(BridgeJson.line(ContainerState.class, exited))))
                .isEqualTo(exited);
        EngineEvent lost = new Unreachable("gone", at);
        assertThat(BridgeJson.read(EngineEvent.class, text(BridgeJson.line(EngineEvent.class, lost))))
                .isEqualTo(lost);
    }

    @Test
    void aSecretTravelsInTheRequestThatNeedsItAndInNothingElse() {
        Secret secret = new Secret("hunter2 \"ü");
        for (RegistryCredential credential : List.of(
                new RegistryCredential.Password("ada", secret),
                new RegistryCredential.IdentityToken(secret),
                new RegistryCredential.RegistryToken(secret))) {
            RegistryRequest.Login login = new RegistryRequest.Login(RegistryHost.DOCKER_HUB, credential);
            assertThat(BridgeJson.confidential(
                            RegistryRequest.Login.class, stream(text(BridgeJson.confidential(login)))))
                    .isEqualTo(login);
            assertThat(login.toString()).doesNotContain("hunter2");
            for (Object value : List.of(login, credential, secret, List.of(secret))) {
                assertThatThrownBy(() -> BridgeJson.write(value)).message().doesNotContain("hunter2");
            }
        }
    }

    @Test
    void aKeyWithoutAPasswordTravelsToo() {
        RegistryRequest.Key key = new RegistryRequest.Key("bare", "", Secret.EMPTY);
        assertThat(BridgeJson.confidential(RegistryRequest.Key.class, stream(text(BridgeJson.confidential(key)))))
                .isEqualTo(key);
    }

    @Test
    void aTagThatWasMovedBackComesBackAsThat() {
        Standing back = new Standing.MovedBack(new Digest("a".repeat(64)));
        assertThat(BridgeJson.read(Standing.class, text(BridgeJson.line(Standing.class, back))))
                .isEqualTo(back);
    }

    @Test
    void settingsOfRegistriesComeBackAsTheyWere() {
        EngineSettings settings = EngineSettings.DEFAULT.withRegistries(new RegistrySettings(
                List.of(new RegistryConfig(
                        new RegistryHost("[::1]:5000"),
                        true,
                        List.of(new RegistryHost("b"), new RegistryHost("a:1")),
                        Optional.of(Path.of("/etc/ssl/my ca.pem")))),
                9));
        assertThat(BridgeJson.read(EngineSettings.class, text(BridgeJson.write(settings))))
                .isEqualTo(settings);
        EngineEvent event = new EngineEvent.SettingsChanged(settings, Instant.EPOCH);
        assertThat(BridgeJson.read(EngineEvent.class, text(BridgeJson.line(EngineEvent.class, event))))
                .isEqualTo(event);
    }

    @Test
    void aTransferComesBackAsItWas() {
        Digest digest = new Digest("a".repeat(64));
        ImageTransfer transfer = new ImageTransfer(
                ImageReference.parse("[::1]:5000/web:1@" + digest),
                ImageTransfer.Direction.PULL,
                List.of(new ImageTransfer.Step(
                        ImageTransfer.StepKind.RESOLVED, Instant.EPOCH, Duration.ofNanos(1_000_001), "x")),
                List.of(new ImageTransfer.Blob(digest, ImageTransfer.BlobStage.UNPACKING, 1, 1L << 40)),
                Optional.of("waits"),
                Optional.of(new RateGauge(100, 3, Duration.ofHours(6))));
        RegistryMessage message = RegistryMessage.of(transfer);
        assertThat(BridgeJson.read(RegistryMessage.class, text(BridgeJson.line(RegistryMessage.class, message))))
                .isEqualTo(message);
    }

    @Test
    void whatANewerSideAddsIsPassedOver() {
        assertThat(BridgeJson.read(
                        EngineEvent.class,
                        "{\"@type\":\"Unreachable\",\"reason\":\"x\",\"at\":\"1970-01-01T00:00:00Z\",\"new\":[1]}"))
                .isEqualTo(new Unreachable("x", Instant.EPOCH));
    }

    @Test
    void whatIsNoValueIsRefused() {
        assertThatThrownBy(() -> BridgeJson.request(ContainerSpec.class, stream("{\"image\":5")))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> BridgeJson.request(ContainerSpec.class, stream("{\"image\":\"\"}")))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> BridgeJson.request(ContainerSpec.class, stream("[".repeat(100_000))))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> BridgeJson.read(EngineEvent.class, "{\"@type\":\"java.lang.Runtime\"}"))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() ->
                        BridgeJson.request(ContainerSpec.class, stream("{\"image\":\"" + "x".repeat(5 << 20) + "\"}")))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void aFailureKeepsItsPartsAndDockersMessage() {
        EngineException failure = new ConflictException("remove", "container web", "it is running", "stop it first");
        EngineException back = FailureShape.read(409, Json.read(text(Json.write(FailureShape.of(failure)))), "x", "y");
        assertThat(back).isInstanceOf(ConflictException.class).hasMessage(failure.getMessage());
        assertThat(back.remedy()).isEqualTo("stop it first");
        assertThat(FailureShape.read(404, Json.read("{\"message\":\"No such image: a\"}"), "find", "image a"))
                .hasMessage("cannot find image a: No such image: a");
    }

    @Test
    void aStepOfAnEngineThatKnowsNoDockerfilesHasNoLines() {
        String before = "{\"layer\":1,\"instruction\":\"RUN true\",\"author\":\"\",\"comment\":\"\"}";
        assertThat(BridgeJson.read(LayerStep.class, before).lines()).isEmpty();
    }
}
