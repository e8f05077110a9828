package io.darsena.app.settings;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.darsena.bridge.error.DeniedException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CuresTest {

    private final Cures cures = new Cures("/opt/darsena/bin/darsena", "ada");

    @TempDir
    private Path folder;

    @Test
    void whatStartsDarsenaIsNamedWithItsPath() {
        assertThat(cures.command("cgroup-shared"))
                .contains("systemd-run --user --scope -p Delegate=yes /opt/darsena/bin/darsena");
    }

    @Test
    void aPathThatAShellWouldSplitIsQuoted() {
        assertThat(new Cures("/home/ada/o'neil dir/darsena", "ada").command("cgroup-not-delegated"))
                .contains("systemd-run --user --scope -p Delegate=yes '/home/ada/o'\\''neil dir/darsena'");
    }

    @Test
    void aStrangeNameOfAUserIsOneWordAndNoOption() {
        Cures strange = new Cures("darsena", "-ada; reboot");
        assertThat(strange.asRoot("single-uid"))
                .hasValueSatisfying(words -> assertThat(words).endsWith("--", "-ada; reboot"));
        assertThat(strange.asRoot("cgroup-controller-missing")).isEqualTo(cures.asRoot("cgroup-controller-missing"));
    }

    @Test
    void whatNeedsAnotherStartOfTheMachineOrOfDarsenaHasNoButton() {
        assertThat(cures.asRoot("cgroup-v1-needs-root")).isEmpty();
        assertThat(cures.asRoot("cgroup-not-delegated")).isEmpty();
    }

    @Test
    void theDropInOfSystemdSaysWhatIsDelegated() throws Exception {
        List<String> words = cures.asRoot("cgroup-controller-missing").orElseThrow();
        String script = words.getLast()
                .replace("/etc/systemd/system", folder.toString())
                .replace("systemctl", ":");
        assertThat(new ProcessBuilder(words.get(0), words.get(1), script)
                        .start()
                        .waitFor())
                .isZero();
        assertThat(folder.resolve("user@.service.d/delegate.conf"))
                .hasContent("[Service]\nDelegate=cpu cpuset io memory pids\n");
    }

    @Test
    void theWordsReachThePrivilegedCommandAsTheyAre() throws Exception {
        Path seen = folder.resolve("seen");
        new RootCommand(pkexec("printf '%s|' \"$@\" >" + seen), List.of("usermod", "a b", "$(reboot)")).run();
        assertThat(seen).hasContent("usermod|a b|$(reboot)|");
    }

    @Test
    void aRefusalIsToldInItsOwnWords() throws Exception {
        RootCommand refused = new RootCommand(pkexec("echo Request dismissed >&2; exit 126"), List.of("sysctl"));
        assertThatThrownBy(refused::run)
                .isInstanceOf(DeniedException.class)
                .hasMessageContaining("Request dismissed")
                .hasMessageContaining("type the command in a terminal");
    }

    private DesktopProgram pkexec(String script) throws IOException {
        Path file = Files.writeString(folder.resolve("pkexec"), "#!/bin/sh\n" + script + "\n");
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rwx------"));
        return new DesktopProgram(file);
    }
}
