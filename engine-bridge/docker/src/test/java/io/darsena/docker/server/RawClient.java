package io.darsena.docker.server;

import io.darsena.docker.wire.Json;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.Channels;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import tools.jackson.databind.JsonNode;

/// Sends requests byte by byte, one a connection, as clients other than the docker command do.
record RawClient(Path socket) {

    /// Head and body as they come.
    String answer(String request, String body) throws IOException {
        try (SocketChannel client = SocketChannel.open(UnixDomainSocketAddress.of(socket))) {
            int length = body.getBytes(StandardCharsets.UTF_8).length;
            String whole = request + " HTTP/1.1\r\nHost: x\r\nConnection: close\r\nContent-Length: " + length
                    + "\r\n\r\n" + body;
            client.write(ByteBuffer.wrap(whole.getBytes(StandardCharsets.UTF_8)));
            return new String(Channels.newInputStream(client).readAllBytes(), StandardCharsets.UTF_8);
        }
    }

    String answer(String request) throws IOException {
        return answer(request, "");
    }

    /// Returns when the head of the answer has come; its body is read from there.
    InputStream begin(String request) throws IOException {
        SocketChannel client = SocketChannel.open(UnixDomainSocketAddress.of(socket));
        String whole = request + " HTTP/1.1\r\nHost: x\r\nConnection: close\r\nContent-Length: 0\r\n\r\n";
        client.write(ByteBuffer.wrap(whole.getBytes(StandardCharsets.UTF_8)));
        InputStream answer = Channels.newInputStream(client);
        StringBuilder head = new StringBuilder();
        while (head.indexOf("\r\n\r\n") < 0) {
            int next = answer.read();
            if (next < 0) {
                throw new EOFException("the answer ended in its head: " + head);
            }
            head.append((char) next);
        }
        return answer;
    }

    /// The one JSON document of an answer.
    JsonNode json(String request, String body) throws IOException {
        String answer = answer(request, body);
        return Json.read(answer.substring(answer.indexOf("\r\n\r\n")).strip());
    }

    JsonNode json(String request) throws IOException {
        return json(request, "");
    }

    /// A parameter's value, percent-encoded.
    static String encoded(String text) {
        StringBuilder encoded = new StringBuilder();
        for (byte each : text.getBytes(StandardCharsets.UTF_8)) {
            encoded.append(String.format("%%%02X", each));
        }
        return encoded.toString();
    }
}
