package io.darsena.engine.container;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Optional;
import java.util.Set;

/// `/etc/hostname`, `/etc/hosts` and `/etc/resolv.conf` of a container, which are bound over the image's. The container
/// may have made them anybody's, unreadable or endless: what it left of them is never read, and never written over, but
/// another file is put in its place.
final class IdentityFiles {

    private static final Set<PosixFilePermission> READABLE = PosixFilePermissions.fromString("rw-r--r--");
    private static final String HOSTS = """
            127.0.0.1\tlocalhost
            ::1\tlocalhost ip6-localhost ip6-loopback
            fe00::0\tip6-localnet
            ff00::0\tip6-mcastprefix
            ff02::1\tip6-allnodes
            ff02::2\tip6-allrouters
            127.0.1.1\t""";
    private static final Path HOST_NAME = Path.of("/proc/sys/kernel/hostname");
    private static final Path HOST_HOSTS = Path.of("/etc/hosts");
    private static final Path HOST_RESOLVER = Path.of("/etc/resolv.conf");

    private IdentityFiles() {}

    static void write(String hostname, Path hostnameFile, Path hostsFile) throws IOException {
        put(hostnameFile, (hostname + "\n").getBytes(StandardCharsets.UTF_8));
        put(hostsFile, (HOSTS + hostname + "\n").getBytes(StandardCharsets.UTF_8));
    }

    /// Copies the host's resolver, as it is now.
    static void writeResolver(Path file) throws IOException {
        copyFromHost(HOST_RESOLVER, file);
    }

    /// Copies the names that the host knows, as they are now: for a container in the host's network.
    static void writeHostsOfHost(Path file) throws IOException {
        copyFromHost(HOST_HOSTS, file);
    }

    /// The host's name; empty where it has none that a container could have.
    static Optional<String> hostName() {
        try {
            return Optional.of(Files.readString(HOST_NAME).strip()).filter(name -> !name.isEmpty());
        } catch (IOException unreadable) {
            return Optional.empty();
        }
    }

    /// A host without the file gives an empty one.
    private static void copyFromHost(Path source, Path file) throws IOException {
        put(file, content(source));
    }

    private static byte[] content(Path source) throws IOException {
        try {
            return Files.readAllBytes(source);
        } catch (NoSuchFileException none) {
            return new byte[0];
        }
    }

    /// Nothing has the file bound now. Not by a rename over it, which makes ext4 write the content to the disk at once
    /// (`auto_da_alloc`): what a crash leaves out the next start writes.
    private static void put(Path file, byte[] content) throws IOException {
        Files.deleteIfExists(file);
        Files.write(file, content, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE);
        Files.setPosixFilePermissions(file, READABLE);
    }
}
