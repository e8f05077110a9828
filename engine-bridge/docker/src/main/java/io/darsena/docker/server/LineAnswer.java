package io.darsena.docker.server;

import io.darsena.bridge.error.EngineException;
import io.darsena.docker.http.HttpExchange;
import io.darsena.docker.wire.Json;
import java.io.IOException;
import java.io.OutputStream;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// An answer of JSON documents, one a line, as Docker's pulls and pushes have. It begins with its first line:
/// what fails before is a failure with a status, what fails after is told in the last line. A client that has
/// gone is no failure here; its going cancels. Safe from any thread.
final class LineAnswer {

    private static final Logger LOG = LoggerFactory.getLogger(LineAnswer.class);

    private final HttpExchange exchange;
    private @Nullable OutputStream out;
    private boolean gone;

    LineAnswer(HttpExchange exchange) {
        this.exchange = exchange;
    }

    synchronized void tell(Map<String, ?> line) {
        if (gone) {
            return;
        }
        try {
            OutputStream begun = out;
            if (begun == null) {
                begun = exchange.stream(200, "application/json");
                out = begun;
            }
            begun.write(Json.line(line));
        } catch (IOException left) {
            gone = true;
            LOG.debug("whoever wanted to know has gone: {}", left.getMessage());
        }
    }

    void status(String text) {
        tell(Map.of("status", text));
    }

    /// Ends with a failure.
    synchronized void fail(EngineException failure) throws IOException {
        if (out == null) {
            throw failure;
        }
        String message = String.valueOf(failure.getMessage());
        Map<String, Object> line = new LinkedHashMap<>();
        line.put("errorDetail", Map.of("message", message));
        line.put("error", message);
        tell(line);
        end();
    }

    synchronized void end() throws IOException {
        if (out != null) {
            out.close();
        }
    }
}
