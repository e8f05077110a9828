/// An engine in another process, spoken to through its Unix socket: Docker's HTTP API where it says the whole,
/// Darsena's
/// own part of it where it does not. Holds no state of containers or images. Start reading at
/// [io.darsena.docker.client.RemoteDockerEngine].
@NullMarked
package io.darsena.docker.client;

import org.jspecify.annotations.NullMarked;
