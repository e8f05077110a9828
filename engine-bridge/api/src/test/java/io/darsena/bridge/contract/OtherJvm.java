package io.darsena.bridge.contract;

import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/// How tests start a JVM of their own. `./darsena test` makes an archive of the engine's classes before, and jars
/// that it
/// is about: loading them is half of what it takes to open an engine.
public final class OtherJvm {

    private OtherJvm() {}

    /// A command that runs a program of this class path; its arguments may be added.
    public static List<String> command(Class<?> program) {
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:+UseSerialGC",
                "-XX:TieredStopAtLevel=1",
                "--enable-native-access=ALL-UNNAMED",
                "-Djava.io.tmpdir=" + System.getProperty("java.io.tmpdir")));
        String path = System.getProperty("java.class.path");
        String archive = System.getProperty("darsena.test.archive", "");
        if (!archive.isEmpty() && Files.isRegularFile(Path.of(archive))) {
            command.addAll(List.of("-XX:AOTCache=" + archive, "-Xlog:aot=off,cds=off"));
            path = read(Path.of(archive + ".path")) + File.pathSeparator + path;
        }
        command.addAll(List.of("-cp", path, program.getName()));
        return command;
    }

    private static String read(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
