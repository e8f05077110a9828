package io.darsena.engine.store;

import io.darsena.engine.paths.EnginePaths;
import java.nio.file.Path;

/// Brings a database up to date in a process of its own, to be killed.
final class MigrationSubject {

    private MigrationSubject() {}

    /// @param arguments the engine's root
    public static void main(String[] arguments) {
        EnginePaths paths = EnginePaths.under(Path.of(arguments[0]));
        System.out.print('>');
        System.out.flush();
        Database.open(paths).close();
    }
}
