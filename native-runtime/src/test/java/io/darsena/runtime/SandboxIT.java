package io.darsena.runtime;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/// Sandboxes on the real program: their layers, their command, its signals and its end.
class SandboxIT extends SandboxesOfBusybox {

    @Test
    void itRunsItsCommandAndTellsItsEnd() throws Exception {
        Path home = home();
        Sandbox sandbox = runtime.start(spec(home, 1, "sh", "-c", "echo out; echo err >&2; exit 7"), ends::add);

        SandboxExit exit = end();

        assertThat(exit.code()).isEqualTo(7);
        assertThat(exit.signal()).isEmpty();
        assertThat(exit.exitedAt()).isAfterOrEqualTo(exit.startedAt());
        assertThat(sandbox.startedAt()).isEqualTo(exit.startedAt());
        assertThat(Files.readAllLines(home.resolve("log")))
                .anyMatch(line -> line.endsWith(" stdout F out"))
                .anyMatch(line -> line.endsWith(" stderr F err"));
        sandbox.signal(TERM);
        assertThat(ends).isEmpty();
    }

    @Test
    void whiteoutsOfALayerHideWhatTheLayersBelowHave() throws Exception {
        Path below = unpacked(TarForge.tar()
                .file("d/gone", "")
                .file("d/kept", "")
                .file("opaque/below", "")
                .file("was/directory", "")
                .file("renewed/below", "")
                .end());
        Path above = unpacked(TarForge.tar()
                .file("d/.wh.gone", "")
                .file("opaque/.wh..wh..opq", "")
                .file("opaque/above", "")
                .file("was", "")
                .file(".wh.renewed", "")
                .file("renewed/above", "")
                .end());
        Path home = home();

        runtime.start(
                spec(home, 1, List.of(above, below, layer), "sh", "-c", "busybox find d opaque was renewed"),
                ends::add);

        assertThat(end().code()).isZero();
        assertThat(said(home))
                .containsExactlyInAnyOrder("d", "d/kept", "opaque", "opaque/above", "was", "renewed", "renewed/above");
        runtime.delete(above);
        runtime.delete(below);
    }

    @Test
    void whatAContainerHasChangedIsListedAndMakesALayer() throws Exception {
        Path below = unpacked(TarForge.tar()
                .directory("d")
                .file("d/gone", "")
                .file("d/kept", "old")
                .directory("renewed")
                .file("renewed/below", "")
                .directory("removed")
                .file("removed/file", "")
                .end());
        Path home = home();
        String changes =
                "cd /; echo new > d/kept; busybox rm d/gone; busybox rm -r removed renewed; busybox mkdir renewed;"
                        + "echo x > renewed/above; busybox ln renewed/above renewed/twin";
        runtime.start(spec(home, 1, List.of(below, layer), "sh", "-ec", changes), ends::add);
        assertThat(end().code()).isZero();

        runtime.list(home.resolve("upper"), directory.resolve("changes"));
        byte[] made;
        try (TreeArchive archive = runtime.archive(
                List.of(home.resolve("upper")),
                ArchiveForm.LAYER,
                entries -> entries.add(0, new byte[0], new byte[0], Set.of(ArchivePlan.Take.RECURSIVELY)))) {
            made = archive.tar().readAllBytes();
        }

        List<String> expected = List.of(
                "w d/gone", "f d/kept", "w removed", "d renewed", "o renewed", "f renewed/above", "h renewed/twin");
        assertThat(kindsAndPaths(directory.resolve("changes"))).containsAll(expected);
        unpacked(made);
        assertThat(kindsAndPaths(directory.resolve("index" + layers))).containsAll(expected);
        runtime.delete(directory.resolve("layer" + layers));
        runtime.delete(below);
    }

    private static List<String> kindsAndPaths(Path index) throws IOException {
        return Files.readAllLines(index).stream()
                .map(line -> line.split("\t", -1))
                .map(fields -> fields[0] + " " + fields[7])
                .toList();
    }

    @Test
    void signalsReachIt() throws Exception {
        Sandbox sandbox = runtime.start(
                spec(home(), 1, "sh", "-c", "trap 'exit 3' TERM; while :; do sleep 0.05; done"), ends::add);
        assertThat(sandbox.pid()).isPositive();
        assertThat(sandbox.steps()).isNotEmpty();
        TimeUnit.MILLISECONDS.sleep(200);

        sandbox.signal(TERM);

        assertThat(end().code()).isEqualTo(3);
    }

    @Test
    void aCommandThatIsNotThereIsAFailedStart() throws Exception {
        assertThatThrownBy(() -> runtime.start(spec(home(), 1, "/nope"), ends::add))
                .isInstanceOfSatisfying(SandboxStartException.class, e -> {
                    assertThat(e.failure().stage()).isEqualTo("command");
                    assertThat(e.failure().errno()).hasValue(2);
                });
        assertThat(ends).isEmpty();
    }
}
