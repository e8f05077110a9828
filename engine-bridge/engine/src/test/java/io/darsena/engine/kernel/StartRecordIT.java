package io.darsena.engine.kernel;

import static org.assertj.core.api.Assertions.assertThat;

import io.darsena.bridge.container.Container;
import io.darsena.bridge.container.Container.StartStep;
import io.darsena.bridge.container.ContainerId;
import io.darsena.bridge.container.ResourceLimits;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.OptionalLong;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/// What the steps of a start say is what the kernel says.
@Timeout(120)
class StartRecordIT {

    private static final Map<String, String> KERNEL_NAMES = Map.of("mount", "mnt");

    @TempDir
    private Path temporary;

    private static StartStep step(Container container, String name) {
        return container.startSteps().stream()
                .filter(step -> step.name().equals(name))
                .findFirst()
                .orElseThrow();
    }

    @Test
    void namespacesAreThoseThatProcShows() throws Exception {
        try (RealEngine engine = new RealEngine(temporary.resolve("engine"))) {
            ContainerId id = engine.endless();
            Container container = engine.containers().container(id);
            int pid = engine.pid(id);
            Map<String, String> namespaces = step(container, "namespaces").facts();
            assertThat(namespaces).containsKeys("pid", "mount", "net", "uts", "ipc", "cgroup");
            for (Map.Entry<String, String> each : namespaces.entrySet()) {
                String kernelName = KERNEL_NAMES.getOrDefault(each.getKey(), each.getKey());
                Path link = Files.readSymbolicLink(Path.of("/proc", Integer.toString(pid), "ns", kernelName));
                assertThat(link).hasToString(kernelName + ":[" + each.getValue() + "]");
            }
            assertThat(step(container, "exec").facts()).containsEntry("pid", Integer.toString(pid));
        }
    }

    @Test
    void theMonitorIsTheParentAndTheCapabilitiesAreTheProcesses() throws Exception {
        try (RealEngine engine = new RealEngine(temporary.resolve("engine"))) {
            ContainerId id = engine.endless();
            Container container = engine.containers().container(id);
            List<String> status = Files.readAllLines(Path.of("/proc", Integer.toString(engine.pid(id)), "status"));
            assertThat(status)
                    .contains("PPid:\t" + step(container, "monitor").facts().get("pid"));
            long told = Long.parseUnsignedLong(
                    step(container, "confinement").fact("capabilities").orElseThrow(), 16);
            assertThat(status).contains("CapEff:\t%016x".formatted(told));
        }
    }

    @Test
    void limitsStandInTheDirectoriesThatAreTold() throws Exception {
        try (RealEngine engine = new RealEngine(temporary.resolve("engine"))) {
            Assumptions.assumeTrue(engine.hasCgroups(), "containers have no control groups here");
            ResourceLimits limits = new ResourceLimits(
                    OptionalLong.of(64 << 20), OptionalLong.empty(), OptionalDouble.empty(), OptionalLong.of(50));
            ContainerId id = engine.ready(RealEngine.spec("sh", "-c", "echo ready; while :; do sleep 0.05; done")
                    .withLimits(limits));
            StartStep limited = step(engine.containers().container(id), "cgroup");
            assertThat(limited.facts())
                    .containsEntry("memory", Long.toString(64 << 20))
                    .containsEntry("processes", "50");
            List<Path> directories = limited.fact("directories")
                    .orElseThrow()
                    .lines()
                    .map(Path::of)
                    .toList();
            assertThat(directories)
                    .isNotEmpty()
                    .allSatisfy(directory -> assertThat(directory).isDirectory());
            List<Path> counted = directories.stream()
                    .map(directory -> directory.resolve("pids.max"))
                    .filter(Files::exists)
                    .toList();
            assertThat(counted)
                    .singleElement()
                    .satisfies(file -> assertThat(file).hasContent("50"));
        }
    }

    @Test
    void aNewEngineTellsTheSameStepsAlsoOfARunThatWasOverAtOnce() {
        Path root = temporary.resolve("engine");
        RealEngine first = new RealEngine(root);
        ContainerId id = first.shell("exit 3").id();
        List<StartStep> steps = first.containers().container(id).startSteps();
        first.engine().close();
        assertThat(steps).hasSize(9).allSatisfy(step -> assertThat(step.took()).isPositive());
        assertThat(steps.stream().map(StartStep::took).reduce(Duration.ZERO, Duration::plus))
                .isLessThan(Duration.ofMinutes(1));
        try (RealEngine second = new RealEngine(root)) {
            Container found = second.containers().container(id);
            assertThat(found.startSteps()).isEqualTo(steps);
            assertThat(found.runs()).isEqualTo(1);
        }
    }
}
