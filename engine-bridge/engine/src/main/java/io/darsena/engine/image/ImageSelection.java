package io.darsena.engine.image;

import io.darsena.bridge.error.CorruptedException;
import io.darsena.bridge.error.InvalidRequestException;
import io.darsena.bridge.error.NotFoundException;
import io.darsena.bridge.image.Digest;
import io.darsena.bridge.image.ImageReference;
import io.darsena.engine.content.BlobStore;
import io.darsena.engine.image.document.ConfigDocument;
import io.darsena.engine.image.document.Descriptor;
import io.darsena.engine.image.document.ImageIndex;
import io.darsena.engine.image.document.Manifest;
import io.darsena.engine.image.document.MediaType;
import io.darsena.engine.image.document.Platform;
import io.darsena.engine.image.document.References;
import java.io.ByteArrayInputStream;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/// Finds in a source the images for one machine, with their names, and reads their documents. An index may stand
/// in an index, some levels deep.
final class ImageSelection {

    private static final int DEEPEST_INDEX = 4;
    private static final int MOST_DOCUMENTS = 4_000;
    static final String REFERENCE = "org.opencontainers.image.ref.name";
    static final String CONTAINERD_NAME = "io.containerd.image.name";

    private final String operation;
    private final ImageDocuments source;
    private final BlobStore blobs;
    private final Holdings.Hold hold;
    private final Platform machine;
    private final TreeSet<String> otherPlatforms = new TreeSet<>();
    private final Set<Digest> unsuitable = new HashSet<>();
    private int documents;

    /// @param operation a verb for messages
    /// @param machine what the image is to run on
    ImageSelection(String operation, ImageDocuments source, BlobStore blobs, Holdings.Hold hold, Platform machine) {
        this.operation = operation;
        this.source = source;
        this.blobs = blobs;
        this.hold = hold;
        this.machine = machine;
    }

    /// @param index what led to it besides `index.json`
    /// @param names may be empty
    record SelectedImage(
            Descriptor descriptor,
            Manifest manifest,
            ConfigDocument config,
            Optional<Descriptor> index,
            List<ImageReference> names) {

        SelectedImage called(List<ImageReference> others) {
            return new SelectedImage(descriptor, manifest, config, index, others);
        }
    }

    /// @param layout the bytes of the source's `index.json`
    /// @throws InvalidRequestException when none is for this machine
    List<SelectedImage> select(byte[] layout) {
        Map<Object, List<Descriptor>> groups = new LinkedHashMap<>();
        for (Descriptor each : ImageIndex.parse(layout, "index.json").manifests()) {
            groups.computeIfAbsent(key(each), unused -> new ArrayList<>()).add(each);
        }
        List<SelectedImage> images = new ArrayList<>();
        groups.forEach((key, descriptors) -> best(descriptors)
                .map(found -> through(index(descriptors, layout, groups.size()), found))
                .ifPresent(
                        found -> images.add(key instanceof ImageReference name ? found.called(List.of(name)) : found)));
        if (images.isEmpty()) {
            throw new InvalidRequestException(
                    operation,
                    source.name(),
                    contents() + ", and this machine is " + machine,
                    "get one for " + machine);
        }
        if (images.size() == 1 && images.getFirst().names().isEmpty()) {
            return List.of(images.getFirst()
                    .called(SourceName.reference("latest", source.name()).stream()
                            .toList()));
        }
        return images;
    }

    /// The image that one manifest or index describes.
    ///
    /// @throws NotFoundException when it is none for this machine
    SelectedImage under(Descriptor target, List<ImageReference> names) {
        SelectedImage found = best(List.of(target)).orElseThrow(this::notFound);
        return through(index(target), found).called(names);
    }

    private NotFoundException notFound() {
        return new NotFoundException(
                operation,
                source.name(),
                contents() + ", none for " + machine,
                "ask for one of those, or for another tag");
    }

    private String contents() {
        return otherPlatforms.isEmpty()
                ? "it holds no image"
                : "it holds images for " + String.join(", ", otherPlatforms);
    }

    private static SelectedImage through(Optional<Descriptor> index, SelectedImage image) {
        return new SelectedImage(image.descriptor(), image.manifest(), image.config(), index, image.names());
    }

