package io.darsena.app.settings;

import io.darsena.bridge.error.DeniedException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/// Whether systemd lets this person's services, and with them the containers, live on after the last logout. Without
/// it the user's service manager ends then, and takes everything in its groups along.
///
/// @param root where the machine's files are; `/` but in tests
/// @param loginctl what changes it; absent on a machine that has none
record Linger(Path root, String user, Optional<DesktopProgram> loginctl) {

    static Linger ofThisMachine() {
        return new Linger(Path.of("/"), System.getProperty("user.name"), DesktopProgram.named("loginctl"));
    }

    /// Whether systemd runs this machine: `sd_booted(3)`.
    boolean matters() {
        return Files.isDirectory(root.resolve("run/systemd/system"));
    }

    boolean isOn() {
        return Files.exists(root.resolve("var/lib/systemd/linger").resolve(user));
    }

    /// What to type for it.
    static String command(boolean on) {
        return on ? "loginctl enable-linger" : "loginctl disable-linger";
    }

    /// Asks systemd for it; on a thread that may wait, because the person may be asked for a password.
    ///
    /// @throws DeniedException when it is refused
    void set(boolean on) throws InterruptedException {
        String operation = on ? "enable" : "disable";
        DesktopProgram program = loginctl.orElseThrow(() -> new DeniedException(
                operation, "lingering of " + user, "there is no loginctl on this machine", "install systemd's tools"));
        try {
            program.run(on ? "enable-linger" : "disable-linger");
        } catch (IOException refused) {
            throw new DeniedException(
                    operation,
                    "lingering of " + user,
                    String.valueOf(refused.getMessage()),
                    "ask who administers this machine for: sudo " + command(on) + " " + user);
        }
    }
}
