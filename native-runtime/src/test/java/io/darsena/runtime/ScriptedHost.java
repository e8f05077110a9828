package io.darsena.runtime;

import io.darsena.runtime.protocol.Frame;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/// Launches hosts that greet and then answer each request as the test says.
final class ScriptedHost implements RuntimeHost.Launcher, AutoCloseable {

    interface Reply {
        void to(Frame request, ScriptedPeer.Talk talk) throws IOException;
    }

    private final Path directory;
    private final Reply reply;
    private final AtomicInteger launches = new AtomicInteger();
    private final List<Frame> requests = new ArrayList<>();
    private volatile @Nullable ScriptedPeer peer;

    ScriptedHost(Path directory, Reply reply) {
        this.directory = directory;
        this.reply = reply;
    }

    static Frame.Builder ok() {
        return Frame.named("ok");
    }

    static Frame.Builder error(String stage, String operation, String object, int errno, String reason) {
        return Frame.named("error")
                .with("stage", stage)
                .with("operation", operation)
                .with("object", object)
                .with("errno", errno)
                .with("reason", reason);
    }

    @Override
    public RuntimeHost.Launched launch() {
        launches.incrementAndGet();
        var launched = new ScriptedPeer(directory.resolve("host.sock"), this::play);
        peer = launched;
        return launched;
    }

    int launches() {
        return launches.get();
    }

    synchronized List<Frame> requests() {
        return List.copyOf(requests);
    }

    void die() {
        Objects.requireNonNull(peer).die();
    }

    @Override
    public void close() {
        ScriptedPeer last = peer;
        if (last != null) {
            last.close();
        }
    }

    private void play(ScriptedPeer.Talk talk) throws IOException {
        while (true) {
            Frame request = talk.read();
            if (request.name().equals("hello")) {
                talk.answer(request, greeting());
                continue;
            }
            synchronized (this) {
                requests.add(request);
            }
            reply.to(request, talk);
        }
    }

    private static Frame.Builder greeting() {
        return ok().with("version", 1)
                .with("release", "6.18.0-test")
                .with("pid", 1)
                .with("userns", 1)
                .with("uid-map", "0 1000 1")
                .with("gid-map", "0 1000 1")
                .with("reduced", "single-uid:no newuidmap")
                .with("reduced", "no-overlay:Operation not permitted");
    }
}
