package io.darsena.engine.simulated;

import io.darsena.bridge.container.ContainerId;
import io.darsena.bridge.container.ResourceLimits;
import io.darsena.engine.Machine;
import io.darsena.engine.cgroup.Cgroups;
import io.darsena.engine.paths.EnginePaths;
import io.darsena.engine.sync.Network;
import io.darsena.runtime.ContainerRuntime;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/// What goes on when an engine is gone: sandboxes, their ends, their cgroups; and the faults that a test wants.
public final class SimulatedMachine implements Machine {

    final Map<ContainerId, SimulatedSandbox> sandboxes = new ConcurrentHashMap<>();
    final Map<ContainerId, ResourceLimits> groups = new ConcurrentHashMap<>();
    final Map<ContainerId, Long> oomKills = new ConcurrentHashMap<>();
    final Set<ContainerId> silent = ConcurrentHashMap.newKeySet();
    final Set<ContainerId> stuckGroups = ConcurrentHashMap.newKeySet();
    private final Set<String> held = ConcurrentHashMap.newKeySet();
    volatile Optional<String> deleteFailure = Optional.empty();
    volatile Optional<String> freezerFailure = Optional.empty();
    volatile Optional<Cgroups.Refusal> cgroupRefusal = Optional.empty();
    volatile Optional<Cgroups.Refusal> controllerRefusal = Optional.empty();
    volatile Optional<Cgroups.Refusal> deviceRefusal = Optional.empty();
    volatile boolean sharedGroup;
    volatile Runnable beforeArchive = () -> {};

    @Override
    public Cgroups cgroups(EnginePaths paths) {
        sharedGroup = true;
        return new SimulatedCgroups(this);
    }

    @Override
    public ContainerRuntime runtime(EnginePaths paths) {
        return new SimulatedRuntime(this);
    }

    @Override
    public boolean isRoot() {
        return false;
    }

    @Override
    public String kernel() {
        return "simulated";
    }

    @Override
    public Map<String, String> environment() {
        return Map.of();
    }

    @Override
    public Network network() {
        return Network.UNKNOWN;
    }

    @Override
    public Path home() {
        return Path.of("/nonexistent");
    }

    /// Keeps `start` or `delete` from returning until closed.
    public AutoCloseable hold(String operation) {
        held.add(operation);
        return () -> {
            synchronized (held) {
                held.remove(operation);
                held.notifyAll();
            }
        };
    }

    /// Runs whenever something is about to be archived.
    public void beforeArchive(Runnable happening) {
        beforeArchive = happening;
    }

    void waitWhileHeld(String operation) {
        synchronized (held) {
            while (held.contains(operation)) {
                try {
                    held.wait();
                } catch (InterruptedException interrupted) {
                    Thread.currentThread().interrupt();
                    return;
                }
            }
        }
    }

    /// Lets deletions of containers fail, or succeed again.
    public void failDeletes(Optional<String> reason) {
        deleteFailure = reason;
    }

    /// Lets questions whether a container is frozen fail, or be answered again.
    public void failFreezerReads(Optional<String> reason) {
        freezerFailure = reason;
    }

    public void withoutCgroups(Cgroups.Refusal refusal) {
        cgroupRefusal = Optional.of(refusal);
    }

    /// Cgroups without some of the controllers.
    public void withoutControllers(Cgroups.Refusal refusal) {
        controllerRefusal = Optional.of(refusal);
    }

    public void withoutDeviceControl(Cgroups.Refusal refusal) {
        deviceRefusal = Optional.of(refusal);
    }

    /// As if the kernel had killed its first process for want of memory.
    public void runOutOfMemory(ContainerId id) {
        oomKills.merge(id, 1L, Long::sum);
        sandbox(id).kill();
    }

    /// As if the machine had been restarted: nothing runs, nobody has seen it end.
    public void crash(ContainerId id) {
        sandbox(id).vanish();
        sandboxes.remove(id);
        groups.remove(id);
    }

    /// Waits until its process has ended.
    public void awaitEnd(ContainerId id) throws InterruptedException {
        while (sandbox(id).exit().isEmpty()) {
            Thread.sleep(2);
        }
    }

    /// Whether its monitor listens and says nothing, as one that was stopped.
    public void silence(ContainerId id, boolean silence) {
        if (silence) {
            silent.add(id);
        } else {
            silent.remove(id);
        }
    }

    /// As if a process of its control group could not be killed.
    public void stickGroup(ContainerId id) {
        stuckGroups.add(id);
    }

    public boolean hasGroup(ContainerId id) {
        return groups.containsKey(id);
    }

    /// Whether the group is there that is above those of containers.
    public boolean hasSharedGroup() {
        return sharedGroup;
    }

    public SimulatedSandbox sandbox(ContainerId id) {
        SimulatedSandbox sandbox = sandboxes.get(id);
        if (sandbox == null) {
            throw new IllegalStateException("no sandbox " + id);
        }
        return sandbox;
    }
}
