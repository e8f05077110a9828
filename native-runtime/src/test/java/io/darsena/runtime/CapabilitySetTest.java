package io.darsena.runtime;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.LongRange;
import org.junit.jupiter.api.Test;

class CapabilitySetTest {

    @Test
    void dockersDefaultIsTheMaskThatDockersContainersShow() {
        assertThat(CapabilitySet.DOCKER_DEFAULT.hex()).isEqualTo("00000000a80425fb");
    }

    @Test
    void theNumbersAreTheKernels() {
        assertThat(Capability.SYS_ADMIN.number()).isEqualTo(21);
        assertThat(Capability.SYSLOG.number()).isEqualTo(34);
        assertThat(Capability.CHECKPOINT_RESTORE.number()).isEqualTo(40);
    }

    @Test
    void everyCapabilityOfThisKernelHasAName() throws IOException {
        String last = Files.readString(Path.of("/proc/sys/kernel/cap_last_cap")).strip();
        assertThat(Capability.values()).hasSizeGreaterThan(Integer.parseInt(last));
    }

    @Test
    void namesAreReadInAnyCaseWithOrWithoutPrefix() {
        assertThat(CapabilitySet.parse("net_admin, CAP_KILL,Cap_Chown"))
                .isEqualTo(CapabilitySet.of(Capability.CHOWN, Capability.KILL, Capability.NET_ADMIN));
    }

    @Test
    void anUnknownNameIsRejectedWithItsName() {
        assertThatThrownBy(() -> CapabilitySet.parse("CAP_FLY"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("CAP_FLY");
    }

    @Test
    void aMaskThatIsNoNumberIsRejected() {
        assertThatThrownBy(() -> CapabilitySet.parseHex("1ffffffffffffffff"))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @Property
    void namedSetsRoundTrip(@ForAll @LongRange(min = 0, max = (1L << 41) - 1) long mask) {
        CapabilitySet set = new CapabilitySet(mask);
        assertThat(CapabilitySet.parse(set.toString())).isEqualTo(set);
    }

    @Property
    void masksRoundTripWithBitsThatHaveNoName(@ForAll long mask) {
        assertThat(CapabilitySet.parseHex(new CapabilitySet(mask).hex())).isEqualTo(new CapabilitySet(mask));
    }

    @Property
    void withoutTakesAwayWhatWithGave(@ForAll long one, @ForAll long other) {
        CapabilitySet both = new CapabilitySet(one).with(new CapabilitySet(other));
        assertThat(both.without(new CapabilitySet(other)).mask()).isEqualTo(one & ~other);
        assertThat(both.intersect(new CapabilitySet(one)).mask()).isEqualTo(one);
    }
}
