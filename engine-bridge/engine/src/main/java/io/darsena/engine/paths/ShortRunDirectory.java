package io.darsena.engine.paths;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/// A run directory for those whose own one is too long for a socket, or missing. The same data directory
/// always has the same one, so that a later engine finds the sockets of an earlier one.
final class ShortRunDirectory {

    private static final int KEY_DIGITS = 16;

    private ShortRunDirectory() {}

    static Path of(Path data, long uid) {
        String name = "darsena-" + key(data);
        if (uid == 0) {
            return Path.of("/run", name);
        }
        Path login = Path.of("/run/user", Long.toString(uid));
        if (PrivateDirectory.isPrivate(login, uid)) {
            return login.resolve(name);
        }
        return Path.of("/tmp", "darsena-" + uid + "-" + key(data));
    }

    private static String key(Path data) {
        try {
            byte[] bytes = nearestReal(data).toString().getBytes(StandardCharsets.UTF_8);
            byte[] hash = MessageDigest.getInstance("SHA-256").digest(bytes);
            return HexFormat.of().formatHex(hash).substring(0, KEY_DIGITS);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        }
    }

    /// Two spellings of one directory must not get two run directories, also while it does not exist yet.
    private static Path nearestReal(Path path) {
        Path existing = path;
        while (existing.getParent() != null && !Files.exists(existing)) {
            existing = existing.getParent();
        }
        try {
            return existing.toRealPath().resolve(existing.relativize(path));
        } catch (IOException e) {
            return path;
        }
    }
}
