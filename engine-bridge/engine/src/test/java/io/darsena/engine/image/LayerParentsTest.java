package io.darsena.engine.image;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveInputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

class LayerParentsTest {

    @TempDir
    Path temporary;

    private int layers;

    /// @param lines `TYPE MODE UID FLAGS PATH`
    private Path layer(String... lines) {
        List<String> index = Arrays.stream(lines)
                .map(line -> line.split(" ", 5))
                .map(part ->
                        String.join("\t", part[0], part[1], part[2], "7", "0", "5.000000001", part[3], part[4], ""))
                .toList();
        try {
            return Files.write(temporary.resolve("index-" + layers++), index, StandardCharsets.ISO_8859_1);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static List<String> parents(Path... indexes) throws IOException {
        return entries(LayerParents.tar(List.of(indexes)));
    }

    private static List<String> entries(Optional<byte[]> tar) throws IOException {
        List<String> found = new ArrayList<>();
        if (tar.isPresent()) {
            TarArchiveInputStream entries =
                    new TarArchiveInputStream(new ByteArrayInputStream(tar.get()), StandardCharsets.ISO_8859_1.name());
            for (TarArchiveEntry entry = entries.getNextEntry(); entry != null; entry = entries.getNextEntry()) {
                found.add(Integer.toOctalString(entry.getMode() & 07777) + " " + entry.getLongUserId() + " "
                        + entry.getLongGroupId() + " "
                        + entry.getLastModifiedTime().toInstant().toEpochMilli() + " "
                        + entry.getName());
            }
        }
        return found;
    }

    @Test
    void whatIsImpliedAboveGetsBackWhatWasSaidBelow() throws Exception {
        Path lower = layer("d 755 0 - a", "d 1777 1000 - a/tmp");
        assertThat(parents(lower, layer("d 755 0 i a", "d 755 0 i a/tmp", "f 644 0 - a/tmp/x")))
                .containsExactly("755 0 7 5000 a/", "1777 1000 7 5000 a/tmp/");
    }

    @Test
    @Timeout(60)
    void fourThousandDirectoriesInEachOtherTakeTheirTime() throws Exception {
        String deepest = "d/".repeat(4000);
        String path = deepest.substring(0, deepest.length() - 1);
        List<String> found = parents(layer("d 1777 1000 - " + path), layer("d 755 0 i " + path));
        assertThat(found).hasSize(4000).startsWith("755 0 0 0 d/").endsWith("1777 1000 7 5000 " + deepest);
    }

    @Test
    void layersThatSayAllNeedNothing() throws Exception {
        Path lower = layer("d 700 5 - a", "d 755 0 i b", "f 644 0 - b/f");
        assertThat(parents(lower, layer("d 711 6 - a", "d 755 0 i c", "f 644 0 - c/f")))
                .isEmpty();
    }

    @Test
    void aDirectorySaidAgainAboveNeedsNothing() throws Exception {
        Path lower = layer("d 700 5 - a");
        assertThat(parents(lower, layer("d 755 0 i a"), layer("d 711 6 - a"))).isEmpty();
        assertThat(parents(lower, layer("d 711 6 - a"), layer("d 755 0 i a"))).containsExactly("711 6 7 5000 a/");
    }

    @Test
    void whatIsHiddenInBetweenBeginsAnew() throws Exception {
        Path lower = layer("d 700 5 - a", "d 700 5 - a/b");
        Path implied = layer("d 755 0 i a", "d 755 0 i a/b", "f 644 0 - a/b/f");
        assertThat(parents(lower, layer("w 0 0 - a"), implied)).isEmpty();
        assertThat(parents(lower, layer("f 644 0 - a"), implied)).isEmpty();
        assertThat(parents(lower, layer("o 0 0 - a"), implied)).containsExactly("700 5 7 5000 a/");
        assertThat(parents(lower, layer("w 0 0 - a/b"), implied)).containsExactly("700 5 7 5000 a/");
        assertThat(parents(lower, layer("w 0 0 - ab"), implied)).hasSize(2);
    }

    @Test
    void aWhiteoutInTheSameLayerHidesLowerLayersOnly() throws Exception {
        Path lower = layer("d 700 5 - a");
        Path both = layer("d 711 6 - a", "w 0 0 - a");
        assertThat(parents(lower, both, layer("d 755 0 i a"))).containsExactly("711 6 7 5000 a/");
    }

    @Test
    void ofTwoEntriesForOnePathTheLastCounts() throws Exception {
        Path lower = layer("d 700 5 - a", "d 700 5 - a/b", "l 777 0 - a");
        assertThat(parents(lower, layer("d 755 0 i a", "d 755 0 i a/b"))).isEmpty();
    }

    @Test
    void parentsThatNobodySaidAreAsTheExtractorMakesThem() throws Exception {
        Path lower = layer("d 755 0 i a", "d 700 5 - a/b");
        assertThat(parents(lower, layer("d 755 0 i a", "d 755 0 i a/b")))
                .containsExactly("755 0 0 0 a/", "700 5 7 5000 a/b/");
    }

    @Test
    void namesStayByteForByteHoweverLong() throws Exception {
        String name = "\\xff\\t" + "n".repeat(150);
        assertThat(parents(layer("d 700 2000000000 - " + name), layer("d 755 0 i " + name)))
                .containsExactly("700 2000000000 7 5000 ÿ\t" + "n".repeat(150) + "/");
    }

    @Test
    void equalLayersGiveEqualBytes() {
        Path lower = layer("d 700 5 - a", "d 700 5 - b");
        Path upper = layer("d 755 0 i b", "d 755 0 i a");
        assertThat(LayerParents.tar(List.of(lower, upper)).orElseThrow())
                .isEqualTo(LayerParents.tar(List.of(lower, upper)).orElseThrow());
    }

    @Test
    void timesStayToTheNanosecondAndExtendedAttributesToTheByte() throws Exception {
        Path lower = layer("d 755 0 x a", "d 755 0 x b");
        List<String> lines = new ArrayList<>(Files.readAllLines(lower, StandardCharsets.ISO_8859_1));
        lines.add(1, "x\t0\t0\t0\t3\t0\t-\tuser.c%=\\xff\t00ff0a");
        lines.add(2, "x\t0\t0\t0\t0\t0\t-\tuser.empty\t");
        Files.write(lower, lines, StandardCharsets.ISO_8859_1);
        byte[] tar = LayerParents.tar(List.of(lower, layer("d 755 0 i a"))).orElseThrow();
        assertThat(new String(tar, StandardCharsets.ISO_8859_1))
                .contains(
                        "21 mtime=5.000000001\n",
                        "LIBARCHIVE.xattr.user.c%25%3D%FF=AP8K\n",
                        "LIBARCHIVE.xattr.user.empty=\n");
    }

    @Test
    void theRootIsAsTheTopmostLayerThatNamesItHasIt() throws Exception {
        Path silent = layer("d 755 0 i a", "f 644 0 - a/x");
        Path lower = layer("d 700 5 - .", "d 755 0 - a");
        Path upper = layer("d 1777 1000 - .", "d 755 0 - a");
        assertThat(entries(LayerParents.root(List.of(silent, upper, lower)))).containsExactly("1777 1000 7 5000 ./");
        assertThat(LayerParents.root(List.of(silent))).isEmpty();
    }

    @Test
    void aRootAsItIsMadeAnywayNeedsNothing() throws Exception {
        Path usual = temporary.resolve("usual");
        Files.writeString(usual, String.join("\t", "d", "755", "0", "0", "0", "5", "-", ".", "") + "\n");
        assertThat(LayerParents.root(List.of(usual, layer("d 700 5 - .")))).isEmpty();
    }
}
