package io.darsena.docker.wire;

import static org.assertj.core.api.Assertions.assertThat;

import io.darsena.bridge.layer.Commit;
import io.darsena.bridge.layer.FilePath;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class PathTextTest {

    @Test
    void everyByteComesBackButTheTwoThatNoNameHas() {
        byte[] name = new byte[254];
        int length = 0;
        for (int each = 1; each < 256; each++) {
            if (each != '/') {
                name[length++] = (byte) each;
            }
        }
        FilePath path = FilePath.of(name);
        assertThat(PathText.encoded(path)).matches("[!-~]+").doesNotContain("&", "=", "?", "#");
        assertThat(PathText.decoded(PathText.encoded(path))).isEqualTo(path);
        assertThat(PathText.decoded("a+b")).isEqualTo(FilePath.of("a+b"));
        assertThat(PathText.decoded(PathText.encoded(FilePath.ROOT))).isEqualTo(FilePath.ROOT);
    }

    @Test
    void aCommitOfSuchPathsTravels() {
        FilePath path = FilePath.of(new byte[] {'a', '/', (byte) 0xff, '%', '+'});
        Commit commit = new Commit(Optional.empty(), "why", "", Optional.empty(), List.of(path), false);
        String text = new String(BridgeJson.write(commit), StandardCharsets.UTF_8);
        assertThat(BridgeJson.read(Commit.class, text)).isEqualTo(commit);
    }

    @Test
    void aVeryDeepPathIsNotMuchLongerThanItIs() {
        FilePath path = FilePath.of("d/".repeat(4000) + "the end");
        assertThat(PathText.encoded(path)).hasSizeLessThan(8100);
        assertThat(PathText.decoded(PathText.encoded(path))).isEqualTo(path);
    }
}
