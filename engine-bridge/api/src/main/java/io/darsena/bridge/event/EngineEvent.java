package io.darsena.bridge.event;

import io.darsena.bridge.container.Container;
import io.darsena.bridge.container.ContainerId;
import io.darsena.bridge.container.ContainerState;
import io.darsena.bridge.image.Image;
import io.darsena.bridge.image.ImageId;
import io.darsena.bridge.settings.EngineSettings;
import io.darsena.bridge.sync.SyncReport;
import io.darsena.bridge.trash.Departure;
import io.darsena.bridge.trash.TrashEntry;
import io.darsena.bridge.trust.TrustReport;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/// Something an engine tells its subscribers. Values carried are complete and immutable: a subscriber
/// replaces what it had.
public sealed interface EngineEvent {

    /// Everything that is there now; the first event of each subscription, and the first after [Unreachable].
    record Snapshot(
            List<Container> containers,
            List<Image> images,
            EngineSettings settings,
            List<TrashEntry> trash,
            SyncReport sync,
            TrustReport trust)
            implements EngineEvent {
        public Snapshot {
            containers = List.copyOf(containers);
            images = List.copyOf(images);
            trash = List.copyOf(trash);
        }
    }

    /// A container is new or has changed. It carries what it is now.
    ///
    /// @param end with [ContainerAction#DIE]: how the run has ended, which the state does not tell where a
    ///     restart or a removal goes on from there
    record ContainerChanged(
            Container container, ContainerAction action, Optional<ContainerState.Exited> end, Instant at)
            implements EngineEvent {}

    /// A container is gone, or was put into the trash: then [TrashChanged] came before.
    record ContainerRemoved(ContainerId id, String name, Instant at) implements EngineEvent {}

    /// An image is new or its names have changed.
    record ImageChanged(Image image, ImageAction action, Instant at) implements EngineEvent {}

    record ImageRemoved(ImageId id, Instant at) implements EngineEvent {}

    /// Something is new in the trash or has changed there.
    record TrashChanged(TrashEntry entry, Instant at) implements EngineEvent {}

    /// Something has left the trash. When it was restored, [ContainerChanged] came before.
    ///
    /// @param name that it bore in the trash
    /// @param freed bytes on disk
    record TrashRemoved(ContainerId id, String name, Departure how, long freed, Instant at) implements EngineEvent {}

    /// Something is known now of what registries have, or of the pushes that wait. It may lag behind
    /// other events by a moment: of several changes in a row the last is told.
    record SyncChanged(SyncReport report, Instant at) implements EngineEvent {}

    /// Something is known now of whom images come from.
    record TrustChanged(TrustReport report, Instant at) implements EngineEvent {}

    record SettingsChanged(EngineSettings settings, Instant at) implements EngineEvent {}

    /// An engine in another process is out of reach. What was told before is the last that is known of it; when it is
    /// back, a [Snapshot] of what is there then follows. An engine in this process never tells it.
    ///
    /// @param reason an English sentence without its full stop
    record Unreachable(String reason, Instant at) implements EngineEvent {}

    /// What happened, in the words of Docker's events.
    enum ContainerAction {
        CREATE,
        START,
        PAUSE,
        UNPAUSE,
        KILL,
        STOP,
        RESTART,
        OOM,
        DIE,
        RENAME,
        /// It was taken out of the trash.
        RESTORE,
        /// A transient activity (starting, stopping, removing) began or ended without a new state.
        ACTIVITY
    }

    enum ImageAction {
        IMPORT,
        PULL,
        /// A registry knows it now by one more digest.
        PUSH,
        TAG,
        UNTAG
    }
}
