package io.darsena.launch;

import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.DigestOutputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import java.util.zip.GZIPOutputStream;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveOutputStream;

/// Images to measure with, as OCI layouts: of this machine's own programs and libraries, which compress as those of
/// real images do, and of many small files.
final class BenchImages {

    private static final Path SOURCE = Path.of("/usr");
    private static final long LARGEST_FILE = 32L << 20;
    private static final byte[] GZIP = {0x1f, (byte) 0x8b};
    private static final int FOLDERS = 500;
    private static final int FILES_A_FOLDER = 100;
    private static final int LONGEST = 16_384;
    private static final int USUAL = 1_500;
    private static final int MANY_LAYERS = 20;
    private static final long ONE_LAYER = 300L << 20;
    private static final long SMALL_LAYER = 25L << 20;

    private final Path directory;
    private final Random random;

    /// @param directory where the layouts are made, one below its name each
    /// @param seed others give other layers of the same kind
    BenchImages(Path directory, int seed) {
        this.directory = directory;
        this.random = new Random(seed);
    }

    /// One of them: its layout, and its layers as they travel.
    record Made(String name, Path layout, List<Path> layers) {}

    /// What lies in a directory of layouts, by name.
    static List<Path> layoutsIn(Path parent) throws IOException {
        try (Stream<Path> entries = Files.list(parent)) {
            return entries.filter(entry -> Files.exists(entry.resolve("index.json")))
                    .sorted()
                    .toList();
        }
    }

    /// An image that somebody else has made. Its layers are known by how gzip begins.
    static Made found(Path layout) throws IOException {
        List<Path> layers = new ArrayList<>();
        try (Stream<Path> blobs = Files.list(layout.resolve("blobs/sha256"))) {
            for (Path blob : blobs.sorted().toList()) {
                try (InputStream in = Files.newInputStream(blob)) {
                    if (Arrays.equals(in.readNBytes(GZIP.length), GZIP)) {
                        layers.add(blob);
                    }
                }
            }
        }
        return new Made(layout.getFileName().toString(), layout, layers);
    }

    private record Layer(String digest, String diffId, long size) {}

    List<Made> make() throws IOException {
        List<Path> files = new ArrayList<>(sources());
        java.util.Collections.shuffle(files, random);
        return List.of(oneLayer(files), manyLayers(files), manyFiles());
    }

    private static List<Path> sources() throws IOException {
        try (Stream<Path> tree = Files.walk(SOURCE)) {
            return tree.filter(BenchImages::isUsual).sorted().toList();
        } catch (java.io.UncheckedIOException unreadable) {
            throw unreadable.getCause();
        }
    }

    private static boolean isUsual(Path file) {
        try {
            return Files.isRegularFile(file, java.nio.file.LinkOption.NOFOLLOW_LINKS)
                    && Files.isReadable(file)
                    && file.toString().chars().allMatch(c -> c > ' ' && c < 127)
                    && Files.size(file) <= LARGEST_FILE;
        } catch (IOException gone) {
            return false;
        }
    }

    private Made oneLayer(List<Path> files) throws IOException {
        Layout layout = new Layout("onelayer");
        layout.add(tar -> copy(files, tar, 0, ONE_LAYER));
        return layout.finish();
    }

    private Made manyLayers(List<Path> files) throws IOException {
        Layout layout = new Layout("layers20");
        int next = 0;
        for (int i = 0; i < MANY_LAYERS; i++) {
            int from = next;
            int[] reached = new int[1];
            layout.add(tar -> reached[0] = copy(files, tar, from, SMALL_LAYER));
            next = reached[0];
        }
        return layout.finish();
    }

    /// A million files with nothing in them.
    Made emptyFiles() throws IOException {
        Layout layout = new Layout("emptyfiles");
        layout.add(tar -> {
            for (int folder = 0; folder < 20 * FOLDERS; folder++) {
                for (int file = 0; file < FILES_A_FOLDER; file++) {
                    tar.putArchiveEntry(new TarArchiveEntry("many/d" + folder + "/f" + file + ".js"));
                    tar.closeArchiveEntry();
                }
            }
        });
        return layout.finish();
    }

