package io.darsena.docker.client;

import io.darsena.bridge.container.ContainerId;
import io.darsena.bridge.container.LogRecord;
import io.darsena.bridge.container.OutputConsumer;
import io.darsena.bridge.error.EngineException;
import io.darsena.docker.http.HttpAnswer;
import io.darsena.docker.wire.StreamFrame;
import java.io.IOException;
import java.io.InputStream;
import java.util.Optional;
import java.util.Set;

/// A container's output as it is written. What breaks off cannot be had again.
final class OutputFeed extends Feed {

    private static final byte[] NOTHING = {};

    private final EngineCalls calls;
    private final String target;
    private final OutputConsumer consumer;

    private OutputFeed(EngineCalls calls, String target, OutputConsumer consumer) {
        this.calls = calls;
        this.target = target;
        this.consumer = consumer;
    }

    /// Attached when it returns.
    ///
    /// @throws EngineException when it cannot be attached
    static OutputFeed open(EngineCalls calls, ContainerId id, Set<LogRecord.Stream> streams, OutputConsumer consumer) {
        String target = "/containers/" + id + "/attach?stream=1"
                + (streams.contains(LogRecord.Stream.STDOUT) ? "&stdout=1" : "")
                + (streams.contains(LogRecord.Stream.STDERR) ? "&stderr=1" : "");
        try {
            OutputFeed feed = new OutputFeed(calls, target, consumer);
            feed.ready(feed.open());
            return feed;
        } catch (IOException lost) {
            throw calls.failed(lost);
        }
    }

    @Override
    protected HttpAnswer open() throws IOException {
        return calls.open("POST", target, NOTHING);
    }

    @Override
    protected void follow(HttpAnswer answer) throws IOException {
        InputStream in = answer.body();
        for (Optional<StreamFrame.Piece> piece = StreamFrame.piece(in);
                piece.isPresent();
                piece = StreamFrame.piece(in)) {
            StreamFrame.Piece next = piece.get();
            deliver(() -> consumer.output(next.stream(), next.bytes()));
        }
        deliver(consumer::ended);
    }

    @Override
    protected boolean triesAgainAfter(Exception lost) {
        RuntimeException failure = lost instanceof IOException broken ? calls.failed(broken) : (RuntimeException) lost;
        deliver(() -> consumer.failed(failure));
        return false;
    }
}
