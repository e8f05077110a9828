/// Tests of the API server: its answers byte by byte, and the real docker command in front of it.
@NullMarked
package io.darsena.docker.server;

import org.jspecify.annotations.NullMarked;
