package io.darsena.app.tour;

import io.darsena.bridge.Engine;
import io.darsena.bridge.EngineDescription;
import io.darsena.bridge.container.ContainerId;
import io.darsena.bridge.container.ContainerSpec;
import io.darsena.bridge.container.ResourceLimits;
import io.darsena.bridge.image.Image;
import io.darsena.bridge.image.ImageReference;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.OptionalDouble;
import java.util.OptionalLong;

/// Containers in every state that can be shown, of the starter image, each really doing what its name says.
final class Fleet {

    /// How many there are.
    static final int SIZE = 6;

    /// What web-1 writes besides a user and what a package manager would leave: by path, and the last name of it.
    static final String WRITTEN = "srv/site.conf";

    static final String WRITTEN_NAME = "site.conf";

    private static final String WRITES = "mkdir -p /srv /var/cache/apk; "
            + "head -c 412300 /dev/zero > /var/cache/apk/APKINDEX.d5f3c1a2.tar.gz; "
            + "echo 'web:x:101:101::/srv:/bin/false' >> /etc/passwd; "
            + "printf 'server {\\n    listen 8080;\\n    root /srv/site;\\n}\\n' > /" + WRITTEN + "; exec tide";

    private static final String BUSY = "echo listening on 5432; "
            + "while :; do i=0; while [ $i -lt 4000 ]; do i=$((i+1)); done; sleep 0.05; done";

    private final Engine engine;
    private final Map<String, ContainerId> ids = new HashMap<>();

    Fleet(Engine engine) {
        this.engine = engine;
    }

    /// On a thread that may wait. Besides those that can be seen, some lie in the trash.
    void sail() {
        Image starter = engine.images().list().getFirst();
        ContainerSpec plain = ContainerSpec.of(starter.displayName());
        for (String removed : List.of("web-0", "experiment")) {
            engine.trash().put(engine.containers().create(plain.withName(removed)));
        }
        launch(plain.withName("draft"), false);
        launch(plain.withName("migrate").withCommand(shell("echo 12 tables migrated")), true);
        launch(plain.withName("batch-7").withCommand(shell("tail /dev/zero")).withLimits(limits(24 << 20, 1)), true);
        launch(plain.withName("worker"), true);
        launch(plain.withName("db").withCommand(shell(BUSY)), true);
        engine.images().tag(starter.id(), ImageReference.parse("acme/site:1.4"));
        launch(
                ContainerSpec.of("acme/site:1.4")
                        .withName("web-1")
                        .withCommand(shell(WRITES))
                        .withLimits(limits(256L << 20, 1.5)),
                true);
        if (engine.description().tier() == EngineDescription.Tier.ROOTFUL
                || engine.description().tier() == EngineDescription.Tier.ROOTLESS_DELEGATED) {
            engine.containers().pause(paused());
        }
    }

    private void launch(ContainerSpec spec, boolean start) {
        ContainerId id = engine.containers().create(withoutRefusedLimits(spec));
        ids.put(spec.name().orElseThrow(), id);
        if (start) {
            engine.containers().start(id);
        }
    }

    private ContainerSpec withoutRefusedLimits(ContainerSpec spec) {
        return switch (engine.description().tier()) {
            case ROOTFUL, ROOTLESS_DELEGATED -> spec;
            case ROOTLESS, ROOTLESS_SINGLE_ID -> spec.withLimits(ResourceLimits.NONE);
        };
    }

    private static List<String> shell(String script) {
        return List.of("sh", "-c", script);
    }

    private static ResourceLimits limits(long memory, double cpus) {
        return new ResourceLimits(
                OptionalLong.of(memory), OptionalLong.empty(), OptionalDouble.of(cpus), OptionalLong.of(64));
    }

    ContainerId running() {
        return Objects.requireNonNull(ids.get("web-1"));
    }

    ContainerId paused() {
        return Objects.requireNonNull(ids.get("worker"));
    }

    ContainerId outOfMemory() {
        return Objects.requireNonNull(ids.get("batch-7"));
    }
}
