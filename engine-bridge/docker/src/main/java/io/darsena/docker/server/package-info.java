/// Serves Docker's HTTP API on a Unix socket from any [io.darsena.bridge.Engine]: `docker` and other clients
/// work with Darsena's images and containers. Routes translate and nothing more; every decision is the
/// engine's. Start reading at [io.darsena.docker.server.DockerApiServer].
@NullMarked
package io.darsena.docker.server;

import org.jspecify.annotations.NullMarked;
