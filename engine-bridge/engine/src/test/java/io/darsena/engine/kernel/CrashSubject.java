package io.darsena.engine.kernel;

import io.darsena.bridge.Engine;
import io.darsena.bridge.Subscription;
import io.darsena.bridge.container.ContainerId;
import io.darsena.bridge.container.ContainerSpec;
import io.darsena.bridge.container.LogQuery;
import io.darsena.bridge.contract.LogCollector;
import io.darsena.engine.InProcessEngine;
import io.darsena.engine.paths.EnginePaths;
import io.darsena.engine.starter.StarterImage;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;

/// An engine in a process of its own, to be killed. It says a line of everything that was acknowledged to it.
final class CrashSubject {

    private static final String WAITING =
            "trap 'echo bye; exit 9' USR1; trap 'exit 0' TERM; echo ready; while :; do sleep 0.05; done";

    private CrashSubject() {}

    /// @param arguments the engine's root, and `five`, `churn`, `trash` or `stopping`
    public static void main(String[] arguments) throws InterruptedException {
        Engine engine = InProcessEngine.open(EnginePaths.under(Path.of(arguments[0])));
        say("open", "");
        switch (arguments[1]) {
            case "five" -> five(engine);
            case "trash" -> trash(engine);
            case "stopping" -> stopping(engine);
            default -> churn(engine);
        }
    }

    /// Puts containers into the trash, takes one of two out again and purges the others, for ever.
    private static void trash(Engine engine) {
        for (int i = 0; ; i++) {
            ContainerId id = engine.containers()
                    .create(ContainerSpec.of(StarterImage.NAME.toString()).withCommand(List.of("true")));
            say("created", id.hex());
            say("putting", id.hex());
            engine.trash().put(id);
            say("put", id.hex());
            if (i % 3 == 0) {
                say("restoring", id.hex());
                engine.trash().restore(id);
                say("restored", id.hex());
            } else if (i % 3 == 1) {
                say("purging", id.hex());
                engine.trash().purge(id);
                say("purged", id.hex());
            }
        }
    }

    /// Stops one that takes its time to end.
    private static void stopping(Engine engine) throws InterruptedException {
        ContainerId id = engine.containers()
                .create(ContainerSpec.of(StarterImage.NAME.toString())
                        .withCommand(List.of(
                                "sh",
                                "-c",
                                "trap 'echo asked; sleep 1; exit 3' TERM; echo ready; while :; do sleep 0.05; done")));
        engine.containers().start(id);
        LogCollector log = new LogCollector();
        try (Subscription reading = engine.containers().logs(id, LogQuery.ALL.withFollow(true), log)) {
            log.awaitLine("ready");
            Thread.ofVirtual().start(() -> engine.containers().stop(id));
            log.awaitLine("asked");
        }
        say("stopping", id.hex());
        Thread.sleep(600_000);
    }

    private static void five(Engine engine) throws InterruptedException {
        for (int i = 0; i < 5; i++) {
            ContainerId id = engine.containers()
                    .create(ContainerSpec.of(StarterImage.NAME.toString()).withCommand(List.of("sh", "-c", WAITING)));
            engine.containers().start(id);
            say("started", id.hex());
        }
        say("done", "");
        Thread.sleep(600_000);
    }

    /// Creates, starts and removes for ever, three alive at a time.
    private static void churn(Engine engine) {
        Deque<ContainerId> alive = new ArrayDeque<>();
        while (true) {
            ContainerId id = engine.containers()
                    .create(ContainerSpec.of(StarterImage.NAME.toString()).withCommand(List.of("sh", "-c", WAITING)));
            say("created", id.hex());
            engine.containers().start(id);
            say("started", id.hex());
            alive.add(id);
            if (alive.size() > 3) {
                ContainerId oldest = alive.remove();
                if (oldest.hex().charAt(0) < '8') {
                    say("stopping", oldest.hex());
                    engine.containers().stop(oldest);
                    say("stopped", oldest.hex());
                }
                say("removing", oldest.hex());
                engine.containers().forceRemove(oldest);
                say("removed", oldest.hex());
            }
        }
    }

    private static void say(String what, String id) {
        System.out.println((what + " " + id).strip());
        System.out.flush();
    }
}
