package io.darsena.runtime;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/// The `darsena-runtime` program that this engine starts.
public record RuntimeBinary(Path path) {

    /// Names a file to be used in place of the bundled one.
    public static final String PATH_PROPERTY = "darsena.runtime";

    private static final int DIGEST_PREFIX = 16;

    /// The file that the property `darsena.runtime` names, or the bundled one installed below `directory`.
    public static RuntimeBinary located(Path directory) {
        String override = System.getProperty(PATH_PROPERTY, "");
        return override.isEmpty() ? bundled(directory) : new RuntimeBinary(Path.of(override));
    }

    /// The program of this jar, installed.
    static RuntimeBinary bundled(Path directory) {
        return installed(directory, resource("io/darsena/runtime/" + machine() + "/darsena-runtime"));
    }

    /// Installs the program as `DIRECTORY/DIGEST/darsena-runtime`, if it is not there. Earlier ones are left: running
    /// monitors use them.
    static RuntimeBinary installed(Path directory, byte[] program) {
        Path home = directory.resolve(digest(program));
        Path installed = home.resolve("darsena-runtime");
        try {
            if (!isInstalled(installed, program)) {
                Files.createDirectories(home);
                install(installed, home, program);
            }
        } catch (IOException e) {
            throw new RuntimeUnavailableException("cannot install darsena-runtime as " + installed + ": " + e, e);
        }
        return new RuntimeBinary(installed);
    }

    private static boolean isInstalled(Path installed, byte[] program) throws IOException {
        return Files.isExecutable(installed) && Files.size(installed) == program.length;
    }

    private static void install(Path installed, Path home, byte[] program) throws IOException {
        Path temporary = Files.createTempFile(home, ".darsena-runtime", "");
        try {
            try (FileChannel file = FileChannel.open(temporary, StandardOpenOption.WRITE)) {
                // A disk that fills up takes a part first, and refuses the next.
                ByteBuffer left = ByteBuffer.wrap(program);
                while (left.hasRemaining()) {
                    file.write(left);
                }
                file.force(true);
            }
            Files.setPosixFilePermissions(temporary, PosixFilePermissions.fromString("rwxr-xr-x"));
            Files.move(temporary, installed, StandardCopyOption.ATOMIC_MOVE);
        } finally {
            Files.deleteIfExists(temporary);
        }
    }

    private static byte[] resource(String name) {
        try (InputStream stream = RuntimeBinary.class.getClassLoader().getResourceAsStream(name)) {
            if (stream == null) {
                throw new RuntimeUnavailableException("this build holds no " + name
                        + "; build it with make in native-runtime/src/main/c, or name one with -D" + PATH_PROPERTY);
            }
            return stream.readAllBytes();
        } catch (IOException e) {
            throw new RuntimeUnavailableException("cannot read " + name + ": " + e.getMessage(), e);
        }
    }

    private static String machine() {
        String machine = System.getProperty("os.arch", "");
        return machine.equals("amd64") ? "x86_64" : machine;
    }

    private static String digest(byte[] program) {
        try {
            byte[] digest = MessageDigest.getInstance("SHA-256").digest(program);
            return HexFormat.of().formatHex(digest).substring(0, DIGEST_PREFIX);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JDK has SHA-256", e);
        }
    }
}
