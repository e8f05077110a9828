package io.darsena.runtime;

import static io.darsena.runtime.TarForge.header;
import static io.darsena.runtime.TarForge.tar;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.stream.Stream;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// Layers that mean harm. Each is refused with a reason or does no harm; [ExtractionBench] asserts of every
/// one that the tree beside its target is untouched.
class HostileLayerIT {

    @TempDir
    static Path directory;

    private static ExtractionBench bench;

    @BeforeAll
    static void open() throws Exception {
        bench = new ExtractionBench(directory);
    }

    @AfterAll
    static void close() throws Exception {
        bench.close();
    }

    /// What is refused, by the reason given.
    static Map<String, Refused> refused() {
        var cases = new TreeMap<String, Refused>();
        refusedPaths(cases);
        refusedLinks(cases);
        refusedHeaders(cases);
        refusedExtendedHeaders(cases);
        refusedSparseFiles(cases);
        refusedStreams(cases);
        return cases;
    }

    /// A layer and a part of the sentence that refuses it.
    record Refused(byte[] layer, String reason) {}

    private static void refusedPaths(Map<String, Refused> cases) {
        String leaves = "its path leaves the layer";
        cases.put(
                "a path that begins with ..",
                new Refused(tar().file("../canary/x", "x").end(), leaves));
        cases.put(
                "a path whose .. outweigh",
                new Refused(tar().file("a/../../canary/x", "x").end(), leaves));
        cases.put("just ..", new Refused(tar().directory("..").end(), leaves));
        cases.put(
                "a .. in a pax path",
                new Refused(tar().pax("path=../../x").file("y", "x").end(), leaves));
        cases.put(
                "a .. in a GNU long name",
                new Refused(tar().gnuLong('L', "../../x").file("y", "x").end(), leaves));
        cases.put(
                "a .. in a ustar prefix",
                new Refused(tar().entry(header("x", '0').prefix("../.."), "").end(), leaves));
        cases.put(
                "a .. as a sparse name",
                new Refused(
                        tar().pax(
                                        "GNU.sparse.major=0",
                                        "GNU.sparse.minor=1",
                                        "GNU.sparse.name=../x",
                                        "GNU.sparse.size=0")
                                .file("y", "")
                                .end(),
                        leaves));
        cases.put("no name", new Refused(tar().file("", "x").end(), "it has no name"));
        cases.put(
                "a part of 256 bytes",
                new Refused(
                        tar().gnuLong('L', "d/" + "x".repeat(256)).file("y", "").end(), "longer than 255 bytes"));
        cases.put(
                "a path of 16385 bytes",
                new Refused(
                        tar().gnuLong('L', "abc/".repeat(4096) + "x")
                                .file("y", "")
                                .end(),
                        "longer than 16383 bytes"));
        cases.put(
                "a file as the root",
                new Refused(tar().file("./", "").file(".", "x").end(), "no directory"));
        cases.put(
                "a link as the root", new Refused(tar().symlink("./", "canary").end(), "no directory"));
        cases.put(
                "a file in a file",
                new Refused(
                        tar().file("a", "x").file("a/b", "y").end(),
                        "a part of its path is no directory in this layer"));
        cases.put(
                "a file behind a link to nothing",
                new Refused(tar().symlink("a", "nowhere").file("a/b", "y").end(), "is no directory in this layer"));
        cases.put(
                "a file behind a link to itself",
                new Refused(tar().symlink("a", "a").file("a/b", "y").end(), "is no directory in this layer"));
        String whiteout = "it is no whiteout that means anything";
        cases.put("a whiteout of nothing", new Refused(tar().file(".wh.", "").end(), whiteout));
        cases.put("a whiteout of .", new Refused(tar().file("a/.wh..", "").end(), whiteout));
        cases.put("a whiteout of ..", new Refused(tar().file("a/.wh...", "").end(), whiteout));
        cases.put(
                "a whiteout as a directory",
                new Refused(tar().file(".wh.a/b", "").end(), whiteout));
    }

