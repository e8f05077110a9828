package io.darsena.engine.registry.http;

import io.darsena.bridge.error.InvalidRequestException;
import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Whom one registry's connections trust and who they say they are, by files. Two that are equal trust the same:
/// a file that has changed makes another choice.
///
/// @param insecure certificates are not checked
/// @param authorities PEM files trusted besides the system's
/// @param identities files with a certificate to show, `name.cert`, each beside its `name.key`
public record TlsChoice(boolean insecure, List<Stamped> authorities, List<Stamped> identities) {

    private static final String IDENTITY = ".cert";
    private static final Logger LOG = LoggerFactory.getLogger(TlsChoice.class);

    /// Told once each.
    private static final Set<Path> SKIPPED = ConcurrentHashMap.newKeySet();

    public TlsChoice {
        authorities = List.copyOf(authorities);
        identities = List.copyOf(identities);
    }

    /// A file as it is now.
    public record Stamped(Path file, long modified, long size) {

        static Stamped of(Path file) {
            try {
                return new Stamped(file, Files.getLastModifiedTime(file).toMillis(), Files.size(file));
            } catch (IOException e) {
                throw new InvalidRequestException(
                        "use",
                        "the certificates in " + file,
                        "the file cannot be read",
                        "correct the registry's settings");
            }
        }
    }

    /// Gathers what a person set and what lies in directories of Docker's layout: `*.crt` are authorities,
    /// `*.cert` with `*.key` identities. Directories that are not there, or that are for other users, are no
    /// error.
    ///
    /// @param directories each of one registry, as `/etc/docker/certs.d/registry.example:5000`
    public static TlsChoice gather(boolean insecure, Optional<Path> authority, List<Path> directories) {
        List<Stamped> authorities = new ArrayList<>();
        List<Stamped> identities = new ArrayList<>();
        authority.map(Stamped::of).ifPresent(authorities::add);
        for (Path directory : directories) {
            for (Path file : files(directory)) {
                if (!Files.isReadable(file)) {
                    skip(file);
                } else if (file.toString().endsWith(".crt")) {
                    authorities.add(Stamped.of(file));
                } else if (file.toString().endsWith(IDENTITY) && Files.isReadable(key(file))) {
                    identities.add(Stamped.of(file));
                }
            }
        }
        return new TlsChoice(insecure, authorities, identities);
    }

    static Path key(Path certificate) {
        String name = certificate.getFileName().toString();
        return certificate.resolveSibling(name.substring(0, name.length() - IDENTITY.length()) + ".key");
    }

    private static List<Path> files(Path directory) {
        List<Path> files = new ArrayList<>();
        if (Files.isDirectory(directory)) {
            try (DirectoryStream<Path> entries = Files.newDirectoryStream(directory)) {
                entries.forEach(files::add);
            } catch (IOException e) {
                skip(directory);
                return List.of();
            }
        }
        files.sort(null);
        return files;
    }

    private static void skip(Path unreadable) {
        if (SKIPPED.add(unreadable)) {
            LOG.warn("certificates in {} are passed over: this user cannot read it", unreadable);
        }
    }
}
