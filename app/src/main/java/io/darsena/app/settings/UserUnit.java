package io.darsena.app.settings;

import io.darsena.bridge.error.DeniedException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.stream.Stream;

/// The service of this person's systemd that runs the engine while no window is open, so that names are kept in sync
/// then, too. It comes with the packages.
///
/// @param root where the machine's files are; `/` but in tests
/// @param config where the person's configuration is
/// @param own the unit that lies beside this program's runtime, for packages that do not put it among systemd's
/// @param systemctl what changes it; absent on a machine that has none
record UserUnit(Path root, Path config, Path own, Optional<DesktopProgram> systemctl) {

    static final String NAME = "darsena.service";

    private static final String SUBJECT = "the service that syncs while the window is closed";

    /// Why it cannot be had.
    enum Absence {
        NO_SYSTEMD,
        NO_TOOL,
        NO_UNIT
    }

    static UserUnit ofThisMachine() {
        String configured =
                Optional.ofNullable(System.getenv("XDG_CONFIG_HOME")).orElse("");
        return new UserUnit(
                Path.of("/"),
                configured.startsWith("/") ? Path.of(configured) : Path.of(System.getProperty("user.home"), ".config"),
                Path.of(System.getProperty("java.home"))
                        .resolveSibling("systemd")
                        .resolve(NAME),
                DesktopProgram.named("systemctl"));
    }

    Optional<Absence> absence() {
        if (!Files.isDirectory(root.resolve("run/systemd/system"))) {
            return Optional.of(Absence.NO_SYSTEMD);
        }
        if (systemctl.isEmpty()) {
            return Optional.of(Absence.NO_TOOL);
        }
        return isKnown() || Files.isRegularFile(own) ? Optional.empty() : Optional.of(Absence.NO_UNIT);
    }

    /// Whether systemd finds it by its name.
    private boolean isKnown() {
        return Stream.of(root.resolve("usr/lib/systemd/user"), root.resolve("etc/systemd/user"), units())
                .anyMatch(directory -> Files.isRegularFile(directory.resolve(NAME)));
    }

    private Path units() {
        return config.resolve("systemd/user");
    }

    /// Whether it begins with the person's session.
    boolean isOn() {
        return Files.isSymbolicLink(units().resolve("default.target.wants").resolve(NAME));
    }

    /// Turns it on from now on, or off; on a thread that may wait.
    ///
    /// @throws DeniedException when systemd refuses
    void set(boolean on) throws InterruptedException {
        String operation = on ? "enable" : "disable";
        DesktopProgram program = systemctl.orElseThrow(() -> new DeniedException(
                operation, SUBJECT, "there is no systemctl on this machine", "install systemd's tools"));
        try {
            program.run("--user", operation, "--now", on && !isKnown() ? own.toString() : NAME);
        } catch (IOException refused) {
            throw new DeniedException(
                    operation,
                    SUBJECT,
                    String.valueOf(refused.getMessage()),
                    "look into: systemctl --user status darsena");
        }
    }
}
