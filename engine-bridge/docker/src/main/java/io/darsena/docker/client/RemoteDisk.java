package io.darsena.docker.client;

import static io.darsena.docker.client.RemoteDockerEngine.PREFIX;

import io.darsena.bridge.container.ContainerId;
import io.darsena.bridge.disk.Disk;
import io.darsena.bridge.disk.PrunePlan;
import io.darsena.bridge.disk.PruneResult;
import io.darsena.docker.wire.BridgeJson;
import io.darsena.docker.wire.ContainerBytes;
import java.util.Map;
import java.util.stream.Collectors;

/// The disk of an engine in another process.
final class RemoteDisk implements Disk {

    private static final String DISK = PREFIX + "/disk";

    private final EngineCalls calls;

    RemoteDisk(EngineCalls calls) {
        this.calls = calls;
    }

    @Override
    public PrunePlan prunable() {
        return calls.get(DISK + "/prunable", text -> BridgeJson.read(PrunePlan.class, text));
    }

    @Override
    public PruneResult prune(PrunePlan plan) {
        return calls.call(
                "POST", DISK + "/prune", BridgeJson.write(plan), text -> BridgeJson.read(PruneResult.class, text));
    }

    @Override
    public Map<ContainerId, Long> containers() {
        return calls.get(DISK + "/containers", text -> BridgeJson.readList(ContainerBytes.class, text)).stream()
                .collect(Collectors.toMap(ContainerBytes::id, ContainerBytes::bytes));
    }
}
