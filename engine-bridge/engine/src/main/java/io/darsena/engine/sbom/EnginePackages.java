package io.darsena.engine.sbom;

import io.darsena.bridge.container.Container;
import io.darsena.bridge.container.ContainerId;
import io.darsena.bridge.container.Containers;
import io.darsena.bridge.error.NotFoundException;
import io.darsena.bridge.image.Image;
import io.darsena.bridge.image.ImageId;
import io.darsena.bridge.image.Images;
import io.darsena.bridge.layer.TreeSource;
import io.darsena.bridge.sbom.PackageListing;
import io.darsena.bridge.sbom.Packages;
import io.darsena.bridge.sbom.SbomFormat;
import io.darsena.engine.content.StorageFailure;
import io.darsena.engine.layer.ReadableTree;
import io.darsena.engine.paths.EnginePaths;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Comparator;
import java.util.function.Function;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Finds the packages of images of the local cache and of containers. Safe for use by several threads; it keeps
/// nothing.
public final class EnginePackages implements Packages {

    private static final Logger LOG = LoggerFactory.getLogger(EnginePackages.class);

    private final EnginePaths paths;
    private final Images images;
    private final Containers containers;
    private final Function<TreeSource, ReadableTree> trees;
    private final String version;

    /// @param version of Darsena, for documents
    public EnginePackages(
            EnginePaths paths,
            Images images,
            Containers containers,
            Function<TreeSource, ReadableTree> trees,
            String version) {
        this.paths = paths;
        this.images = images;
        this.containers = containers;
        this.trees = trees;
        this.version = version;
    }

    @Override
    public PackageListing list(TreeSource source) {
        ReadableTree tree = trees.apply(source);
        try {
            // Where what is half made lies: a crash leaves nothing for longer than to the next start.
            Path scratch = Files.createTempDirectory(paths.ingest(), "packages-");
            try {
                return new PackageSearch(tree, scratch).run();
            } finally {
                delete(scratch);
            }
        } catch (IOException failure) {
            throw StorageFailure.of("find", "packages", failure);
        }
    }

    private static void delete(Path scratch) {
        try (Stream<Path> files = Files.walk(scratch)) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(file);
            }
        } catch (IOException leftover) {
            LOG.warn("{} stays behind until the next start", scratch, leftover);
        }
    }

    @Override
    public InputStream document(TreeSource source, SbomFormat format) {
        PackageListing listing = list(source);
        SbomSubject subject = subject(source);
        Instant now = Instant.now();
        byte[] document = switch (format) {
            case SPDX -> new SpdxDocument(subject, listing, version).bytes(now);
            case CYCLONEDX -> new CycloneDxDocument(subject, listing, version).bytes(now);
        };
        return new ByteArrayInputStream(document);
    }

    private SbomSubject subject(TreeSource source) {
        return switch (source) {
            case TreeSource.OfImage(ImageId image, int layer) -> SbomSubject.of(image(image), layer);
            case TreeSource.OfContainer(ContainerId id) -> {
                Container container = containers.container(id);
                yield SbomSubject.of(container, image(container.image()));
            }
        };
    }

    private Image image(ImageId id) {
        return images.find(id.toString())
                .orElseThrow(() -> new NotFoundException(
                        "find the packages of", "image " + id.shortId(), "there is no such image", ""));
    }
}
