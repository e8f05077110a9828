package io.darsena.engine.simulated;

import io.darsena.bridge.EngineDescription.CgroupMode;
import io.darsena.bridge.container.ContainerId;
import io.darsena.bridge.container.ResourceLimits;
import io.darsena.engine.cgroup.Cgroups;
import io.darsena.runtime.cgroup.CgroupMetrics;
import io.darsena.runtime.cgroup.Controller;
import java.nio.file.Path;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;

/// Cgroups that are remembered by the machine.
record SimulatedCgroups(SimulatedMachine machine) implements Cgroups {

    @Override
    public CgroupMode mode() {
        return machine.cgroupRefusal.isPresent() ? CgroupMode.NONE : CgroupMode.V2;
    }

    @Override
    public Optional<Refusal> refusal() {
        return machine.cgroupRefusal;
    }

    @Override
    public Optional<Refusal> freezerRefusal() {
        return machine.cgroupRefusal;
    }

    @Override
    public Optional<Refusal> controllerRefusal() {
        return machine.controllerRefusal;
    }

    @Override
    public Optional<Refusal> deviceRefusal() {
        return machine.deviceRefusal;
    }

    @Override
    public Optional<Refusal> refusal(ResourceLimits limits) {
        return limits.equals(ResourceLimits.NONE) ? Optional.empty() : machine.cgroupRefusal;
    }

    @Override
    public List<Path> create(ContainerId id, ResourceLimits limits) {
        if (machine.cgroupRefusal.isPresent()) {
            return List.of();
        }
        machine.groups.put(id, limits);
        machine.oomKills.remove(id);
        return List.of(Path.of("/simulated/cgroup").resolve(id.hex()));
    }

    @Override
    public void freeze(ContainerId id, boolean frozen) {
        machine.sandbox(id).freeze(frozen);
    }

    @Override
    public boolean isFrozen(ContainerId id) {
        machine.freezerFailure.ifPresent(reason -> {
            throw new IllegalStateException(reason);
        });
        SimulatedSandbox sandbox = machine.sandboxes.get(id);
        return sandbox != null && sandbox.isFrozen();
    }

    @Override
    public long oomKills(ContainerId id) {
        return machine.oomKills.getOrDefault(id, 0L);
    }

    @Override
    public Optional<CgroupMetrics> metrics(ContainerId id) {
        return Optional.ofNullable(machine.groups.get(id)).map(limits -> metrics(id, limits));
    }

    private CgroupMetrics metrics(ContainerId id, ResourceLimits limits) {
        return new CgroupMetrics(
                EnumSet.allOf(Controller.class),
                OptionalLong.of(System.nanoTime() / 2),
                Optional.of(new CgroupMetrics.Throttling(0, 0, 0)),
                Optional.of(new CgroupMetrics.Memory(
                        2 << 20, 1 << 20, 1 << 19, limits.memory(), OptionalLong.of(0), OptionalLong.empty())),
                OptionalLong.of(1),
                limits.processes(),
                Optional.empty(),
                OptionalLong.of(oomKills(id)),
                Optional.empty(),
                Optional.empty(),
                Optional.empty());
    }

    @Override
    public void remove(ContainerId id) {
        if (machine.stuckGroups.contains(id)) {
            throw new IllegalStateException("processes remain in the control group of " + id);
        }
        machine.groups.remove(id);
    }

    @Override
    public Set<ContainerId> present() {
        return Set.copyOf(machine.groups.keySet());
    }

    @Override
    public void close() {
        machine.sharedGroup = !machine.groups.isEmpty();
    }
}
