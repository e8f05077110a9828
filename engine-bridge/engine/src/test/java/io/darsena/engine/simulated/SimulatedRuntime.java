package io.darsena.engine.simulated;

import io.darsena.bridge.container.ContainerId;
import io.darsena.bridge.fake.SimulatedProcess;
import io.darsena.engine.image.TarRuntime;
import io.darsena.runtime.ArchiveForm;
import io.darsena.runtime.ArchivePlan;
import io.darsena.runtime.ContainerRuntime;
import io.darsena.runtime.LayerExtraction;
import io.darsena.runtime.Reversion;
import io.darsena.runtime.RuntimeFacts;
import io.darsena.runtime.RuntimeFailure;
import io.darsena.runtime.RuntimeUnavailableException;
import io.darsena.runtime.Sandbox;
import io.darsena.runtime.SandboxListener;
import io.darsena.runtime.SandboxOutput;
import io.darsena.runtime.SandboxSpec;
import io.darsena.runtime.SandboxStartException;
import io.darsena.runtime.SetupStep;
import io.darsena.runtime.TreeArchive;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.stream.Stream;

/// One engine's way to a [SimulatedMachine]. What its processes write lies in no tree.
final class SimulatedRuntime implements ContainerRuntime {

    private final SimulatedMachine machine;
    private final TarRuntime trees = new TarRuntime();
    private final List<SimulatedSandbox> heard = new ArrayList<>();

    SimulatedRuntime(SimulatedMachine machine) {
        this.machine = machine;
    }

    @Override
    public RuntimeFacts facts() {
        return new RuntimeFacts("simulated", true, false, List.of());
    }

    @Override
    public Sandbox start(SandboxSpec spec, SandboxListener listener) {
        machine.waitWhileHeld("start");
        if (!SimulatedProcess.exists(spec.arguments())) {
            throw new SandboxStartException(new RuntimeFailure(
                    "command",
                    "execve",
                    spec.arguments().getFirst(),
                    OptionalInt.of(2),
                    "No such file or directory",
                    ""));
        }
        SimulatedSandbox sandbox = new SimulatedSandbox(spec);
        machine.sandboxes.put(ContainerId.parse(spec.id()), sandbox);
        return connected(sandbox, listener);
    }

    private synchronized Sandbox connected(SimulatedSandbox sandbox, SandboxListener listener) {
        heard.add(sandbox);
        sandbox.listen(listener);
        return new Connection(sandbox);
    }

    @Override
    public Optional<Reconnected> reconnect(Path runDirectory, Path stateDirectory, long run, SandboxListener listener) {
        ContainerId id = ContainerId.parse(String.valueOf(stateDirectory.getFileName()));
        SimulatedSandbox sandbox = machine.sandboxes.get(id);
        if (machine.silent.contains(id)) {
            throw new RuntimeUnavailableException("wait for run " + run + ": no answer");
        }
        if (sandbox == null || run != ANY_RUN && sandbox.run() != run) {
            return Optional.empty();
        }
        return Optional.of(sandbox.exit()
                .<Reconnected>map(Reconnected.Ended::new)
                .orElseGet(() -> new Reconnected.Alive(connected(sandbox, listener))));
    }

    @Override
    public LayerExtraction extract(Path target, Path index) {
        return trees.extract(target, index);
    }

    @Override
    public void delete(Path tree) {
        machine.waitWhileHeld("delete");
        machine.deleteFailure.filter(reason -> Files.exists(tree)).ifPresent(reason -> {
            throw new RuntimeUnavailableException(reason);
        });
        while (Files.exists(tree)) {
            deleteWhatIsThere(tree);
        }
    }

    /// Somebody else may be deleting the same tree, as an engine does that has just opened.
    private static void deleteWhatIsThere(Path tree) {
        try (Stream<Path> entries = Files.walk(tree)) {
            for (Path entry : entries.sorted(Comparator.reverseOrder()).toList()) {
                Files.deleteIfExists(entry);
            }
        } catch (NoSuchFileException gone) {
            // What is left is looked for anew.
        } catch (UncheckedIOException failure) {
            if (!(failure.getCause() instanceof NoSuchFileException)) {
                throw failure;
            }
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    @Override
    public void makeDirectory(Path directory, int mode) {
        try {
            Files.createDirectories(directory);
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    @Override
    public TreeUsage usage(Path tree) {
        try (Stream<Path> entries = Files.walk(tree)) {
            List<Path> all = entries.toList();
            long bytes = 0;
            for (Path entry : all) {
                bytes += Files.size(entry);
            }
            return new TreeUsage(bytes, all.size());
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    @Override
    public TreeListing list(Path root, Path index, List<Path> below) {
        return trees.list(root, index, below);
    }

    @Override
    public void revert(Reversion reversion) {
        trees.revert(reversion);
    }

    @Override
    public TreeArchive archive(List<Path> roots, ArchiveForm form, ArchivePlan plan) {
        machine.beforeArchive.run();
        return trees.archive(roots, form, plan);
    }

    @Override
    public synchronized void close() {
        heard.forEach(sandbox -> sandbox.listen(null));
    }

    private record Connection(SimulatedSandbox sandbox) implements Sandbox {
        @Override
        public long run() {
            return sandbox.run();
        }

        @Override
        public int pid() {
            return sandbox.pid();
        }

        @Override
        public Instant startedAt() {
            return sandbox.startedAt();
        }

        @Override
        public List<SetupStep> steps() {
            return List.of(
                    step("monitor", "pid=" + (sandbox.pid() - 1) + " parked=0"),
                    step("namespaces", "pid=4026532001 mount=4026532002 uts=4026532003 ipc=4026532004"),
                    step("overlay", "layers=1 writable=1 volatile=0"),
                    step("filesystems", "binds=3 masked=12 read-only=5"),
                    step("confinement", "user=0:0 capabilities=a80425fb filter=812"),
                    step("exec", ""));
        }

        private static SetupStep step(String name, String detail) {
            return new SetupStep(name, Duration.ofNanos(1000), detail);
        }

        @Override
        public void signal(int number) {
            sandbox.signal(number);
        }

        @Override
        public Optional<SandboxOutput> attach(boolean output, boolean errors, Duration patience) {
            return Optional.of(sandbox.attach(output, errors));
        }

        @Override
        public void close() {
            sandbox.listen(null);
        }
    }
}
