package io.darsena.app.session;

import io.darsena.bridge.container.ContainerMetrics;
import io.darsena.bridge.container.ContainerMetrics.Throttling;
import java.util.Optional;
import java.util.OptionalLong;

/// A sample as exactly as it is read: CPU to a tenth of a percent, memory to a 64th of a megabyte where megabytes are
/// shown, counters to the byte. Pressure is not in it: charts have it from the history.
record SampleReading(
        long cpuTenths,
        long memory,
        OptionalLong memoryLimit,
        OptionalLong swap,
        OptionalLong processes,
        OptionalLong processLimit,
        OptionalLong blockRead,
        OptionalLong blockWritten,
        OptionalLong networkReceived,
        OptionalLong networkSent,
        OptionalLong oomKills,
        Optional<Throttling> throttling,
        ContainerMetrics.Source source) {

    private static final long MEGABYTE = 1 << 20;
    private static final long GRAIN = MEGABYTE / 64;

    static SampleReading of(ContainerMetrics sample) {
        return new SampleReading(
                sample.cpuPercent().isPresent() ? Math.round(sample.cpuPercent().getAsDouble() * 10) : -1,
                coarse(sample.memory().orElse(-1)),
                sample.memoryLimit(),
                sample.swap(),
                sample.processes(),
                sample.processLimit(),
                sample.blockRead(),
                sample.blockWritten(),
                sample.networkReceived(),
                sample.networkSent(),
                sample.oomKills(),
                sample.throttling(),
                sample.source());
    }

    private static long coarse(long bytes) {
        return bytes < MEGABYTE ? bytes : bytes / GRAIN * GRAIN;
    }
}
