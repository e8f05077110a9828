package io.darsena.engine.metrics;

import io.darsena.bridge.container.ContainerMetrics.Absence;
import io.darsena.bridge.container.ContainerMetrics.Measure;
import io.darsena.engine.metrics.UsageSource.Subject;
import io.darsena.runtime.cgroup.CgroupMetrics;
import io.darsena.runtime.cgroup.Controller;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.Map;
import java.util.Set;

/// Why a measure has no value, should it have none.
final class MissingMeasures {

    private static final Map<Controller, Set<Measure>> COUNTED_BY = Map.of(
            Controller.CPU,
            EnumSet.of(Measure.THROTTLING),
            Controller.MEMORY,
            EnumSet.of(
                    Measure.MEMORY,
                    Measure.MEMORY_LIMIT,
                    Measure.CACHE,
                    Measure.SWAP,
                    Measure.SWAP_LIMIT,
                    Measure.OOM_KILLS),
            Controller.PIDS,
            EnumSet.of(Measure.PROCESSES, Measure.PROCESS_LIMIT),
            Controller.IO,
            EnumSet.of(Measure.BLOCK));

    private MissingMeasures() {}

    static Map<Measure, Absence> ofCgroup(Subject subject, CgroupMetrics usage) {
        Map<Measure, Absence> reasons = Absence.everywhere(Absence.NOT_COUNTED);
        reasons.put(Measure.MEMORY_LIMIT, Absence.UNLIMITED);
        reasons.put(Measure.PROCESS_LIMIT, Absence.UNLIMITED);
        if (usage.memory().filter(memory -> memory.swap().isPresent()).isPresent()) {
            reasons.put(Measure.SWAP_LIMIT, Absence.UNLIMITED);
        }
        COUNTED_BY.forEach((controller, measures) -> {
            if (!usage.controllers().contains(controller)) {
                measures.forEach(measure -> reasons.put(measure, Absence.NO_CONTROLLER));
            }
        });
        if (usage.cpuNanos().isPresent()) {
            reasons.put(Measure.CPU, Absence.FIRST_SAMPLE);
        }
        return withNetwork(subject, reasons);
    }

    static Map<Measure, Absence> ofFamily(Subject subject) {
        Map<Measure, Absence> reasons = Absence.everywhere(Absence.NO_CGROUP);
        reasons.put(Measure.CPU, Absence.FIRST_SAMPLE);
        return withNetwork(subject, reasons);
    }

    private static Map<Measure, Absence> withNetwork(Subject subject, Map<Measure, Absence> reasons) {
        Map<Measure, Absence> all = new EnumMap<>(reasons);
        all.put(Measure.NETWORK, subject.ownNetwork() ? Absence.GONE : Absence.HOST_NETWORK);
        return all;
    }
}
