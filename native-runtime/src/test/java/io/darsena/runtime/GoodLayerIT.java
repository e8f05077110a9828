package io.darsena.runtime;

import static io.darsena.runtime.TarForge.header;
import static io.darsena.runtime.TarForge.tar;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.security.MessageDigest;
import java.time.Instant;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Layers as tools write them come out as their tars say.
class GoodLayerIT {

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

    @Test
    void theResultTellsWhatTheLayerIs() throws Exception {
        byte[] layer = tar().directory("d").file("d/f", "hello").end();

        LayerExtraction.Result plain = bench.unpack(layer).result();
        byte[] compressed = gzip(layer);
        LayerExtraction.Result packed = bench.unpack(compressed).result();

        assertThat(plain.blob()).isEqualTo(plain.diffId());
        assertThat(packed.blob()).isEqualTo("sha256:" + sha256(compressed));
        assertThat(plain.diffId()).isEqualTo("sha256:" + sha256(layer));
        assertThat(plain.compression()).isEqualTo("none");
        assertThat(plain.tarBytes()).isEqualTo(layer.length);
        assertThat(plain.contentBytes()).isEqualTo(5);
        assertThat(plain.entries()).isEqualTo(2);
        assertThat(plain.skipped()).isEmpty();
        assertThat(packed.diffId()).isEqualTo(plain.diffId());
        assertThat(packed.compression()).isEqualTo("gzip");
    }

    @Test
    void bytesBehindTheEndAndEmptyLayersCountForTheDigest() throws Exception {
        byte[] tail = tar().file("a", "x")
                .bytes(new byte[20 * 512])
                .bytes(new byte[] {1, 2, 3})
                .withoutEnd();

        for (byte[] layer : new byte[][] {
            tail, tar().end(), new byte[0], tar().file("a", "x").withoutEnd()
        }) {
            assertThat(bench.unpack(layer).result().diffId()).isEqualTo("sha256:" + sha256(layer));
        }
    }

    @Test
    void gzipMayComeInMembersAndBePadded() throws Exception {
        byte[] layer = tar().file("a", "x".repeat(3000)).end();
        var members = new ByteArrayOutputStream();
        for (int start = 0; start < layer.length; start += 700) {
            members.writeBytes(gzip(Arrays.copyOfRange(layer, start, Math.min(layer.length, start + 700))));
        }
        members.writeBytes(new byte[1000]);

        assertThat(bench.unpack(members.toByteArray()).result().diffId()).isEqualTo("sha256:" + sha256(layer));
    }

    @Test
    void zstdIsDecodedFrameAfterFrame() throws Exception {
        byte[] layer = tar().file("a", "x".repeat(300_000)).end();
        var frames = new ByteArrayOutputStream();
        frames.writeBytes(HexFormat.of().parseHex("502a4d1803000000616263")); // a skippable frame of three bytes
        frames.writeBytes(zstdStored(Arrays.copyOf(layer, 1000)));
        frames.writeBytes(zstdStored(Arrays.copyOfRange(layer, 1000, layer.length)));

        LayerExtraction.Result result = bench.unpack(frames.toByteArray()).result();

        assertThat(result.compression()).isEqualTo("zstd");
        assertThat(result.diffId()).isEqualTo("sha256:" + sha256(layer));
    }

