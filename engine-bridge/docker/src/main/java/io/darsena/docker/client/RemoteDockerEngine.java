package io.darsena.docker.client;

import io.darsena.bridge.Engine;
import io.darsena.bridge.EngineDescription;
import io.darsena.bridge.Subscription;
import io.darsena.bridge.container.Containers;
import io.darsena.bridge.disk.Disk;
import io.darsena.bridge.event.EngineEvent;
import io.darsena.bridge.image.Images;
import io.darsena.bridge.layer.Layers;
import io.darsena.bridge.registry.Registries;
import io.darsena.bridge.sbom.Packages;
import io.darsena.bridge.settings.EngineSettings;
import io.darsena.bridge.sync.Sync;
import io.darsena.bridge.trash.Trash;
import io.darsena.bridge.trust.Trust;
import io.darsena.docker.http.HttpAnswer;
import io.darsena.docker.wire.BridgeJson;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;

/// The engine of a `darsena serve`. When that process ends, requests fail, and subscriptions tell
/// [EngineEvent.Unreachable] and go on, with a snapshot, when it is back.
public final class RemoteDockerEngine implements Engine {

    static final String PREFIX = "/darsena/v" + BridgeJson.VERSION;

    private final EngineCalls calls;
    private final RemoteContainers containers;
    private final RemoteImages images;
    private final RemoteLayers layers;
    private final RemotePackages packages;
    private final RemoteTrash trash;
    private final RemoteRegistries registries;
    private final RemoteSync sync;
    private final RemoteTrust trust;
    private final RemoteDisk disk;
    private final Set<Feed> feeds = ConcurrentHashMap.newKeySet();

    private RemoteDockerEngine(EngineCalls calls) {
        this.calls = calls;
        this.containers = new RemoteContainers(calls, this::begun);
        this.images = new RemoteImages(calls);
        this.layers = new RemoteLayers(calls);
        this.packages = new RemotePackages(calls);
        this.trash = new RemoteTrash(calls);
        this.registries = new RemoteRegistries(calls);
        this.sync = new RemoteSync(calls);
        this.trust = new RemoteTrust(calls);
        this.disk = new RemoteDisk(calls);
    }

    /// @throws io.darsena.bridge.error.UnavailableException when no Darsena serves there, or one that cannot be
    ///     understood
    public static RemoteDockerEngine connect(Path socket) {
        EngineCalls calls = new EngineCalls(socket);
        try (HttpAnswer answer = calls.open("GET", "/_ping", new byte[0])) {
            String version = answer.header("Darsena-Api").orElse("");
            if (!version.matches("[1-9][0-9]{0,3}") || Integer.parseInt(version) < BridgeJson.VERSION) {
                throw calls.foreign("what serves there is not Darsena, or an older one");
            }
            return new RemoteDockerEngine(calls);
        } catch (IOException lost) {
            throw calls.failed(lost);
        }
    }

    /// Follows a feed until it is closed, at the latest with the engine.
    private Subscription begun(Feed feed) {
        feeds.add(feed);
        feed.begin(() -> feeds.remove(feed));
        return feed;
    }

    @Override
    public EngineDescription description() {
        return calls.get(PREFIX + "/description", text -> BridgeJson.read(EngineDescription.class, text));
    }

    @Override
    public Containers containers() {
        return containers;
    }

    @Override
    public Images images() {
        return images;
    }

    @Override
    public Trash trash() {
        return trash;
    }

    @Override
    public Registries registries() {
        return registries;
    }

    @Override
    public Disk disk() {
        return disk;
    }

    @Override
    public Layers layers() {
        return layers;
    }

    @Override
    public Packages packages() {
        return packages;
    }

    @Override
    public Sync sync() {
        return sync;
    }

    @Override
    public Trust trust() {
        return trust;
    }

    @Override
    public EngineSettings settings() {
        return calls.get(PREFIX + "/settings", text -> BridgeJson.read(EngineSettings.class, text));
    }

    @Override
    public void change(EngineSettings settings) {
        calls.call("PUT", PREFIX + "/settings", BridgeJson.write(settings), text -> text);
    }

    @Override
    public Subscription subscribe(Consumer<? super EngineEvent> subscriber) {
        return begun(EventFeed.open(calls, subscriber));
    }

    @Override
    public void close() {
        feeds.forEach(Feed::close);
    }
}
