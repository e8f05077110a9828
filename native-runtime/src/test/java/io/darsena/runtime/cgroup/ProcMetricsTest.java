package io.darsena.runtime.cgroup;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ProcMetricsTest {

    @TempDir
    Path directory;

    private FakeMachine machine;
    private Path proc;

    @BeforeEach
    void make() {
        machine = new FakeMachine(directory);
        proc = machine.path("/proc");
    }

    @Test
    void aFamilyIsAProcessWithAllItsDescendants() {
        machine.process(10, 1, 100)
                .process(11, 10, 10)
                .process(12, 11, 1)
                .process(20, 1, 5000)
                .file("/proc/10/status", "Name:\ta\nRssAnon:\t     100 kB\nRssShmem:\t       8 kB\n")
                .file("/proc/12/status", "Name:\tb\nRssAnon:\t      20 kB\nRssShmem:\t       8 kB\n")
                .file("/proc/20/status", "RssAnon:\t      7000 kB\n");
        // Each has 2 + 3 + 4 ticks of system time and of children besides.
        assertThat(ProcMetrics.ofFamilies(proc, Set.of(10L, 20L)))
                .containsEntry(10L, new ProcMetrics((111 + 3 * 9) * 10_000_000L, 128 * 1024, 3))
                .containsEntry(20L, new ProcMetrics(5009 * 10_000_000L, 7000 * 1024, 1));
    }

    @Test
    void aProcessThatIsGoneHasNoMetrics() {
        machine.process(10, 1, 100);
        assertThat(ProcMetrics.ofFamilies(proc, Set.of(11L))).isEmpty();
    }

    @Test
    void aCircleOfParentsEnds() {
        machine.process(10, 11, 1).process(11, 10, 1);
        assertThat(ProcMetrics.ofFamilies(proc, Set.of(10L)).values())
                .singleElement()
                .matches(sum -> sum.processes() == 2);
    }

    @Test
    void thisProcessIsInItsOwnNamespaceAndFamily() {
        long self = ProcessHandle.current().pid();
        assertThat(ProcMetrics.ofFamily(self).orElseThrow().memoryBytes()).isPositive();
        assertThat(ProcMetrics.ofPidNamespace(self).orElseThrow().processes()).isPositive();
    }

    @Test
    void loopbackIsNotNetworkTraffic() {
        machine.file("/proc/10/net/dev", """
                Inter-|   Receive                                                |  Transmit
                 face |bytes    packets errs drop fifo frame compressed multicast|bytes    packets errs drop fifo colls carrier compressed
                    lo: 1000 1 0 0 0 0 0 0 1000 1 0 0 0 0 0 0
                  eth0:  200 2 0 0 0 0 0 0   30 1 0 0 0 0 0 0
                  eth1:    7 2 0 0 0 0 0 0    5 1 0 0 0 0 0 0
                """);
        assertThat(NetworkCounters.of(proc, 10)).contains(new NetworkCounters(207, 35));
        assertThat(NetworkCounters.of(proc, 11)).isEmpty();
    }
}
