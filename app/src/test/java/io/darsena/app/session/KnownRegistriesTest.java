package io.darsena.app.session;

import static org.assertj.core.api.Assertions.assertThat;

import io.darsena.app.WindowSession;
import io.darsena.app.session.KnownRegistry.Reach;
import io.darsena.bridge.Engine;
import io.darsena.bridge.fake.FakeEngine;
import io.darsena.bridge.fake.FakeRegistries;
import io.darsena.bridge.image.ImageReference;
import io.darsena.bridge.registry.RateGauge;
import io.darsena.bridge.registry.RegistryAnswer;
import io.darsena.bridge.registry.RegistryConfig;
import io.darsena.bridge.registry.RegistryCredential;
import io.darsena.bridge.registry.RegistryHost;
import io.darsena.bridge.registry.Secret;
import io.darsena.bridge.registry.SeenRate;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class KnownRegistriesTest {

    private static final RegistryHost PRIVATE = new RegistryHost("private.example");
    private static final RegistryHost LOCAL = new RegistryHost("localhost:5000");

    private final FakeEngine fake = new FakeEngine();
    private final Engine engine = fake;
    private final WindowSession window = new WindowSession(fake);
    private final KnownRegistries registries = window.doing(() -> new KnownRegistries(
            window.session(), window.commands(), window.pump(), new Transfers(window.commands(), window.pump())));

    @AfterEach
    void close() {
        window.close();
    }

    private KnownRegistry known(RegistryHost host) {
        return Objects.requireNonNull(registries.known().get(host), host::name);
    }

    private static RegistryCredential password(String secret) {
        return new RegistryCredential.Password("ada", new Secret(secret));
    }

    @Test
    void dockerHubIsAlwaysKnown() {
        assertThat(registries.known()).containsOnlyKeys(RegistryHost.DOCKER_HUB);
        assertThat(known(RegistryHost.DOCKER_HUB).images())
                .as("the starter image did not come from there")
                .isZero();
    }

    @Test
    void settingsLoginsAndNamesOfImagesMakeRegistriesKnown() {
        fake.addImage("localhost:5000/web:1", engine.images().list().getFirst().config(), 1000);
        window.until(() -> registries.known().containsKey(LOCAL));
        RegistryHost added = new RegistryHost("ghcr.io");
        engine.change(
                engine.settings().withRegistries(engine.settings().registries().with(RegistryConfig.of(added))));
        window.until(() -> registries.known().containsKey(added));
        engine.registries().login(PRIVATE, password("right"));
        window.doing(registries::refresh);
        window.until(() -> registries.known().containsKey(PRIVATE));
        assertThat(known(PRIVATE).login().orElseThrow().user()).isEqualTo("ada");
    }

    @Test
    void whatCameFromARegistryIsCountedThere() {
        ImageReference name = ImageReference.parse("localhost:5000/team/web:1");
        fake.addImage(name.toString(), engine.images().list().getFirst().config(), 1000);
        // That it came from nowhere is told after the image itself.
        window.until(() -> registries.known().containsKey(LOCAL) && known(LOCAL).images() == 0);
        engine.registries().push(name, Optional.empty(), progress -> {});
        window.until(() -> known(LOCAL).images() == 1);
    }

    @Test
    void aRegistryTellsHowItAnswers() {
        fake.addImage("localhost:5000/web:1", engine.images().list().getFirst().config(), 1000);
        window.until(() -> registries.known().containsKey(LOCAL));
        window.doing(() -> registries.probe(LOCAL));
        window.until(() -> known(LOCAL).reach() instanceof Reach.Answered);
        RegistryAnswer answer = ((Reach.Answered) known(LOCAL).reach()).answer();
        assertThat(answer.access()).isEqualTo(RegistryAnswer.Access.OPEN);
        assertThat(answer.encrypted()).isFalse();
    }

    @Test
    void aRefusedLoginIsToldAndKeepsNothing() {
        FailurePlace place = new FailurePlace();
        window.doing(() -> registries.login(place, PRIVATE, password(FakeRegistries.WRONG_PASSWORD), () -> {
            throw new AssertionError("let in");
        }));
        window.until(() -> place.failure().get().isPresent());
        assertThat(place.failure().get().orElseThrow().kind()).isEqualTo("denied");
        assertThat(place.failure().get().toString()).doesNotContain(FakeRegistries.WRONG_PASSWORD + "\"");
        assertThat(registries.login(PRIVATE)).isEmpty();
    }

    @Test
    void loggingOutForgetsTheLogin() {
        FailurePlace place = new FailurePlace();
        window.doing(() -> registries.login(place, PRIVATE, password("right"), () -> {}));
        window.until(() -> registries.known().containsKey(PRIVATE));
        window.doing(() -> registries.logout(place, PRIVATE));
        window.until(() -> !registries.known().containsKey(PRIVATE));
        assertThat(engine.registries().logins()).isEmpty();
    }

    @Test
    void whatTheEngineHeardOfARateShowsWithItsAgeUntilSomethingNewerIsHeard() {
        Instant before = Instant.now().minus(Duration.ofHours(3));
        RateGauge old = new RateGauge(100, 12, Duration.ofHours(6));
        fake.sync().rates(List.of(new SeenRate(RegistryHost.DOCKER_HUB, old, before)));
        window.until(() -> known(RegistryHost.DOCKER_HUB).rate().equals(Optional.of(old)));
        assertThat(known(RegistryHost.DOCKER_HUB).rateAt()).contains(before);
        RateGauge now = new RateGauge(100, 11, Duration.ofHours(6));
        window.doing(() -> {
            registries.rate(RegistryHost.DOCKER_HUB, now);
            return true;
        });
        window.until(() -> known(RegistryHost.DOCKER_HUB).rate().equals(Optional.of(now)));
    }

    @Test
    void aToldRateIsKept() {
        RateGauge rate = new RateGauge(100, 76, Duration.ofHours(6));
        window.doing(() -> {
            registries.rate(RegistryHost.DOCKER_HUB, rate);
            return true;
        });
        window.until(() -> known(RegistryHost.DOCKER_HUB).rate().isPresent());
        assertThat(known(RegistryHost.DOCKER_HUB).rate()).contains(rate);
    }
}
