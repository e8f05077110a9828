package io.darsena.docker.client;

import io.darsena.bridge.error.EngineException;
import io.darsena.bridge.error.UnavailableException;
import io.darsena.docker.http.HttpAnswer;
import io.darsena.docker.http.HttpClient;
import io.darsena.docker.wire.FailureShape;
import io.darsena.docker.wire.Json;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.net.URLEncoder;
import java.nio.channels.ClosedByInterruptException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.concurrent.CancellationException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;

/// Requests to an engine's socket. Its failures come back as the same [EngineException] that was thrown there; that it
/// cannot be reached is an [UnavailableException], an interruption a [CancellationException].
final class EngineCalls {

    private static final String JSON = "application/json";
    private static final byte[] NOTHING = {};
    private static final int FIRST_FAILURE = 400;

    private final HttpClient http;

    EngineCalls(Path socket) {
        this.http = new HttpClient(socket);
    }

    /// Reads the whole of a body.
    @FunctionalInterface
    interface Reader<T> {
        T read(String text);
    }

    <T> T get(String target, Reader<T> reader) {
        return call("GET", target, NOTHING, reader);
    }

    void command(String method, String target) {
        call(method, target, NOTHING, body -> body);
    }

    <T> T call(String method, String target, byte[] body, Reader<T> reader) {
        try (HttpAnswer answer = open(method, target, body)) {
            return reader.read(text(answer.body()));
        } catch (IOException lost) {
            throw failed(lost);
        } catch (IllegalArgumentException foreign) {
            throw foreign(String.valueOf(foreign.getMessage()));
        }
    }

    /// The answer's head has come and is no failure; its body is the caller's to read and to close.
    HttpAnswer open(String method, String target, byte[] body) throws IOException {
        return open(method, target, HttpClient.Body.of(body));
    }

    /// As [#open(String, String, byte[])], of a body that is not in memory as it is sent.
    HttpAnswer open(String method, String target, HttpClient.Body body) throws IOException {
        HttpAnswer answer = http.send(method, target, JSON, body);
        if (answer.status() < FIRST_FAILURE) {
            return answer;
        }
        try (answer) {
            throw FailureShape.read(answer.status(), failure(answer), "reach", subject());
        }
    }

    private static JsonNode failure(HttpAnswer answer) throws IOException {
        try {
            return Json.read(text(answer.body()));
        } catch (IllegalArgumentException noJson) {
            return JsonNodeFactory.instance.objectNode();
        }
    }

    private static String text(InputStream body) throws IOException {
        return new String(body.readAllBytes(), StandardCharsets.UTF_8);
    }

    /// What a broken connection is to a caller.
    RuntimeException failed(IOException lost) {
        if (lost instanceof ClosedByInterruptException || Thread.currentThread().isInterrupted()) {
            return new CancellationException("interrupted while " + subject() + " worked");
        }
        return new UnavailableException("reach", subject(), unreachable(lost), "start ./darsena serve again");
    }

    /// Why nothing comes, as a sentence.
    String unreachable(IOException lost) {
        return lost instanceof EOFException
                ? "the process that runs it has ended"
                : "the process that runs it has ended or does not answer (" + lost.getMessage() + ")";
    }

    EngineException foreign(String what) {
        return new UnavailableException("use", subject(), what, "run the same version of Darsena in both processes");
    }

    private String subject() {
        return "the engine on unix://" + http.socket();
    }

    /// One segment of a path, or a value of a query.
    static String encoded(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8).replace("+", "%20");
    }
}
