package io.darsena.engine.simulated;

import io.darsena.runtime.SandboxOutput;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;

/// What one who is attached to a simulated sandbox has still to take.
final class SimulatedOutput implements SandboxOutput {

    private final BlockingQueue<Optional<Chunk>> chunks = new LinkedBlockingQueue<>();
    private final boolean output;
    private final boolean errors;

    SimulatedOutput(boolean output, boolean errors) {
        this.output = output;
        this.errors = errors;
    }

    void add(Chunk chunk) {
        if (chunk.errors() ? errors : output) {
            chunks.add(Optional.of(chunk));
        }
    }

    void end() {
        chunks.add(Optional.empty());
    }

    @Override
    public Optional<Chunk> next() {
        try {
            return chunks.take();
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            return Optional.empty();
        }
    }

    @Override
    public void close() {
        end();
    }
}
