package io.darsena.app.containers.item;

import static org.assertj.core.api.Assertions.assertThat;

import io.darsena.app.text.Messages;
import io.darsena.bridge.container.ResourceLimits;
import java.util.Locale;
import java.util.OptionalDouble;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;

class ContainerWordsTest {

    private static String limits(Locale locale, long memoryAndSwap) {
        return new ContainerWords(Messages.in(locale))
                .limits(new ResourceLimits(
                        OptionalLong.of(64 << 20),
                        OptionalLong.of(memoryAndSwap),
                        OptionalDouble.empty(),
                        OptionalLong.empty()));
    }

    @Test
    void unlimitedSwapIsNotCalledAQuantity() {
        assertThat(limits(Locale.ENGLISH, ResourceLimits.UNLIMITED_SWAP)).endsWith("with unlimited swap");
        assertThat(limits(Locale.ITALIAN, ResourceLimits.UNLIMITED_SWAP)).endsWith("con swap illimitato");
        assertThat(limits(Locale.ENGLISH, 128 << 20)).contains("with swap 1");
    }
}
