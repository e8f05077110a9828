package io.darsena.docker.client;

import io.darsena.docker.http.HttpAnswer;
import io.darsena.docker.http.HttpException;
import java.io.FilterInputStream;
import java.io.IOException;
import java.util.Optional;

/// The body of an answer. It ends where the body ends, and fails where it breaks off; closing it ends the connection,
/// and with it what the server does.
final class AnswerStream extends FilterInputStream {

    private static final byte[] NOTHING = {};

    private final HttpAnswer answer;

    AnswerStream(HttpAnswer answer) {
        super(answer.body());
        this.answer = answer;
    }

    /// What a GET is answered with; a failure is thrown before.
    static AnswerStream of(EngineCalls calls, String target) {
        try {
            return new AnswerStream(calls.open("GET", target, NOTHING));
        } catch (IOException lost) {
            throw calls.failed(lost);
        }
    }

    @Override
    public int read() throws IOException {
        try {
            return super.read();
        } catch (HttpException malformed) {
            throw new IOException("malformed answer: " + malformed.getMessage(), malformed);
        }
    }

    @Override
    public int read(byte[] bytes, int offset, int length) throws IOException {
        try {
            return super.read(bytes, offset, length);
        } catch (HttpException malformed) {
            throw new IOException("malformed answer: " + malformed.getMessage(), malformed);
        }
    }

    /// What is said behind the body.
    ///
    /// @throws IllegalStateException before it has been read to its end
    Optional<String> trailer(String name) {
        return answer.trailer(name);
    }

    @Override
    public void close() throws IOException {
        answer.close();
    }
}
