package io.darsena.bridge.fake;

import io.darsena.bridge.container.Container;
import io.darsena.bridge.container.ContainerId;
import io.darsena.bridge.error.InvalidRequestException;
import io.darsena.bridge.error.NotFoundException;
import io.darsena.bridge.image.Image;
import io.darsena.bridge.image.ImageId;
import io.darsena.bridge.image.ImageReference;
import io.darsena.bridge.image.TransferProgress;
import io.darsena.bridge.layer.ArchiveNames;
import io.darsena.bridge.layer.Commit;
import io.darsena.bridge.layer.Committed;
import io.darsena.bridge.layer.ComparedContents;
import io.darsena.bridge.layer.Duplicates;
import io.darsena.bridge.layer.Duplicates.Copy;
import io.darsena.bridge.layer.Duplicates.Group;
import io.darsena.bridge.layer.Duplicates.Rewritten;
import io.darsena.bridge.layer.ExtendedAttribute;
import io.darsena.bridge.layer.FileChange;
import io.darsena.bridge.layer.FileFilter;
import io.darsena.bridge.layer.FileKind;
import io.darsena.bridge.layer.FilePath;
import io.darsena.bridge.layer.FileTree;
import io.darsena.bridge.layer.FileTreeBuilder;
import io.darsena.bridge.layer.FileTreeBuilder.Facts;
import io.darsena.bridge.layer.HiddenLater;
import io.darsena.bridge.layer.HiddenSearch;
import io.darsena.bridge.layer.LayerStep;
import io.darsena.bridge.layer.Layers;
import io.darsena.bridge.layer.NodeSet;
import io.darsena.bridge.layer.PackageCache;
import io.darsena.bridge.layer.TreeComparison;
import io.darsena.bridge.layer.TreeSource;
import io.darsena.bridge.layer.TreeTar;
import io.darsena.bridge.layer.Waste;
import io.darsena.bridge.layer.Waste.Hidden;
import java.io.ByteArrayInputStream;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.BitSet;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import java.util.stream.Stream;

/// The layers of a [FakeEngine]'s images. What was not told has one file a layer.
final class FakeLayers implements Layers {

    private static final long MODIFIED = 1_767_225_600;
    private static final long LARGEST_CONTENT = 1 << 20;
    private static final long SMALLEST_COMPARED = 4096;
    private static final int MOST_HIDDEN = 10_000;

    /// A chequered PNG of 64 × 64 points.
    private static final String PICTURE =
            "iVBORw0KGgoAAAANSUhEUgAAAEAAAABACAMAAACdt4HsAAAABlBMVEUvb93ysTT260MGAAAANUlEQVR42u3WIQ4AMA"
                    + "wCQPr/T0/VYOqXw5KcQJGppHL1AQAA3wA2AQAA2xsNAAD4BwAAoPIAFA8IAYv/7sYAAAAASUVORK5CYII=";

    private final FakeEngine engine;
    private final Map<ImageId, List<FakeLayer>> told = new ConcurrentHashMap<>();
    private final Map<ContainerId, FakeLayer> changes = new ConcurrentHashMap<>();
    private final Map<FilePath, List<ExtendedAttribute>> attributes = new ConcurrentHashMap<>();
    private final AtomicInteger open = new AtomicInteger();
    private final Map<ImageId, Commit> commits = new ConcurrentHashMap<>();

    FakeLayers(FakeEngine engine) {
        this.engine = engine;
    }

    void tell(ImageId image, List<FakeLayer> layers) {
        told.put(image, List.copyOf(layers));
    }

    private Image image(ImageId id) {
        return engine.images()
                .find(id.toString())
                .orElseThrow(() -> new NotFoundException(
                        "show the layers of", "image " + id.shortId(), "there is no such image", ""));
    }

    private List<FakeLayer> of(ImageId id) {
        Image image = image(id);
        return told.getOrDefault(
                id,
                image.layers().stream()
                        .map(layer -> FakeLayer.of(layer.createdBy(), "f " + layer.size() + " content"))
                        .toList());
    }

