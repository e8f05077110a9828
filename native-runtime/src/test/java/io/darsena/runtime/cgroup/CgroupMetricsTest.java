package io.darsena.runtime.cgroup;

import static org.assertj.core.api.Assertions.assertThat;

import io.darsena.runtime.cgroup.CgroupMetrics.BlockTransfer;
import io.darsena.runtime.cgroup.CgroupMetrics.Memory;
import io.darsena.runtime.cgroup.CgroupMetrics.Pressure;
import io.darsena.runtime.cgroup.CgroupMetrics.Pressure.Stall;
import io.darsena.runtime.cgroup.CgroupMetrics.Throttling;
import java.nio.file.Path;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CgroupMetricsTest {

    @TempDir
    Path directory;

    private FakeMachine machine;

    @BeforeEach
    void make() {
        machine = new FakeMachine(directory);
    }

    private static CgroupMetrics read(List<GroupDirectory> groups) {
        return MetricsReader.read(groups, new GroupFiles());
    }

    @Test
    void v2IsRead() {
        machine.file("/cpu.stat", "usage_usec 1500\nuser_usec 1\nnr_periods 9\nnr_throttled 4\nthrottled_usec 77\n")
                .file("/memory.current", "5000\n")
                .file("/memory.max", "max\n")
                .file("/memory.swap.current", "700\n")
                .file("/memory.swap.max", "9000\n")
                .file("/memory.stat", "anon 1000\nfile 3500\ninactive_file 3000\n")
                .file("/memory.events", "low 0\noom 1\noom_kill 2\n")
                .file("/pids.current", "3\n")
                .file("/pids.max", "12\n")
                .file(
                        "/io.stat",
                        "254:0 rbytes=10 wbytes=20 rios=1 wios=1\n8:0 rbytes=1 wbytes=2 rios=0 wios=0 dbytes=9\n")
                .file("/cpu.pressure", "some avg10=1.50 avg60=0.00 avg300=0.00 total=42\n")
                .file(
                        "/memory.pressure",
                        "some avg10=0.00 avg60=0.00 avg300=0.00 total=5\nfull avg10=2.25 avg60=0.00 avg300=0.00 total=6\n");
        CgroupMetrics metrics = read(List.of(new GroupDirectory(
                directory, true, EnumSet.of(Controller.CPU, Controller.MEMORY, Controller.PIDS, Controller.IO))));
        assertThat(metrics.cpuNanos()).hasValue(1_500_000);
        assertThat(metrics.throttling()).contains(new Throttling(9, 4, 77_000));
        assertThat(metrics.memory())
                .contains(new Memory(
                        5000, 2000, 3500, OptionalLong.empty(), OptionalLong.of(700), OptionalLong.of(9000)));
        assertThat(metrics.oomKills()).hasValue(2);
        assertThat(metrics.processes()).hasValue(3);
        assertThat(metrics.processLimit()).hasValue(12);
        assertThat(metrics.blockTransfer()).contains(new BlockTransfer(11, 22));
        assertThat(metrics.cpuPressure()).contains(new Pressure(new Stall(1.5, 42), Optional.empty()));
        assertThat(metrics.memoryPressure()).contains(new Pressure(new Stall(0, 5), Optional.of(new Stall(2.25, 6))));
        assertThat(metrics.ioPressure()).isEmpty();
    }

    @Test
    void v1IsReadWithWhatTheGroupsBelowUse() {
        machine.file("/cpuacct.usage", "123456789\n")
                .file("/cpu.stat", "nr_periods 9\nnr_throttled 4\nthrottled_time 77\n")
                .file("/memory.usage_in_bytes", "5000\n")
                .file("/memory.limit_in_bytes", "6000\n")
                .file("/memory.memsw.limit_in_bytes", "15000\n")
                .file(
                        "/memory.stat",
                        "cache 1\ninactive_file 1\ntotal_cache 3500\ntotal_inactive_file 3000\nswap 1\ntotal_swap 700\n")
                .file("/memory.oom_control", "oom_kill_disable 0\nunder_oom 0\noom_kill 2\n")
                .file("/pids.current", "3\n")
                .file("/pids.max", "max\n")
                .file(
                        "/blkio.throttle.io_service_bytes",
                        "254:0 Read 10\n254:0 Write 20\n254:0 Total 30\n8:0 Read 1\n8:0 Write 2\nTotal 33\n");
        CgroupMetrics metrics = read(List.of(new GroupDirectory(directory, false, Set.of(Controller.values()))));
        assertThat(metrics.cpuNanos()).hasValue(123_456_789);
        assertThat(metrics.throttling()).contains(new Throttling(9, 4, 77));
        assertThat(metrics.memory())
                .contains(new Memory(
                        5000, 2000, 3500, OptionalLong.of(6000), OptionalLong.of(700), OptionalLong.of(9000)));
        assertThat(metrics.oomKills()).hasValue(2);
        assertThat(metrics.processLimit()).isEmpty();
        assertThat(metrics.blockTransfer()).contains(new BlockTransfer(11, 22));
        assertThat(metrics.cpuPressure()).isEmpty();
    }

    @Test
    void theFirstV1FileThatCountedAnythingIsRight() {
        machine.file("/blkio.throttle.io_service_bytes_recursive", "Total 0\n")
                .file("/blkio.throttle.io_service_bytes", "Total 0\n")
                .file("/blkio.bfq.io_service_bytes_recursive", "254:0 Read 4096\n254:0 Write 0\nTotal 4096\n");
        assertThat(read(io("/")).blockTransfer()).contains(new BlockTransfer(4096, 0));
    }

    @Test
    void nothingCountedIsZeroOnlyWhereARuleMakesTheKernelCount() {
        assertThat(read(io("/base/group")).blockTransfer()).isEmpty();
        machine.file("/base/group/blkio.throttle.io_service_bytes", "Total 0\n")
                .file("/base/blkio.throttle.read_bps_device", "\n");
        assertThat(read(io("/base/group")).blockTransfer()).isEmpty();
        machine.file("/base/blkio.throttle.read_bps_device", "254:0 1125899906842624\n");
        assertThat(read(io("/base/group")).blockTransfer()).contains(new BlockTransfer(0, 0));
    }

    @Test
    void onHybridTheCpuTimeComesFromV2() {
        machine.file("/unified/cpu.stat", "usage_usec 5\n").file("/memory/memory.usage_in_bytes", "1\n");
        CgroupMetrics metrics = read(List.of(
                new GroupDirectory(directory.resolve("memory"), false, Set.of(Controller.MEMORY)),
                new GroupDirectory(directory.resolve("unified"), true, Set.of())));
        assertThat(metrics.cpuNanos()).hasValue(5000);
        assertThat(metrics.memory())
                .contains(new Memory(1, 1, 0, OptionalLong.empty(), OptionalLong.empty(), OptionalLong.empty()));
    }

    @Test
    void aGroupThatIsGoneHasNoMetrics() {
        CgroupMetrics metrics =
                read(List.of(new GroupDirectory(directory.resolve("gone"), true, Set.of(Controller.values()))));
        assertThat(metrics.cpuNanos()).isEmpty();
        assertThat(metrics.memory()).isEmpty();
        assertThat(metrics.processes()).isEmpty();
        assertThat(metrics.blockTransfer()).isEmpty();
        assertThat(metrics.oomKills()).isEmpty();
        assertThat(metrics.throttling()).isEmpty();
    }

    private List<GroupDirectory> io(String group) {
        return List.of(new GroupDirectory(machine.path(group), false, Set.of(Controller.IO)));
    }
}
