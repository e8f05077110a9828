package io.darsena.bridge.contract;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.darsena.bridge.Engine;
import io.darsena.bridge.error.ConflictException;
import io.darsena.bridge.error.DeniedException;
import io.darsena.bridge.error.InvalidRequestException;
import io.darsena.bridge.error.NotFoundException;
import io.darsena.bridge.event.EngineEvent;
import io.darsena.bridge.image.Digest;
import io.darsena.bridge.image.Image;
import io.darsena.bridge.image.ImageReference;
import io.darsena.bridge.registry.PullRequest;
import io.darsena.bridge.registry.RegistryHost;
import io.darsena.bridge.registry.Secret;
import io.darsena.bridge.trust.ImageTrust;
import io.darsena.bridge.trust.Signatures;
import io.darsena.bridge.trust.SigningKey;
import io.darsena.bridge.trust.TrustRule;
import io.darsena.bridge.trust.TrustRule.Demand;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/// What every engine makes of signatures.
interface TrustContract {

    Secret PASSWORD = new Secret("open sesame");

    Engine engine();

    /// Of the one image that there is.
    String image();

    /// Holds nothing at first.
    RegistryHost registry();

    /// Puts an image that the engine has not under this name at its registry.
    void publishAnother(ImageReference name) throws Exception;

    private ImageReference there(String rest) {
        return ImageReference.parse(registry() + "/" + rest);
    }

    private ImageReference sent(String rest) {
        ImageReference name = there(rest);
        engine().images().tag(engine().images().find(image()).orElseThrow().id(), name);
        engine().registries().push(name, Optional.empty(), progress -> {});
        return name;
    }

    private void demand(ImageReference name, Demand demand, Optional<String> signWith) {
        engine().change(engine().settings()
                .withTrust(engine().settings()
                        .trust()
                        .with(new TrustRule(name.registry() + "/" + name.repository(), demand, List.of(), signWith))));
    }

    private void fetch(ImageReference name) {
        engine().registries().pull(PullRequest.of(name), progress -> {});
    }

    private ImageTrust known(ImageReference name) {
        return engine().trust().report().of(name).orElseThrow();
    }

    @Test
    default void aKeyThatIsMadeIsTrustedAndOpen() {
        SigningKey key = engine().trust().generate("team", PASSWORD);
        assertThat(key.unlocked()).isTrue();
        assertThat(engine().trust().signingKeys()).containsExactly(key);
        assertThat(engine().settings().trust().keys())
                .singleElement()
                .satisfies(trusted -> assertThat(trusted.pem()).isEqualTo(key.publicKey()));
        assertThatThrownBy(() -> engine().trust().generate("team", PASSWORD)).isInstanceOf(ConflictException.class);
        assertThatThrownBy(() -> engine().trust().unlock("team", new Secret("wrong")))
                .isInstanceOf(DeniedException.class)
                .hasMessageNotContaining("wrong");
        engine().trust().unlock("team", PASSWORD);
        engine().trust().delete("team");
        assertThat(engine().trust().signingKeys()).isEmpty();
        assertThat(engine().settings().trust().keys()).hasSize(1);
        assertThatThrownBy(() -> engine().trust().delete("team")).isInstanceOf(NotFoundException.class);
        assertThatThrownBy(() -> engine().trust().importKey("other", "no key", PASSWORD))
                .isInstanceOf(InvalidRequestException.class);
    }

    @Test
    default void anUnsignedImageIsRefusedWhereThatIsWantedAndASignedOneComes() {
        ImageReference name = sent("team/signed:1");
        Image image = engine().images().find(name.toString()).orElseThrow();
        demand(name, Demand.REFUSE, Optional.empty());
        engine().images().remove(image.id());
        assertThatThrownBy(() -> fetch(name))
                .isInstanceOf(DeniedException.class)
                .hasMessageContaining("cannot pull " + name.familiar());
        assertThat(engine().images().find(name.toString())).isEmpty();

        demand(name, Demand.WARN, Optional.empty());
        fetch(name);
        assertThat(known(name).signatures()).isEqualTo(new Signatures.Unsigned());
        assertThat(known(name).isDoubtful()).isTrue();

        engine().trust().generate("team", PASSWORD);
        Digest signed = engine().trust().sign(name, "team");
        assertThat(signed).isEqualTo(image.manifest());
        assertThat(engine().trust().check(name).signatures()).isEqualTo(new Signatures.Signed(List.of("team")));
        demand(name, Demand.REFUSE, Optional.empty());
        engine().images().remove(image.id());
        assertThat(engine().trust().report().of(name)).isEmpty();
        fetch(name);
        assertThat(known(name).signatures()).isEqualTo(new Signatures.Signed(List.of("team")));
        assertThat(known(name).isDoubtful()).isFalse();
    }

    @Test
    default void everyPushIsSignedWhereThatIsSet() {
        engine().trust().generate("team", PASSWORD);
        ImageReference name = there("team/every:1");
        demand(name, Demand.REFUSE, Optional.of("team"));
        sent("team/every:1");
        assertThat(engine().trust().check(name).signatures()).isEqualTo(new Signatures.Signed(List.of("team")));
        engine().trust().delete("team");
        assertThatThrownBy(() -> sent("team/every:2")).isInstanceOf(NotFoundException.class);
    }

    @Test
    default void aTagThatMovesBackIsMarkedAndRefusedWhereThatIsWanted() throws Exception {
        try (Recorder recorder = new Recorder(engine())) {
            ImageReference name = sent("team/back:1");
            Digest first = engine().images().find(name.toString()).orElseThrow().manifest();
            ImageReference keeper = sent("team/back:keeper");
            publishAnother(name);
            fetch(name);
            assertThat(known(name).movedBack()).isFalse();
            assertThat(known(name).digest()).isNotEqualTo(first);
            movedTo(keeper, name);
            demand(name, Demand.REFUSE, Optional.empty());
            assertThatThrownBy(() -> fetch(name))
                    .isInstanceOf(DeniedException.class)
                    .hasMessageContaining("moved back");
            demand(name, Demand.WARN, Optional.empty());
            fetch(name);
            assertThat(known(name).movedBack()).isTrue();
            assertThat(known(name).digest()).isEqualTo(first);
            recorder.await(event -> event instanceof EngineEvent.TrustChanged changed
                    && changed.report().of(name).filter(ImageTrust::movedBack).isPresent());
        }
    }

    /// Lets the second name stand at the registry for what the first one stands for, as its owner would.
    void movedTo(ImageReference standsFor, ImageReference name) throws Exception;

    @Test
    default void whatNeverCameFromARegistryIsNotChecked() {
        ImageReference name = there("team/local:1");
        engine().images().tag(engine().images().find(image()).orElseThrow().id(), name);
        assertThatThrownBy(() -> engine().trust().check(name)).isInstanceOf(InvalidRequestException.class);
        assertThatThrownBy(() -> engine().trust().check(there("team/none:1"))).isInstanceOf(NotFoundException.class);
        assertThat(engine().trust().report().images()).isEmpty();
    }
}