    @Override
    public List<LayerStep> steps(ImageId image) {
        engine.failIfAsked("show layers");
        List<LayerStep> steps = new ArrayList<>();
        List<Image.Layer> stored = image(image).layers();
        int number = 0;
        List<FakeLayer> layers = of(image);
        for (FakeLayer layer : layers) {
            Optional<Commit> commit =
                    Optional.ofNullable(commits.get(image)).filter(made -> steps.size() == layers.size() - 1);
            String author = commit.map(Commit::author).orElse("");
            String message = commit.map(Commit::message).orElse("");
            if (layer.entries().isEmpty()) {
                steps.add(new LayerStep(
                        OptionalInt.empty(),
                        Optional.empty(),
                        layer.instruction(),
                        Optional.empty(),
                        author,
                        message,
                        0,
                        0,
                        0,
                        Optional.empty()));
                continue;
            }
            Image.Layer here = stored.get(number++);
            steps.add(new LayerStep(
                    OptionalInt.of(number),
                    Optional.of(here.diffId()),
                    layer.instruction(),
                    Optional.empty(),
                    author,
                    message,
                    here.size(),
                    here.storedSize(),
                    layer.entries().size(),
                    layer.lines()));
        }
        return steps;
    }

    /// What a container has written; it replaces what was told before.
    void change(ContainerId container, FakeLayer layer) {
        changes.put(container, layer);
    }

    private List<FakeLayer> layers(ImageId image) {
        return of(image).stream().filter(each -> !each.entries().isEmpty()).toList();
    }

    @Override
    public FileTree tree(ImageId image, int layer) {
        engine.failIfAsked("show files");
        engine.waitWhileHeld("show files");
        return stacked(layersUpTo(image, layer));
    }

    private static FileTree stacked(List<FakeLayer> layers) {
        FileTreeBuilder tree = new FileTreeBuilder(64);
        for (int number = 1; number <= layers.size(); number++) {
            lay(tree, layers, number, number == layers.size());
        }
        return tree.build();
    }

    private static void lay(FileTreeBuilder tree, List<FakeLayer> layers, int number, boolean last) {
        tree.begin(number, last);
        List<String> entries = layers.get(number - 1).entries();
        entries.stream().filter(entry -> entry.startsWith("w ")).forEach(entry -> hide(tree, entry));
        List<String> described = layers.get(number - 1).described();
        tree.leaveOut(entries.stream().filter(FakeLayers::isLeftOut).count());
        entries.stream()
                .filter(entry -> !entry.startsWith("w ") && !isLeftOut(entry) && !FakeLayer.isAttribute(entry))
                .forEach(entry -> bring(tree, entry, described));
    }

    @Override
    public HiddenLater hiddenLater(ImageId image, int layer) {
        engine.failIfAsked("show hidden files");
        List<FakeLayer> layers = layers(image);
        if (layer < 1 || layer > layers.size()) {
            throw new NotFoundException("show the files of", "layer " + layer, "there is no such layer", "");
        }
        FileTreeBuilder tree = new FileTreeBuilder(64);
        for (int number = 1; number <= layer; number++) {
            lay(tree, layers, number, number == layer);
        }
        HiddenSearch search = new HiddenSearch(tree, layer);
        for (int number = layer + 1; number <= layers.size(); number++) {
            lay(tree, layers, number, false);
            search.added(number);
        }
        return search.result();
    }

    @Override
    public FileTree tree(TreeSource source) {
        return switch (source) {
            case TreeSource.OfImage(ImageId image, int layer) -> tree(image, layer);
            case TreeSource.OfContainer container -> {
                engine.failIfAsked("show files");
                engine.waitWhileHeld("show files");
                yield stacked(layers(container));
            }
        };
    }

    private List<FakeLayer> layersUpTo(ImageId image, int layer) {
        List<FakeLayer> layers = layers(image);
        if (layer < Math.min(1, layers.size()) || layer > layers.size()) {
            throw new NotFoundException("show the files of", "layer " + layer, "there is no such layer", "");
        }
        return layers.subList(0, layer);
    }

