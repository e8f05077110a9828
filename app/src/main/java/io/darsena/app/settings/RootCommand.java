package io.darsena.app.settings;

import io.darsena.bridge.error.DeniedException;
import java.io.IOException;
import java.util.List;
import java.util.Optional;

/// A command that is run as root once the person has given a password: by polkit's `pkexec`, word by word, so that no
/// shell reads them.
record RootCommand(DesktopProgram pkexec, List<String> words) {

    /// Empty on a machine without polkit.
    static Optional<RootCommand> of(List<String> words) {
        return DesktopProgram.named("pkexec").map(pkexec -> new RootCommand(pkexec, words));
    }

    /// Runs it to its end; on a thread that may wait.
    ///
    /// @throws DeniedException when the person or polkit refuses, or the command fails
    void run() throws InterruptedException {
        try {
            pkexec.run(words.toArray(String[]::new));
        } catch (IOException refused) {
            throw new DeniedException(
                    "change",
                    "this machine's settings",
                    String.valueOf(refused.getMessage()),
                    "type the command in a terminal, or ask who administers this machine for it");
        }
    }
}
