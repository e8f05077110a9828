package io.darsena.engine.paths;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Which run directory belongs to a data directory. The data names the run directory, and that one names the data by
/// device and inode: only a pair that agrees is believed, so neither a copy of the data nor a file that somebody wrote
/// leads into a directory that is another's. A device's number need not be the same after a reboot: beside it stand the
/// boot, and where the data is.
///
/// The environment decides where a run directory is made first. Without the record an engine that is started without
/// `XDG_RUNTIME_DIR` would not find what an earlier one with it has left running.
final class RunRecord {

    private static final Logger LOG = LoggerFactory.getLogger(RunRecord.class);
    private static final int LONGEST = 8192;
    private static final Path BOOT_ID = Path.of("/proc/sys/kernel/random/boot_id");
    private static final Pattern BOOT_ID_FORM = Pattern.compile("[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}");
    private static final Set<String> SOCKETS = Set.of("docker.sock", "window.sock");

    private final Path data;

    private RunRecord(Path data) {
        this.data = data;
    }

    static RunRecord of(Path data) {
        return new RunRecord(data);
    }

    /// The recorded run directory while something of an engine is in it: a container's sockets, or its own.
    /// Where the wanted one has containers of other data, one for this data alone.
    ///
    /// @param wanted where one would be made now
    /// @return empty when it is `wanted`
    Optional<Path> directory(Path wanted) {
        return recorded()
                .filter(run -> isOurs(run) && isInUse(run))
                .or(() -> isAnothers(wanted)
                        ? Optional.of(ShortRunDirectory.of(data, PrivateDirectory.ownUid()))
                        : Optional.empty())
                .filter(run -> !run.equals(wanted));
    }

    private Optional<Path> recorded() {
        try {
            Path run = Path.of(read(EnginePaths.runRecord(data)));
            return run.isAbsolute() && run.equals(run.normalize()) ? Optional.of(run) : Optional.empty();
        } catch (IOException | InvalidPathException none) {
            return Optional.empty();
        }
    }

    private boolean isOurs(Path run) {
        try {
            return PrivateDirectory.isPrivateOrOwnLink(run, PrivateDirectory.ownUid())
                    && Owner.readFrom(run).identity().equals(identity());
        } catch (IOException none) {
            return false;
        }
    }

    /// An engine clears away what it does not know below `c/`: it must be its own.
    private boolean isAnothers(Path run) {
        return Files.isRegularFile(EnginePaths.runOwner(run), LinkOption.NOFOLLOW_LINKS)
                && !mayBeOurs(run)
                && isFilled(run.resolve("c"));
    }

    /// Nothing lives that was started before the machine was: what is there then is nobody's.
    private boolean mayBeOurs(Path run) {
        try {
            Owner recorded = Owner.readFrom(run);
            if (recorded.isOfAnotherBoot()) {
                return true;
            }
            Owner own = own();
            return recorded.identity().equals(own.identity())
                    || recorded.realData().equals(own.realData());
        } catch (IOException none) {
            return false;
        }
    }

    private static boolean isInUse(Path run) {
        return SOCKETS.stream().anyMatch(socket -> Files.exists(run.resolve(socket), LinkOption.NOFOLLOW_LINKS))
                || isFilled(run.resolve("c"));
    }

    private static boolean isFilled(Path containers) {
        if (!PrivateDirectory.isPrivate(containers, PrivateDirectory.ownUid())) {
            return false;
        }
        try (DirectoryStream<Path> entries = Files.newDirectoryStream(containers)) {
            return entries.iterator().hasNext();
        } catch (IOException gone) {
            return false;
        }
    }

    /// Records the pair; with the data's lock held, and the run directory made. A full disk keeps no engine
    /// from opening.
    void write(Path run) {
        try {
            replace(EnginePaths.runOwner(run), own().text());
            replace(EnginePaths.runRecord(data), run.toString());
        } catch (IOException failure) {
            LOG.warn("that {} belongs to {} could not be recorded: {}", run, data, failure.getMessage());
        }
    }

    private static void replace(Path file, String text) throws IOException {
        if (!Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS) || !read(file).equals(text)) {
            PrivateFile.replace(file, text + "\n");
        }
    }

    private static String read(Path file) throws IOException {
        try (InputStream in = Files.newInputStream(file, LinkOption.NOFOLLOW_LINKS)) {
            return new String(in.readNBytes(LONGEST), StandardCharsets.UTF_8).strip();
        }
    }

    private String identity() throws IOException {
        return Files.getAttribute(data, "unix:dev") + ":" + Files.getAttribute(data, "unix:ino");
    }

    private Owner own() throws IOException {
        return new Owner(identity(), read(BOOT_ID), data.toRealPath().toString().strip());
    }

    /// Whose a run directory is, a value a line; the last one may have several.
    ///
    /// @param boot empty when it is not told
    /// @param realData empty when it is not told
    private record Owner(String identity, String boot, String realData) {

        static Owner readFrom(Path run) throws IOException {
            String[] lines = read(EnginePaths.runOwner(run)).split("\n", 3);
            return new Owner(lines[0], lines.length > 1 ? lines[1] : "", lines.length > 2 ? lines[2] : "");
        }

        String text() {
            return String.join("\n", identity, boot, realData);
        }

        boolean isOfAnotherBoot() throws IOException {
            return BOOT_ID_FORM.matcher(boot).matches() && !boot.equals(read(BOOT_ID));
        }
    }
}