    @Test
    void everyKindOfEntryComesOutAsGnuTarUnpacksIt() throws Exception {
        for (String format : new String[] {"gnu", "pax", "ustar"}) {
            Path archive = directory.resolve(format + ".tar");
            Path source = Files.createDirectories(directory.resolve(format + "-source"));
            populate(source, format);
            String kind = switch (format) {
                case "pax" -> "--sparse --xattrs --xattrs-include=user.*";
                case "gnu" -> "--sparse";
                default -> "";
            };
            // An ordinary user is the owner 0 of a layer, and may make neither devices nor presents.
            String owner = RealRuntime.rootless() ? "--owner=0 --group=0" : "";
            String pack = "tar " + owner + " --format=" + format + " " + kind + " -cf \"$1\" -C \"$2\" .";
            RealRuntime.run("sh", "-ec", pack, "pack", archive.toString(), source.toString());
            Path expected = Files.createDirectories(directory.resolve(format + "-expected"));
            RealRuntime.run(
                    "tar",
                    "--xattrs",
                    "--xattrs-include=user.*",
                    "-xpf",
                    archive.toString(),
                    "-C",
                    expected.toString());

            ExtractionBench.Unpacked layer = bench.unpack(Files.readAllBytes(archive));

            assertThat(listing(layer.root()))
                    .as(format)
                    .isEqualTo(listing(expected))
                    .contains("setuid");
            assertThat(RealRuntime.attributesOf(layer.root().resolve("plain")))
                    .isEqualTo(RealRuntime.attributesOf(expected.resolve("plain")));
        }
    }

    private static void populate(Path source, String format) throws Exception {
        Files.writeString(source.resolve("plain"), "content");
        Files.setAttribute(source.resolve("plain"), "user:note", ByteBuffer.wrap(new byte[] {65, 66}));
        Files.createLink(source.resolve("twin"), source.resolve("plain"));
        Files.createSymbolicLink(source.resolve("link"), Path.of("../outside/of it"));
        Files.createDirectories(source.resolve("deep/er"));
        Files.writeString(source.resolve("deep/er/\u00e8 spaced\nname"), "");
        Files.writeString(source.resolve("deep/" + "n".repeat(90)), "long");
        if (!format.equals("ustar")) {
            Path far = source.resolve("far/" + "f".repeat(200) + "/" + "g".repeat(200));
            Files.createDirectories(far);
            Files.writeString(far.resolve("end"), "");
            Files.createSymbolicLink(far.resolve("long link"), Path.of("t".repeat(300)));
        }
        String script = """
                cd "$1"
                mkfifo fifo
                cp plain setuid
                if [ "$(id -u)" = 0 ]; then
                    mknod null c 1 3; mknod disk b 7 200; chmod 0 plain
                    chown 1000:1000 setuid; chown -h 12345:54321 link deep
                else
                    touch null disk
                fi
                chmod 4755 setuid; chmod 2750 deep/er; chmod 1777 deep
                truncate -s 3M sparse; printf data | dd of=sparse bs=1 seek=1M conv=notrunc status=none
                touch -h -d '2001-02-03 04:05:06' link deep/er plain fifo
                """;
        RealRuntime.run("sh", "-ec", script, "populate", source.toString());
    }

    /// Type, mode, owner, links, size, whole seconds and target of everything below, and blocks of the sparse file.
    private static String listing(Path root) throws Exception {
        return RealRuntime.run("sh", "-ec", """
                cd "$1"
                find . -mindepth 1 -type d -printf '%y %m %U:%G %Ts %p\\n' -o \\
                    -mindepth 1 -printf '%y %m %U:%G %n %s %Ts %p %l\\n' | LC_ALL=C sort
                stat -c '%t,%T %n' null disk
                find . -type f -exec sha256sum {} + | LC_ALL=C sort
                du -k sparse | awk '{ print ($1 < 1000) }'
                """, "list", root.toString());
    }

    @Test
    void paxNamesTimesAndOwnersComeBeforeTheHeaders() throws Exception {
        ExtractionBench.Unpacked layer = bench.unpack(tar().pax('g', "path=ignored", "mtime=1")
                .pax("path=real", "mtime=1234567890.123456789", "comment=x", "uname=nobody")
                .file("header", "x")
                .pax("linkpath=real", "path=l")
                .symlink("header", "header")
                .pax("mtime=-1.25")
                .file("old", "")
                .pax("size=3")
                .entry(header("sized", '0').size(0), "abc")
                .end());

        assertThat(mtime(layer.root().resolve("real"))).isEqualTo(Instant.ofEpochSecond(1234567890, 123456789));
        assertThat(mtime(layer.root().resolve("old"))).isEqualTo(Instant.ofEpochSecond(-2, 750_000_000));
        assertThat(Files.readSymbolicLink(layer.root().resolve("l"))).isEqualTo(Path.of("real"));
        assertThat(layer.root().resolve("sized")).hasContent("abc");
        assertThat(layer.root().resolve("ignored")).doesNotExist();
    }

