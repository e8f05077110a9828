package io.darsena.runtime.cgroup;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class GroupFilesTest {

    @TempDir
    Path directory;

    private final GroupFiles files = new GroupFiles();

    private GroupDirectory group(String name) {
        return new GroupDirectory(directory.resolve(name), true, Set.of());
    }

    @Test
    void aFileThatTheKernelBringsLaterIsFoundInTheEnd() throws Exception {
        Files.createDirectory(directory.resolve("one"));
        assertThat(files.read(group("one"), "cpu.pressure")).isEmpty();
        Files.writeString(directory.resolve("one/cpu.pressure"), "some\n");
        boolean found = false;
        for (int second = 0; second < 1000 && !found; second++) {
            found = files.read(group("one"), "cpu.pressure").isPresent();
        }
        assertThat(found).isTrue();
    }

    @Test
    void aGroupThatHasGoneSaysNothingOfOthers() throws Exception {
        assertThat(files.read(group("gone"), "pids.current")).isEmpty();
        Files.createDirectory(directory.resolve("there"));
        Files.writeString(directory.resolve("there/pids.current"), "3\n");
        assertThat(files.read(group("there"), "pids.current")).contains("3");
    }

    @Test
    void aLongFileIsReadWhole() throws Exception {
        Files.createDirectory(directory.resolve("long"));
        String text = "0123456789".repeat(5000);
        Files.writeString(directory.resolve("long/memory.stat"), text + "\n");
        assertThat(files.read(group("long"), "memory.stat")).contains(text);
    }
}
