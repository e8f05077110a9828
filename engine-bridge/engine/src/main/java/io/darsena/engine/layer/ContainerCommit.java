package io.darsena.engine.layer;

import io.darsena.bridge.container.Container;
import io.darsena.bridge.container.ContainerId;
import io.darsena.bridge.container.ContainerStatus;
import io.darsena.bridge.container.Containers;
import io.darsena.bridge.error.ConflictException;
import io.darsena.bridge.error.DeniedException;
import io.darsena.bridge.error.FailedException;
import io.darsena.bridge.error.NotFoundException;
import io.darsena.bridge.image.Image;
import io.darsena.bridge.layer.Commit;
import io.darsena.bridge.layer.Committed;
import io.darsena.bridge.layer.FilePath;
import io.darsena.bridge.layer.FileTree;
import io.darsena.bridge.layer.TreeSource;
import io.darsena.engine.content.StorageFailure;
import io.darsena.engine.image.ImageCache;
import io.darsena.engine.paths.EnginePaths;
import io.darsena.runtime.ArchiveForm;
import io.darsena.runtime.ArchivePlan;
import io.darsena.runtime.ContainerRuntime;
import io.darsena.runtime.PathMissingException;
import io.darsena.runtime.RuntimeUnavailableException;
import io.darsena.runtime.TreeArchive;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.function.Function;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Makes an image of a container's: what the container has written becomes one more layer. The image is laid out beside
/// the cache and imported like any other, so that a crash leaves what the next start clears away.
final class ContainerCommit {

    private static final Logger LOG = LoggerFactory.getLogger(ContainerCommit.class);

    private static final String OPERATION = "commit";

    private final EnginePaths paths;
    private final ContainerRuntime runtime;
    private final ImageCache images;
    private final Containers containers;
    private final Function<TreeSource, TreeFiles> files;

    ContainerCommit(
            EnginePaths paths,
            ContainerRuntime runtime,
            ImageCache images,
            Containers containers,
            Function<TreeSource, TreeFiles> files) {
        this.paths = paths;
        this.runtime = runtime;
        this.images = images;
        this.containers = containers;
        this.files = files;
    }

    Committed run(ContainerId id, Commit commit) {
        Container container = containers.container(id);
        String subject = "container " + container.name();
        Path directory = paths.ingest().resolve("commit-" + UUID.randomUUID());
        try {
            CommitLayout layout = new CommitLayout(directory);
            TreeArchive.Summary written = writeLayer(container, commit, layout, subject);
            Image base = images.find(container.image().toString())
                    .orElseThrow(() -> new NotFoundException(OPERATION, subject, "its image is gone", ""));
            layout.describe(images.exchange(), base, container, commit, written.entries() > 0, Instant.now());
            return new Committed(images.take(directory, commit.name().stream().toList()), written.skipped());
        } catch (IOException failure) {
            throw StorageFailure.of(OPERATION, subject, failure);
        } catch (PathMissingException gone) {
            throw new ConflictException(
                    OPERATION,
                    "/" + gone.failure().object() + " of " + subject,
                    "it has gone meanwhile",
                    "commit again what is there now");
        } catch (RuntimeUnavailableException failure) {
            throw new FailedException(OPERATION, subject, String.valueOf(failure.getMessage()), "");
        } finally {
            forget(directory);
        }
    }

    private TreeArchive.Summary writeLayer(Container container, Commit commit, CommitLayout layout, String subject)
            throws IOException {
        boolean pauses = commit.pauses() && container.status() == ContainerStatus.RUNNING;
        if (pauses) {
            pause(container.id());
        }
        try {
            TreeFiles seen = files.apply(new TreeSource.OfContainer(container.id()));
            CommitPlan plan = new CommitPlan(seen);
            ArchivePlan wanted =
                    commit.paths().isEmpty() ? plan.all() : plan.chosen(changed(seen.tree(), commit.paths(), subject));
            try (TreeArchive archive = runtime.archive(seen.roots(), ArchiveForm.LAYER, wanted)) {
                layout.layer(archive.tar());
                return archive.summary();
            }
        } finally {
            if (pauses) {
                containers.resume(container.id());
            }
        }
    }

    private void pause(ContainerId id) {
        try {
            containers.pause(id);
        } catch (DeniedException unable) {
            throw new DeniedException(
                    unable.operation(),
                    unable.subject(),
                    unable.reason(),
                    unable.remedy() + ", or commit without pausing it");
        }
    }

    private static List<Integer> changed(FileTree tree, List<FilePath> paths, String subject) {
        List<Integer> nodes = new ArrayList<>();
        for (FilePath path : paths) {
            int node = tree.find(path);
            if (node == FileTree.NONE || !ContainerRevert.isTouched(tree, node)) {
                throw new NotFoundException(
                        OPERATION, "/" + path + " of " + subject, "nothing has changed there", "choose what has");
            }
            nodes.add(node);
        }
        return nodes;
    }

    private void forget(Path directory) {
        try {
            runtime.delete(directory);
        } catch (RuntimeUnavailableException leftover) {
            LOG.warn("what a commit laid out stays behind until the next start", leftover);
        }
    }
}
