package io.darsena.engine.image;

import io.darsena.bridge.error.ConflictException;
import io.darsena.bridge.error.InvalidRequestException;
import io.darsena.bridge.error.NotFoundException;
import io.darsena.bridge.event.EngineEvent;
import io.darsena.bridge.event.EngineEvent.ImageAction;
import io.darsena.bridge.image.ArchiveFormat;
import io.darsena.bridge.image.DiffId;
import io.darsena.bridge.image.Digest;
import io.darsena.bridge.image.Image;
import io.darsena.bridge.image.ImageId;
import io.darsena.bridge.image.ImageReference;
import io.darsena.bridge.image.Images;
import io.darsena.bridge.image.TransferProgress;
import io.darsena.bridge.layer.DockerfileLines;
import io.darsena.bridge.trash.TrashRefusal;
import io.darsena.engine.content.BlobStore;
import io.darsena.engine.content.FreeSpace;
import io.darsena.engine.event.EventSink;
import io.darsena.engine.image.ImageSelection.SelectedImage;
import io.darsena.engine.image.document.Platform;
import io.darsena.engine.paths.EnginePaths;
import io.darsena.engine.store.Database;
import io.darsena.engine.store.Session;
import io.darsena.runtime.ContainerRuntime;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;

/// The local image cache on disk. An image exists from the moment its rows do, and its rows are written last; it
/// ceases to exist when they are deleted, and they are deleted first. Safe for use by several threads.
public final class ImageCache implements Images, ImageStore {

    private final EnginePaths paths;
    private final Database database;
    private final BlobStore blobs;
    private final LayerStore layers;
    private final Holdings holdings;
    private final ImageReader reader;
    private final ImageExport export;
    private final ImageExchange exchange;
    private final StoredProvenance provenance;
    private final ImageUsers users;
    private final PartialBlobs partials;
    private final ContainerRuntime runtime;
    private final EventSink events;
    private final Function<? super Images, ImageId> starter;

    /// Opens the cache and puts everything aside that a crash has left half done.
    ///
    /// @param starter imports the starter image
    public ImageCache(
            EnginePaths paths,
            Database database,
            ContainerRuntime runtime,
            ImageUsers users,
            EventSink events,
            Function<? super Images, ImageId> starter) {
        this.paths = paths;
        this.database = database;
        this.users = users;
        this.runtime = runtime;
        this.events = events;
        this.starter = starter;
        blobs = new BlobStore(paths);
        layers = new LayerStore(paths, database, blobs, runtime);
        holdings = new Holdings(database, blobs, layers);
        reader = new ImageReader(database, blobs);
        provenance = new StoredProvenance(database, blobs);
        export = new ImageExport(database, blobs, reader, holdings);
        partials = new PartialBlobs(paths);
        LayerDownloads downloads = new LayerDownloads(blobs, layers, partials, new FreeSpace(paths.data()));
        ImagePull pull = new ImagePull(paths, database, blobs, layers, holdings, partials, downloads);
        OutgoingImages outgoing = new OutgoingImages(database, blobs, reader, holdings);
        ProvenancePull provenancePull = new ProvenancePull(database, blobs, holdings);
        exchange = new ImageExchange(database, blobs, partials, pull, provenancePull, outgoing, this::changed);
        new Leftovers(paths, database, blobs, layers, partials, users).sweep();
    }

    /// What registries bring and get.
    public ImageExchange exchange() {
        return exchange;
    }

    /// What of it nobody needs.
    ///
    /// @param awaited names that something waits to work with
    public ImagePrune prune(Supplier<Set<ImageReference>> awaited) {
        StoredBytes stored = new StoredBytes(paths, blobs, runtime);
        return new ImagePrune(database, reader, holdings, partials, stored, users, events, awaited);
    }

    Holdings holdings() {
        return holdings;
    }

    PartialBlobs partials() {
        return partials;
    }

    @Override
    public List<Image> list() {
        return reader.all();
    }

    @Override
    public Optional<Image> find(String nameOrId) {
        return reader.find(nameOrId);
    }

    @Override
    public Image require(String operation, String nameOrId) {
        return find(nameOrId)
                .orElseThrow(() -> new NotFoundException(
                        operation,
                        "image " + nameOrId,
                        "there is no such image",
                        "import it first, or see the list of images"));
    }

