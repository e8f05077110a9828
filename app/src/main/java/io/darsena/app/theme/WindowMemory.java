package io.darsena.app.theme;

import java.io.IOException;
import java.io.Reader;
import java.io.Writer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Optional;
import java.util.Properties;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// What the window remembers between starts: its size, theme, language. A small file in the person's configuration;
/// when it cannot be read or written the window works as on its first day.
public final class WindowMemory {

    private static final Logger LOG = LoggerFactory.getLogger(WindowMemory.class);

    private final Path file;
    private final Properties values = new Properties();

    private WindowMemory(Path file) {
        this.file = file;
    }

    /// @param file need not exist
    public static WindowMemory at(Path file) {
        WindowMemory memory = new WindowMemory(file);
        if (Files.isReadable(file)) {
            try (Reader reader = Files.newBufferedReader(file)) {
                memory.values.load(reader);
            } catch (IOException | IllegalArgumentException unreadable) {
                LOG.warn("cannot read {}: {}", file, unreadable.toString());
            }
        }
        return memory;
    }

    /// `window.properties` in the configuration home (XDG base directories).
    public static Path usualFile() {
        String configured = System.getenv("XDG_CONFIG_HOME");
        Path home = configured != null && configured.startsWith("/")
                ? Path.of(configured)
                : Path.of(System.getProperty("user.home"), ".config");
        return home.resolve("darsena").resolve("window.properties");
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
        values.setProperty(key, value);
    }

    public void remember(String key, double value) {
        values.setProperty(key, Double.toString(value));
    }

    /// Writes the file as a whole.
    public void save() {
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
}
