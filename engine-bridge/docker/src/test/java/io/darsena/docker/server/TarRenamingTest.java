package io.darsena.docker.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Read back by the tar command of this machine.
class TarRenamingTest {

    private static final String LONG = "long-".repeat(40);

    @TempDir
    @SuppressWarnings("NullAway.Init")
    Path directory;

    private byte[] tar() throws Exception {
        if (Files.exists(directory.resolve("made.tar"))) {
            return Files.readAllBytes(directory.resolve("made.tar"));
        }
        Path top = Files.createDirectories(directory.resolve("in/top"));
        Files.writeString(top.resolve("file"), "content of file");
        Files.createLink(top.resolve("hard"), top.resolve("file"));
        Files.createSymbolicLink(top.resolve("soft"), Path.of("top/file"));
        Files.createDirectories(top.resolve(LONG));
        Files.writeString(top.resolve(LONG).resolve("in-it"), "x".repeat(700));
        Files.writeString(directory.resolve("in/topmost"), "another");
        run("tar", "--format=pax", "--sort=name", "-C", "in", "-cf", "made.tar", "top", "topmost");
        return Files.readAllBytes(directory.resolve("made.tar"));
    }

    private List<String> run(String... command) throws Exception {
        Path out = directory.resolve("out");
        Process process = new ProcessBuilder(command)
                .directory(directory.toFile())
                .redirectErrorStream(true)
                .redirectOutput(out.toFile())
                .start();
        assertThat(process.waitFor()).as(Files.readString(out)).isZero();
        return Files.readAllLines(out);
    }

    private List<String> names(byte[] tar, String before, String after) throws Exception {
        try (TarRenaming renamed = new TarRenaming(new ByteArrayInputStream(tar), bytes(before), bytes(after))) {
            Files.write(directory.resolve("renamed.tar"), renamed.readAllBytes());
        }
        return run("tar", "-P", "-tf", "renamed.tar");
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    @Test
    void whatBeginsWithOneNameBeginsWithAnother() throws Exception {
        assertThat(names(tar(), "top", "other"))
                .containsExactlyInAnyOrder(
                        "other/",
                        "other/file",
                        "other/hard",
                        "other/soft",
                        "other/" + LONG + "/",
                        "other/" + LONG + "/in-it",
                        "topmost");
        run("tar", "-xf", "renamed.tar");
        assertThat(directory.resolve("other/file")).hasContent("content of file");
        assertThat(directory.resolve("other/hard")).hasContent("content of file");
        assertThat(Files.readSymbolicLink(directory.resolve("other/soft"))).isEqualTo(Path.of("top/file"));
        assertThat(directory.resolve("other/" + LONG + "/in-it")).hasContent("x".repeat(700));
    }

    @Test
    void aShortNameBecomesLongAndALongOneShort() throws Exception {
        String longer = "longer/".repeat(30) + "top";
        assertThat(names(tar(), "top", longer)).contains(longer + "/", longer + "/file", longer + "/hard");
        run("tar", "-xf", "renamed.tar");
        assertThat(directory.resolve(longer + "/hard")).hasContent("content of file");
        byte[] renamed = Files.readAllBytes(directory.resolve("renamed.tar"));
        assertThat(names(renamed, longer, ".")).contains("./", "./file", "./" + LONG + "/in-it", "topmost");
    }

    @Test
    void withoutANameEachGetsOne() throws Exception {
        assertThat(names(tar(), "", "")).contains("/top/", "/top/file", "/topmost");
        assertThat(names(tar(), "", ".")).contains("./top/", "./top/file", "./topmost");
    }

    @Test
    void anArchiveThatIsCutOffFails() throws Exception {
        byte[] tar = tar();
        for (int length : List.of(100, 700, 1600, 2600)) {
            TarRenaming renamed =
                    new TarRenaming(new ByteArrayInputStream(Arrays.copyOf(tar, length)), bytes("top"), bytes("x"));
            ByteArrayOutputStream out = new ByteArrayOutputStream();
            assertThatThrownBy(() -> copy(renamed, out)).isInstanceOf(EOFException.class);
        }
    }

    private static void copy(TarRenaming from, ByteArrayOutputStream to) throws IOException {
        from.transferTo(to);
    }
}
