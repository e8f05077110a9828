package io.darsena.bridge.contract;

import io.darsena.bridge.Engine;
import io.darsena.bridge.Subscription;
import io.darsena.bridge.container.ContainerId;
import io.darsena.bridge.container.ContainerSpec;
import io.darsena.bridge.container.ContainerStatus;
import io.darsena.bridge.container.Containers;
import io.darsena.bridge.container.Lifecycle.Trigger;
import io.darsena.bridge.container.LogQuery;
import java.time.Duration;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/// The engine that a contract is about, and what the facts of every part ask of it. Commands are such as a small shell
/// knows, so that real and simulated containers run the same.
public interface ContractSubject {

    List<String> ENDLESS = List.of("sh", "-c", "trap 'exit 0' TERM; echo ready; while :; do sleep 0.05; done");
    List<String> STUBBORN = List.of("sh", "-c", "trap '' TERM; echo ready; while :; do sleep 0.05; done");

    Engine engine();

    /// The name of an image that is there.
    String image();

    /// Brings a container into a state that passes by itself, or needs a fault, and keeps it there until closed; empty
    /// when this engine cannot be made to.
    default Optional<AutoCloseable> hold(Engine held, ContainerId id, ContainerStatus status) throws Exception {
        return Optional.empty();
    }

    /// The states that containers of this engine can be brought into and kept in. Those that pass by themselves are
    /// left to engines that can be held there.
    default Set<ContainerStatus> states() {
        return EnumSet.allOf(ContainerStatus.class);
    }

    /// Whether containers can be paused here.
    default boolean canPause() {
        return true;
    }

    /// Makes a container that has written `/made` with a `file` of six bytes, a `link` to it, and an empty directory
    /// `below`.
    default ContainerId writer() throws Exception {
        return writer("hello");
    }

    /// As [#writer()], with other letters in the file, and a line feed behind them.
    default ContainerId writer(String letters) throws Exception {
        return writer(image(), letters);
    }

    /// As [#writer(String)], of another image.
    default ContainerId writer(String image, String letters) throws Exception {
        ContainerId id = containers()
                .create(ContainerSpec.of(image)
                        .withCommand(List.of(
                                "sh",
                                "-c",
                                "mkdir -p /made/below; echo \"$1\" > /made/file; ln -s file /made/link",
                                "sh",
                                letters)));
        containers().start(id);
        containers().await(id);
        return id;
    }

    /// Two packages, and one of which nothing is left, as dpkg tells of them.
    String PACKAGES = """
            Package: anchor
            Status: install ok installed
            Architecture: amd64
            Source: harbour
            Version: 1:2.36-9
            Description: holds
             fast

            Package: buoy
            Status: install ok installed
            Architecture: all
            Version: 0.1~rc1

            Package: capstan
            Status: deinstall ok config-files
            Architecture: amd64
            Version: 3
            """;

    /// Makes a container that has written `/var/lib/dpkg/status` with [#PACKAGES], and a `/var/lib/rpm/Packages` of
    /// some
    /// bytes.
    default ContainerId packager() throws Exception {
        ContainerId id = containers()
                .create(spec(
                        "sh",
                        "-c",
                        "mkdir -p /var/lib/dpkg /var/lib/rpm; echo bdb > /var/lib/rpm/Packages; echo \"$1\" > /var/lib/dpkg/status",
                        "sh",
                        PACKAGES));
        containers().start(id);
        containers().await(id);
        return id;
    }

    default Containers containers() {
        return engine().containers();
    }

    default ContainerSpec spec(String... command) {
        return ContainerSpec.of(image()).withCommand(List.of(command));
    }

    default ContainerId running(List<String> command) {
        ContainerId id = containers().create(ContainerSpec.of(image()).withCommand(command));
        containers().start(id);
        awaitReady(id);
        return id;
    }

    /// When it has said `ready` its traps are set.
    default void awaitReady(ContainerId id) {
        LogCollector collector = new LogCollector();
        try (Subscription logs = containers().logs(id, LogQuery.ALL.withFollow(true), collector)) {
            collector.awaitLine("ready");
        }
    }

    default ContainerStatus status(ContainerId id) {
        return containers().container(id).status();
    }

    default void request(ContainerId id, Trigger trigger) {
        switch (trigger) {
            case START -> containers().start(id);
            case PAUSE -> containers().pause(id);
            case RESUME -> containers().resume(id);
            case STOP -> containers().stop(id, Duration.ofSeconds(5));
            case KILL -> containers().kill(id, "KILL");
            case RESTART -> containers().restart(id, Duration.ofSeconds(5));
            case REMOVE -> containers().remove(id);
            case FORCE_REMOVE -> containers().forceRemove(id);
            case PROCESS_ENDED, RESTARTED, RESTART_FAILED, REMOVE_FAILED ->
                throw new IllegalArgumentException(trigger + " is no request");
        }
    }
}