    private Image require(String operation, ImageId id) {
        return reader.find(id).orElseThrow(() -> missing(operation, id));
    }

    private static void requireRow(Session session, String operation, ImageId id) throws SQLException {
        if (ImageRows.find(session, id).isEmpty()) {
            throw missing(operation, id);
        }
    }

    private static NotFoundException missing(String operation, ImageId id) {
        return new NotFoundException(operation, "image " + id.shortId(), "there is no such image", "");
    }

    /// A layer that an image has twice counts once, where it is uppermost: an overlay takes no directory twice,
    /// and what the lower one shows the upper one shows too.
    @Override
    public List<Path> layerDirectories(ImageId image) {
        Set<DiffId> topmostFirst = new LinkedHashSet<>();
        database.read(session -> {
            ImageRows.ImageRow row =
                    ImageRows.find(session, image).orElseThrow(() -> missing("find the layers of", image));
            row.parents().ifPresent(topmostFirst::add);
            ImageRows.layers(session, image).reversed().forEach(layer -> topmostFirst.add(layer.diffId()));
            return topmostFirst;
        });
        return topmostFirst.stream().map(paths::layerContent).toList();
    }

    @Override
    public Optional<byte[]> rootDirectory(ImageId image) {
        List<Path> topmostFirst = database.read(session -> ImageRows.layers(session, image).reversed().stream()
                .map(layer -> paths.layerIndex(layer.diffId()))
                .toList());
        return LayerParents.root(topmostFirst);
    }

    /// @param operation a verb for the message
    /// @throws NotFoundException when there is no such image
    public LayeredImage layered(String operation, ImageId image) {
        return database.read(session -> {
            requireRow(session, operation, image);
            List<LayeredImage.Layer> found = new ArrayList<>();
            for (ImageRows.ImageLayerRow row : ImageRows.layers(session, image)) {
                found.add(new LayeredImage.Layer(
                        row.diffId(),
                        paths.layerIndex(row.diffId()),
                        paths.layerContent(row.diffId()),
                        row.contentBytes(),
                        row.storedBytes(),
                        row.entries()));
            }
            return new LayeredImage(reader.config(image), found);
        });
    }

    /// From which lines of a Dockerfile each layer of an image came, the lowest first, as far as that is
    /// told and here.
    public List<Optional<DockerfileLines>> dockerfileLines(ImageId image) {
        return provenance.lines(image);
    }

    @Override
    public List<ImageId> importFrom(Path source, Consumer<? super TransferProgress> progress) {
        return importFrom(source, UnaryOperator.identity(), progress);
    }

    /// Imports the one image of a layout, by these names and no others.
    public ImageId take(Path layout, List<ImageReference> names) {
        return importFrom(layout, image -> image.called(names), told -> {}).getFirst();
    }

    private List<ImageId> importFrom(
            Path source, UnaryOperator<SelectedImage> seen, Consumer<? super TransferProgress> progress) {
        ProgressMeter meter = new ProgressMeter(String.valueOf(source.getFileName()), progress);
        Set<ImageId> imported = new LinkedHashSet<>();
        try (Holdings.Hold hold = holdings.hold()) {
            ImageLayout opened = open(source, hold, meter);
            meter.begin("verifying", 0);
            List<SelectedImage> images = new ImageSelection("import", opened, blobs, hold, Platform.ofThisMachine())
                    .select(opened.index()).stream().map(seen).toList();
            for (SelectedImage image : images) {
                ImageImport.Imported one = new ImageImport(paths, database, blobs, layers)
                        .run(image, opened, new ArchivedLayers(opened, blobs, layers, meter), Optional.empty(), hold);
                one.renamed().forEach(loser -> changed(loser, ImageAction.UNTAG));
                changed(one.id(), ImageAction.IMPORT);
                imported.add(one.id());
            }
        }
        return List.copyOf(imported);
    }

    @Override
    public void save(
            List<String> images, ArchiveFormat format, Path file, Consumer<? super TransferProgress> progress) {
        export.run(images, format, file, progress);
    }

