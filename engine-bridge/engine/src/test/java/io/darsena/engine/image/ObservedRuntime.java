package io.darsena.engine.image;

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
import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;

/// Passes everything on and tells a hook each step with layers before it is taken: `make`, `extract`, `write`,
/// `finish`,
/// `finished`, `delete`. The hook may throw or never return.
public final class ObservedRuntime implements ContainerRuntime {

    public final AtomicInteger extractions = new AtomicInteger();
    private final ContainerRuntime actual;
    private final Consumer<String> hook;

    public ObservedRuntime(ContainerRuntime actual, Consumer<String> hook) {
        this.actual = actual;
        this.hook = hook;
    }

    @Override
    public LayerExtraction extract(Path target, Path index) {
        hook.accept("extract");
        extractions.incrementAndGet();
        LayerExtraction extraction = actual.extract(target, index);
        return new LayerExtraction() {
            @Override
            public OutputStream sink() {
                return new FilterOutputStream(extraction.sink()) {
                    @Override
                    public void write(byte[] bytes, int offset, int length) throws IOException {
                        hook.accept("write");
                        out.write(bytes, offset, length);
                    }
                };
            }

            @Override
            public Result finish() {
                hook.accept("finish");
                Result result = extraction.finish();
                hook.accept("finished");
                return result;
            }

            @Override
            public void close() {
                extraction.close();
            }
        };
    }

    @Override
    public void delete(Path tree) {
        hook.accept("delete");
        actual.delete(tree);
    }

    @Override
    public void makeDirectory(Path directory, int mode) {
        hook.accept("make");
        actual.makeDirectory(directory, mode);
    }

    @Override
    public RuntimeFacts facts() {
        return actual.facts();
    }

    @Override
    public Sandbox start(SandboxSpec spec, SandboxListener listener) {
        return actual.start(spec, listener);
    }

    @Override
    public Optional<Reconnected> reconnect(Path runDirectory, Path stateDirectory, long run, SandboxListener listener) {
        return actual.reconnect(runDirectory, stateDirectory, run, listener);
    }

    @Override
    public TreeUsage usage(Path tree) {
        return actual.usage(tree);
    }

    @Override
    public TreeListing list(Path root, Path index, List<Path> below) {
        return actual.list(root, index, below);
    }

    @Override
    public void revert(Reversion reversion) {
        actual.revert(reversion);
    }

    @Override
    public TreeArchive archive(List<Path> roots, ArchiveForm form, ArchivePlan plan) {
        return actual.archive(roots, form, plan);
    }

    @Override
    public void close() {
        actual.close();
    }
}
