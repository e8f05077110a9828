package io.darsena.app.theme;

import java.io.IOException;
import java.io.Reader;
import java.io.Writer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Objects;
import java.util.Optional;
import java.util.Properties;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// What the window remembers between starts: its size, theme, language, the columns of its lists. A small file of the
/// person's; when it cannot be read or written the window works as on its first day. From any thread.
public final class WindowMemory implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(WindowMemory.class);

    private final Path file;
    private final Properties values = new Properties();
    private boolean outdated;
    private boolean closed;

    private WindowMemory(Path file) {
        this.file = file;
    }

    /// @param file need not exist
    public static WindowMemory at(Path file) {
        WindowMemory memory = new WindowMemory(file);
        memory.load(file);
        return memory;
    }

    /// Of a window whose engine keeps everything below this root: it shares nothing with the others.
    public static WindowMemory below(Path root) {
        return at(root.resolve("state").resolve("window.properties"));
    }

    /// `window.properties` in the state home (XDG base directories). It was in the configuration home before, and what
    /// is found there only is taken over.
    public static WindowMemory usual() {
        WindowMemory memory = new WindowMemory(usualFile("XDG_STATE_HOME", ".local/state"));
        Path before = usualFile("XDG_CONFIG_HOME", ".config");
        memory.load(Files.exists(memory.file) ? memory.file : before);
        return memory;
    }

    private static Path usualFile(String variable, String otherwise) {
        String configured = System.getenv(variable);
        Path home = configured != null && configured.startsWith("/")
                ? Path.of(configured)
                : Path.of(System.getProperty("user.home"), otherwise);
        return home.resolve("darsena").resolve("window.properties");
    }

    private void load(Path from) {
        if (Files.isReadable(from)) {
            try (Reader reader = Files.newBufferedReader(from)) {
                values.load(reader);
            } catch (IOException | IllegalArgumentException unreadable) {
                LOG.warn("cannot read {}: {}", from, unreadable.toString());
            }
        }
    }

    /// Where it is kept; it need not be there yet.
    public Path folder() {
        return Objects.requireNonNull(file.toAbsolutePath().getParent(), "a file has a folder");
    }

    public Optional<String> text(String key) {
        return Optional.ofNullable(values.getProperty(key));
    }

    public Optional<Double> number(String key) {
        try {
            return text(key).map(Double::valueOf).filter(Double::isFinite);
        } catch (NumberFormatException notOne) {
            return Optional.empty();
        }
    }

    public void remember(String key, String value) {
        if (!value.equals(values.setProperty(key, value))) {
            outdate();
        }
    }

    public void remember(String key, double value) {
        remember(key, Double.toString(value));
    }

    public void forget(String key) {
        if (values.remove(key) != null) {
            outdate();
        }
    }

    /// Writes the file soon, without letting the caller wait for a disk. What [#save] wrote meanwhile is not written
    /// again.
    public void saveSoon() {
        Thread.ofVirtual().name("darsena-memory").start(this::saveIfOutdated);
    }

    private synchronized void saveIfOutdated() {
        if (outdated) {
            save();
        }
    }

    private synchronized void outdate() {
        outdated = true;
    }

    /// Writes the file as a whole; when it returns nothing is left to be written. Does nothing once closed.
    public synchronized void save() {
        outdated = false;
        if (closed) {
            return;
        }
        try {
            Files.createDirectories(file.toAbsolutePath().getParent());
            Path next = file.resolveSibling(file.getFileName() + ".next");
            try (Writer writer = Files.newBufferedWriter(next)) {
                values.store(writer, null);
            }
            Files.move(next, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        } catch (IOException unwritable) {
            LOG.warn("cannot write {}: {}", file, unwritable.toString());
        }
    }

    /// Writes what is left to be written. The file is not touched afterwards: its folder may go.
    @Override
    public synchronized void close() {
        saveIfOutdated();
        closed = true;
    }
}