    Made manyFiles() throws IOException {
        Layout layout = new Layout("manyfiles");
        layout.add(tar -> {
            for (int folder = 0; folder < FOLDERS; folder++) {
                for (int file = 0; file < FILES_A_FOLDER; file++) {
                    byte[] content = new byte[(int) Math.min(LONGEST, -Math.log(1 - random.nextDouble()) * USUAL) / 2];
                    random.nextBytes(content);
                    byte[] text = HexFormat.of().formatHex(content).getBytes(StandardCharsets.US_ASCII);
                    TarArchiveEntry entry = new TarArchiveEntry("many/d" + folder + "/f" + file + ".js");
                    entry.setSize(text.length);
                    tar.putArchiveEntry(entry);
                    tar.write(text);
                    tar.closeArchiveEntry();
                }
            }
        });
        return layout.finish();
    }

    /// Copies files until so many bytes are reached, over and over where there are few.
    ///
    /// @return the number of the next file
    private static int copy(List<Path> files, TarArchiveOutputStream tar, int from, long bytes) throws IOException {
        long written = 0;
        int next = from;
        while (written < bytes) {
            Path file = files.get(next % files.size());
            TarArchiveEntry entry = new TarArchiveEntry(next + file.toString());
            entry.setMode(0644);
            entry.setSize(Files.size(file));
            tar.putArchiveEntry(entry);
            Files.copy(file, tar);
            tar.closeArchiveEntry();
            written += entry.getSize();
            next++;
        }
        return next;
    }

    @FunctionalInterface
    private interface Content {
        void writeTo(TarArchiveOutputStream tar) throws IOException;
    }

    private static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    private static String text(MessageDigest digest) {
        return "sha256:" + HexFormat.of().formatHex(digest.digest());
    }

    /// One layout while it is made.
    private final class Layout {
        private final String name;
        private final Path layout;
        private final Path blobs;
        private final List<Layer> layers = new ArrayList<>();

        Layout(String name) throws IOException {
            this.name = name;
            this.layout = directory.resolve(name);
            this.blobs = Files.createDirectories(layout.resolve("blobs/sha256"));
        }

        void add(Content content) throws IOException {
            Path file = Files.createTempFile(layout, "layer", "");
            MessageDigest stored = sha256();
            MessageDigest plain = sha256();
            try (OutputStream out = new BufferedOutputStream(Files.newOutputStream(file), 1 << 16);
                    OutputStream compressed = new GZIPOutputStream(new DigestOutputStream(out, stored), 1 << 16);
                    TarArchiveOutputStream tar =
                            new TarArchiveOutputStream(new DigestOutputStream(compressed, plain))) {
                tar.setLongFileMode(TarArchiveOutputStream.LONGFILE_POSIX);
                content.writeTo(tar);
            }
            String digest = text(stored);
            layers.add(new Layer(digest, text(plain), Files.size(file)));
            Files.move(file, blob(digest));
        }

        private Path blob(String digest) {
            return blobs.resolve(digest.substring("sha256:".length()));
        }

        private String store(String json) throws IOException {
            MessageDigest digest = sha256();
            digest.update(json.getBytes(StandardCharsets.UTF_8));
            String name = text(digest);
            Files.writeString(blob(name), json);
            return name;
        }

        private String list(java.util.function.Function<Layer, String> shape) {
            return String.join(",", layers.stream().map(shape).toList());
        }

        Made finish() throws IOException {
            String machine = System.getProperty("os.arch", "").equals("amd64") ? "amd64" : "arm64";
            String config = """
                    {"architecture":"%s","os":"linux","config":{},"rootfs":{"type":"layers","diff_ids":[%s]}}\
                    """.formatted(machine, list(layer -> '"' + layer.diffId() + '"'));
            String descriptors = list(layer -> """
                    {"mediaType":"application/vnd.oci.image.layer.v1.tar+gzip","digest":"%s","size":%d}\
                    """.formatted(layer.digest(), layer.size()));
            String manifest = """
                    {"schemaVersion":2,"mediaType":"application/vnd.oci.image.manifest.v1+json",\
                    "config":{"mediaType":"application/vnd.oci.image.config.v1+json","digest":"%s","size":%d},\
                    "layers":[%s]}""".formatted(store(config), config.length(), descriptors);
            Files.writeString(layout.resolve("index.json"), """
                    {"schemaVersion":2,"manifests":[{"mediaType":"application/vnd.oci.image.manifest.v1+json",\
                    "digest":"%s","size":%d,"annotations":{"org.opencontainers.image.ref.name":"latest"}}]}\
                    """.formatted(store(manifest), manifest.length()));
            Files.writeString(layout.resolve("oci-layout"), "{\"imageLayoutVersion\":\"1.0.0\"}");
            return new Made(
                    name,
                    layout,
                    layers.stream().map(layer -> blob(layer.digest())).toList());
        }
    }
}
