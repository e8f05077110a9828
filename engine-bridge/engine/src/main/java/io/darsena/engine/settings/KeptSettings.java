package io.darsena.engine.settings;

import io.darsena.bridge.EngineDescription.Lack;
import io.darsena.bridge.EngineDescription.Reduction;
import io.darsena.bridge.event.EngineEvent;
import io.darsena.bridge.settings.EngineSettings;
import io.darsena.bridge.trust.TrustedKey;
import io.darsena.engine.event.EventSink;
import io.darsena.engine.paths.EnginePaths;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// The settings of this engine, in memory and in their file. `this` guards writing; any thread may read.
public final class KeptSettings {

    private static final Logger LOG = LoggerFactory.getLogger(KeptSettings.class);

    private final SettingsFile file;
    private final EventSink events;
    private volatile SettingsFile.Content content;

    private KeptSettings(SettingsFile file, EventSink events) {
        this.file = file;
        this.events = events;
        this.content = file.read();
        content.troubles().forEach(trouble -> LOG.warn("settings in {}: {}", file.path(), trouble));
    }

    /// Reads what is set. A file with faults is no failure: each part that cannot be used is at its default.
    public static KeptSettings read(EnginePaths paths, EventSink events) {
        return new KeptSettings(new SettingsFile(paths.config(), paths.settings()), events);
    }

    public EngineSettings now() {
        return content.settings();
    }

    /// Why some of what the file says is not followed.
    public Optional<Reduction> trouble() {
        List<String> troubles = content.troubles();
        return troubles.isEmpty()
                ? Optional.empty()
                : Optional.of(new Reduction(
                        Lack.SETTINGS_FILE,
                        "not all of the settings in " + file.path() + " can be followed: "
                                + String.join("; ", troubles),
                        "correct the file and start the engine again, or set the value anew in Settings"));
    }

    /// Durable when it returns.
    ///
    /// @throws io.darsena.bridge.error.EngineException when the file cannot be written; nothing is changed
    ///     then
    public synchronized void change(EngineSettings wanted) {
        SettingsFile.Content before = content;
        if (wanted.equals(before.settings()) && before.faults().isEmpty()) {
            return;
        }
        content = file.write(wanted, before);
        if (!wanted.equals(before.settings())) {
            events.emit(new EngineEvent.SettingsChanged(wanted, Instant.now()));
        }
    }

    /// Makes a key a trusted one, whatever else is changed at this moment.
    public synchronized void trust(TrustedKey key) {
        change(now().withTrust(now().trust().with(key)));
    }
}
