package io.darsena.docker.client;

import static io.darsena.docker.client.EngineCalls.encoded;
import static io.darsena.docker.client.RemoteDockerEngine.PREFIX;

import io.darsena.bridge.image.ImageReference;
import io.darsena.bridge.sync.Sync;
import io.darsena.bridge.sync.SyncReport;
import io.darsena.bridge.sync.TagSync;
import io.darsena.docker.wire.BridgeJson;

/// The sync of an engine in another process, which does all of it.
final class RemoteSync implements Sync {

    private static final String SYNC = PREFIX + "/sync";
    private static final byte[] NOTHING = {};

    private final EngineCalls calls;

    RemoteSync(EngineCalls calls) {
        this.calls = calls;
    }

    private static String tag(ImageReference name) {
        return SYNC + "/tags/" + encoded(name.toString());
    }

    private static String push(ImageReference name) {
        return SYNC + "/pushes/" + encoded(name.toString());
    }

    @Override
    public SyncReport report() {
        return calls.get(SYNC, text -> BridgeJson.read(SyncReport.class, text));
    }

    @Override
    public TagSync check(ImageReference name) {
        return calls.call("POST", tag(name) + "/check", NOTHING, text -> BridgeJson.read(TagSync.class, text));
    }

    @Override
    public void checkAll() {
        calls.command("POST", SYNC + "/check");
    }

    @Override
    public void autoPull(ImageReference name, boolean wanted) {
        calls.command(wanted ? "PUT" : "DELETE", tag(name) + "/auto-pull");
    }

    @Override
    public void queuePush(ImageReference name) {
        calls.command("PUT", push(name));
    }

    @Override
    public void cancelPush(ImageReference name) {
        calls.command("DELETE", push(name));
    }
}
