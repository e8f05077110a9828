package io.darsena.engine.layer;

import io.darsena.bridge.container.Container;
import io.darsena.bridge.container.ContainerId;
import io.darsena.runtime.Sandbox;
import java.util.Optional;

/// Holds the life of a container still while its files are changed from outside.
public interface StandingContainers {

    /// Does the work while nobody starts, stops, pauses or removes the container. That its process ends of itself
    /// is not held up.
    ///
    /// @param operation for error messages
    /// @throws io.darsena.bridge.error.NotFoundException when there is no such container
    void hold(String operation, ContainerId container, Work work);

    /// What is done.
    interface Work {

        /// @param sandbox the process that runs, paused or not; without one, nothing sees the container's files
        void run(Container container, Optional<Sandbox> sandbox);
    }
}
