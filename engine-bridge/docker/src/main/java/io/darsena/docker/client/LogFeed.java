package io.darsena.docker.client;

import static io.darsena.docker.client.EngineCalls.encoded;

import io.darsena.bridge.container.ContainerId;
import io.darsena.bridge.container.LogConsumer;
import io.darsena.bridge.container.LogQuery;
import io.darsena.bridge.container.LogRecord;
import io.darsena.bridge.error.EngineException;
import io.darsena.bridge.error.NotFoundException;
import io.darsena.docker.http.HttpAnswer;
import io.darsena.docker.wire.StreamFrame;
import java.io.IOException;
import java.io.InputStream;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;

/// A container's log. A followed one that breaks off goes on after the last record that came.
final class LogFeed extends Feed {

    private static final int MOST_IN_BATCH = 1000;

    private final EngineCalls calls;
    private final ContainerId id;
    private final LogQuery query;
    private final LogConsumer consumer;
    private Optional<Instant> last = Optional.empty();
    private int countAtLast;

    private LogFeed(EngineCalls calls, ContainerId id, LogQuery query, LogConsumer consumer) {
        this.calls = calls;
        this.id = id;
        this.query = query;
        this.consumer = consumer;
    }

    /// @throws EngineException when the log cannot be had
    static LogFeed open(EngineCalls calls, ContainerId id, LogQuery query, LogConsumer consumer) {
        try {
            LogFeed feed = new LogFeed(calls, id, query, consumer);
            feed.ready(calls.open("GET", target(id, query), new byte[0]));
            return feed;
        } catch (IOException lost) {
            throw calls.failed(lost);
        }
    }

    private static String target(ContainerId id, LogQuery query) {
        String prefix = query.untilExit() ? "" : RemoteDockerEngine.PREFIX;
        StringBuilder target = new StringBuilder(prefix + "/containers/" + id + "/logs?timestamps=1");
        target.append(query.stdout() ? "&stdout=1" : "").append(query.stderr() ? "&stderr=1" : "");
        target.append(query.follow() ? "&follow=1" : "");
        query.since().ifPresent(since -> target.append("&since=").append(encoded(since.toString())));
        query.until().ifPresent(until -> target.append("&until=").append(encoded(until.toString())));
        query.tail().ifPresent(tail -> target.append("&tail=").append(tail));
        return target.toString();
    }

    @Override
    protected HttpAnswer open() throws IOException {
        LogQuery rest = new LogQuery(
                query.stdout(),
                query.stderr(),
                last.or(query::since),
                query.until(),
                last.isPresent() ? OptionalInt.empty() : query.tail(),
                query.follow(),
                query.untilExit());
        return calls.open("GET", target(id, rest), new byte[0]);
    }

    @Override
    protected void follow(HttpAnswer answer) throws IOException {
        InputStream in = answer.body();
        Optional<Instant> resumedAt = last;
        int known = countAtLast;
        countAtLast = 0;
        Optional<LogRecord> next = StreamFrame.read(in);
        while (next.isPresent()) {
            List<LogRecord> batch = new ArrayList<>();
            try {
                while (next.isPresent()) {
                    LogRecord record = next.get();
                    count(record);
                    if (known > 0 && resumedAt.equals(Optional.of(record.at()))) {
                        known--;
                    } else {
                        batch.add(record);
                    }
                    boolean more = in.available() > 0 && batch.size() < MOST_IN_BATCH;
                    next = more ? StreamFrame.read(in) : Optional.empty();
                }
            } finally {
                if (!batch.isEmpty()) {
                    deliver(() -> consumer.records(batch));
                }
            }
            next = StreamFrame.read(in);
        }
        deliver(consumer::ended);
    }

    /// Remembers how many records of the last instant have come, to pass over them when it goes on from there.
    private void count(LogRecord record) {
        countAtLast = last.equals(Optional.of(record.at())) ? countAtLast + 1 : 1;
        last = Optional.of(record.at());
    }

    @Override
    protected boolean triesAgainAfter(Exception lost) {
        if (lost instanceof NotFoundException) {
            deliver(consumer::ended);
            return false;
        }
        if (query.follow() && !(lost instanceof IllegalArgumentException)) {
            return true;
        }
        RuntimeException failure = lost instanceof IOException broken ? calls.failed(broken) : (RuntimeException) lost;
        deliver(() -> consumer.failed(failure));
        return false;
    }
}
