package io.darsena.runtime;

import static io.darsena.runtime.TarForge.header;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import org.junit.jupiter.api.Test;

/// What a sandbox on the real program reaches of the machine below it.
class SandboxConfinementIT extends SandboxesOfBusybox {

    /// Otherwise its root could change the owner and the mode of the machine's own device.
    @Test
    void itsInputIsTheNullDeviceOfItsOwn() throws Exception {
        Path home = home();

        runtime.start(spec(home, 1, "sh", "-c", "busybox stat -L -c %d:%i /dev/null /proc/self/fd/0"), ends::add);

        assertThat(end().code()).isZero();
        assertThat(said(home).stream().distinct()).hasSize(1);
    }

    /// On a host without control groups: neither a node that it makes nor, as root, one that a layer brings leads to a
    /// disk, and those of its own /dev go on. An ordinary user's layers have none.
    @Test
    void withoutControlGroupsItReachesNoDeviceButThoseOfItsOwn() throws Exception {
        boolean root = !RealRuntime.rootless();
        TarForge tar = TarForge.tar().directory("srv");
        if (root) {
            tar.entry(header("disk", '4').mode(0666).device(7, 0), "")
                    .entry(header("null", '3').mode(0666).device(1, 3), "");
        }
        Path devices = unpacked(tar.end());
        String script = "busybox mknod /made b 7 0; cat /disk; cat /null; echo x >/dev/null && echo own";
        Path home = home();
        runtime.start(
                guardedByMounts(home, List.of(devices, layer), "sh", "-c", script.replace("cat", "busybox cat")),
                ends::add);

        assertThat(end().code()).isZero();
        String refused = root ? "Permission denied" : "No such file or directory";
        assertThat(said(home))
                .containsExactlyInAnyOrder(
                        "mknod: /made: Operation not permitted",
                        "cat: can't open '/disk': " + refused,
                        "cat: can't open '/null': " + refused,
                        "own");
        runtime.delete(devices);
    }

    /// An image names its command: whatever descriptor the runtime had open, none leads it to a program of the host
    /// (CVE-2024-21626).
    @Test
    void noDescriptorLeadsItsCommandToTheHost() throws Exception {
        Path program = Files.writeString(home().resolve("host-program"), "#!/bin/sh\necho escaped\n");
        Files.setPosixFilePermissions(program, PosixFilePermissions.fromString("rwxr-xr-x"));
        String upwards = "/..".repeat(20);
        for (int descriptor = 0; descriptor < 40; descriptor++) {
            String command = "/proc/self/fd/" + descriptor + upwards + program;
            assertThatThrownBy(() -> runtime.start(spec(home(), 1, command), ends::add))
                    .as(command)
                    .isInstanceOfSatisfying(
                            SandboxStartException.class,
                            e -> assertThat(e.failure().stage()).isEqualTo("command"));
        }
        assertThat(ends).isEmpty();
    }

    private Path groups(String lines) throws IOException {
        return unpacked(TarForge.tar()
                .directory("etc")
                .file("etc/passwd", "root:x:0:0:root:/:/bin/sh\n")
                .file("etc/group", lines)
                .end());
    }

    /// What an image says of groups never leaves it those of who runs it: here `docker`, `disk` and the like.
    @Test
    void itHasTheGroupsThatItsImageNamesAndNoOthers() throws Exception {
        assumeTrue(!runtime.facts().singleUid(), "a single id is mapped: groups can neither be set nor dropped");
        Path named = groups("root:x:0:\nfew:x:7:root\n");
        Path home = home();
        runtime.start(
                spec(home, 1, List.of(named, layer), "sh", "-c", "busybox grep Groups /proc/self/status"), ends::add);
        assertThat(end().code()).isZero();
        assertThat(said(home)).extracting(String::strip).containsExactly("Groups:\t7");
        runtime.delete(named);
    }

    /// Root's containers have every id; those of an ordinary user have some.
    @Test
    void aGroupThatIsNotMappedIsRefused() throws Exception {
        assumeTrue(!runtime.facts().singleUid(), "a single id is mapped: groups can neither be set nor dropped");
        Path named = groups("root:x:0:\nfew:x:7:root\nx:x:4000000000:root\n");
        Path home = home();
        SandboxSpec spec = spec(home, 1, List.of(named, layer), "sh", "-c", "busybox grep Groups /proc/self/status");
        if (RealRuntime.rootless()) {
            assertThatThrownBy(() -> runtime.start(spec, ends::add))
                    .isInstanceOfSatisfying(SandboxStartException.class, e -> {
                        assertThat(e.failure().stage()).isEqualTo("confinement");
                        assertThat(e)
                                .hasMessageContaining("set supplementary group")
                                .hasMessageContaining("4000000000")
                                .hasMessageContaining("is not mapped");
                    });
            assertThat(ends).isEmpty();
        } else {
            runtime.start(spec, ends::add);
            assertThat(end().code()).isZero();
            assertThat(said(home)).extracting(String::strip).containsExactly("Groups:\t7 4000000000");
        }
        runtime.delete(named);
    }
}
