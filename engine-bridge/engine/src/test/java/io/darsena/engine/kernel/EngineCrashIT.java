package io.darsena.engine.kernel;

import static org.assertj.core.api.Assertions.assertThat;

import io.darsena.bridge.EngineDescription.Tier;
import io.darsena.bridge.container.Container;
import io.darsena.bridge.container.ContainerId;
import io.darsena.bridge.container.ContainerState;
import io.darsena.bridge.container.ContainerStatus;
import io.darsena.bridge.container.LogQuery;
import io.darsena.bridge.contract.LogCollector;
import io.darsena.bridge.contract.OtherJvm;
import io.darsena.bridge.contract.Patience;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/// An engine is killed by `kill -9`, and the next one finds everything that was acknowledged, and nothing half made.
@Timeout(150)
class EngineCrashIT {

    /// Fewer are asked for where a JVM takes a minute to start.
    private static final int ROUNDS = Integer.getInteger("darsena.test.crashes", 4);

    @TempDir
    Path temporary;

    /// The other process, and what it has said.
    private final class Subject implements AutoCloseable {
        private final Process process;
        private final BufferedReader output;

        Subject(String mode) throws IOException {
            List<String> command = OtherJvm.command(CrashSubject.class);
            command.addAll(List.of(temporary.resolve("engine").toString(), mode));
            process = new ProcessBuilder(command)
                    .redirectError(ProcessBuilder.Redirect.DISCARD)
                    .start();
            output = new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8));
        }

        List<String> until(String line) throws IOException {
            List<String> said = new ArrayList<>();
            while (true) {
                String next = output.readLine();
                if (next == null) {
                    throw new AssertionError("it ended before it said " + line + ": " + said);
                }
                if (next.equals(line)) {
                    return said;
                }
                if (!next.contains(" DEBUG ") && !next.contains(" INFO ")) {
                    said.add(next);
                }
            }
        }

        String next() throws IOException {
            return String.valueOf(output.readLine());
        }

        /// SIGKILL; then the rest of what it had said.
        List<String> kill() throws IOException, InterruptedException {
            process.toHandle().destroyForcibly();
            process.waitFor();
            return output.lines().toList();
        }

        @Override
        public void close() {
            process.destroyForcibly();
        }
    }

    /// A test that failed half way must not leave containers running.
    @AfterEach
    void endWhatRuns() {
        reopen().close();
    }

    private RealEngine reopen() {
        return new RealEngine(temporary.resolve("engine"));
    }

    @Test
    void fiveContainersAreFoundAgainWithTheirStatesCodesAndLogs() throws Exception {
        List<ContainerId> ids = new ArrayList<>();
        try (Subject subject = new Subject("five")) {
            subject.until("open");
            for (String line : subject.until("done")) {
                ids.add(ContainerId.parse(line.substring("started ".length())));
            }
            subject.kill();
        }
        assertThat(ids).hasSize(5);
        Map<ContainerId, Integer> pids = new HashMap<>();
        ids.forEach(id -> pids.put(id, pidFromOutside(id)));
        int ending = pidFromOutside(ids.getFirst());
        new ProcessBuilder("kill", "-USR1", Integer.toString(ending)).start().waitFor();
        awaitEnd(ending);
        Instant before = Instant.now();
        try (RealEngine engine = reopen()) {
            ContainerState.Exited end = engine.containers().await(ids.getFirst());
            assertThat(end.code()).isEqualTo(9);
            assertThat(end.since()).isBefore(before);
            assertThat(log(engine, ids.getFirst())).containsExactly("ready", "bye");
            for (ContainerId id : ids.subList(1, 5)) {
                Container container = engine.containers().container(id);
                assertThat(container.status()).isEqualTo(ContainerStatus.RUNNING);
                assertThat(container.state().runningPid()).contains(pids.get(id));
                assertThat(container.state().since()).isBefore(before);
                assertThat(log(engine, id)).containsExactly("ready");
                engine.containers().stop(id);
                assertThat(engine.containers().await(id).code()).isZero();
            }
            engine.containers().start(ids.getFirst());
            assertThat(engine.containers().container(ids.getFirst()).state().since())
                    .isAfter(before);
        }
    }

    private static List<String> log(RealEngine engine, ContainerId id) {
        LogCollector log = new LogCollector();
        engine.containers().logs(id, LogQuery.ALL, log);
        return log.awaitEnd();
    }

    /// The first process of a container by its host name, which is the short id.
    private static int pidFromOutside(ContainerId id) {
        try (Stream<Path> processes = Files.list(Path.of("/proc"))) {
            return processes
                    .map(path -> String.valueOf(path.getFileName()))
                    .filter(name -> name.matches("[0-9]+"))
                    .filter(name -> environment(name).contains("HOSTNAME=" + id.shortId()))
                    .map(Integer::parseInt)
                    .filter(pid -> isFirst(pid))
                    .findFirst()
                    .orElseThrow();
        } catch (IOException failure) {
            throw new AssertionError(failure);
        }
    }

    private static String environment(String pid) {
        try {
            return Files.readString(Path.of("/proc", pid, "environ"), StandardCharsets.ISO_8859_1);
        } catch (IOException notOurs) {
            return "";
        }
    }

    private static boolean isFirst(int pid) {
        try (Stream<String> lines = Files.lines(Path.of("/proc", Integer.toString(pid), "status"))) {
            return lines.filter(line -> line.startsWith("NSpid:")).anyMatch(line -> line.endsWith("\t1"));
        } catch (IOException gone) {
            return false;
        }
    }

    private static void awaitEnd(int pid) throws InterruptedException {
        while (Files.exists(Path.of("/proc", Integer.toString(pid)))) {
            Thread.sleep(5);
        }
    }

    @Test
    void aCrashAtAnyMomentLeavesNothingHalfMade() throws Exception {
        long seed = System.nanoTime();
        Random random = new Random(seed);
        for (int round = 0; round < ROUNDS; round++) {
            Map<String, String> said = new HashMap<>();
            try (Subject subject = new Subject("churn")) {
                subject.until("open");
                Thread.sleep(Patience.ofMillis(random.nextInt(250)));
                for (String line : subject.kill()) {
                    String[] words = line.split(" ");
                    if (words.length == 2 && words[1].length() == 64) {
                        said.put(words[1], words[0]);
                    }
                }
            }
            check("seed " + seed + " round " + round, said);
        }
    }

    private void check(String round, Map<String, String> said) throws Exception {
        boolean rootful;
        try (RealEngine engine = reopen()) {
            rootful = engine.engine().description().tier() == Tier.ROOTFUL;
            Map<String, ContainerStatus> found = engine.containers().list().stream()
                    .collect(Collectors.toMap(container -> container.id().hex(), Container::status));
            said.forEach((id, last) -> {
                switch (last) {
                    case "created" ->
                        assertThat(found.get(id)).as(round).isIn(ContainerStatus.CREATED, ContainerStatus.RUNNING);
                    case "started" -> assertThat(found.get(id)).as(round).isEqualTo(ContainerStatus.RUNNING);
                    case "stopping" ->
                        assertThat(found.get(id)).as(round).isIn(ContainerStatus.RUNNING, ContainerStatus.EXITED);
                    case "stopped" -> assertThat(found.get(id)).as(round).isEqualTo(ContainerStatus.EXITED);
                    case "removing" ->
                        assertThat(found.get(id)).as(round).isIn(null, ContainerStatus.RUNNING, ContainerStatus.EXITED);
                    case "removed" -> assertThat(found).as(round).doesNotContainKey(id);
                    default -> throw new AssertionError(last);
                }
            });
            assertThat(names(engine.paths().containers())).as(round).isEqualTo(new TreeSet<>(found.keySet()));
            assertThat(names(engine.paths().trash())).as(round).isEmpty();
            assertThat(groups(engine)).as(round).isSubsetOf(running(found));
            engine.removeAll();
            assertThat(names(engine.paths().containers())).as(round).isEmpty();
            assertThat(groups(engine)).as(round).isEmpty();
            Path runs =
                    engine.paths().containerRun(new ContainerId("0".repeat(64))).getParent();
            assertThat(names(engine.paths().run().resolve("c"))).as(round).isEmpty();
        }
        // Rootless, one process keeps the namespaces on purpose.
        if (rootful) {
            assertThat(programs()).as(round).isEmpty();
        }
    }

    private static Set<String> running(Map<String, ContainerStatus> found) {
        return found.entrySet().stream()
                .filter(entry -> entry.getValue() == ContainerStatus.RUNNING)
                .map(Map.Entry::getKey)
                .collect(Collectors.toSet());
    }

    private static Set<String> names(Path directory) throws IOException {
        try (Stream<Path> entries = Files.list(directory)) {
            return entries.map(entry -> String.valueOf(entry.getFileName()))
                    .collect(Collectors.toCollection(TreeSet::new));
        }
    }

    /// The containers that have a control group of this engine's.
    private static Set<String> groups(RealEngine engine) throws Exception {
        Process find = new ProcessBuilder("find", "/sys/fs/cgroup", "-type", "d", "-name", tag(engine) + "-*")
                .redirectError(ProcessBuilder.Redirect.DISCARD)
                .start();
        String text = new String(find.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        find.waitFor();
        return text.lines()
                .map(line -> line.substring(line.lastIndexOf('-') + 1))
                .collect(Collectors.toSet());
    }

    private static String tag(RealEngine engine) throws Exception {
        byte[] digest = java.security.MessageDigest.getInstance("SHA-256")
                .digest(engine.paths().data().toString().getBytes(StandardCharsets.UTF_8));
        return java.util.HexFormat.of().formatHex(digest, 0, 4);
    }

    /// Programs of this engine that are left when it is closed.
    private List<String> programs() throws IOException, InterruptedException {
        Thread.sleep(50);
        String mark = temporary.resolve("engine").toString();
        try (Stream<Path> processes = Files.list(Path.of("/proc"))) {
            return processes
                    .map(path -> String.valueOf(path.getFileName()))
                    .filter(name -> name.matches("[0-9]+")
                            && !name.equals(
                                    Long.toString(ProcessHandle.current().pid())))
                    .filter(name -> commandLine(name).contains(mark))
                    .toList();
        }
    }

    private static String commandLine(String pid) {
        try {
            return Files.readString(Path.of("/proc", pid, "cmdline"), StandardCharsets.ISO_8859_1);
        } catch (IOException gone) {
            return "";
        }
    }

    @Test
    void anEngineThatIsKilledWhileItsContainerEndsFindsTheEnd() throws Exception {
        ContainerId id;
        try (Subject subject = new Subject("five")) {
            subject.until("open");
            id = ContainerId.parse(subject.until("done").getFirst().substring("started ".length()));
            int pid = pidFromOutside(id);
            new ProcessBuilder("kill", "-USR1", Integer.toString(pid)).start();
            subject.kill();
            awaitEnd(pid);
        }
        try (RealEngine engine = reopen()) {
            assertThat(engine.containers().await(id).code()).isEqualTo(9);
            assertThat(Duration.between(engine.containers().await(id).since(), Instant.now()))
                    .isLessThan(Patience.ofSeconds(30));
        }
    }

    @Test
    void aStopThatTheEngineDidNotLiveToSeeCountsAsAStop() throws Exception {
        ContainerId id;
        try (Subject subject = new Subject("stopping")) {
            subject.until("open");
            String line = subject.next();
            assertThat(line).startsWith("stopping ");
            id = ContainerId.parse(line.substring("stopping ".length()));
            subject.kill();
        }
        try (RealEngine engine = reopen()) {
            ContainerState.Exited end = engine.containers().await(id);
            assertThat(end.code()).isEqualTo(3);
            assertThat(end.cause()).isEqualTo(ContainerState.ExitCause.STOPPED);
        }
    }

    @Test
    void aCrashAtAnyMomentLeavesEachWhollyInTheTrashOrOutOfIt() throws Exception {
        long seed = System.nanoTime();
        Random random = new Random(seed);
        for (int round = 0; round < ROUNDS / 2; round++) {
            Map<String, String> said = new HashMap<>();
            try (Subject subject = new Subject("trash")) {
                subject.until("open");
                Thread.sleep(Patience.ofMillis(random.nextInt(250)));
                for (String line : subject.kill()) {
                    String[] words = line.split(" ");
                    if (words.length == 2 && words[1].length() == 64) {
                        said.put(words[1], words[0]);
                    }
                }
            }
            checkTrash("seed " + seed + " round " + round, said);
        }
    }

    private void checkTrash(String round, Map<String, String> said) throws Exception {
        try (RealEngine engine = reopen()) {
            awaitPurges(engine);
            Set<String> out = engine.containers().list().stream()
                    .map(container -> container.id().hex())
                    .collect(Collectors.toSet());
            Set<String> in = engine.engine().trash().list().stream()
                    .map(entry -> entry.id().hex())
                    .collect(Collectors.toSet());
            assertThat(Collections.disjoint(out, in)).as(round).isTrue();
            said.forEach((id, last) -> {
                String place = out.contains(id) ? "out" : in.contains(id) ? "in" : "gone";
                switch (last) {
                    case "created", "restored" -> assertThat(place).as(round).isEqualTo("out");
                    case "putting", "restoring" -> assertThat(place).as(round).isIn("out", "in");
                    case "put" -> assertThat(place).as(round).isEqualTo("in");
                    case "purging" -> assertThat(place).as(round).isIn("in", "gone");
                    case "purged" -> assertThat(place).as(round).isEqualTo("gone");
                    default -> throw new AssertionError(last);
                }
            });
            Set<String> whole = new TreeSet<>(out);
            whole.addAll(in);
            assertThat(names(engine.paths().containers())).as(round).isEqualTo(whole);
            for (String id : in.stream().limit(3).toList()) {
                engine.engine().trash().restore(ContainerId.parse(id));
                assertThat(engine.run(ContainerId.parse(id)).code()).as(round).isZero();
            }
            engine.engine().trash().purgeAll();
            engine.removeAll();
            assertThat(names(engine.paths().containers())).as(round).isEmpty();
        }
    }

    /// What the killed engine had begun to purge goes in the background.
    private static void awaitPurges(RealEngine engine) throws InterruptedException {
        while (engine.engine().trash().list().stream()
                .anyMatch(entry -> entry.container().status() == ContainerStatus.REMOVING)) {
            Thread.sleep(5);
        }
    }
}
