package io.darsena.engine.trust;

import io.darsena.bridge.error.ConflictException;
import io.darsena.bridge.error.DeniedException;
import io.darsena.bridge.error.InvalidRequestException;
import io.darsena.bridge.error.NotFoundException;
import io.darsena.bridge.registry.Secret;
import io.darsena.bridge.trust.SigningKey;
import io.darsena.bridge.trust.TrustedKey;
import io.darsena.engine.content.StorageFailure;
import io.darsena.engine.paths.EnginePaths;
import io.darsena.engine.paths.PrivateFile;
import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.PrivateKey;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;

/// Private keys: each a file `NAME.key`, encrypted, with its public part in `NAME.pub` beside it, as cosign names them;
/// and those that were opened, in memory for as long as the engine lives. Safe for use by several threads.
final class KeyFiles {

    private static final String PRIVATE = ".key";
    private static final String PUBLIC = ".pub";

    private final Path directory;
    private final Map<String, PrivateKey> open = new ConcurrentHashMap<>();

    KeyFiles(EnginePaths paths) {
        this.directory = paths.signingKeys();
    }

    private static String subject(String name) {
        return "signing key " + name;
    }

    private Path file(String name, String kind) {
        try {
            TrustedKey.requireName(name);
        } catch (IllegalArgumentException malformed) {
            throw new InvalidRequestException("find", subject(name), String.valueOf(malformed.getMessage()), "");
        }
        return directory.resolve(name + kind);
    }

    List<SigningKey> list() {
        Map<String, SigningKey> keys = new TreeMap<>();
        try (DirectoryStream<Path> files = Files.newDirectoryStream(directory, "*" + PRIVATE)) {
            for (Path each : files) {
                String file = String.valueOf(each.getFileName());
                String name = file.substring(0, file.length() - PRIVATE.length());
                Path publicKey = directory.resolve(name + PUBLIC);
                if (Files.isRegularFile(publicKey)) {
                    keys.put(name, new SigningKey(name, Files.readString(publicKey), open.containsKey(name)));
                }
            }
        } catch (NoSuchFileException none) {
            return List.of();
        } catch (IOException failure) {
            throw StorageFailure.of("list", "signing keys", failure);
        }
        return List.copyOf(keys.values());
    }

    synchronized SigningKey keep(String name, String encrypted, String publicKey, PrivateKey key) {
        Path file = file(name, PRIVATE);
        if (Files.exists(file)) {
            throw new ConflictException("keep", subject(name), "there is one of that name", "choose another name");
        }
        try {
            if (!Files.isDirectory(directory)) {
                Files.createDirectories(
                        directory, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
            }
            PrivateFile.replace(file(name, PUBLIC), publicKey);
            PrivateFile.replace(file, encrypted);
        } catch (IOException failure) {
            throw StorageFailure.of("keep", subject(name), failure);
        }
        open.put(name, key);
        return new SigningKey(name, publicKey, true);
    }

    synchronized void unlock(String name, Secret password) {
        open.put(name, opened("unlock", name, encrypted(name), password));
    }

    private String encrypted(String name) {
        try {
            return Files.readString(file(name, PRIVATE));
        } catch (NoSuchFileException none) {
            throw missing(name);
        } catch (IOException failure) {
            throw StorageFailure.of("read", subject(name), failure);
        }
    }

    private static NotFoundException missing(String name) {
        return new NotFoundException("find", subject(name), "there is none of that name", "make or import one");
    }

    /// @throws DeniedException when the password does not open it
    static PrivateKey opened(String operation, String name, String encrypted, Secret password) {
        try {
            Optional<PrivateKey> key = EncryptedKey.read(encrypted, password);
            return key.orElseThrow(() ->
                    new DeniedException(operation, subject(name), "the password does not open it", "type it again"));
        } catch (IllegalArgumentException malformed) {
            throw new InvalidRequestException(
                    operation,
                    subject(name),
                    "it is no private key as cosign writes them: " + malformed.getMessage(),
                    "cosign generate-key-pair makes one");
        }
    }

    /// Whether it is here and nobody has opened it.
    boolean isLocked(String name) {
        return !open.containsKey(name) && Files.exists(file(name, PRIVATE));
    }

    /// @throws DeniedException when nobody has opened it
    PrivateKey ready(String operation, String subject, String name) {
        PrivateKey key = open.get(name);
        if (key == null) {
            if (!Files.exists(file(name, PRIVATE))) {
                throw missing(name);
            }
            throw new DeniedException(
                    operation, subject, "its signing key " + name + " is locked", "unlock the key first");
        }
        return key;
    }

    synchronized void delete(String name) {
        try {
            if (!Files.deleteIfExists(file(name, PRIVATE))) {
                throw missing(name);
            }
            Files.deleteIfExists(file(name, PUBLIC));
        } catch (IOException failure) {
            throw StorageFailure.of("delete", subject(name), failure);
        }
        open.remove(name);
    }
}
