package io.darsena.engine.cgroup;

import static org.assertj.core.api.Assertions.assertThat;

import io.darsena.bridge.EngineDescription.Lack;
import io.darsena.bridge.container.ResourceLimits;
import io.darsena.runtime.cgroup.CgroupLayout;
import io.darsena.runtime.cgroup.CgroupLimits;
import io.darsena.runtime.cgroup.CgroupPlacement;
import java.nio.file.Path;
import java.util.List;
import java.util.OptionalDouble;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;

class HostCgroupsTest {

    private static final long MEMORY = 64 << 20;

    private static CgroupLimits translated(OptionalLong memoryAndSwap) {
        return HostCgroups.translated(new ResourceLimits(
                OptionalLong.of(MEMORY), memoryAndSwap, OptionalDouble.empty(), OptionalLong.empty()));
    }

    @Test
    void withoutCgroupsNothingKeepsDevicesAway() {
        CgroupLayout none = new CgroupLayout(CgroupLayout.Kind.NONE, List.of());
        try (HostCgroups cgroups = new HostCgroups(
                none, new CgroupPlacement.Unusable(CgroupPlacement.Reason.NOT_MOUNTED, ""), Path.of("/nonexistent"))) {
            assertThat(cgroups.deviceRefusal())
                    .hasValueSatisfying(refusal -> assertThat(refusal.lack()).isEqualTo(Lack.NO_DEVICE_CONTROL));
        }
    }

    @Test
    void memoryAloneGetsAsMuchSwap() {
        assertThat(translated(OptionalLong.empty()).memoryAndSwapBytes()).hasValue(2 * MEMORY);
        assertThat(translated(OptionalLong.of(MEMORY)).memoryAndSwapBytes()).hasValue(MEMORY);
    }

    /// What is absent there is written as `max`, or left as the kernel has it on v1: unlimited.
    @Test
    void unlimitedSwapIsNoLimitOfBoth() {
        CgroupLimits limits = translated(OptionalLong.of(ResourceLimits.UNLIMITED_SWAP));
        assertThat(limits.memoryBytes()).hasValue(MEMORY);
        assertThat(limits.memoryAndSwapBytes()).isEmpty();
    }
}
