package io.darsena.engine.kernel;

import io.darsena.engine.paths.EnginePaths;
import io.darsena.runtime.ArchiveForm;
import io.darsena.runtime.ArchivePlan;
import io.darsena.runtime.ContainerRuntime;
import io.darsena.runtime.LayerExtraction;
import io.darsena.runtime.Reversion;
import io.darsena.runtime.RuntimeFacts;
import io.darsena.runtime.Sandbox;
import io.darsena.runtime.SandboxListener;
import io.darsena.runtime.SandboxSpec;
import io.darsena.runtime.TreeArchive;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/// This machine, but containers with a certain host name start without a seccomp filter: what the kernel itself
/// answers, to compare with.
final class UnconfinedMachine extends ThisMachine {

    static final String HOSTNAME = "unconfined";

    @Override
    public ContainerRuntime runtime(EnginePaths paths) {
        return new Unconfining(super.runtime(paths));
    }

    private record Unconfining(ContainerRuntime real) implements ContainerRuntime {
        @Override
        public Sandbox start(SandboxSpec spec, SandboxListener listener) {
            return real.start(spec.hostname().equals(HOSTNAME) ? unconfined(spec) : spec, listener);
        }

        private static SandboxSpec unconfined(SandboxSpec spec) {
            return new SandboxSpec(
                    spec.id(),
                    spec.run(),
                    spec.runDirectory(),
                    spec.stateDirectory(),
                    spec.lowers(),
                    spec.writable(),
                    spec.readOnlyRoot(),
                    spec.hostname(),
                    spec.arguments(),
                    spec.environment(),
                    spec.workingDirectory(),
                    spec.user(),
                    spec.capabilities(),
                    spec.noNewPrivileges(),
                    Optional.empty(),
                    spec.maskedPaths(),
                    spec.readOnlyPaths(),
                    spec.binds(),
                    spec.namespaces(),
                    spec.cgroups(),
                    spec.deviceGuard(),
                    spec.logRotation(),
                    spec.oomScoreAdjustment(),
                    spec.resourceLimits(),
                    spec.sharedMemoryBytes(),
                    spec.attachments());
        }

        @Override
        public RuntimeFacts facts() {
            return real.facts();
        }

        @Override
        public Optional<Reconnected> reconnect(
                Path runDirectory, Path stateDirectory, long run, SandboxListener listener) {
            return real.reconnect(runDirectory, stateDirectory, run, listener);
        }

        @Override
        public LayerExtraction extract(Path target, Path index) {
            return real.extract(target, index);
        }

        @Override
        public void delete(Path tree) {
            real.delete(tree);
        }

        @Override
        public void makeDirectory(Path directory, int mode) {
            real.makeDirectory(directory, mode);
        }

        @Override
        public TreeUsage usage(Path tree) {
            return real.usage(tree);
        }

        @Override
        public TreeListing list(Path root, Path index, List<Path> below) {
            return real.list(root, index, below);
        }

        @Override
        public void revert(Reversion reversion) {
            real.revert(reversion);
        }

        @Override
        public TreeArchive archive(List<Path> roots, ArchiveForm form, ArchivePlan plan) {
            return real.archive(roots, form, plan);
        }

        @Override
        public void close() {
            real.close();
        }
    }
}