    private List<FakeLayer> layers(TreeSource source) {
        return switch (source) {
            case TreeSource.OfImage(ImageId image, int layer) -> layersUpTo(image, layer);
            case TreeSource.OfContainer(ContainerId id) -> {
                List<FakeLayer> layers =
                        new ArrayList<>(layers(engine.containers().container(id).image()));
                layers.add(changes.getOrDefault(id, FakeLayer.of("")));
                yield layers;
            }
        };
    }

    /// As many bytes as the file has: its text if one was told, else lines that say which layer shows it, of `….bin`
    /// all
    /// that bytes can be, of `….png` a picture.
    @Override
    public InputStream content(TreeSource source, FilePath path) {
        engine.failIfAsked("read file");
        FileTree tree = tree(source);
        return new FakeFile(bytes(layers(source), tree, node(tree, path)));
    }

    int openFiles() {
        return open.get();
    }

    /// In the middle of it something may happen.
    private final class FakeFile extends ByteArrayInputStream {
        private final int size;
        private boolean closed;

        FakeFile(byte[] bytes) {
            super(bytes);
            size = bytes.length;
            open.incrementAndGet();
        }

        @Override
        public int readNBytes(byte[] bytes, int offset, int length) {
            int count = super.readNBytes(bytes, offset, length);
            if (available() < size / 2) {
                engine.failIfAsked("read on");
            }
            return count;
        }

        @Override
        public synchronized void close() {
            if (!closed) {
                closed = true;
                open.decrementAndGet();
            }
        }
    }

    private static int node(FileTree tree, FilePath path) {
        int node = tree.find(path);
        if (node == FileTree.NONE || !tree.isThere(node)) {
            throw new NotFoundException("read", "/" + path, "there is no such file or directory", "");
        }
        return node;
    }

    private static byte[] bytes(List<FakeLayer> layers, FileTree tree, int node) {
        if (tree.kind(node) != FileKind.FILE) {
            throw new InvalidRequestException("read", "/" + tree.path(node), "it is no regular file", "choose a file");
        }
        Optional<String> text = layers.get(tree.layerOf(node) - 1).text(tree.path(node));
        if (text.isPresent()) {
            return text.get().getBytes(StandardCharsets.UTF_8);
        }
        if (tree.path(node).endsWith(".bin")) {
            byte[] all = new byte[(int) Math.min(tree.size(node), LARGEST_CONTENT)];
            for (int at = 0; at < all.length; at++) {
                all[at] = (byte) at;
            }
            return all;
        }
        if (tree.path(node).endsWith(".png")) {
            return Arrays.copyOf(Base64.getDecoder().decode(PICTURE), (int) Math.min(tree.size(node), LARGEST_CONTENT));
        }
        String line = tree.path(node) + " of layer " + tree.layerOf(node) + "\n";
        int size = (int) Math.min(tree.size(node), LARGEST_CONTENT);
        return line.repeat(size / line.length() + 1).substring(0, size).getBytes(StandardCharsets.UTF_8);
    }

    @Override
    public TreeTar archive(TreeSource source, FilePath path, byte[] name) {
        ArchiveNames names = ArchiveNames.of(path, name);
        FileTree tree = tree(source);
        FakeTar tar = new FakeTar();
        add(tar, layers(source), tree, node(tree, path), names);
        long leftOut = layers(source).stream()
                .flatMap(layer -> layer.entries().stream())
                .filter(entry -> isLeftOut(entry) && lies(entry, path.toString()))
                .count();
        return new TreeTar(new ByteArrayInputStream(tar.bytes())) {
            @Override
            public long leftOut() {
                if (((ByteArrayInputStream) in).available() > 0) {
                    throw new IllegalStateException("the tar has not been read to its end");
                }
                return leftOut;
            }
        };
    }

    void tellAttribute(String path, ExtendedAttribute attribute) {
        attributes
                .computeIfAbsent(FilePath.of(path), first -> new CopyOnWriteArrayList<>())
                .add(attribute);
    }

