package io.darsena.engine.cgroup;

import io.darsena.bridge.EngineDescription.CgroupMode;
import io.darsena.bridge.EngineDescription.Lack;
import io.darsena.bridge.container.ContainerId;
import io.darsena.bridge.container.ResourceLimits;
import io.darsena.runtime.cgroup.CgroupMetrics;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/// The cgroups of containers, as far as this host grants them.
public interface Cgroups extends AutoCloseable {

    CgroupMode mode();

    /// Why containers cannot have cgroups of their own here; empty when they can.
    Optional<Refusal> refusal();

    /// Why containers cannot be paused here; empty when they can.
    Optional<Refusal> freezerRefusal();

    /// Why there are cgroups, and yet not each limit, pause and measure with them; empty when there are all, or no
    /// cgroups.
    Optional<Refusal> controllerRefusal();

    /// Why cgroups do not keep the host's devices from containers here; empty when they do. It matters to root alone:
    /// in a
    /// user namespace no device opens.
    Optional<Refusal> deviceRefusal();

    /// Why these limits cannot be kept here; empty when they can.
    Optional<Refusal> refusal(ResourceLimits limits);

    /// Makes the cgroups of a container anew, and sets the limits.
    ///
    /// @return the directories its first process is to be born in; none where there are no cgroups
    List<Path> create(ContainerId id, ResourceLimits limits);

    /// Returns when all its processes are frozen, or thawed.
    void freeze(ContainerId id, boolean frozen);

    boolean isFrozen(ContainerId id);

    long oomKills(ContainerId id);

    /// What the container uses; empty without a cgroup.
    Optional<CgroupMetrics> metrics(ContainerId id);

    /// Removes the cgroups, and ends what is left in them. Missing ones are no error.
    void remove(ContainerId id);

    /// Whose cgroups there are.
    Set<ContainerId> present();

    /// Leaves nothing behind but the cgroups of containers that are there.
    @Override
    void close();

    /// @param reason a clause, as `this session has no cgroup of its own`
    /// @param cure a clause, as `log in through systemd`
    record Refusal(Lack lack, String reason, String cure) {}
}