    private static void refusedLinks(Map<String, Refused> cases) {
        String missing = "it is a hard link to what is not in this layer";
        cases.put(
                "a hard link to ..",
                new Refused(tar().hardLink("a", "../canary/file").end(), "leaves the layer"));
        cases.put(
                "a hard link outside by an absolute path",
                new Refused(tar().hardLink("a", directory + "/canary/file").end(), missing));
        cases.put(
                "a hard link through a link to outside",
                new Refused(
                        tar().symlink("out", "../../../../../../.." + directory)
                                .hardLink("a", "out/canary/file")
                                .end(),
                        missing));
        cases.put(
                "a hard link to the root", new Refused(tar().hardLink("a", "/").end(), missing));
        cases.put(
                "a hard link to a directory",
                new Refused(tar().directory("d").hardLink("a", "d").end(), "a hard link to a directory"));
        cases.put(
                "a hard link to a whiteout",
                new Refused(tar().file(".wh.w", "").hardLink("a", "w").end(), missing));
        cases.put(
                "a hard link to what it replaces",
                new Refused(
                        tar().file("d/f", "x").hardLink("d", "d/f").end(), "it is a hard link to what it replaces"));
        cases.put(
                "a hard link without a target",
                new Refused(tar().hardLink("a", "").end(), "no name"));
        cases.put(
                "a symbolic link to nothing",
                new Refused(tar().symlink("a", "").end(), "it is a symbolic link to nothing"));
        cases.put(
                "a symbolic link of 5000 bytes",
                new Refused(
                        tar().gnuLong('K', "x".repeat(5000)).symlink("a", "").end(), "more than 4095 bytes"));
    }

    private static void refusedHeaders(Map<String, Refused> cases) {
        cases.put(
                "a wrong checksum",
                new Refused(tar().entry(header("a", '0').wrongChecksum(), "").end(), "checksum does not fit"));
        cases.put(
                "text in the size",
                new Refused(
                        tar().entry(header("a", '0').text(124, 12, "many"), "").end(), "a size is no number"));
        cases.put(
                "a negative size",
                new Refused(
                        tar().entry(header("a", '0').binary(124, 12, -512), "").end(), "a size is no number"));
        cases.put(
                "a size beyond 63 bits",
                new Refused(
                        tar().entry(header("a", '0').text(124, 12, "\u00ff"), "")
                                .end(),
                        "a size is no number"));
        cases.put(
                "a size larger than the tar",
                new Refused(
                        tar().entry(header("a", '0').binary(124, 12, Long.MAX_VALUE), "x")
                                .end(),
                        "larger than any file can be"));
        cases.put(
                "an owner beyond 32 bits",
                new Refused(
                        tar().entry(header("a", '0').binary(108, 8, 1L << 32), "")
                                .end(),
                        "its owner is no user's id"));
        cases.put(
                "the owner that means none",
                new Refused(
                        tar().entry(header("a", '0').binary(108, 8, 0xffff_ffffL), "")
                                .end(),
                        "its owner is no user's id"));
        cases.put(
                "a negative owner",
                new Refused(tar().entry(header("a", '0').binary(116, 8, -2), "").end(), "its owner is no user's id"));
        cases.put(
                "an unknown type",
                new Refused(tar().entry(header("a", 'Z'), "").end(), "a (tar type 'Z'): its type is unknown"));
        cases.put(
                "a device number out of range",
                new Refused(tar().entry(header("a", '3').device(4096, 0), "").end(), "device number is out of range"));
        cases.put(
                "an end inside a header",
                new Refused(Arrays.copyOf(tar().file("a", "").end(), 100), "inside a block"));
        cases.put(
                "an end inside data",
                new Refused(Arrays.copyOf(tar().file("a", "x".repeat(2000)).end(), 1024), "ends inside an entry"));
        cases.put(
                "an entry behind one block of zeros",
                new Refused(
                        tar().file("a", "").bytes(new byte[512]).file("b", "").end(), "first of the two blocks"));
        cases.put(
                "no tar at all", new Refused("<!DOCTYPE html>".repeat(100).getBytes(StandardCharsets.UTF_8), "no tar"));
    }

