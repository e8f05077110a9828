package io.darsena.runtime;

import io.darsena.runtime.protocol.Frame;
import io.darsena.runtime.protocol.MalformedFrameException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import org.slf4j.LoggerFactory;

/// How a run ended, as its monitor left it in `STATE-DIR/exit` or told it.
sealed interface ExitRecord {

    /// Bytes; a monitor writes at most 4096.
    int LONGEST = 16_384;

    long run();

    /// @param steps how the start of the run went; empty when a monitor of an earlier version tells
    record Exited(SandboxExit exit, List<SetupStep> steps) implements ExitRecord {
        @Override
        public long run() {
            return exit.run();
        }
    }

    record NeverStarted(long run, RuntimeFailure failure) implements ExitRecord {}

    /// The record in this directory, if there is one of this run that can be read. A loss of power can leave
    /// one of nothing but zeros: a monitor does not wait until it is on disk.
    ///
    /// @param run or [ContainerRuntime#ANY_RUN]
    static Optional<ExitRecord> read(Path stateDirectory, long run) {
        Path file = stateDirectory.resolve("exit");
        try (InputStream in = Files.newInputStream(file)) {
            return Optional.of(parse(in.readNBytes(LONGEST)))
                    .filter(record -> run == ContainerRuntime.ANY_RUN || record.run() == run);
        } catch (NoSuchFileException e) {
            return Optional.empty();
        } catch (IOException | MalformedFrameException e) {
            LoggerFactory.getLogger(ExitRecord.class)
                    .warn("{} is passed over, it cannot be read: {}", file, e.getMessage());
            return Optional.empty();
        }
    }

    private static ExitRecord parse(byte[] bytes) {
        Frame.Builder fields = Frame.named("exit");
        StandardCharsets.UTF_8.decode(ByteBuffer.wrap(bytes)).toString().lines().forEach(line -> {
            int equals = line.indexOf('=');
            if (equals > 0) {
                fields.with(line.substring(0, equals), line.substring(equals + 1));
            }
        });
        Frame record = fields.build();
        return record.value("failed").orElse("0").equals("1") ? neverStarted(record) : exited(record);
    }

    /// From `exited` or a record with its fields.
    static Exited exited(Frame told) {
        long exitedNanos = told.number("exited-ns");
        long startedNanos = told.value("started-ns").isPresent() ? told.number("started-ns") : exitedNanos;
        int signal = told.integer("signal");
        SandboxExit exit = new SandboxExit(
                told.number("run"),
                told.integer("code"),
                signal == 0 ? OptionalInt.empty() : OptionalInt.of(signal),
                WallClock.at(startedNanos),
                WallClock.at(exitedNanos),
                false);
        return new Exited(exit, SetupStep.in(told));
    }

    /// From `failed` or a record with its fields.
    static NeverStarted neverStarted(Frame told) {
        return new NeverStarted(told.number("run"), Failures.of(told));
    }

    /// Nobody saw the end.
    static SandboxExit lost(long run, Instant startedAt) {
        return new SandboxExit(run, 255, OptionalInt.empty(), startedAt, Instant.now(), true);
    }
}
