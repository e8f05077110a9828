package io.darsena.engine.paths;

import io.darsena.bridge.error.UnavailableException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.charset.StandardCharsets;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// One engine a data directory: held from `acquire` to `close`, and let go of by the kernel when the process
/// ends, however it does.
public final class DataLock implements AutoCloseable {

    /// Data directories held by this JVM. The kernel's record lock does not tell threads of one process apart,
    /// and closing any other channel of the file would let go of it.
    private static final Set<Path> HELD_HERE = new HashSet<>();

    private static final int LONGEST_PID = 20;

    private final Path file;
    private final FileChannel channel;

    private DataLock(Path file, FileChannel channel) {
        this.file = file;
        this.channel = channel;
    }

    /// @throws UnavailableException when another engine works on this data; it names its process
    public static DataLock acquire(EnginePaths paths) {
        Path file;
        try {
            file = paths.data().toRealPath().resolve(paths.lock().getFileName());
        } catch (IOException e) {
            throw failed(paths, e);
        }
        synchronized (HELD_HERE) {
            if (!HELD_HERE.add(file)) {
                throw taken(
                        paths, "this same process (" + ProcessHandle.current().pid() + ")");
            }
        }
        FileChannel channel = null;
        try {
            channel = open(file);
            FileLock lock = channel.tryLock();
            if (lock == null) {
                throw taken(paths, "process " + owner(channel));
            }
            record(channel);
            return new DataLock(file, channel);
        } catch (IOException | RuntimeException e) {
            release(file, channel);
            throw e instanceof RuntimeException told ? told : failed(paths, (IOException) e);
        }
    }

    /// The process that works on this data, as text; empty when none does. What it tells may be over a moment later.
    public static Optional<String> holder(EnginePaths paths) {
        try {
            Path file = paths.data().toRealPath().resolve(paths.lock().getFileName());
            synchronized (HELD_HERE) {
                if (HELD_HERE.contains(file)) {
                    return Optional.of(Long.toString(ProcessHandle.current().pid()));
                }
                try (FileChannel channel = open(file)) {
                    return channel.tryLock() == null ? Optional.of(owner(channel)) : Optional.empty();
                }
            }
        } catch (NoSuchFileException noData) {
            return Optional.empty();
        } catch (IOException e) {
            throw failed(paths, e);
        }
    }

    private static FileChannel open(Path file) throws IOException {
        return FileChannel.open(
                file,
                Set.of(StandardOpenOption.CREATE, StandardOpenOption.READ, StandardOpenOption.WRITE),
                PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
    }

    private static String owner(FileChannel channel) throws IOException {
        ByteBuffer bytes = ByteBuffer.allocate(LONGEST_PID);
        channel.read(bytes, 0);
        String pid = StandardCharsets.US_ASCII.decode(bytes.flip()).toString().strip();
        return pid.isEmpty() ? "unknown (it is just starting)" : pid;
    }

    private static void record(FileChannel channel) throws IOException {
        String pid = ProcessHandle.current().pid() + "\n";
        channel.truncate(0);
        channel.write(StandardCharsets.US_ASCII.encode(pid), 0);
    }

    private static UnavailableException taken(EnginePaths paths, String owner) {
        return new UnavailableException(
                "open",
                "the data in " + paths.data(),
                "another engine works on it: " + owner,
                "close that one first, or use another data directory");
    }

    private static UnavailableException failed(EnginePaths paths, IOException e) {
        return new UnavailableException("lock", "the data in " + paths.data(), String.valueOf(e.getMessage()), "");
    }

    private static void release(Path file, @Nullable FileChannel channel) {
        try (channel) {
            // closing it is all
        } catch (IOException e) {
            throw new IllegalStateException("cannot close " + file, e);
        } finally {
            synchronized (HELD_HERE) {
                HELD_HERE.remove(file);
            }
        }
    }

    @Override
    public void close() {
        if (channel.isOpen()) {
            release(file, channel);
        }
    }
}