    private List<ExtendedAttribute> attributes(List<FakeLayer> layers, FileTree tree, int node) {
        List<ExtendedAttribute> all = new ArrayList<>(attributes.getOrDefault(tree.filePath(node), List.of()));
        if (tree.layerOf(node) > 0) {
            all.addAll(layers.get(tree.layerOf(node) - 1).attributes(tree.path(node)));
        }
        return all;
    }

    private void add(FakeTar tar, List<FakeLayer> layers, FileTree tree, int node, ArchiveNames names) {
        String name = new String(names.of(tree.filePath(node).bytes()), StandardCharsets.UTF_8);
        if (!name.isEmpty()) {
            boolean file = tree.kind(node) == FileKind.FILE;
            attributes(layers, tree, node).forEach(each -> tar.attribute(each.name(), each.value()));
            tar.add(name, tree.kind(node), tree.link(node), file ? bytes(layers, tree, node) : new byte[0]);
        }
        Arrays.stream(tree.children(node))
                .filter(tree::isThere)
                .boxed()
                .sorted(tree::compareNames)
                .forEach(child -> add(tar, layers, tree, child, names));
    }

    @Override
    public Committed commit(ContainerId id, Commit commit) {
        engine.failIfAsked("commit");
        Container container = engine.containers().container(id);
        Image base = image(container.image());
        List<FakeLayer> layers = new ArrayList<>(of(base.id()));
        FileTree tree = tree(new TreeSource.OfContainer(id));
        FakeLayer own = changes.getOrDefault(id, FakeLayer.of(""));
        for (FilePath path : commit.paths()) {
            int node = tree.find(path);
            if (node == FileTree.NONE || tree.change(node) == FileChange.NONE && tree.touched(node) == 0) {
                throw new NotFoundException("commit", "/" + path, "nothing has changed there", "choose what has");
            }
        }
        List<String> kept = own.entries().stream()
                .filter(entry -> commit.paths().isEmpty()
                        || commit.paths().stream().anyMatch(path -> lies(entry, path.toString())))
                .toList();
        layers.add(new FakeLayer(String.join(" ", container.arguments()), kept));
        String name = commit.name().map(ImageReference::toString).orElse("committed-" + id.shortId() + ":latest");
        ImageId made = engine.addImage(name, commit.config().orElse(base.config()), layers);
        commits.put(made, commit);
        if (commit.name().isEmpty()) {
            engine.images().untag(ImageReference.parse(name));
        }
        long leftOut = kept.stream().filter(FakeLayers::isLeftOut).count();
        return new Committed(made, leftOut);
    }

    @Override
    public void revert(ContainerId id, List<FilePath> paths) {
        engine.failIfAsked("revert");
        engine.waitWhileHeld("revert");
        FileTree tree = tree(new TreeSource.OfContainer(id));
        for (FilePath path : paths) {
            if (path.equals(FilePath.of("etc/hosts"))) {
                throw new InvalidRequestException("revert", "/" + path, "Darsena puts it there anew", "choose others");
            }
            int node = tree.find(path);
            if (node == FileTree.NONE || tree.change(node) == FileChange.NONE && tree.touched(node) == 0) {
                throw new NotFoundException("revert", "/" + path, "nothing has changed there", "choose what has");
            }
        }
        changes.computeIfPresent(
                id,
                (changed, own) -> new FakeLayer(
                        own.instruction(),
                        own.entries().stream()
                                .filter(entry -> paths.stream().noneMatch(path -> lies(entry, path.toString())))
                                .toList()));
    }

    private static boolean isLeftOut(String entry) {
        return entry.startsWith("s ");
    }

    private static boolean lies(String entry, String path) {
        String where = entry.startsWith("f ") ? entry.split(" ", 3)[2] : entry.split(" ", 3)[1];
        return path.isEmpty() || where.equals(path) || where.startsWith(path + "/");
    }

    private static void hide(FileTreeBuilder tree, String entry) {
        int node = FileTree.ROOT;
        for (String part : entry.substring(2).split("/")) {
            byte[] name = part.getBytes(StandardCharsets.UTF_8);
            node = tree.child(node, name, 0, name.length);
        }
        tree.hide(node);
    }