    @Test
    void namesOfEveryKindAreRead() throws Exception {
        String longName = "d/" + "l".repeat(150);
        ExtractionBench.Unpacked layer =
                bench.unpack(tar().entry(header("c", '0').prefix("a/b"), "")
                        .gnuLong('L', longName)
                        .file("short", "1")
                        .gnuLong('K', longName)
                        .hardLink("twin", "short")
                        .entry(header("v7/", '\0').withoutMagic(), "")
                        .entry(header("cont", '7').size(1), "7")
                        .file("tab\tback\\slash\u0001", "")
                        .end());

        assertThat(layer.root().resolve("a/b/c")).isRegularFile();
        assertThat(layer.root().resolve("twin")).hasContent("1");
        assertThat(layer.root().resolve("v7")).isDirectory();
        assertThat(layer.root().resolve("cont")).hasContent("7");
        assertThat(layer.lines())
                .containsExactly(
                        "d i a",
                        "d i a/b",
                        "f - a/b/c",
                        "d i d",
                        "f - " + longName,
                        "h - twin " + longName,
                        "d - v7",
                        "f - cont",
                        "f - tab\\tback\\\\slash\\x01");
    }

    @Test
    void sparseFilesOfEveryKindAreWrittenWithTheirHoles() throws Exception {
        byte[] map = new byte[512];
        System.arraycopy("2\n2\n2\n6\n1\n".getBytes(StandardCharsets.US_ASCII), 0, map, 0, 10);
        var inData = new ByteArrayOutputStream();
        inData.writeBytes(map);
        inData.writeBytes(new byte[] {'a', 'b', 'c'});
        var old = header("old", 'S')
                .gnu()
                .size(3)
                .octal(386, 12, 2)
                .octal(398, 12, 2)
                .octal(410, 12, 6)
                .octal(422, 12, 1);
        ExtractionBench.Unpacked layer = bench.unpack(tar().pax(
                        "GNU.sparse.size=8",
                        "GNU.sparse.numblocks=2",
                        "GNU.sparse.offset=2",
                        "GNU.sparse.numbytes=2",
                        "GNU.sparse.offset=6",
                        "GNU.sparse.numbytes=1")
                .file("v00", "abc")
                .pax("GNU.sparse.size=8", "GNU.sparse.map=2,2,6,1", "GNU.sparse.name=v01")
                .file("other", "abc")
                .pax("GNU.sparse.major=1", "GNU.sparse.minor=0", "GNU.sparse.realsize=8", "GNU.sparse.name=v10")
                .entry(header("other", '0').size(515), inData.toByteArray())
                .entry(old.octal(483, 12, 8), "abc")
                .file("after", "z")
                .end());

        for (String name : new String[] {"v00", "v01", "v10", "old"}) {
            assertThat(layer.root().resolve(name)).as(name).hasBinaryContent(new byte[] {0, 0, 'a', 'b', 0, 0, 'c', 0});
        }
        assertThat(layer.root().resolve("after")).hasContent("z");
    }