    private static void refusedExtendedHeaders(Map<String, Refused> cases) {
        String form = "a record is not LENGTH KEY=VALUE";
        for (String record : new String[] {
            "x",
            "8 path=x\n",
            "99999999999999999999 path=x\n",
            "-9 path=x\n",
            "0 \n",
            "4 a=\n",
            "11 path=abcd",
            "6 ab=\n\n"
        }) {
            cases.put(
                    "the pax record " + record.replace('\n', '$'),
                    new Refused(
                            tar().rawPax('x', record.getBytes(StandardCharsets.UTF_8))
                                    .file("a", "")
                                    .end(),
                            form));
        }
        cases.put(
                "a NUL in a pax path",
                new Refused(tar().pax("path=a\0b").file("a", "").end(), "holds a NUL byte"));
        cases.put(
                "a pax size that is none",
                new Refused(tar().pax("size=-1").file("a", "").end(), "size is no number"));
        cases.put(
                "a pax size of 2^64",
                new Refused(tar().pax("size=18446744073709551616").file("a", "").end(), "size is no number"));
        cases.put(
                "a pax uid of -1",
                new Refused(tar().pax("uid=4294967295").file("a", "").end(), "no user's id"));
        cases.put(
                "a pax time that is none",
                new Refused(tar().pax("mtime=now").file("a", "").end(), "is no time"));
        cases.put(
                "a pax header of 2 MiB",
                new Refused(
                        tar().entry(header("p", 'x').size(2 << 20), new byte[2 << 20])
                                .file("a", "")
                                .end(),
                        "larger than 1 MiB"));
        cases.put(
                "a long name of 8 EiB",
                new Refused(
                        tar().entry(header("p", 'L').binary(124, 12, Long.MAX_VALUE), "")
                                .end(),
                        "larger than 1 MiB"));
        cases.put("a pax header for nothing", new Refused(tar().pax("path=x").end(), "between an extended header"));
        cases.put(
                "an attribute that is no base64",
                new Refused(
                        tar().pax("LIBARCHIVE.xattr.user.a=!!").file("a", "").end(), "not encoded as libarchive does"));
        cases.put(
                "an attribute without a name",
                new Refused(tar().pax("SCHILY.xattr.=v").file("a", "").end(), "name is empty or too long"));
        String[] many = new String[1100];
        Arrays.setAll(many, i -> "SCHILY.xattr.user.a" + i + "=v");
        cases.put("1100 attributes", new Refused(tar().pax(many).file("a", "").end(), "too many extended attributes"));
    }

    private static void refusedSparseFiles(Map<String, Refused> cases) {
        String fit = "its sparse map does not fit";
        for (String map : new String[] {"0,9", "9,4", "4,2,0,2", "0,2,1,2", "0,3", "9223372036854775807,4"}) {
            cases.put(
                    "the sparse map " + map,
                    new Refused(
                            tar().pax("GNU.sparse.size=8", "GNU.sparse.map=" + map)
                                    .file("a", "abcd")
                                    .end(),
                            fit));
        }
        cases.put(
                "a sparse map that ends early",
                new Refused(
                        tar().pax("GNU.sparse.size=8", "GNU.sparse.map=0")
                                .file("a", "abcd")
                                .end(),
                        "map is damaged"));
        cases.put(
                "a sparse map in data that is none",
                new Refused(
                        tar().pax("GNU.sparse.major=1", "GNU.sparse.minor=0", "GNU.sparse.realsize=8")
                                .file("a", "one\n0\n4\n")
                                .end(),
                        "map is damaged"));
        cases.put(
                "a sparse map in data that says 10^18 pieces",
                new Refused(
                        tar().pax("GNU.sparse.major=1", "GNU.sparse.minor=0", "GNU.sparse.realsize=8")
                                .file("a", "1000000000000000000\n0\n4\n")
                                .end(),
                        "map is damaged"));
    }

