package io.darsena.bridge.sync;

import io.darsena.bridge.image.ImageReference;

/// Compares the names of images with what their registries have, by itself as often as [SyncSettings]
/// say, and sends pushes that wait for the network. What came of it arrives as
/// [io.darsena.bridge.event.EngineEvent.SyncChanged], outlives the engine, and is told with its age.
///
/// Nothing is asked about a name that did not come from its registry. By itself nothing is asked on a
/// network that costs by what it carries, nor without one; a registry on this machine is always asked.
public interface Sync {

    /// What is known at this moment. Asks nobody.
    SyncReport report();

    /// Compares a name now, whatever the network is and also if it did not come from its registry. That
    /// the registry cannot be asked is no failure of this: the answer tells it.
    ///
    /// @throws io.darsena.bridge.error.NotFoundException when no image bears the name
    TagSync check(ImageReference name);

    /// Compares all names that came from registries now, and returns when that is over. Interrupting
    /// the thread cancels what is left.
    void checkAll();

    /// Whether a newer image is pulled as soon as it is found.
    ///
    /// @throws io.darsena.bridge.error.NotFoundException when no image bears the name
    /// @throws io.darsena.bridge.error.InvalidRequestException when it did not come from a registry
    void autoPull(ImageReference name, boolean wanted);

    /// Sends what bears this name as soon as there is a network, now if there is one. It is tried until
    /// it is there, is refused or [#cancelPush] ends it, by the next engine too. Asking again tries
    /// again at once.
    ///
    /// @throws io.darsena.bridge.error.NotFoundException when no image bears the name
    void queuePush(ImageReference name);

    /// Takes a push out of the queue; one that is under way is broken off. None is no error.
    void cancelPush(ImageReference name);
}
