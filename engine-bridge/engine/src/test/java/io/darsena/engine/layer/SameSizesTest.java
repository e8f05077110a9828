package io.darsena.engine.layer;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Which files are worth reading to find those of the same content.
class SameSizesTest {

    private static final long KIB = 1024;

    @TempDir
    Path temporary;

    private final List<Path> layers = new ArrayList<>();

    /// Entries as `TYPE SIZE PATH`, sizes in KiB.
    private void layer(String... entries) throws IOException {
        StringBuilder index = new StringBuilder();
        for (String entry : entries) {
            String[] words = entry.split(" ");
            index.append(
                    "%s\t644\t0\t0\t%d\t0\t-\t%s\t\n".formatted(words[0], Long.parseLong(words[1]) * KIB, words[2]));
        }
        layers.add(Files.writeString(temporary.resolve("index" + layers.size()), index));
    }

    private SameSizes chosen(long most) {
        SameSizes same = new SameSizes(4, most * KIB);
        for (int number = 1; number <= layers.size(); number++) {
            same.add(layers.get(number - 1), number);
        }
        same.choose();
        return same;
    }

    private static List<String> words(SameSizes same) {
        return same.candidates().stream()
                .map(each -> each.where() + " of " + each.layer() + (each.isSeen() ? "" : " unseen"))
                .toList();
    }

    @Test
    void whatHasTheSameSizeIsReadWhatCouldWasteMostFirst() throws IOException {
        layer("f 8 a", "f 8 b", "f 100 alone", "f 3 small", "f 3 little", "f 50 gone", "f 50 other");
        layer("f 20 c", "f 20 d", "f 8 e", "w 0 gone");
        SameSizes same = chosen(1000);
        assertThat(words(same)).containsExactly("c of 2", "d of 2", "a of 1", "b of 1", "e of 2");
        assertThat(same.bytes()).isEqualTo((2 * 20 + 3 * 8) * KIB);
        assertThat(same.unread()).isZero();
    }

    @Test
    void whatIsBroughtAgainInTheSameSizeIsReadInBothLayers() throws IOException {
        layer("f 9 tool", "f 9 grown", "f 7 gone");
        layer("f 9 tool", "f 10 grown", "w 0 gone");
        layer("f 9 tool", "f 7 gone");
        SameSizes same = chosen(1000);
        assertThat(words(same))
                .containsExactly("tool of 1 unseen", "tool of 2 unseen", "tool of 2 unseen", "tool of 3 unseen");
        assertThat(same.pairs()).hasSize(2);
    }

    @Test
    void whatLiesInAPackageCacheIsWasteAlready() throws IOException {
        layer("f 9 root/.cache/pip/http/one", "f 9 root/.cache/pip/http/two", "f 9 srv/one");
        assertThat(words(chosen(1000))).isEmpty();
        layer("f 9 srv/two");
        assertThat(words(chosen(1000))).containsExactly("srv/one of 1", "srv/two of 2");
    }

    @Test
    void whatIsReadIsBounded() throws IOException {
        layer("f 20 a", "f 20 b", "f 30 c", "f 30 d", "f 9000000 huge", "f 9000001 larger");
        SameSizes same = chosen(50);
        assertThat(words(same)).containsExactly("a of 1", "b of 1");
        assertThat(same.unread()).isEqualTo(4);
    }
}
