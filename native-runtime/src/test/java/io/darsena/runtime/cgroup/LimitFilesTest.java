package io.darsena.runtime.cgroup;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.util.EnumSet;
import java.util.OptionalLong;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LimitFilesTest {

    private static final Set<Controller> ALL = EnumSet.of(Controller.MEMORY, Controller.CPU, Controller.PIDS);
    private static final CgroupLimits LIMITS = CgroupLimits.NONE
            .withMemoryAndSwap(1000, 1500)
            .withNanoCpus(1_500_000_000)
            .withPids(7);

    @TempDir
    Path directory;

    private FakeMachine machine;

    @BeforeEach
    void make() {
        machine = new FakeMachine(directory);
    }

    @Test
    void v2CountsSwapApart() {
        empty("memory.max", "memory.swap.max", "cpu.max", "pids.max");
        group(true, ALL).write(LIMITS);
        assertThat(machine.content("/memory.max")).isEqualTo("1000");
        assertThat(machine.content("/memory.swap.max")).isEqualTo("500");
        assertThat(machine.content("/cpu.max")).isEqualTo("150000 100000");
        assertThat(machine.content("/pids.max")).isEqualTo("7");
    }

    @Test
    void v1CountsMemoryAndSwapTogether() {
        empty(
                "memory.limit_in_bytes",
                "memory.memsw.limit_in_bytes",
                "cpu.cfs_period_us",
                "cpu.cfs_quota_us",
                "pids.max");
        group(false, ALL).write(LIMITS);
        assertThat(machine.content("/memory.limit_in_bytes")).isEqualTo("1000");
        assertThat(machine.content("/memory.memsw.limit_in_bytes")).isEqualTo("1500");
        assertThat(machine.content("/cpu.cfs_period_us")).isEqualTo("100000");
        assertThat(machine.content("/cpu.cfs_quota_us")).isEqualTo("150000");
        assertThat(machine.content("/pids.max")).isEqualTo("7");
    }

    @Test
    void aKernelWithoutSwapAccountingLimitsMemoryAllTheSame() {
        empty("memory.max");
        group(true, EnumSet.of(Controller.MEMORY)).write(LIMITS);
        assertThat(machine.content("/memory.max")).isEqualTo("1000");
        assertThat(machine.path("/memory.swap.max")).doesNotExist();
    }

    @Test
    void aNewGroupIsNotWrittenWhereNothingIsLimited() {
        group(true, ALL).write(CgroupLimits.NONE);
        group(false, ALL).write(CgroupLimits.NONE);
        assertThat(directory).isEmptyDirectory();
    }

    @Test
    void whatIsAbsentBecomesUnlimitedWhenLimitsAreReplaced() {
        empty("memory.max", "memory.swap.max", "cpu.max", "pids.max");
        group(true, ALL).replace(CgroupLimits.NONE);
        assertThat(machine.content("/memory.max")).isEqualTo("max");
        assertThat(machine.content("/memory.swap.max")).isEqualTo("max");
        assertThat(machine.content("/cpu.max")).isEqualTo("max 100000");
        assertThat(machine.content("/pids.max")).isEqualTo("max");
    }

    @Test
    void aMissingFileIsNamedInTheError() {
        assertThatThrownBy(() -> group(true, ALL).write(LIMITS))
                .isInstanceOf(CgroupException.class)
                .hasMessageContaining("1000")
                .hasMessageContaining(directory.resolve("memory.max").toString());
    }

    @Test
    void limitsThatMakeNoSenseAreRejected() {
        assertThatThrownBy(() -> CgroupLimits.NONE.withMemoryAndSwap(10, 9))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> CgroupLimits.NONE.withMemory(0)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> CgroupLimits.NONE.withPids(-1)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> CgroupLimits.NONE.withNanoCpus(1)).isInstanceOf(IllegalArgumentException.class);
        assertThat(CgroupLimits.NONE.withNanoCpus(Long.MAX_VALUE).quotaMicros())
                .isEqualTo(OptionalLong.of(Long.MAX_VALUE));
    }

    private void empty(String... names) {
        for (String name : names) {
            machine.file("/" + name, "");
        }
    }

    private LimitFiles group(boolean unified, Set<Controller> controllers) {
        return new LimitFiles(new GroupDirectory(directory, unified, controllers));
    }
}
