package io.darsena.app.real;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/// Starts the application as a process of its own, driven by [DrivenApp].
///
/// @param home where it keeps everything; the engine's data lie in `root` below
/// @param environment what it is given besides ours
record Application(Path home, Map<String, String> environment) {

    Path root() {
        return home.resolve("root");
    }

    Process start(String platform, List<String> deeds) throws IOException {
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx192m",
                "-XX:+UseSerialGC",
                "-XX:TieredStopAtLevel=1",
                "--enable-native-access=ALL-UNNAMED",
                platform,
                "-Dprism.order=sw",
                "-Dprism.disableRegionCaching=true",
                "-Djavafx.animation.pulse=25",
                "-Djava.io.tmpdir=" + System.getProperty("java.io.tmpdir"),
                "-cp",
                System.getProperty("surefire.test.class.path", System.getProperty("java.class.path")),
                DrivenApp.class.getName()));
        command.addAll(deeds);
        command.addAll(List.of("--", "--root", root().toString(), "--language", "en"));
        ProcessBuilder builder =
                new ProcessBuilder(command).redirectError(home.resolve("stderr").toFile());
        builder.environment().put("XDG_CONFIG_HOME", home.toString());
        builder.environment().putAll(environment);
        return builder.start();
    }

    /// What it printed, until it was done.
    List<String> told(Process process) throws IOException {
        List<String> lines = new ArrayList<>();
        BufferedReader reader = process.inputReader();
        String line = reader.readLine();
        while (line != null && !line.equals("done") && !line.startsWith("failed")) {
            lines.add(line);
            line = reader.readLine();
        }
        assertThat(line)
                .as("told %s and %s", lines, Files.readString(home.resolve("stderr")))
                .isEqualTo("done");
        return lines;
    }
}
