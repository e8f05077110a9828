package io.darsena.bridge.registry;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.darsena.bridge.registry.RegistryCredential.IdentityToken;
import io.darsena.bridge.registry.RegistryCredential.Password;
import io.darsena.bridge.registry.RegistryCredential.RegistryToken;
import org.junit.jupiter.api.Test;

class SecretTest {

    private static final String LINES = "{\r\n\t\"private_key\": \"x\"\n}\n";

    @Test
    void aPasswordMayHaveLinesAndATokenNone() {
        Secret key = new Secret(LINES);
        assertThat(new Password("_json_key", key).password().reveal()).isEqualTo(LINES);
        assertThatThrownBy(() -> new RegistryToken(key)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> new IdentityToken(key)).isInstanceOf(IllegalArgumentException.class);
        assertThat(new RegistryToken(new Secret("a.b")).token().fitsHeader()).isTrue();
        assertThatThrownBy(() -> new Secret("a\u0000b")).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> new Secret("a\u001bb")).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void onlyAKeyMayHaveNoPassword() {
        assertThat(Secret.orEmpty("")).isEqualTo(Secret.EMPTY);
        assertThat(Secret.orEmpty("x")).isEqualTo(new Secret("x"));
        assertThatThrownBy(() -> new Secret("")).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> new Password("ann", Secret.EMPTY)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> new RegistryToken(Secret.EMPTY)).isInstanceOf(IllegalArgumentException.class);
    }
}
