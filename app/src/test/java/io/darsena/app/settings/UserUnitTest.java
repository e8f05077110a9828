package io.darsena.app.settings;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.darsena.app.settings.UserUnit.Absence;
import io.darsena.bridge.error.DeniedException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class UserUnitTest {

    @TempDir
    private Path root;

    private DesktopProgram systemctl(String script) throws IOException {
        Path file = Files.writeString(root.resolve("systemctl"), "#!/bin/sh\n" + script + "\n");
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rwx------"));
        return new DesktopProgram(file);
    }

    private UserUnit unit(Optional<DesktopProgram> systemctl) {
        return new UserUnit(root, root.resolve("config"), root.resolve("own").resolve(UserUnit.NAME), systemctl);
    }

    private void install(Path file) throws IOException {
        Files.createDirectories(file.getParent());
        Files.createFile(file);
    }

    @Test
    void whyItCannotBeHadIsTold() throws IOException {
        assertThat(unit(Optional.empty()).absence()).contains(Absence.NO_SYSTEMD);
        Files.createDirectories(root.resolve("run/systemd/system"));
        assertThat(unit(Optional.empty()).absence()).contains(Absence.NO_TOOL);
        UserUnit unit = unit(Optional.of(systemctl("exit 0")));
        assertThat(unit.absence()).contains(Absence.NO_UNIT);
        install(root.resolve("usr/lib/systemd/user/darsena.service"));
        assertThat(unit.absence()).isEmpty();
    }

    @Test
    void itIsTurnedOnAndOffBySystemdsOwnTool() throws Exception {
        install(root.resolve("usr/lib/systemd/user/darsena.service"));
        Path wants = root.resolve("config/systemd/user/default.target.wants/darsena.service");
        Files.createDirectories(wants.getParent());
        UserUnit unit = unit(Optional.of(systemctl("test \"$1 $3 $4\" = '--user --now darsena.service' || exit 9\n"
                + "case $2 in enable) ln -s /x " + wants + ";; disable) rm " + wants + ";; esac")));
        assertThat(unit.isOn()).isFalse();
        unit.set(true);
        assertThat(unit.isOn()).isTrue();
        unit.set(false);
        assertThat(unit.isOn()).isFalse();
    }

    @Test
    void oneThatSystemdDoesNotKnowYetIsEnabledByItsPath() throws Exception {
        UserUnit unit = unit(Optional.of(systemctl("echo \"$*\" > " + root.resolve("said"))));
        install(unit.own());
        unit.set(true);
        assertThat(Files.readString(root.resolve("said")).strip()).isEqualTo("--user enable --now " + unit.own());
    }

    @Test
    void aRefusalIsToldInTheToolsWords() throws Exception {
        UserUnit unit = unit(Optional.of(systemctl("echo Failed to connect to bus >&2; exit 1")));
        assertThatThrownBy(() -> unit.set(true))
                .isInstanceOf(DeniedException.class)
                .hasMessageContaining("Failed to connect to bus");
        assertThatThrownBy(() -> unit(Optional.empty()).set(true)).hasMessageContaining("no systemctl");
    }
}
