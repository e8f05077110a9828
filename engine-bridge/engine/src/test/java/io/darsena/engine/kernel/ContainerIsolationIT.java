package io.darsena.engine.kernel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.darsena.bridge.container.ContainerId;
import io.darsena.bridge.error.InvalidRequestException;
import io.darsena.engine.kernel.RealEngine.Outcome;
import io.darsena.engine.starter.StarterImage;
import io.darsena.runtime.Capability;
import io.darsena.runtime.CapabilitySet;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/// What a container sees, and what of it is seen from outside.
@Timeout(120)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class ContainerIsolationIT {

    private RealEngine engine;

    ContainerIsolationIT(@TempDir Path temporary) {
        this.engine = new RealEngine(temporary.resolve("engine"));
    }

    @BeforeAll
    void begin() {
        assertThat(engine.engine().images().find(StarterImage.NAME.toString())).isPresent();
    }

    @AfterEach
    void removeAll() {
        engine.removeAll();
    }

    @AfterAll
    void close() {
        engine.close();
    }

    private boolean rootless() {
        return engine.engine().description().tier() != io.darsena.bridge.EngineDescription.Tier.ROOTFUL;
    }

    @Test
    void itsNamespacesAreItsOwn() throws IOException {
        int pid = engine.pid(engine.endless());
        for (String namespace : List.of("pid", "mnt", "net", "uts", "ipc", "cgroup")) {
            assertThat(namespace(Integer.toString(pid), namespace))
                    .as(namespace)
                    .isNotEqualTo(namespace("self", namespace));
        }
        boolean sameUser = namespace(Integer.toString(pid), "user").equals(namespace("self", "user"));
        assertThat(sameUser).isEqualTo(!rootless());
    }

    private static Path namespace(String process, String name) throws IOException {
        return Files.readSymbolicLink(Path.of("/proc", process, "ns", name));
    }

    @Test
    void itsOverlayIsMountedInsideAndNowhereOnTheHost() throws IOException {
        List<String> before = overlays("self");
        int pid = engine.pid(engine.endless());
        assertThat(overlays(Integer.toString(pid))).anyMatch(line -> line.split(" ")[4].equals("/"));
        assertThat(overlays("self")).isEqualTo(before);
    }

    private static List<String> overlays(String process) throws IOException {
        try (Stream<String> lines = Files.lines(Path.of("/proc", process, "mountinfo"))) {
            return lines.filter(line -> line.contains(" - overlay ")).toList();
        }
    }

    @Test
    void fiveContainersShareOneCopyOfTheirLayers() throws Exception {
        Set<String> before = layers();
        long layerBytes = bytes(engine.paths().layers());
        for (int i = 0; i < 5; i++) {
            engine.endless();
        }
        assertThat(layers()).isEqualTo(before);
        assertThat(bytes(engine.paths().layers())).isEqualTo(layerBytes);
        assertThat(bytes(engine.paths().containers()))
                .isLessThan(5 * 128 * 1024)
                .isLessThan(layerBytes);
    }

    private Set<String> layers() throws IOException {
        try (Stream<Path> entries = Files.list(engine.paths().layers())) {
            return entries.map(Path::toString).collect(Collectors.toCollection(TreeSet::new));
        }
    }

    /// Allocated on disk; what an ordinary user may not enter (overlay's own work directory) is empty.
    private static long bytes(Path tree) throws IOException, InterruptedException {
        Process du = new ProcessBuilder("du", "-s", "--block-size=1", tree.toString())
                .redirectError(ProcessBuilder.Redirect.DISCARD)
                .start();
        String text = new String(du.getInputStream().readAllBytes(), java.nio.charset.StandardCharsets.UTF_8);
        du.waitFor();
        return Long.parseLong(text.split("\\s")[0]);
    }

    @Test
    void aWriteIsSeenNeitherInAnotherNorInTheImage() {
        Outcome writer = engine.shell("echo changed > /etc/motd; rm /etc/passwd; cat /etc/motd; ls /etc/passwd");
        assertThat(writer.out()).contains("changed");
        assertThat(writer.code()).isEqualTo(1);
        Outcome other = engine.shell("cat /etc/motd 2>/dev/null; ls /etc/passwd");
        assertThat(other.out()).doesNotContain("changed").contains("/etc/passwd");
        assertThat(engine.run(writer.id()).code()).as("its own deletion stays").isEqualTo(1);
    }

    @Test
    void itsFirstProcessIsNumberOneAndSeesNoOther() {
        assertThat(engine.shell("echo $$; ls -d /proc/[0-9]* | wc -l").out().getFirst())
                .isEqualTo("1");
        assertThat(Integer.parseInt(
                        engine.shell("ls -d /proc/[0-9]* | wc -l").said().strip()))
                .isLessThan(6);
    }

    @Test
    void itsCapabilitiesAreDockersAsFarAsThisMachineHasThem() throws IOException {
        int pid = engine.pid(engine.endless());
        CapabilitySet expected = CapabilitySet.DOCKER_DEFAULT;
        if (engine.engine().description().reductions().stream()
                .anyMatch(reduction -> reduction.key().equals("no-device-control"))) {
            expected = expected.without(CapabilitySet.of(Capability.MKNOD));
        }
        if (!rootless()) {
            expected = expected.intersect(capabilities("self", "CapBnd"));
        }
        String process = Integer.toString(pid);
        assertThat(capabilities(process, "CapBnd")).isEqualTo(expected);
        assertThat(capabilities(process, "CapEff")).isEqualTo(expected);
        assertThat(capabilities(process, "CapPrm")).isEqualTo(expected);
        assertThat(capabilities(process, "CapInh")).isEqualTo(CapabilitySet.NONE);
        assertThat(capabilities(process, "CapAmb")).isEqualTo(CapabilitySet.NONE);
        assertThat(status(process, "Seccomp")).isEqualTo("2");
    }

    private static CapabilitySet capabilities(String process, String key) throws IOException {
        return CapabilitySet.parseHex(status(process, key));
    }

    private static String status(String process, String key) throws IOException {
        try (Stream<String> lines = Files.lines(Path.of("/proc", process, "status"))) {
            return lines.filter(line -> line.startsWith(key + ":"))
                    .map(line -> line.substring(key.length() + 1).strip())
                    .findFirst()
                    .orElseThrow();
        }
    }

    @Test
    void anotherUserHasNoCapabilityAndItsOwnHome() {
        Outcome outcome =
                engine.run(RealEngine.spec("sh", "-c", "id -u; id -g; echo $HOME; grep CapEff /proc/self/status")
                        .withUser("sailor"));
        assertThat(outcome.out())
                .startsWith("1000", "1000", "/home")
                .last()
                .asString()
                .endsWith("0000000000000000");
        ContainerId unknown = engine.containers().create(RealEngine.spec("true").withUser("nobody-knows"));
        assertThatThrownBy(() -> engine.containers().start(unknown))
                .isInstanceOf(InvalidRequestException.class)
                .hasMessageContaining("nobody-knows");
    }

    @Test
    void maskedPathsShowNothing() {
        List<String> checks = new ArrayList<>();
        for (String path : List.of(
                "/proc/acpi",
                "/proc/asound",
                "/proc/interrupts",
                "/proc/kcore",
                "/proc/keys",
                "/proc/latency_stats",
                "/proc/sched_debug",
                "/proc/scsi",
                "/proc/timer_list",
                "/proc/timer_stats",
                "/sys/devices/virtual/powercap",
                "/sys/devices/system/cpu/cpu0/thermal_throttle",
                "/sys/firmware")) {
            checks.add("if [ -d " + path + " ]; then ls -A " + path + " | sed 's|^|" + path + "/|'; elif [ -e " + path
                    + " ]; then head -c 1 " + path + " | wc -c | sed 's|^0$||; s|.|" + path + "|'; fi");
        }
        Outcome outcome = engine.shell(String.join("\n", checks));
        assertThat(outcome.out().stream().filter(line -> !line.isBlank())).isEmpty();
        assertThat(engine.shell("head -c 1 /proc/cpuinfo | wc -c").said().strip())
                .isEqualTo("1");
    }

    @Test
    void readOnlyPathsRefuseWrites() {
        Outcome outcome =
                engine.shell("for file in /proc/sys/kernel/hostname /proc/sys/kernel/printk /proc/sysrq-trigger"
                        + " /sys/kernel/mm/transparent_hugepage/enabled; do if (echo x > $file) 2>/dev/null;"
                        + " then echo written $file; fi; done; echo done");
        assertThat(outcome.out()).containsExactly("done");
    }

    @Test
    void devicesAreDockersAndNoOthers() {
        Outcome outcome =
                engine.shell("ls /dev; head -c 3 /dev/zero | wc -c; echo gone > /dev/null; echo full > /dev/full");
        assertThat(outcome.out())
                .contains("null", "zero", "full", "random", "urandom", "tty", "pts", "shm", "mqueue", "ptmx", "3")
                .doesNotContain("sda", "vda", "kmsg", "mem", "kvm");
        assertThat(outcome.code()).isNotZero();
    }

    @Test
    void aReadOnlyRootTakesNoWrite() {
        Outcome outcome = engine.run(
                RealEngine.spec("sh", "-c", "echo x > /file; echo $?; echo y > /dev/shm/file; cat /dev/shm/file")
                        .withReadOnlyRoot(true));
        assertThat(outcome.out()).containsExactly("1", "y");
        assertThat(outcome.err()).anyMatch(line -> line.contains("Read-only file system"));
    }

    @Test
    void itsNameAndItsResolverAreInPlace() throws IOException {
        Outcome outcome = engine.run(RealEngine.spec(
                        "sh", "-c", "hostname; cat /etc/hostname; cat /etc/hosts; echo ---; cat /etc/resolv.conf")
                .withHostname("harbour-7"));
        assertThat(outcome.out()).startsWith("harbour-7", "harbour-7");
        assertThat(outcome.said()).contains("127.0.0.1\tlocalhost").contains("harbour-7");
        Path resolver = Path.of("/etc/resolv.conf");
        String expected = Files.exists(resolver) ? Files.readString(resolver).stripTrailing() : "";
        assertThat(outcome.said().substring(outcome.said().indexOf("---") + 3).strip())
                .isEqualTo(expected.strip());
    }

    @Test
    void itsEnvironmentIsAsDockerMakesIt() {
        Outcome outcome = engine.run(RealEngine.spec("env").withEnvironment(List.of("COLOUR=sea green", "EMPTY=")));
        assertThat(outcome.out())
                .contains(
                        "COLOUR=sea green", "EMPTY=", "HOSTNAME=" + outcome.id().shortId(), "HOME=/root")
                .anyMatch(line -> line.startsWith("PATH=/"));
    }

    @Test
    void aWorkingDirectoryThatIsMissingIsMade() {
        Outcome outcome = engine.run(RealEngine.spec("pwd").withWorkingDirectory("/srv/new/place"));
        assertThat(outcome.out()).containsExactly("/srv/new/place");
    }

    @Test
    void aSignalThatEndsItIsNamed() {
        ContainerId id = engine.ready(RealEngine.spec("sh", "-c", "echo ready; exec sleep 60"));
        engine.containers().kill(id, "KILL");
        assertThat(engine.containers().await(id).code()).isEqualTo(137);
        assertThat(engine.containers().await(id).signal()).hasValue(9);
    }

    @Test
    void nothingOfARemovedContainerIsLeft() throws Exception {
        ContainerId id = engine.endless();
        int pid = engine.pid(id);
        engine.containers().forceRemove(id);
        assertThat(Files.exists(Path.of("/proc", Integer.toString(pid)))).isFalse();
        assertThat(engine.paths().container(id)).doesNotExist();
        assertThat(engine.paths().containerRun(id)).doesNotExist();
        try (Stream<Path> trash = Files.list(engine.paths().trash())) {
            assertThat(trash).isEmpty();
        }
        Process find = new ProcessBuilder("find", "/sys/fs/cgroup", "-name", "*" + id.hex() + "*")
                .redirectError(ProcessBuilder.Redirect.DISCARD)
                .start();
        assertThat(find.getInputStream().readAllBytes()).isEmpty();
        find.waitFor();
    }
}
