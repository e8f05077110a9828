package io.darsena.docker.client;

import io.darsena.docker.http.HttpAnswer;
import java.io.BufferedReader;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.util.function.Consumer;
import java.util.function.Function;

/// A stream of values, one a line, that begins with the present one each time it is opened.
class LineFeed<T> extends Feed {

    private final EngineCalls calls;
    private final String target;
    private final Function<String, T> reader;
    private final Consumer<? super T> subscriber;

    LineFeed(EngineCalls calls, String target, Function<String, T> reader, Consumer<? super T> subscriber) {
        this.calls = calls;
        this.target = target;
        this.reader = reader;
        this.subscriber = subscriber;
    }

    @Override
    protected HttpAnswer open() throws IOException {
        return calls.open("GET", target, new byte[0]);
    }

    @Override
    protected void follow(HttpAnswer answer) throws IOException {
        BufferedReader lines = new BufferedReader(new InputStreamReader(answer.body(), StandardCharsets.UTF_8));
        for (String line = lines.readLine(); line != null; line = lines.readLine()) {
            T value = reader.apply(line);
            deliver(() -> subscriber.accept(value));
        }
        throw new EOFException("its stream has ended");
    }

    @Override
    protected boolean triesAgainAfter(Exception lost) {
        return true;
    }
}
