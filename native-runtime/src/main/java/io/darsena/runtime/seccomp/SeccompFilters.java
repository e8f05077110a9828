package io.darsena.runtime.seccomp;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/// Compiled filters, each compiled once and kept in a file of one directory, as darsena-runtime takes them. A file is
/// named by its content and never changes, and is written anew when it is not what its name says: engines that run
/// side by side or one after the other may share the
/// directory, and deleting it while no container starts loses nothing. Safe for use by several threads.
public final class SeccompFilters {

    /// Profiles come from users' files: what is kept in memory must not grow with their number.
    private static final int KEPT = 64;

    private final Path directory;
    private final Map<Key, Path> files = new ConcurrentHashMap<>();

    /// @param directory made when it is first needed
    public SeccompFilters(Path directory) {
        this.directory = directory;
    }

    /// The file with the filter for a container: microseconds when the same was asked for before.
    ///
    /// @throws IllegalArgumentException when the profile is too large for the kernel
    /// @throws UncheckedIOException when the file cannot be written
    public Path file(SeccompProfile profile, SeccompContext context) {
        Key key = new Key(profile, context);
        Path known = files.get(key);
        if (known != null && Files.exists(known)) {
            return known;
        }
        Path file = write(program(profile, context));
        if (files.size() >= KEPT) {
            files.clear();
        }
        files.put(key, file);
        return file;
    }

    /// Compiles a filter: an array of `struct sock_filter` in the machine's byte order.
    ///
    /// @throws IllegalArgumentException when the profile is too large for the kernel
    public static byte[] program(SeccompProfile profile, SeccompContext context) {
        return SeccompCompiler.compile(profile, context);
    }

    private Path write(byte[] program) {
        Path file = directory.resolve(digest(program) + ".bpf");
        try {
            if (!isWhole(file, program)) {
                Files.createDirectories(directory);
                Path temporary = Files.createTempFile(directory, "filter", ".tmp");
                try {
                    Files.write(temporary, program);
                    Files.move(temporary, file, StandardCopyOption.ATOMIC_MOVE);
                } finally {
                    Files.deleteIfExists(temporary);
                }
            }
            return file;
        } catch (IOException failure) {
            throw new UncheckedIOException("cannot write the seccomp filter " + file, failure);
        }
    }

    /// A file written just before a loss of power can be empty or full of zeros, under its right name.
    private static boolean isWhole(Path file, byte[] program) throws IOException {
        return Files.isRegularFile(file)
                && Files.size(file) == program.length
                && Arrays.equals(Files.readAllBytes(file), program);
    }

    private static String digest(byte[] program) {
        try {
            byte[] digest = MessageDigest.getInstance("SHA-256").digest(program);
            return HexFormat.of().formatHex(digest, 0, 16);
        } catch (NoSuchAlgorithmException impossible) {
            throw new IllegalStateException("every Java platform has SHA-256", impossible);
        }
    }

    private record Key(SeccompProfile profile, SeccompContext context) {}
}
