package io.darsena.bridge;

import io.darsena.bridge.container.Containers;
import io.darsena.bridge.disk.Disk;
import io.darsena.bridge.event.EngineEvent;
import io.darsena.bridge.image.Images;
import io.darsena.bridge.layer.Layers;
import io.darsena.bridge.registry.Registries;
import io.darsena.bridge.sbom.Packages;
import io.darsena.bridge.settings.EngineSettings;
import io.darsena.bridge.sync.Sync;
import io.darsena.bridge.trash.Trash;
import io.darsena.bridge.trust.Trust;
import java.util.function.Consumer;

/// A container engine. All methods may be called from any thread and block until what they name is done and
/// persisted; interrupting the calling thread cancels where something can be cancelled. Commands return no
/// screen state: what changed arrives as an [EngineEvent].
public interface Engine extends AutoCloseable {

    EngineDescription description();

    Containers containers();

    Images images();

    /// What images are made of.
    Layers layers();

    /// What software images and containers hold.
    Packages packages();

    /// The registries that images come from and go to.
    Registries registries();

    /// What registries have that is newer than what is here.
    Sync sync();

    /// Whom images come from.
    Trust trust();

    /// What takes room on the disk, and how it comes back.
    Disk disk();

    /// What was removed and can be had back.
    Trash trash();

    /// What is set now. What could not be read from its file is at its default, and [#description] tells why.
    EngineSettings settings();

    /// Sets all parts, durably, and tells it by [EngineEvent.SettingsChanged]. To change one part begin with
    /// [#settings]. What is set already is no error and no event.
    ///
    /// @throws io.darsena.bridge.error.EngineException when it cannot be kept; nothing is changed then
    void change(EngineSettings settings);

    /// Delivers first one [EngineEvent.Snapshot] with everything that is there, then each change in the order
    /// in which it happened, none left out between them. The subscriber is called by one thread at a time; a
    /// slow one is not waited for by the engine's commands.
    Subscription subscribe(Consumer<? super EngineEvent> subscriber);

    /// Lets go of everything; containers run on. Idempotent.
    @Override
    void close();
}