    private static void refusedStreams(Map<String, Refused> cases) {
        byte[] good = tar().file("a", "x".repeat(100_000)).end();
        byte[] gzip = gzip(good);
        cases.put("a gzip stream cut short", new Refused(Arrays.copyOf(gzip, gzip.length - 9), "ends too early"));
        byte[] damaged = gzip.clone();
        damaged[gzip.length - 6] ^= 1;
        cases.put("a gzip stream with a wrong checksum", new Refused(damaged, "its gzip stream is damaged"));
        cases.put(
                "text behind a gzip stream",
                new Refused(concatenated(gzip, "more".getBytes(StandardCharsets.UTF_8)), "not gzip follows"));
        cases.put(
                "a zstd stream that is none",
                new Refused(concatenated(new byte[] {0x28, (byte) 0xb5, 0x2f, (byte) 0xfd}, good), "zstd stream"));
        cases.put(
                "a zstd window of 2 GiB",
                new Refused(
                        concatenated(new byte[] {0x28, (byte) 0xb5, 0x2f, (byte) 0xfd, 0, (byte) (21 << 3)}, good),
                        "more than 128 MiB"));
        cases.put(
                "a global header of a gigabyte",
                new Refused(
                        tar().entry(header("g", 'g').binary(124, 12, 1L << 30), "")
                                .end(),
                        "larger than 1 MiB"));
        cases.put("bzip2", new Refused("BZh91AY&SY".getBytes(StandardCharsets.US_ASCII), "bzip2"));
        cases.put("xz", new Refused(concatenated(new byte[] {(byte) 0xfd, '7', 'z', 'X', 'Z', 0}, good), "with xz"));
    }