    /// @param described what has extended attributes
    private static void bring(FileTreeBuilder tree, String entry, List<String> described) {
        String[] words = entry.split(" ", 3);
        String path = words[0].equals("f") ? words[2] : words[1];
        int directory = FileTree.ROOT;
        String[] parts = path.split("/");
        for (int i = 0; i < parts.length - 1; i++) {
            byte[] name = parts[i].getBytes(StandardCharsets.UTF_8);
            directory = tree.imply(directory, name, 0, name.length);
        }
        byte[] name = parts[parts.length - 1].getBytes(StandardCharsets.UTF_8);
        FileKind kind = switch (words[0]) {
            case "d" -> FileKind.DIRECTORY;
            case "l" -> FileKind.SYMBOLIC_LINK;
            default -> FileKind.FILE;
        };
        long size = FakeLayer.size(entry);
        int mode = kind == FileKind.FILE ? 0644 : 0755;
        boolean attributes = described.contains(path);
        int node = tree.put(
                directory, name, 0, name.length, kind, new Facts(mode, 0, 0, size, MODIFIED, 0, attributes, false));
        if (kind == FileKind.SYMBOLIC_LINK) {
            byte[] target = words[2].getBytes(StandardCharsets.UTF_8);
            tree.link(node, target, 0, target.length);
        }
    }

    /// Only what is the same path again, or a whiteout of a file.
    @Override
    public Waste waste(TreeSource source) {
        engine.failIfAsked("show waste");
        List<FakeLayer> layers = layers(source);
        List<Hidden> hidden = new ArrayList<>();
        long sizes = layers.stream().mapToLong(FakeLayer::size).sum();
        for (int number = 2; number <= layers.size(); number++) {
            FileTree below = stacked(layers.subList(0, number - 1));
            for (String entry : layers.get(number - 1).entries()) {
                boolean removed = entry.startsWith("w ");
                String path = removed ? entry.substring(2) : fileOf(entry);
                int node = path.isEmpty() ? FileTree.NONE : below.find(path);
                if (node != FileTree.NONE && below.total(node) > 0) {
                    hidden.add(new Hidden(FilePath.of(path), below.total(node), below.layerOf(node), number, removed));
                }
            }
        }
        hidden.sort(Comparator.comparingLong(Hidden::bytes).reversed());
        Waste.Sums sums = Waste.Sums.NONE;
        for (Hidden each : hidden) {
            sums = sums.plus(each.bytes(), each.removed());
        }
        long bytes = sums.bytes();
        List<Hidden> largest = hidden.stream().limit(MOST_HIDDEN).toList();
        FileTree all = stacked(layers);
        double efficiency = sizes == 0 ? 1 : (double) (sizes - bytes) / sizes;
        return Waste.of(sums, efficiency, bytes, all.brought(FileTree.ROOT), largest, all);
    }

    /// The path of a file; of anything else nothing.
    private static String fileOf(String entry) {
        return switch (entry.charAt(0)) {
            case 'f' -> entry.split(" ", 3)[2];
            case 't' -> entry.split(" ", 3)[1];
            default -> "";
        };
    }

