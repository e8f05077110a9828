package io.darsena.app.settings;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.darsena.bridge.error.DeniedException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LingerTest {

    @TempDir
    private Path root;

    private DesktopProgram loginctl(String script) throws IOException {
        Path file = Files.writeString(root.resolve("loginctl"), "#!/bin/sh\n" + script + "\n");
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rwx------"));
        return new DesktopProgram(file);
    }

    @Test
    void itMattersWhereSystemdRunsTheMachineOnly() throws IOException {
        Linger linger = new Linger(root, "ada", Optional.empty());
        assertThat(linger.matters()).isFalse();
        Files.createDirectories(root.resolve("run/systemd/system"));
        assertThat(linger.matters()).isTrue();
    }

    @Test
    void itIsTurnedOnAndOffBySystemdsOwnTool() throws Exception {
        Path mark = root.resolve("var/lib/systemd/linger/ada");
        Files.createDirectories(mark.getParent());
        Linger linger = new Linger(
                root,
                "ada",
                Optional.of(loginctl(
                        "case $1 in enable-linger) : >" + mark + ";; disable-linger) rm " + mark + ";; esac")));
        assertThat(linger.isOn()).isFalse();
        linger.set(true);
        assertThat(linger.isOn()).isTrue();
        linger.set(false);
        assertThat(linger.isOn()).isFalse();
    }

    @Test
    void aRefusalIsToldInTheToolsWordsWithARemedy() throws Exception {
        Linger linger = new Linger(root, "ada", Optional.of(loginctl("echo Access denied >&2; exit 1")));
        assertThatThrownBy(() -> linger.set(true))
                .isInstanceOf(DeniedException.class)
                .hasMessageContaining("Access denied")
                .hasMessageContaining("sudo loginctl enable-linger ada");
        assertThatThrownBy(() -> new Linger(root, "ada", Optional.empty()).set(true))
                .hasMessageContaining("no loginctl");
    }
}
