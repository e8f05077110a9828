package io.darsena.engine.container;

import io.darsena.bridge.container.ContainerId;
import io.darsena.bridge.container.Signal;
import io.darsena.runtime.ContainerRuntime;
import io.darsena.runtime.ContainerRuntime.Reconnected;
import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Clears away what a crash has left of containers that do not exist: directories, sockets, cgroups.
final class Leftovers {

    private static final Logger LOG = LoggerFactory.getLogger(Leftovers.class);

    private final ContainerSurroundings around;
    private final Predicate<ContainerId> exists;

    Leftovers(ContainerSurroundings around, Predicate<ContainerId> exists) {
        this.around = around;
        this.exists = exists;
    }

    void clear() {
        Set<ContainerId> orphans = new HashSet<>(ContainerDirectory.present(around.paths()));
        orphans.addAll(around.cgroups().present());
        orphans.removeIf(exists);
        orphans.forEach(this::clear);
        clearRunDirectories();
    }

    private void clear(ContainerId orphan) {
        LOG.info("clearing away what is left of container {}", orphan.shortId());
        ContainerDirectory directory = new ContainerDirectory(around.paths(), around.runtime(), orphan);
        try {
            end(directory);
            around.cgroups().remove(orphan);
            directory.delete();
        } catch (RuntimeException failure) {
            LOG.warn("what is left of container {} stays", orphan.shortId(), failure);
        }
    }

    /// A monitor may be there still, when the database was replaced for one.
    private void end(ContainerDirectory directory) {
        if (!Files.isDirectory(directory.run())) {
            return;
        }
        Optional<Reconnected> found = around.runtime()
                .reconnect(
                        directory.run(),
                        directory.state(),
                        ContainerRuntime.ANY_RUN,
                        exit -> LOG.debug("an orphan ended: {}", exit));
        if (found.orElse(null) instanceof Reconnected.Alive(var sandbox)) {
            sandbox.signal(Signal.KILL.number());
            sandbox.close();
        }
    }

    /// Run directories bear half an id: those of existing containers were seen to already.
    private void clearRunDirectories() {
        Set<Path> owned = new HashSet<>();
        for (ContainerId id : ContainerDirectory.present(around.paths())) {
            owned.add(around.paths().containerRun(id));
        }
        Path parent =
                around.paths().containerRun(new ContainerId("0".repeat(64))).getParent();
        if (parent == null || !Files.isDirectory(parent)) {
            return;
        }
        try (DirectoryStream<Path> entries = Files.newDirectoryStream(parent)) {
            for (Path entry : entries) {
                if (!owned.contains(entry)) {
                    around.runtime().delete(entry);
                }
            }
        } catch (IOException | RuntimeException failure) {
            LOG.warn("sockets of containers that are gone stay in {}", parent, failure);
        }
    }
}
