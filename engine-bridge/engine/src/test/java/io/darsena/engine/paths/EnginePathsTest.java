package io.darsena.engine.paths;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.darsena.bridge.container.ContainerId;
import io.darsena.bridge.error.DeniedException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class EnginePathsTest {

    private static final ContainerId CONTAINER = new ContainerId("ab".repeat(32));

    @TempDir
    Path temporary;

    @Test
    void rootUsesTheDirectoriesOfTheSystem() {
        assertThat(EnginePaths.ofRoot())
                .isEqualTo(
                        new EnginePaths(Path.of("/var/lib/darsena"), Path.of("/run/darsena"), Path.of("/etc/darsena")));
    }

    @Test
    void anOrdinaryUserUsesTheXdgDirectories() throws Exception {
        Path runtime = Files.createDirectory(
                temporary.resolve("rt"),
                PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
        EnginePaths paths = EnginePaths.ofUser(
                PrivateDirectory.ownUid(),
                Path.of("/home/ada"),
                Map.of("XDG_RUNTIME_DIR", runtime.toString(), "XDG_DATA_HOME", "/big/disk"));
        assertThat(paths.data()).isEqualTo(Path.of("/big/disk/darsena"));
        assertThat(paths.run()).isEqualTo(runtime.resolve("darsena"));
        assertThat(paths.config()).isEqualTo(Path.of("/home/ada/.config/darsena"));
    }

    @Test
    void aRelativeXdgDirectoryIsPassedOver() {
        EnginePaths paths = EnginePaths.ofUser(4242, Path.of("/home/ada"), Map.of("XDG_DATA_HOME", "data"));
        assertThat(paths.data()).isEqualTo(Path.of("/home/ada/.local/share/darsena"));
    }

    @Test
    void aRuntimeDirectoryThatOthersCanEnterIsNotUsed() throws Exception {
        Path open = Files.createDirectory(temporary.resolve("open"));
        Files.setPosixFilePermissions(open, PosixFilePermissions.fromString("rwxrwxrwx"));
        EnginePaths paths = EnginePaths.ofUser(4242, Path.of("/home/ada"), Map.of("XDG_RUNTIME_DIR", open.toString()));
        assertThat(paths.run().toString()).startsWith("/tmp/darsena-4242-");
    }

    @Test
    void aSocketFitsHoweverLongTheRootIs() {
        for (int length = 1; length < 200; length += 7) {
            EnginePaths paths = EnginePaths.under(Path.of("/" + "x".repeat(length)));
            Path socket = paths.containerRun(CONTAINER).resolve("monitor.sock");
            assertThat(socket.toString().getBytes(StandardCharsets.UTF_8).length)
                    .isLessThanOrEqualTo(EnginePaths.LONGEST_SOCKET_PATH);
        }
        assertThat(EnginePaths.fits(Path.of("/run/user/1000/darsena"))).isTrue();
    }

    @Test
    void theShortRunDirectoryIsTheSameForEachSpellingOfTheRoot() throws Exception {
        Path real = Files.createDirectory(temporary.resolve("r".repeat(80)));
        Path link = Files.createSymbolicLink(temporary.resolve("l".repeat(70)), real);
        assertThat(EnginePaths.under(real).run())
                .isEqualTo(EnginePaths.under(link).run());
        assertThat(EnginePaths.under(real).run())
                .isNotEqualTo(
                        EnginePaths.under(temporary.resolve("q".repeat(80))).run());
    }

    /// An engine of this data has its run directory at `run`, and something in it.
    private EnginePaths used(String data, String run) throws Exception {
        EnginePaths paths =
                new EnginePaths(temporary.resolve(data), temporary.resolve(run), temporary.resolve("config"));
        paths.prepare();
        RunDirectory.open(paths);
        Files.createDirectory(paths.containerRuns().resolve("0".repeat(32)));
        return paths;
    }

    private EnginePaths elsewhere(EnginePaths paths) {
        return paths.at(temporary.resolve("elsewhere"));
    }

    @Test
    void theRunDirectoryInUseIsFoundFromEachEnvironment() throws Exception {
        EnginePaths used = used("data", "run");
        assertThat(elsewhere(used).inUse()).isEqualTo(used);
        assertThat(used.inUse()).isEqualTo(used);
        Files.delete(used.containerRuns().resolve("0".repeat(32)));
        assertThat(elsewhere(used).inUse()).as("nothing is in it").isEqualTo(elsewhere(used));
        Files.createFile(used.apiSocket());
        assertThat(elsewhere(used).inUse()).as("somebody serves there").isEqualTo(used);
        Files.move(used.run(), temporary.resolve("moved"));
        assertThat(elsewhere(used).inUse()).as("it is gone").isEqualTo(elsewhere(used));
    }

    @Test
    void aRunDirectoryThatOthersCanEnterIsNotTakenOver() throws Exception {
        EnginePaths used = used("data", "run");
        Files.setPosixFilePermissions(used.run(), PosixFilePermissions.fromString("rwxr-xr-x"));
        assertThat(elsewhere(used).inUse()).isEqualTo(elsewhere(used));
    }

    @Test
    void aLinkOfTheOwnUserIsARunDirectoryTooAndNotAnothers() throws Exception {
        EnginePaths used = used("data", "run");
        Files.move(used.run(), temporary.resolve("moved"));
        Files.createSymbolicLink(used.run(), temporary.resolve("moved"));
        assertThat(used.inUse()).isEqualTo(used);
        assertThat(elsewhere(used).inUse()).isEqualTo(used);
        Files.setPosixFilePermissions(temporary.resolve("moved"), PosixFilePermissions.fromString("rwxr-xr-x"));
        assertThat(elsewhere(used).inUse()).as("others can enter").isEqualTo(elsewhere(used));
        assertThat(used.inUse()).as("it is not another's for that").isEqualTo(used);
    }

    @Test
    void aLinkOfAnotherUserInThePlaceOfARunDirectoryIsNotFollowed() throws Exception {
        Assumptions.assumeTrue(PrivateDirectory.ownUid() == 0, "only root can make another user's link");
        EnginePaths used = used("data", "run");
        Files.move(used.run(), temporary.resolve("moved"));
        Files.createSymbolicLink(used.run(), temporary.resolve("moved"));
        Process chown = new ProcessBuilder("chown", "-h", "4242", used.run().toString()).start();
        assertThat(chown.waitFor()).isZero();
        assertThat(elsewhere(used).inUse()).isEqualTo(elsewhere(used));
    }

    @Test
    void aRunDirectoryOfAnEarlierBootOrOfDataInTheSamePlaceIsNotAnothers() throws Exception {
        EnginePaths used = used("data", "run");
        Path owner = used.run().resolve("data");
        List<String> lines = Files.readAllLines(owner);
        assertThat(lines).hasSize(3);
        String boot = lines.get(1);
        String place = lines.getLast();
        assertThat(place).isEqualTo(used.data().toRealPath().toString());
        for (String mine : List.of(
                "1:1\n00000000-0000-4000-8000-000000000000\n/elsewhere",
                "1:1\n" + boot + "\n" + place,
                lines.getFirst() + "\n" + boot + "\n/elsewhere",
                lines.getFirst())) {
            Files.writeString(owner, mine + "\n");
            assertThat(used.inUse()).as(mine).isEqualTo(used);
        }
        for (String anothers : List.of(
                "1:1\n" + boot + "\n/elsewhere",
                "1:1",
                "",
                "1:1\nno boot\n/elsewhere",
                "1:1\n" + boot + "\n" + "x".repeat(1 << 20),
                "1:1\n\0\n\n\n")) {
            Files.writeString(owner, anothers);
            assertThat(used.inUse().run()).as(anothers).isNotEqualTo(used.run());
        }
    }

    @Test
    void aCopyOfTheDataDoesNotTakeOverTheRunDirectoryOfTheOriginal() throws Exception {
        EnginePaths used = used("data", "run");
        EnginePaths copy =
                new EnginePaths(temporary.resolve("copy"), temporary.resolve("elsewhere"), temporary.resolve("config"));
        copy.prepare();
        Files.copy(used.data().resolve("run-directory"), copy.data().resolve("run-directory"));
        assertThat(copy.inUse()).isEqualTo(copy);
    }

    @Test
    void aRunDirectoryWithContainersOfOtherDataIsLeftToThem() throws Exception {
        EnginePaths used = used("data", "run");
        EnginePaths other = new EnginePaths(temporary.resolve("other"), used.run(), temporary.resolve("config"));
        assertThat(other.inUse().run()).isNotEqualTo(used.run());
        other.inUse().prepare();
        RunDirectory.open(other.inUse()).close();
        assertThat(used.inUse()).isEqualTo(used);
        assertThat(elsewhere(used).inUse()).isEqualTo(used);
        Files.delete(used.containerRuns().resolve("0".repeat(32)));
        assertThat(other.inUse()).isEqualTo(other);
    }

    @Test
    void aRecordThatNamesAnythingElseLeadsNowhere() throws Exception {
        EnginePaths used = used("data", "run");
        EnginePaths other = used("other", "run-of-other");
        Path privately = temporary.resolve("private");
        Files.createDirectories(privately.resolve("c/kept"));
        for (Path directory : List.of(privately, privately.resolve("c"))) {
            Files.setPosixFilePermissions(directory, PosixFilePermissions.fromString("rwx------"));
        }
        for (String record : List.of(
                "",
                "run",
                Character.toString(0),
                "/",
                "/proc/self",
                temporary.resolve("data") + "/../run",
                "/" + "x".repeat(300),
                privately.toString(),
                other.run().toString(),
                String.join(
                        System.lineSeparator(),
                        used.run().toString(),
                        used.run().toString()))) {
            Files.writeString(used.data().resolve("run-directory"), record);
            assertThat(elsewhere(used).inUse()).as(record).isEqualTo(elsewhere(used));
        }
        Files.delete(used.data().resolve("run-directory"));
        Files.createSymbolicLink(
                used.data().resolve("run-directory"), other.data().resolve("run-directory"));
        assertThat(elsewhere(used).inUse()).isEqualTo(elsewhere(used));
    }

    @Test
    void preparedDirectoriesAreForTheOwnerAlone() throws Exception {
        EnginePaths paths =
                new EnginePaths(temporary.resolve("a/data"), temporary.resolve("a/run"), temporary.resolve("a/config"));
        paths.prepare();
        paths.prepare();
        for (Path directory : new Path[] {paths.data(), paths.run(), paths.config(), paths.layers(), paths.blobs()}) {
            assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(directory)))
                    .isEqualTo("rwx------");
        }
    }

    @Test
    void aDirectoryOfTheOwnUserThatOthersCouldEnterIsClosed() throws Exception {
        Path open = Files.createDirectory(temporary.resolve("open"));
        Files.setPosixFilePermissions(open, PosixFilePermissions.fromString("rwxrwxrwx"));
        PrivateDirectory.ensure(open);
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(open)))
                .isEqualTo("rwx------");
    }

    @Test
    void aDirectoryOfAnotherUserIsRefused() throws Exception {
        Assumptions.assumeTrue(PrivateDirectory.ownUid() == 0, "only root can make another user's directory");
        Path foreign = Files.createDirectory(temporary.resolve("foreign"));
        Files.setAttribute(foreign, "unix:uid", 4242);
        assertThatThrownBy(() -> PrivateDirectory.ensure(foreign))
                .isInstanceOf(DeniedException.class)
                .hasMessageContaining("belongs to user 4242");
    }

    @Test
    void aLinkOfAnotherUserIsRefusedEvenToAnOwnDirectory() throws Exception {
        Assumptions.assumeTrue(PrivateDirectory.ownUid() == 0, "only root can make another user's link");
        Path link =
                Files.createSymbolicLink(temporary.resolve("link"), Files.createDirectory(temporary.resolve("target")));
        Process chown = new ProcessBuilder("chown", "-h", "4242", link.toString()).start();
        assertThat(chown.waitFor()).isZero();
        assertThatThrownBy(() -> PrivateDirectory.ensure(link)).isInstanceOf(DeniedException.class);
    }

    @Test
    void aFileInThePlaceOfADirectoryIsRefused() throws Exception {
        Path file = Files.createFile(temporary.resolve("file"));
        assertThatThrownBy(() -> PrivateDirectory.ensure(file))
                .isInstanceOf(DeniedException.class)
                .hasMessageContaining("not a directory");
    }
}
