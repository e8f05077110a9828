package io.darsena.app.main;

import io.darsena.bridge.container.ContainerId;
import io.darsena.bridge.container.ContainerMetrics;
import io.darsena.bridge.container.ContainerMetrics.Absence;
import io.darsena.bridge.container.ContainerMetrics.Measure;
import io.darsena.bridge.container.ContainerMetrics.Pressure;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalLong;

/// What a busy container measures in one second: nothing of it is as it was the second before.
final class CrowdSample {

    private static final Map<Measure, Absence> ABSENCES = Absence.everywhere(Absence.UNLIMITED);

    private CrowdSample() {}

    static ContainerMetrics of(ContainerId id, Instant now, long second) {
        int seed = Math.floorMod(id.hashCode(), 997);
        long moved = (second + seed) * 20_000;
        double wave = 1 + Math.sin(second / 3.0 + seed);
        return new ContainerMetrics(
                id,
                now,
                OptionalDouble.of(wave * (1 + seed / 10.0)),
                Optional.empty(),
                OptionalLong.of((32L << 20) + (long) (wave * seed * (1 << 17))),
                OptionalLong.of(512L << 20),
                OptionalLong.of(3 << 20),
                OptionalLong.of(0),
                OptionalLong.empty(),
                OptionalLong.of(2 + (seed + second) % 9),
                OptionalLong.empty(),
                OptionalLong.of(moved * 2),
                OptionalLong.of(moved),
                OptionalLong.of(moved * 5),
                OptionalLong.of(moved * 3),
                OptionalLong.of(0),
                Optional.of(new Pressure(wave, OptionalDouble.of(wave / 2))),
                Optional.of(new Pressure(wave / 4, OptionalDouble.of(0))),
                Optional.of(new Pressure(wave / 3, OptionalDouble.of(0))),
                ContainerMetrics.Source.CGROUP,
                ABSENCES);
    }
}