    /// What names one image for several platforms, or with statements about it: an index, or where nothing
    /// else stands in it `index.json` itself.
    private Optional<Descriptor> index(List<Descriptor> descriptors, byte[] layout, int groups) {
        Descriptor first = descriptors.getFirst();
        boolean stated =
                groups == 1 && References.of(layout).stream().anyMatch(each -> each.isAttestationOf(first.digest()));
        if (descriptors.size() == 1 && !stated) {
            return index(first);
        }
        if (groups > 1) {
            return Optional.empty();
        }
        Digest digest = blobs.takeUnnamed(
                "index of " + source.name(), layout.length, new ByteArrayInputStream(layout), unused -> {}, hold::on);
        return Optional.of(new Descriptor(MediaType.OCI_INDEX, digest, layout.length));
    }

    private static Optional<Descriptor> index(Descriptor target) {
        return Optional.of(target).filter(each -> each.mediaType().isIndex());
    }

    /// Descriptors of one name are one image for several platforms; so are nameless ones that tell their
    /// platform. A nameless one without a platform is an image of its own.
    private Object key(Descriptor descriptor) {
        Map<String, String> annotations = descriptor.annotations();
        String name = annotations.getOrDefault(CONTAINERD_NAME, annotations.getOrDefault(REFERENCE, ""));
        Optional<ImageReference> reference = SourceName.reference(name, source.name());
        if (reference.isPresent()) {
            return reference.get();
        }
        return descriptor.platform().isPresent() ? "platforms" : descriptor.digest();
    }

    private Optional<SelectedImage> best(List<Descriptor> descriptors) {
        Set<Descriptor> manifests = new LinkedHashSet<>();
        Set<Digest> indexes = new HashSet<>();
        descriptors.forEach(each -> flatten(each, 0, indexes, manifests));
        for (Descriptor each : ImageIndex.suitable(manifests.stream(), machine)) {
            Optional<SelectedImage> image = read(each);
            if (image.isPresent()) {
                return image;
            }
        }
        manifests.stream()
                .flatMap(each -> each.platform().stream())
                .forEach(platform -> otherPlatforms.add(platform.toString()));
        return Optional.empty();
    }

    /// @param indexes what was read already: a few bytes could otherwise lead to the same a million times
    private void flatten(Descriptor descriptor, int depth, Set<Digest> indexes, Set<Descriptor> into) {
        if (descriptor.mediaType().isManifest()) {
            into.add(descriptor);
        } else if (!descriptor.mediaType().isIndex()) {
            throw broken(descriptor, "it is " + descriptor.mediaType() + ", neither a manifest nor an index");
        } else if (depth == DEEPEST_INDEX) {
            throw broken(descriptor, "indexes stand in each other more than " + DEEPEST_INDEX + " deep");
        } else if (indexes.add(descriptor.digest())) {
            ImageIndex.parse(document(descriptor), "index " + descriptor.digest())
                    .manifests()
                    .forEach(each -> flatten(each, depth + 1, indexes, into));
        }
    }

    private Optional<SelectedImage> read(Descriptor descriptor) {
        if (unsuitable.contains(descriptor.digest())) {
            return Optional.empty();
        }
        Manifest manifest = Manifest.parse(document(descriptor), "manifest " + descriptor.digest());
        Descriptor configBlob = manifest.config();
        ConfigDocument config = ConfigDocument.parse(document(configBlob), "config " + configBlob.digest());
        if (machine.suitability(config.platform()).isEmpty()) {
            otherPlatforms.add(config.platform().toString());
            unsuitable.add(descriptor.digest());
            return Optional.empty();
        }
        int layers = manifest.layers().size();
        if (config.diffIds().size() != layers) {
            throw broken(
                    descriptor,
                    "it has " + layers + " layers, and its config tells of "
                            + config.diffIds().size());
        }
        return Optional.of(new SelectedImage(descriptor, manifest, config, Optional.empty(), List.of()));
    }

    private byte[] document(Descriptor descriptor) {
        documents++;
        if (documents > MOST_DOCUMENTS) {
            throw broken(descriptor, "more than " + MOST_DOCUMENTS + " manifests and configs would be read");
        }
        hold.on(descriptor.digest());
        return source.document(descriptor, blobs);
    }

    private CorruptedException broken(Descriptor descriptor, String reason) {
        return new CorruptedException(operation, "manifest " + descriptor.digest(), reason, "");
    }
}