    @Override
    public void save(
            List<String> images,
            ArchiveFormat format,
            OutputStream stream,
            Consumer<? super TransferProgress> progress) {
        export.run(images, format, stream, progress);
    }

    private ImageLayout open(Path source, Holdings.Hold hold, ProgressMeter meter) {
        if (Files.isDirectory(source)) {
            return LayoutDirectory.open(source);
        }
        meter.begin("reading", source.toFile().length());
        return LayoutArchive.open(source, paths.nativeLibraries(), blobs, hold, meter::add);
    }

    private void changed(ImageId id, ImageAction action) {
        reader.find(id).ifPresent(image -> events.emit(new EngineEvent.ImageChanged(image, action, Instant.now())));
    }

    @Override
    public ImageId restoreStarter() {
        return starter.apply(this);
    }

    @Override
    public void tag(ImageId id, ImageReference name) {
        if (name.digest().isPresent() || name.tag().isEmpty()) {
            throw new InvalidRequestException(
                    "tag", "image " + id.shortId(), "'" + name.familiar() + "' has a digest", "give a name with a tag");
        }
        Optional<ImageId> before = database.write(session -> {
            requireRow(session, "tag", id);
            Optional<ImageId> bearer = ImageRows.named(session, name);
            ImageRows.name(session, name, id, IndexRows.newestOf(session, id));
            return bearer;
        });
        before.filter(other -> !other.equals(id)).ifPresent(other -> changed(other, ImageAction.UNTAG));
        changed(id, ImageAction.TAG);
    }

    @Override
    public void untag(ImageReference name) {
        ImageId bearer = database.write(session -> {
            if (name.digest().isPresent()) {
                return untagDigest(session, name);
            }
            ImageId found = ImageRows.named(session, name).orElseThrow(() -> unborn(name));
            ImageRows.unname(session, name, found);
            return found;
        });
        changed(bearer, ImageAction.UNTAG);
    }

    private static ImageId untagDigest(Session session, ImageReference name) throws SQLException {
        ImageId found = ImageReader.known(session, name.withoutTag()).orElseThrow(() -> unborn(name));
        ImageRows.forgetAs(session, name.withoutTag(), found);
        return found;
    }

    private static NotFoundException unborn(ImageReference name) {
        return new NotFoundException("untag", name.familiar(), "no image bears this name", "");
    }

    @Override
    public void remove(ImageId id) {
        List<Digest> gone = new ArrayList<>(List.of(id.digest()));
        LayerRows.Unneeded unneeded = database.write(session -> {
            ImageRows.ImageRow row = ImageRows.find(session, id).orElseThrow(() -> missing("remove", id));
            refuseIfUsed(id, ImageRows.names(session, id));
            gone.add(row.manifest());
            ImageRows.delete(session, id);
            gone.addAll(IndexRows.deleteUnneeded(session));
            return LayerRows.deleteUnneeded(session);
        });
        gone.addAll(unneeded.blobs());
        reader.forget(id);
        events.emit(new EngineEvent.ImageRemoved(id, Instant.now()));
        database.makeDurable();
        holdings.removeUnneeded(gone, unneeded.layers());
    }

    @Override
    public void forceRemove(ImageId id) {
        if (users.usersOf(id).isEmpty()) {
            users.purgeUsersOf(id);
        }
        remove(id);
    }

    private void refuseIfUsed(ImageId id, List<ImageReference> names) {
        String name = names.isEmpty() ? id.shortId() : names.getFirst().familiar();
        List<String> containers = users.usersOf(id);
        if (!containers.isEmpty()) {
            boolean one = containers.size() == 1;
            throw new ConflictException(
                    "remove",
                    "image " + name,
                    (one ? "container " : "containers ")
                            + String.join(", ", containers)
                            + (one ? " uses it" : " use it"),
                    one ? "remove the container first" : "remove the containers first");
        }
        List<String> trashed = users.trashedUsersOf(id);
        if (!trashed.isEmpty()) {
            throw TrashRefusal.pinned(name, trashed);
        }
    }

    @Override
    public String inspect(ImageId id) {
        Image image = require("inspect", id);
        return new ImageInspection(paths, blobs).of(image, users.usersOf(id));
    }
}
