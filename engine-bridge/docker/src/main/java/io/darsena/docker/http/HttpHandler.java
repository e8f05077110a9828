package io.darsena.docker.http;

import java.io.IOException;

/// Answers requests, each on the virtual thread of its connection.
@FunctionalInterface
public interface HttpHandler {

    void handle(HttpExchange exchange) throws IOException;
}