    static Stream<String> refusedNames() {
        return refused().keySet().stream();
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("refusedNames")
    void isRefused(String name) throws Exception {
        Refused refused = Objects.requireNonNull(refused().get(name));

        assertThat(bench.rejection(refused.layer())).contains(refused.reason());
    }

    @Test
    void absolutePathsAndDotsLandInside() throws Exception {
        ExtractionBench.Unpacked layer = bench.unpack(tar().file("/etc/a", "1")
                .file("//b", "2")
                .file("/../../c", "3")
                .file("x/.././d", "4")
                .file("e//f/", "")
                .end());

        assertThat(layer.root().resolve("etc/a")).hasContent("1");
        assertThat(layer.root().resolve("b")).hasContent("2");
        assertThat(layer.root().resolve("c")).hasContent("3");
        assertThat(layer.root().resolve("d")).hasContent("4");
        assertThat(layer.root().resolve("x")).doesNotExist();
        assertThat(layer.root().resolve("e/f")).isDirectory();
    }

    @Test
    void aLinkToOutsideLeadsNowhere() throws Exception {
        String up = "../../../../../../../../../..";
        for (String target : new String[] {bench.canary().toString(), up + bench.canary(), "/proc/self/root", up}) {
            byte[] layer =
                    tar().symlink("out", target).file("out/file", "owned").end();
            try {
                ExtractionBench.Unpacked unpacked = bench.unpack(layer);
                assertThat(unpacked.root().resolve("file"))
                        .as("'..' of the root is the root")
                        .hasContent("owned");
            } catch (LayerRejectedException e) {
                assertThat(e).hasMessageContaining("no directory in this layer");
            }
        }
    }

    @Test
    void aFileOverALinkReplacesTheLink() throws Exception {
        ExtractionBench.Unpacked layer = bench.unpack(tar().symlink("a", bench.canary() + "/file")
                .file("a", "mine")
                .symlink("d", bench.canary().toString())
                .directory("d")
                .file("d/file", "mine")
                .symlink("h", bench.canary() + "/file")
                .hardLink("g", "h")
                .file("g", "mine")
                .end());

        assertThat(Files.isSymbolicLink(layer.root().resolve("a"))).isFalse();
        assertThat(layer.root().resolve("a")).hasContent("mine");
        assertThat(Files.isDirectory(layer.root().resolve("d"), LinkOption.NOFOLLOW_LINKS))
                .isTrue();
        assertThat(layer.root().resolve("g")).hasContent("mine");
    }

    @Test
    void attributesThatForgeOverlaysOwnAreLeftOutAndTold() throws Exception {
        ExtractionBench.Unpacked layer = bench.unpack(tar().pax(
                        "SCHILY.xattr.user.overlay.opaque=y",
                        "SCHILY.xattr.trusted.overlay.redirect=/etc",
                        "SCHILY.xattr.user.overlay.metacopy=",
                        "LIBARCHIVE.xattr.user.overlay%2eopaque=eQ==",
                        "SCHILY.xattr.security.selinux=x")
                .directory("d")
                .entry(header("w", '3').device(0, 0), "")
                .end());

        assertThat(layer.result().skipped())
                .contains(
                        "xattr:user.overlay.opaque:d",
                        "xattr:trusted.overlay.redirect:d",
                        "xattr:security.selinux:d",
                        "device:w");
        assertThat(RealRuntime.attributesOf(layer.root().resolve("d"))).isEmpty();
        assertThat(layer.root().resolve("w")).doesNotExist();
    }

    @Test
    void aSparseFileOfEightTerabytesTakesNoSpace() throws Exception {
        String huge = Long.toString(1L << 43);
        ExtractionBench.Unpacked layer = bench.unpack(tar().pax("GNU.sparse.size=" + huge, "GNU.sparse.map=4096,4")
                .file("a", "abcd")
                .end());

        assertThat(Files.size(layer.root().resolve("a"))).isEqualTo(1L << 43);
        assertThat(bench.runtime().usage(layer.root()).bytes()).isLessThan(1 << 20);
    }

    @Test
    void aTreeAsDeepAsAPathCanBeIsUnpackedAndDeleted() throws Exception {
        var forge = tar();
        var path = new StringBuilder("a");
        for (int depth = 1; depth < 2000; depth++) {
            path.append("/a");
        }
        forge.gnuLong('L', path.toString()).directory("x");

        ExtractionBench.Unpacked layer = bench.unpack(forge.end());

        assertThat(layer.lines()).hasSize(2000);
        assertThat(layer.lines().getFirst()).isEqualTo("d i a");
    }

    @Test
    void remarksAreCutShort() throws Exception {
        var forge = tar();
        for (int i = 0; i < 5000; i++) {
            forge.entry(header("w" + i, '3').device(0, 0), "");
        }

        assertThat(bench.unpack(forge.end()).result().skipped()).hasSize(100);
    }

    private static byte[] gzip(byte[] bytes) {
        var out = new ByteArrayOutputStream();
        try (GZIPOutputStream stream = new GZIPOutputStream(out)) {
            stream.write(bytes);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return out.toByteArray();
    }

    private static byte[] concatenated(byte[] first, byte[] second) {
        byte[] both = Arrays.copyOf(first, first.length + second.length);
        System.arraycopy(second, 0, both, first.length, second.length);
        return both;
    }

    /// Little to send, much to decode, and nothing of it ends up on the disk.
    @Test
    void gigabytesThatBelongToNoFileAreNotWaitedFor() throws Exception {
        byte[] ignored = tar().entry(header(".wh..wh.plnk/x", '0').binary(124, 12, 2L << 30), "")
                .withoutEnd();
        assertThat(bench.rejection(gzipOfZeros(ignored, 2050))).contains("belongs to no file");
        assertThat(bench.rejection(gzipOfZeros(tar().file("a", "x").end(), 1100)))
                .contains("follows the end");
    }

    /// A mebibyte of zeros is packed once; gzip members may follow each other.
    private static byte[] gzipOfZeros(byte[] head, int mebibytes) throws IOException {
        ByteArrayOutputStream packed = new ByteArrayOutputStream();
        packed.write(gzipped(head));
        byte[] zeros = gzipped(new byte[1 << 20]);
        for (int i = 0; i < mebibytes; i++) {
            packed.write(zeros);
        }
        return packed.toByteArray();
    }

    @Test
    void aFileLargerThanTheDiskIsRefusedBeforeItsFirstByte() {
        byte[] layer =
                tar().entry(header("large", '0').binary(124, 12, 1L << 50), "x").withoutEnd();
        assertThatThrownBy(() -> bench.rejection(layer))
                .isInstanceOf(RuntimeUnavailableException.class)
                .hasMessageContaining("large (1125899906842624 bytes)")
                .hasMessageContaining("No space left on device");
    }

    private static byte[] gzipped(byte[] bytes) throws IOException {
        var out = new ByteArrayOutputStream();
        try (GZIPOutputStream stream = new GZIPOutputStream(out)) {
            stream.write(bytes);
        }
        return out.toByteArray();
    }
}
