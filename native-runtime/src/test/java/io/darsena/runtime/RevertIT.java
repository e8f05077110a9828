package io.darsena.runtime;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.darsena.runtime.Reversion.Extent;
import io.darsena.runtime.Reversion.Step;
import io.darsena.runtime.protocol.Frame;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/// What a hostile writable layer and a wrong request come to. What a revert does right, ContainerFilesIT shows.
@Timeout(60)
class RevertIT {

    @TempDir
    Path directory;

    private DarsenaRuntime runtime;
    private Path upper;
    private Path canary;

    @BeforeEach
    void open() throws Exception {
        runtime = RealRuntime.open(Files.createDirectory(directory.resolve("rt")));
        for (String each : List.of("lower/etc", "second", "upper", "trash", "outside")) {
            Files.createDirectories(directory.resolve(each));
        }
        Files.writeString(directory.resolve("lower/etc/file"), "image");
        upper = directory.resolve("upper");
        canary = directory.resolve("outside/file");
        Files.writeString(canary, "untouched");
    }

    @AfterEach
    void close() {
        runtime.close();
    }

    private void revert(byte[]... paths) {
        List<Step> steps =
                Arrays.stream(paths).map(path -> new Step(path, Extent.WHOLE)).toList();
        runtime.revert(new Reversion(
                List.of(directory.resolve("lower"), directory.resolve("second")),
                new Reversion.Stored(upper, directory.resolve("trash")),
                steps));
    }

    private static byte[] bytes(String path) {
        return path.getBytes(StandardCharsets.UTF_8);
    }

    @Test
    void noPathLeadsOutOfTheContainer() throws Exception {
        Files.createSymbolicLink(upper.resolve("etc"), canary.getParent());
        assertThatThrownBy(() -> revert(bytes("etc/file")))
                .isInstanceOf(RevertRefusedException.class)
                .hasMessageContaining("/etc");
        for (String bad : List.of("../outside/file", "etc/../../outside/file", "/etc", "", "etc//file", ".")) {
            assertThatThrownBy(() -> revert(bytes(bad))).as(bad).isInstanceOf(RuntimeUnavailableException.class);
        }
        revert(bytes("etc"));
        assertThat(Files.exists(upper.resolve("etc"), LinkOption.NOFOLLOW_LINKS))
                .isFalse();
        assertThat(canary).hasContent("untouched");
        assertThat(directory.resolve("trash")).isEmptyDirectory();
    }

    @Test
    void namesThatAreNoTextAndManyAtOnceAreReverted() throws Exception {
        byte[] odd = {'a', (byte) 0xff, '=', '\n', ' '};
        Path made = upper.resolve("added");
        Files.createDirectories(made);
        RealRuntime.run("sh", "-ec", "cd \"$1\"; printf x >\"$(printf 'a\\377=\\n ')\"", "make", upper.toString());
        byte[][] paths = new byte[20_001][];
        for (int i = 0; i < 20_000; i++) {
            paths[i] = bytes("added/" + "f".repeat(40) + i);
        }
        paths[20_000] = odd;
        for (int i = 0; i < 20_000; i += 100) {
            Files.createFile(made.resolve("f".repeat(40) + i));
        }
        assertThat(RevertRecords.batches(Arrays.stream(paths)
                        .map(path -> new Step(path, Extent.WHOLE))
                        .toList()))
                .hasSizeGreaterThan(1)
                .allMatch(batch -> batch.stream().mapToInt(String::length).sum() < Frame.MAX_PAYLOAD / 2);
        revert(paths);
        assertThat(made).isEmptyDirectory();
        revert(bytes("added"));
        assertThat(upper).isEmptyDirectory();
    }

    @Test
    void aProcessThatIsAnotherOneByNowIsLeftAlone() {
        int self = (int) ProcessHandle.current().pid();
        assertThatThrownBy(() -> runtime.revert(new Reversion(
                        Collections.nCopies(1, directory.resolve("lower")),
                        new Reversion.Mounted(self, 1),
                        List.of(new Step(bytes("etc"), Extent.WHOLE)))))
                .isInstanceOf(RevertRefusedException.class)
                .hasMessageContaining("has just ended");
    }
}