    /// Files of the same size whose names end in `.bin`, or in `.png`, have the same content.
    @Override
    public Duplicates duplicates(TreeSource source, Consumer<? super TransferProgress> progress) {
        engine.failIfAsked("compare files");
        List<FakeLayer> layers = layers(source);
        String subject = subject(source);
        FileTree tree = stacked(layers);
        Map<String, List<Copy>> files = new TreeMap<>();
        BitSet cached = PackageCache.contents(tree);
        for (int node : tree.matching(new FileFilter("", Set.of(FileKind.FILE), SMALLEST_COMPARED, false))) {
            if (cached.get(node)) {
                continue;
            }
            content(tree, node)
                    .ifPresent(content -> files.computeIfAbsent(content, any -> new ArrayList<>())
                            .add(new Copy(tree.filePath(node), tree.layerOf(node))));
        }
        files.values().removeIf(copies -> copies.size() == 1);
        List<Group> groups = files.values().stream()
                .map(copies -> new Group(
                        tree.size(tree.find(copies.getFirst().path())),
                        copies.size(),
                        copies.stream()
                                .sorted(Comparator.comparingInt(Copy::layer).thenComparing(Copy::path))
                                .toList()))
                .sorted(Comparator.comparingLong(Group::wasted).reversed())
                .toList();
        long all =
                groups.stream().mapToLong(group -> group.size() * group.count()).sum();
        progress.accept(new TransferProgress("comparing", subject, all / 2, OptionalLong.of(all)));
        engine.waitWhileHeld("compare files");
        List<Rewritten> rewritten = waste(source).hidden().stream()
                .filter(hidden -> !hidden.removed() && isSame(layers, hidden))
                .map(hidden -> new Rewritten(hidden.path(), hidden.bytes(), hidden.broughtBy(), hidden.hiddenBy()))
                .toList();
        int read = groups.stream().mapToInt(Group::count).sum();
        long wasted = groups.stream().mapToLong(Group::wasted).sum();
        return new Duplicates(wasted, groups.size(), groups, rewritten, read, 0);
    }

    @Override
    public ComparedContents compareContents(
            TreeSource before, TreeSource after, TreeComparison files, Consumer<? super TransferProgress> progress) {
        engine.failIfAsked("compare contents");
        List<FakeLayer> then = layers(before);
        List<FakeLayer> now = layers(after);
        String subject = subject(before) + ", " + subject(after);
        if (files.before().layer() != then.size() || files.after().layer() != now.size()) {
            throw new InvalidRequestException(
                    "compare the contents of", subject, "their files are those of other layers", "read them again");
        }
        long all = files.sums().contents().bytes();
        progress.accept(new TransferProgress("comparing", subject, all / 2, OptionalLong.of(all)));
        engine.waitWhileHeld("compare contents");
        FileTree thenNow = stacked(then);
        FileTree nowNow = stacked(now);
        int[] asked = files.uncompared()
                .filter(node ->
                        isStill(thenNow, files.before(), files.twin(node)) && isStill(nowNow, files.after(), node))
                .toArray();
        NodeSet seen = NodeSet.of(Arrays.stream(asked));
        NodeSet differing = NodeSet.of(Arrays.stream(asked)
                .filter(node -> files.kind(node) == FileKind.FILE)
                .filter(node -> !Arrays.equals(
                        bytes(then, files.before(), files.twin(node)), bytes(now, files.after(), node))));
        NodeSet others = NodeSet.of(Arrays.stream(asked)
                .filter(node -> !attributes(then, files.before(), files.twin(node))
                        .equals(attributes(now, files.after(), node))));
        NodeSet unread = NodeSet.of(files.uncompared().filter(node -> !seen.has(node)));
        return new ComparedContents(differing, others, unread, asked.length);
    }

    private static boolean isStill(FileTree now, FileTree then, int node) {
        int found = now.find(then.filePath(node));
        return found != FileTree.NONE
                && now.isThere(found)
                && now.layerOf(found) == then.layerOf(node)
                && now.size(found) == then.size(node);
    }

    private String subject(TreeSource source) {
        return switch (source) {
            case TreeSource.OfImage(ImageId image, int layer) -> "image " + image.shortId();
            case TreeSource.OfContainer(ContainerId id) ->
                "container " + engine.containers().container(id).name();
        };
    }

    private static Optional<String> content(FileTree tree, int node) {
        String name = tree.name(node);
        return Stream.of(".bin", ".png")
                .filter(name::endsWith)
                .map(ending -> ending + tree.size(node))
                .findFirst();
    }

    private static boolean isSame(List<FakeLayer> layers, Hidden hidden) {
        FileTree before = stacked(layers.subList(0, hidden.broughtBy()));
        FileTree after = stacked(layers.subList(0, hidden.hiddenBy()));
        return content(before, before.find(hidden.path())).isPresent()
                && content(before, before.find(hidden.path())).equals(content(after, after.find(hidden.path())));
    }
}