    @Test
    void aLaterEntryReplacesAnEarlierOneAndADirectoryKeepsWhatItHolds() throws Exception {
        ExtractionBench.Unpacked layer = bench.unpack(tar().directory("keep")
                .file("keep/file", "1")
                .entry(header("keep", '5').mode(0700), "")
                .directory("gone")
                .file("gone/a/b/c", "1")
                .file("gone", "now a file")
                .file("was", "file")
                .directory("was")
                .file("twice", "1")
                .hardLink("twice", "twice")
                .end());

        assertThat(layer.root().resolve("keep/file")).hasContent("1");
        assertThat(Files.getAttribute(layer.root().resolve("keep"), "unix:mode"))
                .isEqualTo(040700);
        assertThat(layer.root().resolve("gone")).hasContent("now a file");
        assertThat(layer.root().resolve("was")).isDirectory();
        assertThat(layer.root().resolve("twice")).hasContent("1");
    }

    @Test
    void theRootsOwnEntrySetsItsMode() throws Exception {
        ExtractionBench.Unpacked layer =
                bench.unpack(tar().entry(header("./", '5').mode(0711).mtime(1000), "")
                        .file("./a", "")
                        .end());

        assertThat(Files.getAttribute(layer.root(), "unix:mode")).isEqualTo(040711);
        assertThat(mtime(layer.root())).isEqualTo(Instant.ofEpochSecond(1000));
        assertThat(layer.lines()).containsExactly("d - .", "f - a");
    }

    @Test
    void whiteoutsBecomeWhatOverlayUnderstands() throws Exception {
        ExtractionBench.Unpacked layer = bench.unpack(tar().file("d/.wh.hidden", "")
                .file("o/.wh..wh..opq", "")
                .directory("o")
                .file("both/new", "")
                .file(".wh.both", "")
                .file(".wh.after", "")
                .file("after/new", "")
                .file(".wh.named", "")
                .directory("named")
                .file(".wh.file", "")
                .file("file", "now")
                .file(".wh..wh.plnk/1.2", "")
                .file(".wh..wh.aufs", "")
                .end());

        assertThat(Files.getAttribute(layer.root().resolve("d/hidden"), "unix:mode", LinkOption.NOFOLLOW_LINKS))
                .isEqualTo(020000);
        assertThat(Files.getAttribute(layer.root().resolve("d/hidden"), "unix:rdev"))
                .isEqualTo(0L);
        String opaque = RealRuntime.rootless() ? "user.overlay.opaque" : "trusted.overlay.opaque";
        for (String hiding : new String[] {"o", "both", "after", "named"}) {
            assertThat(RealRuntime.attributesOf(layer.root().resolve(hiding)))
                    .as(hiding)
                    .containsEntry(opaque, "y");
        }
        assertThat(layer.root().resolve("both/new")).exists();
        assertThat(layer.root().resolve("after/new")).exists();
        assertThat(layer.root().resolve("file")).hasContent("now");
        assertThat(layer.lines())
                .contains("w - d/hidden", "o - o", "w - both")
                .noneMatch(line -> line.contains("plnk"));
    }

    @Test
    void attributesOfUsersAndCapabilitiesAreKept() throws Exception {
        byte[] capability = HexFormat.of().parseHex("0100000200040000000000000000000000000000");
        var forge = tar();
        var records = new ByteArrayOutputStream();
        records.writeBytes(TarForge.record("SCHILY.xattr.user.a=b=c".getBytes(StandardCharsets.UTF_8)));
        var value = new ByteArrayOutputStream();
        value.writeBytes("SCHILY.xattr.security.capability=".getBytes(StandardCharsets.UTF_8));
        value.writeBytes(capability);
        records.writeBytes(TarForge.record(value.toByteArray()));
        forge.rawPax('x', records.toByteArray())
                .entry(header("ping", '0').mode(0755).owner(0, 0), "");

        ExtractionBench.Unpacked layer = bench.unpack(forge.end());

        assertThat(layer.result().skipped()).isEmpty();
        assertThat(RealRuntime.attributesOf(layer.root().resolve("ping")))
                .containsEntry("user.a", "b=c")
                .containsKey("security.capability");
        assertThat(layer.lines()).containsExactly("f x ping");
    }

