package io.darsena.engine.content;

import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemoryLayout;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.StructLayout;
import java.lang.foreign.ValueLayout;
import java.lang.invoke.MethodHandle;
import java.lang.invoke.VarHandle;
import java.nio.file.Path;
import java.util.Arrays;

/// syncfs(2), which Java lacks: one call makes thousands of files durable, where `FileChannel.force` would take one
/// call and one journal commit for each.
public final class FileSystemSync {

    private static final int O_RDONLY_CLOEXEC = 02000000;
    private static final StructLayout CAPTURED = Linker.Option.captureStateLayout();
    private static final VarHandle ERRNO = CAPTURED.varHandle(MemoryLayout.PathElement.groupElement("errno"));

    private FileSystemSync() {}

    /// Returns when everything written so far to the file system that holds the directory is on its disk.
    public static void sync(Path directory) throws IOException {
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment state = arena.allocate(CAPTURED);
            MemorySegment name = arena.allocateFrom(directory.toString());
            int descriptor = (int) Calls.OPEN.invokeExact(state, name, O_RDONLY_CLOEXEC);
            if (descriptor < 0) {
                throw failed("open", directory, state);
            }
            try {
                if ((int) Calls.SYNCFS.invokeExact(state, descriptor) != 0) {
                    throw failed("syncfs", directory, state);
                }
            } finally {
                int ignored = (int) Calls.CLOSE.invokeExact(state, descriptor);
            }
        } catch (IOException | RuntimeException | Error e) {
            throw e;
        } catch (Throwable e) {
            throw new IllegalStateException(e);
        }
    }

    private static IOException failed(String call, Path directory, MemorySegment state) {
        return new IOException(call + " " + directory + ": errno " + (int) ERRNO.get(state, 0L));
    }

    /// Linked when first needed: it costs some milliseconds.
    private static final class Calls {
        static final MethodHandle OPEN = link(
                "open",
                FunctionDescriptor.of(ValueLayout.JAVA_INT, ValueLayout.ADDRESS, ValueLayout.JAVA_INT),
                Linker.Option.firstVariadicArg(2));
        static final MethodHandle SYNCFS =
                link("syncfs", FunctionDescriptor.of(ValueLayout.JAVA_INT, ValueLayout.JAVA_INT));
        static final MethodHandle CLOSE =
                link("close", FunctionDescriptor.of(ValueLayout.JAVA_INT, ValueLayout.JAVA_INT));

        private static MethodHandle link(String name, FunctionDescriptor type, Linker.Option... options) {
            Linker linker = Linker.nativeLinker();
            Linker.Option[] all = Arrays.copyOf(options, options.length + 1);
            all[options.length] = Linker.Option.captureCallState("errno");
            return linker.downcallHandle(linker.defaultLookup().findOrThrow(name), type, all);
        }
    }
}
