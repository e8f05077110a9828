package io.darsena.bridge.contract;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.darsena.bridge.error.ConflictException;
import org.junit.jupiter.api.Test;

/// Images, and who uses them.
interface ImageContract extends ContractSubject {
    @Test
    default void anImageInUseIsNotRemovedAndTheMessageNamesWho() {
        containers().create(spec("true").withName("user-of-it"));
        var image = engine().images().find(image()).orElseThrow();
        assertThatThrownBy(() -> engine().images().remove(image.id()))
                .isInstanceOf(ConflictException.class)
                .hasMessageContaining("user-of-it");
    }
}
