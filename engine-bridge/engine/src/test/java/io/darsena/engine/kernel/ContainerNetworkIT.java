package io.darsena.engine.kernel;

import static org.assertj.core.api.Assertions.assertThat;

import io.darsena.bridge.Subscription;
import io.darsena.bridge.container.ContainerId;
import io.darsena.bridge.container.ContainerMetrics;
import io.darsena.bridge.container.ContainerMetrics.Absence;
import io.darsena.bridge.container.ContainerMetrics.Measure;
import io.darsena.bridge.container.ContainerSpec;
import io.darsena.bridge.container.NetworkMode;
import io.darsena.bridge.contract.Patience;
import io.darsena.engine.kernel.RealEngine.Outcome;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.NetworkInterface;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/// What containers see of networks, looked at from outside as well.
@Timeout(120)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class ContainerNetworkIT {

    private static final String WAITING = "trap 'exit 0' TERM; echo ready; while :; do sleep 0.05; done";

    private final RealEngine engine;

    ContainerNetworkIT(@TempDir Path temporary) {
        this.engine = new RealEngine(temporary.resolve("engine"));
    }

    @AfterEach
    void removeAll() {
        engine.removeAll();
    }

    @AfterAll
    void close() {
        engine.close();
    }

    private static ContainerSpec spec(NetworkMode network, String script) {
        return RealEngine.spec("sh", "-c", script).withNetwork(network);
    }

    private Outcome run(NetworkMode network, String script) {
        return engine.run(spec(network, script));
    }

    private static String networkOf(String process) throws IOException {
        return Files.readSymbolicLink(Path.of("/proc", process, "ns/net")).toString();
    }

    private static List<String> devices(Path table) throws IOException {
        return Files.readAllLines(table).stream()
                .filter(line -> line.contains(":"))
                .map(line -> line.substring(0, line.indexOf(':')).strip())
                .toList();
    }

    /// Answers one request on loopback, whoever asks.
    private static CompletableFuture<String> greetOnce(ServerSocket server) {
        return CompletableFuture.supplyAsync(() -> {
            try (Socket socket = server.accept();
                    InputStream in = socket.getInputStream()) {
                byte[] asked = new byte[512];
                int count = in.read(asked);
                socket.getOutputStream().write("harbor\n".getBytes(StandardCharsets.US_ASCII));
                return new String(asked, 0, Math.max(0, count), StandardCharsets.US_ASCII);
            } catch (IOException failure) {
                throw new UncheckedIOException(failure);
            }
        });
    }

    private static String ask(ServerSocket server) {
        return "(echo hello | nc -w 5 127.0.0.1 " + server.getLocalPort() + ") 2>&1";
    }

    @Test
    void noneIsTheDefaultAndHasLoopbackAlone() throws Exception {
        ContainerId id = engine.ready(RealEngine.spec("sh", "-c", WAITING));
        String pid = Integer.toString(engine.pid(id));
        assertThat(engine.containers().container(id).spec().network()).isEqualTo(NetworkMode.NONE);
        assertThat(networkOf(pid)).isNotEqualTo(networkOf("self"));
        assertThat(devices(Path.of("/proc", pid, "net/dev"))).containsExactly("lo");
    }

    @Test
    void loopbackIsUpInANetworkOfItsOwnAndLeadsNowhereElse() throws Exception {
        try (ServerSocket server = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            Outcome outcome = run(
                    NetworkMode.NONE,
                    "cat /sys/class/net/lo/operstate; ls /sys/class/net; " + ask(server) + "; echo ended $?; "
                            + "nc -l -p 8080 -e echo inside & sleep 0.5; nc 127.0.0.1 8080");
            assertThat(outcome.out()).startsWith("unknown", "lo");
            assertThat(outcome.said()).contains("refused", "ended 1").doesNotContain("harbor");
            assertThat(outcome.out()).endsWith("inside");
        }
    }

    @Test
    void theHostsNetworkIsTheHosts() throws Exception {
        ContainerId id = engine.ready(spec(NetworkMode.HOST, WAITING));
        String pid = Integer.toString(engine.pid(id));
        assertThat(networkOf(pid)).isEqualTo(networkOf("self"));
        String namespaces = engine.containers().container(id).startSteps().stream()
                .filter(step -> step.name().equals("namespaces"))
                .map(step -> step.facts().toString())
                .findFirst()
                .orElseThrow();
        assertThat(namespaces).contains("pid=").doesNotContain("net=");
        assertThat(engine.containers().inspect(id)).contains("\"NetworkMode\" : \"host\"");
        engine.containers().stop(id);
        assertThat(engine.containers().await(id).code()).isZero();
    }

    @Test
    void inTheHostsNetworkALoopbackServerOfTheHostsIsReached() throws Exception {
        try (ServerSocket server = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            CompletableFuture<String> asked = greetOnce(server);
            Outcome outcome = run(NetworkMode.HOST, ask(server));
            assertThat(outcome.said()).isEqualTo("harbor");
            assertThat(asked.get(10, TimeUnit.SECONDS)).isEqualTo("hello\n");
        }
    }

    @Test
    void inTheHostsNetworkNamesAreTheHosts() throws Exception {
        Outcome outcome = run(
                NetworkMode.HOST,
                "hostname; echo $HOSTNAME; cat /etc/hostname; md5sum </etc/hosts; md5sum </etc/resolv.conf");
        String host = Files.readString(Path.of("/proc/sys/kernel/hostname")).strip();
        assertThat(outcome.out().subList(0, 3)).containsOnly(host);
        assertThat(outcome.out().get(3)).isEqualTo(sum(Path.of("/etc/hosts")));
        assertThat(outcome.out().get(4)).isEqualTo(sum(Path.of("/etc/resolv.conf")));
        Outcome named = engine.run(spec(NetworkMode.HOST, "hostname").withHostname("harbour"));
        assertThat(named.said()).isEqualTo("harbour");
        assertThat(Files.readString(Path.of("/proc/sys/kernel/hostname")).strip())
                .isEqualTo(host);
    }

    private static String sum(Path file) throws Exception {
        byte[] content = Files.exists(file) ? Files.readAllBytes(file) : new byte[0];
        return java.util.HexFormat.of()
                        .formatHex(
                                java.security.MessageDigest.getInstance("MD5").digest(content))
                + "  -";
    }

    @Test
    void inTheHostsNetworkSysfsShowsItsDevicesAndStaysReadOnly() throws Exception {
        Outcome outcome = run(
                NetworkMode.HOST,
                "ls /sys/class/net; echo --; grep ' /sys ' /proc/mounts; echo --; "
                        + "echo 1 2>&1 >/sys/kernel/mm/ksm/run; (echo 1 >/sys/class/net/lo/mtu) 2>&1; ls /sys/fs/cgroup");
        List<String> seen = NetworkInterface.networkInterfaces()
                .map(NetworkInterface::getName)
                .filter(name -> !name.contains(":"))
                .toList();
        assertThat(outcome.out()).containsAll(seen);
        assertThat(outcome.said()).contains(" ro,").contains("Read-only file system");
        assertThat(Arrays.stream(outcome.said().split("--")).toList().get(1)).doesNotContain(" rw,");
    }

    @Test
    void trafficOfTheHostsNetworkIsNotCountedAsTheContainers() throws Exception {
        ContainerId host = engine.ready(spec(NetworkMode.HOST, WAITING));
        ContainerId none = engine.ready(spec(NetworkMode.NONE, WAITING));
        CompletableFuture<List<ContainerMetrics>> first = new CompletableFuture<>();
        List<ContainerMetrics> samples;
        try (Subscription metrics = engine.containers().metrics(first::complete)) {
            samples = first.get(Patience.ofSeconds(10).toSeconds(), TimeUnit.SECONDS);
        }
        for (ContainerMetrics sample : samples) {
            if (sample.id().equals(host)) {
                assertThat(sample.networkReceived()).isEmpty();
                assertThat(sample.absence(Measure.NETWORK)).contains(Absence.HOST_NETWORK);
            } else {
                assertThat(sample.id()).isEqualTo(none);
                assertThat(sample.networkReceived()).hasValue(0);
                assertThat(sample.networkSent()).hasValue(0);
            }
        }
        assertThat(samples).hasSize(2);
    }

    @Test
    void openFilesAreManyAndTheStartTellsHowMany() throws Exception {
        ContainerId id = engine.ready(RealEngine.spec("sh", "-c", "ulimit -n; ulimit -Hn; " + WAITING));
        String granted = engine.containers().container(id).startSteps().stream()
                .filter(step -> step.name().equals("confinement"))
                .map(step -> step.facts().getOrDefault("nofile", "none"))
                .findFirst()
                .orElseThrow();
        String limits = Files.readString(Path.of("/proc", Integer.toString(engine.pid(id)), "limits"));
        assertThat(limits).containsPattern("Max open files +" + granted + " +" + granted + " ");
        long own = Files.readAllLines(Path.of("/proc/self/limits")).stream()
                .filter(line -> line.startsWith("Max open files"))
                .map(line -> line.split(" +")[4])
                .mapToLong(hard -> hard.equals("unlimited") ? Long.MAX_VALUE : Long.parseLong(hard))
                .findFirst()
                .orElseThrow();
        assertThat(Long.parseLong(granted)).isBetween(Math.min(own, 1 << 20), 1L << 20);
    }
}
