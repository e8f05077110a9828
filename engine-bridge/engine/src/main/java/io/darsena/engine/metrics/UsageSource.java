package io.darsena.engine.metrics;

import io.darsena.bridge.container.ContainerId;
import io.darsena.runtime.cgroup.CgroupMetrics;
import java.util.List;
import java.util.Optional;

/// Where metrics come from.
public interface UsageSource {

    /// What runs now, paused or not.
    List<Subject> running();

    /// Empty when there is no cgroup of it.
    Optional<CgroupMetrics> cgroup(ContainerId id);

    /// @param run tells one run of a container from the next: counters begin anew
    /// @param ownNetwork whether what goes through its network is its own
    record Subject(ContainerId id, int pid, long run, boolean ownNetwork) {}
}
