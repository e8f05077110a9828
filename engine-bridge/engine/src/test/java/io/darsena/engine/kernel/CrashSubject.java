package io.darsena.engine.kernel;

import io.darsena.bridge.Engine;
import io.darsena.bridge.container.ContainerId;
import io.darsena.bridge.container.ContainerSpec;
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

    /// @param arguments the engine's root, and `five` or `churn`
    public static void main(String[] arguments) throws InterruptedException {
        Engine engine = InProcessEngine.open(EnginePaths.under(Path.of(arguments[0])));
        say("open", "");
        if (arguments[1].equals("five")) {
            five(engine);
        } else {
            churn(engine);
        }
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
