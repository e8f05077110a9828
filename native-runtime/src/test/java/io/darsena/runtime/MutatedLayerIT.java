package io.darsena.runtime;

import static io.darsena.runtime.TarForge.header;
import static io.darsena.runtime.TarForge.tar;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Layers damaged at random are unpacked or refused, and nothing else happens. A hundred in ordinary tests; with
/// `-Ddarsena.fuzz=SECONDS` as many as come in that time.
class MutatedLayerIT {

    private static final int ORDINARY_RUNS = 100;
    private static final String[] WORDS = {
        "../",
        "/",
        "..",
        ".wh.",
        ".wh..wh..opq",
        "\0",
        "a",
        "d/",
        "link",
        "GNU.sparse.map=",
        "path=",
        "size=",
        "99999999999"
    };

    @TempDir
    Path directory;

    @Test
    void aDamagedLayerIsUnpackedOrRefused() throws Exception {
        long seconds = Long.getLong("darsena.fuzz", 0);
        long seed = Long.getLong("darsena.fuzz.seed", System.nanoTime());
        Instant end = Instant.now().plus(Duration.ofSeconds(seconds));
        var random = new Random(seed);
        List<byte[]> seeds = seeds();
        int refused = 0;
        int runs = 0;
        while (seconds > 0 ? Instant.now().isBefore(end) : runs < ORDINARY_RUNS) {
            try (var bench = new ExtractionBench(Files.createTempDirectory(directory, "batch"))) {
                for (int i = 0; i < ORDINARY_RUNS; i++, runs++) {
                    byte[] layer = mutated(seeds.get(random.nextInt(seeds.size())), random);
                    refused += unpackOrRefuse(bench, layer, "seed " + seed + ", run " + runs);
                }
            }
        }
        assertThat(refused).isBetween(1, runs - 1);
    }

    private static int unpackOrRefuse(ExtractionBench bench, byte[] layer, String run) throws IOException {
        try {
            bench.unpack(layer);
            return 0;
        } catch (LayerRejectedException e) {
            return 1;
        } catch (RuntimeUnavailableException e) {
            if (String.valueOf(e.getMessage()).endsWith("bytes): No space left on device")) {
                return 1; // a size that has become larger than the disk
            }
            throw new AssertionError(run + ": " + e.getMessage(), e);
        }
    }

    /// Headers keep a checksum that fits in most runs, or nothing but checksums would be tried.
    private static byte[] mutated(byte[] seed, Random random) throws IOException {
        byte[] layer = seed.clone();
        int changes = 1 + random.nextInt(6);
        for (int i = 0; i < changes; i++) {
            int at = random.nextInt(layer.length);
            switch (random.nextInt(4)) {
                case 0 -> layer[at] = (byte) random.nextInt(256);
                case 1 -> layer[at] ^= (byte) (1 << random.nextInt(8));
                case 2 -> overwrite(layer, at, WORDS[random.nextInt(WORDS.length)]);
                default -> System.arraycopy(seed, random.nextInt(seed.length / 512) * 512, layer, at / 512 * 512, 512);
            }
        }
        if (random.nextInt(10) > 0) {
            repairChecksums(layer);
        }
        if (random.nextInt(10) == 0) {
            layer = Arrays.copyOf(layer, random.nextInt(layer.length));
        }
        return random.nextInt(5) > 0 ? layer : damagedGzip(layer, random);
    }

    private static void overwrite(byte[] layer, int at, String word) {
        for (int i = 0; i < word.length() && at + i < layer.length; i++) {
            layer[at + i] = (byte) word.charAt(i);
        }
    }

    private static void repairChecksums(byte[] layer) {
        for (int block = 0; block + 512 <= layer.length; block += 512) {
            boolean header = layer[block + 257] == 'u' && layer[block + 258] == 's' && layer[block + 259] == 't';
            if (header) {
                Arrays.fill(layer, block + 148, block + 156, (byte) ' ');
                int sum = 0;
                for (int i = 0; i < 512; i++) {
                    sum += layer[block + i] & 0xff;
                }
                overwrite(layer, block + 148, "%06o\0 ".formatted(sum));
            }
        }
    }

    private static byte[] damagedGzip(byte[] layer, Random random) throws IOException {
        var out = new ByteArrayOutputStream();
        try (GZIPOutputStream stream = new GZIPOutputStream(out)) {
            stream.write(layer);
        }
        byte[] packed = out.toByteArray();
        if (random.nextBoolean()) {
            packed[random.nextInt(packed.length)] = (byte) random.nextInt(256);
        }
        return packed;
    }

    private static List<byte[]> seeds() {
        return List.of(
                tar().directory("d")
                        .file("d/f", "content")
                        .symlink("d/link", "f")
                        .hardLink("d/twin", "d/f")
                        .entry(header("dev", '3').device(1, 3), "")
                        .entry(header("fifo", '6'), "")
                        .file(".wh.gone", "")
                        .file("o/.wh..wh..opq", "")
                        .symlink("up", "../..")
                        .file("up/x", "y")
                        .end(),
                tar().pax("path=p/a/x", "mtime=1.5", "SCHILY.xattr.user.a=b", "LIBARCHIVE.xattr.user.c=YQ==")
                        .file("x", "pax")
                        .gnuLong('L', "n".repeat(200) + "/" + "m".repeat(200))
                        .gnuLong('K', "p/a/x")
                        .hardLink("x", "y")
                        .pax("uid=5", "gid=6", "size=4", "linkpath=q")
                        .entry(header("z", '0').size(4).mode(04755), "data")
                        .end(),
                tar().pax("GNU.sparse.size=80", "GNU.sparse.map=2,2,60,1")
                        .file("v01", "abc")
                        .pax("GNU.sparse.major=1", "GNU.sparse.minor=0", "GNU.sparse.realsize=8", "GNU.sparse.name=v10")
                        .entry(header("v", '0').size(515), "1\n2\n3\n" + "\0".repeat(506) + "abc")
                        .entry(
                                header("old", 'S')
                                        .gnu()
                                        .size(3)
                                        .octal(386, 12, 2)
                                        .octal(398, 12, 3)
                                        .octal(483, 12, 9),
                                "abc")
                        .file("after", "z".repeat(3000))
                        .end());
    }
}
