package io.darsena.engine.registry.http;

import java.time.Duration;

/// How long is waited.
///
/// @param connect for a connection, TLS included
/// @param answer for the head of an answer, once all is sent
/// @param stall without a single byte of a body, in either direction
public record HttpTimes(Duration connect, Duration answer, Duration stall) {

    public static final HttpTimes DEFAULT =
            new HttpTimes(Duration.ofSeconds(15), Duration.ofSeconds(60), Duration.ofSeconds(30));
}