    @Test
    void devicesAreMadeByRootAndLeftOutInAUserNamespace() throws Exception {
        ExtractionBench.Unpacked layer = bench.unpack(
                tar().entry(header("dev/null", '3').device(1, 3).mode(0666), "").end());

        if (RealRuntime.rootless()) {
            assertThat(layer.result().skipped()).containsExactly("device:dev/null");
            assertThat(layer.lines()).containsExactly("c s dev/null 1,3");
        } else {
            assertThat(Files.getAttribute(layer.root().resolve("dev/null"), "unix:mode"))
                    .isEqualTo(020666);
            assertThat(layer.lines()).containsExactly("d i dev", "c - dev/null 1,3");
        }
    }

    @Test
    void ownersAreKeptWhereThisUserMayGiveThem() throws Exception {
        ExtractionBench.Unpacked layer = bench.unpack(
                tar().entry(header("theirs", '0').owner(33, 44).mode(04755), "").end());

        if (bench.runtime().facts().singleUid()) {
            assertThat(layer.result().skipped()).containsExactly("owner:1 entries keep this user as their owner");
            assertThat(Files.getAttribute(layer.root().resolve("theirs"), "unix:mode"))
                    .isEqualTo(0100755);
        } else {
            assertThat(layer.result().skipped()).isEmpty();
            assertThat(Files.getAttribute(layer.root().resolve("theirs"), "unix:mode"))
                    .isEqualTo(0104755);
            if (!RealRuntime.rootless()) {
                assertThat(Files.getAttribute(layer.root().resolve("theirs"), "unix:uid"))
                        .isEqualTo(33);
                assertThat(Files.getAttribute(layer.root().resolve("theirs"), "unix:gid"))
                        .isEqualTo(44);
            }
        }
    }

    @Test
    void whatCannotBeEnteredIsDeletedAndMeasured() throws Exception {
        ExtractionBench.Unpacked layer =
                bench.unpack(tar().entry(header("a", '5').mode(0), "")
                        .entry(header("a/b", '5').mode(0), "")
                        .file("a/b/c", "x".repeat(5000))
                        .hardLink("a/d", "a/b/c")
                        .symlink("out", bench.canary().toString())
                        .end());

        ContainerRuntime.TreeUsage usage = bench.runtime().usage(layer.root());
        bench.runtime().delete(layer.root());

        assertThat(usage.files()).isEqualTo(5);
        assertThat(usage.bytes()).isBetween(8192L, 40_000L);
        assertThat(layer.root()).doesNotExist();
        assertThat(bench.canary().resolve("file")).hasContent("sings");
        bench.runtime().delete(layer.root());
    }

    private static Instant mtime(Path file) throws IOException {
        return ((FileTime) Files.getAttribute(file, "lastModifiedTime", LinkOption.NOFOLLOW_LINKS)).toInstant();
    }

    private static byte[] gzip(byte[] bytes) throws IOException {
        var out = new ByteArrayOutputStream();
        try (GZIPOutputStream stream = new GZIPOutputStream(out)) {
            stream.write(bytes);
        }
        return out.toByteArray();
    }

    /// A zstd frame of raw blocks (RFC 8878, 3.1.1), so that no compressor is needed.
    private static byte[] zstdStored(byte[] bytes) {
        var out = new ByteArrayOutputStream();
        out.writeBytes(new byte[] {0x28, (byte) 0xb5, 0x2f, (byte) 0xfd, 0, 7 << 3});
        int largest = 100_000;
        for (int start = 0; start < bytes.length; start += largest) {
            int length = Math.min(largest, bytes.length - start);
            int head = length << 3 | (start + length == bytes.length ? 1 : 0);
            out.writeBytes(new byte[] {(byte) head, (byte) (head >> 8), (byte) (head >> 16)});
            out.write(bytes, start, length);
        }
        return out.toByteArray();
    }

    private static String sha256(byte[] bytes) throws Exception {
        return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
    }
}
