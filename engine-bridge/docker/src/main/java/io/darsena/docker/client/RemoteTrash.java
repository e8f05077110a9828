package io.darsena.docker.client;

import static io.darsena.docker.client.RemoteDockerEngine.PREFIX;

import io.darsena.bridge.container.ContainerId;
import io.darsena.bridge.trash.Trash;
import io.darsena.bridge.trash.TrashEntry;
import io.darsena.docker.wire.BridgeJson;
import io.darsena.docker.wire.Json;
import java.util.List;

/// The trash of an engine in another process.
final class RemoteTrash implements Trash {

    private static final String TRASH = PREFIX + "/trash";
    private static final byte[] NOTHING = {};

    private final EngineCalls calls;

    RemoteTrash(EngineCalls calls) {
        this.calls = calls;
    }

    @Override
    public List<TrashEntry> list() {
        return calls.get(TRASH, text -> BridgeJson.readList(TrashEntry.class, text));
    }

    @Override
    public void put(ContainerId id) {
        calls.command("PUT", TRASH + "/" + id);
    }

    @Override
    public String restore(ContainerId id) {
        return calls.call(
                "POST",
                TRASH + "/" + id + "/restore",
                NOTHING,
                text -> Json.read(text).path("Name").asString(""));
    }

    @Override
    public long purge(ContainerId id) {
        return freed(TRASH + "/" + id);
    }

    @Override
    public long purgeAll() {
        return freed(TRASH);
    }

    private long freed(String target) {
        return calls.call(
                "DELETE", target, NOTHING, text -> Json.read(text).path("Freed").asLong(0));
    }
}
