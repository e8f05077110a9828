package io.darsena.docker.server;

import io.darsena.bridge.Engine;
import io.darsena.bridge.Subscription;
import io.darsena.bridge.container.Container;
import io.darsena.bridge.container.ContainerStatus;
import io.darsena.bridge.container.LogConsumer;
import io.darsena.bridge.container.LogQuery;
import io.darsena.bridge.container.LogRecord;
import io.darsena.docker.http.HttpException;
import io.darsena.docker.http.HttpExchange;
import io.darsena.docker.http.HttpRequest;
import io.darsena.docker.wire.StreamFrame;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/// `/containers/{id}/logs` and `attach`: a container's output as Docker's multiplexed stream.
final class StreamRoutes {

    private static final String MULTIPLEXED = "application/vnd.docker.multiplexed-stream";

    private final Engine engine;

    StreamRoutes(Engine engine) {
        this.engine = engine;
    }

    void addTo(Router router) {
        router.on("GET", "/containers/{name}/logs", this::logs)
                .on("GET", DarsenaRoutes.PREFIX + "/containers/{name}/logs", this::logsAcrossRuns)
                .on("POST", "/containers/{name}/attach", this::attach);
    }

    private void logs(HttpExchange exchange, String name) throws IOException {
        LogQuery query = query(exchange.request());
        logs(exchange, name, exchange.request().flag("follow") ? query.followedUntilExit() : query);
    }

    /// As Docker's, but `follow` goes on when the container runs again, until it is removed.
    private void logsAcrossRuns(HttpExchange exchange, String name) throws IOException {
        logs(
                exchange,
                name,
                query(exchange.request()).withFollow(exchange.request().flag("follow")));
    }

    private static LogQuery query(HttpRequest request) {
        return new LogQuery(
                request.flag("stdout"),
                request.flag("stderr"),
                time(request, "since"),
                time(request, "until"),
                tail(request),
                false,
                false);
    }

    private void logs(HttpExchange exchange, String name, LogQuery query) throws IOException {
        HttpRequest request = exchange.request();
        Container container = ContainerRoutes.named(engine, name);
        requireStream(request);
        Copy copy = new Copy(request.flag("timestamps"), request.flag("details"));
        boolean past = query.until().map(until -> until.isBefore(Instant.now())).orElse(false);
        query = past ? query.withFollow(false) : query;
        if (query.follow()) {
            exchange.whenClientLeaves(copy::leave);
        }
        OutputStream out = exchange.stream(200, MULTIPLEXED);
        copy(container, query, copy, out);
        // Not after a failure: a client must see that there was more.
        out.close();
    }

    /// Output from now on, with `logs` what there was before, until the container's end. Input is not taken:
    /// `create` refuses containers that want it.
    private void attach(HttpExchange exchange, String name) throws IOException {
        HttpRequest request = exchange.request();
        Container container = ContainerRoutes.named(engine, name);
        requireStream(request);
        boolean before = request.flag("logs");
        if (container.status() == ContainerStatus.PAUSED) {
            throw new HttpException(409, "cannot attach to a paused container, unpause it first");
        }
        if (!before && request.flag("stream")) {
            AttachedClient.serve(exchange, MULTIPLEXED, engine.containers(), container.id(), streams(request));
            return;
        }
        LogQuery query = LogQuery.ALL.withStreams(request.flag("stdout"), request.flag("stderr"));
        query = before ? query : query.withSince(Instant.now());
        query = request.flag("stream") ? query.followedUntilExit() : query;
        Copy copy = new Copy(false, false);
        exchange.whenClientLeaves(copy::probe);
        copy(container, query, copy, exchange.takeOver(MULTIPLEXED).out());
    }

    private static Set<LogRecord.Stream> streams(HttpRequest request) {
        Set<LogRecord.Stream> streams = EnumSet.noneOf(LogRecord.Stream.class);
        if (request.flag("stdout")) {
            streams.add(LogRecord.Stream.STDOUT);
        }
        if (request.flag("stderr")) {
            streams.add(LogRecord.Stream.STDERR);
        }
        return streams;
    }

    private static void requireStream(HttpRequest request) {
        if (!request.flag("stdout") && !request.flag("stderr")) {
            throw new HttpException(400, "Bad parameters: you must choose at least one stream");
        }
    }

    /// Blocks until the log has ended, nothing more is asked for, or the client has gone.
    private void copy(Container container, LogQuery query, Copy copy, OutputStream out) throws IOException {
        copy.to(out);
        try (Subscription subscription = engine.containers().logs(container.id(), query, copy)) {
            copy.await(query);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        }
        copy.rethrow();
    }

    private static final class Copy implements LogConsumer {

        private static final long PROBE_SECONDS = 10;
        private static final long LONGEST_SECONDS = Duration.ofDays(36_500).toSeconds();

        /// How long what was written up to a time may take until it is here.
        private static final long ON_THE_WAY_SECONDS = 1;

        /// What goes out at once: a chunk for each record would cost a system call each.
        private static final int BLOCK = 1 << 16;

        private final boolean timestamps;
        private final boolean details;
        private final CountDownLatch ended = new CountDownLatch(1);
        private volatile OutputStream out = OutputStream.nullOutputStream();
        private volatile Optional<IOException> failure = Optional.empty();

        Copy(boolean timestamps, boolean details) {
            this.timestamps = timestamps;
            this.details = details;
        }

        void to(OutputStream connection) {
            out = connection;
        }

        @Override
        public void records(List<LogRecord> batch) {
            try {
                send(batch);
            } catch (IOException gone) {
                fail(gone);
            }
        }

        /// What is followed up to a time ends with it.
        void await(LogQuery query) throws InterruptedException {
            if (query.follow() && query.until().isPresent()) {
                Duration left = Duration.between(Instant.now(), query.until().get());
                long seconds = Math.clamp(left.toSeconds(), 0, LONGEST_SECONDS);
                ended.await(seconds + ON_THE_WAY_SECONDS, TimeUnit.SECONDS);
            } else {
                ended.await();
            }
        }

        private synchronized void send(List<LogRecord> batch) throws IOException {
            ByteArrayOutputStream frames = new ByteArrayOutputStream();
            for (LogRecord record : batch) {
                frames.writeBytes(StreamFrame.of(record, timestamps, details));
                if (frames.size() >= BLOCK) {
                    frames.writeTo(out);
                    frames.reset();
                }
            }
            frames.writeTo(out);
            out.flush();
        }

        private void fail(IOException cause) {
            failure = Optional.of(cause);
            ended.countDown();
        }

        void leave() {
            if (ended.getCount() > 0) {
                fail(new IOException("the client has gone"));
            }
        }

        /// The client sends no more, but may still receive, as `docker` does: empty frames tell, which clients pass
        /// over.
        void probe() {
            try {
                while (!ended.await(PROBE_SECONDS, TimeUnit.SECONDS)) {
                    probeOnce();
                }
            } catch (IOException gone) {
                fail(gone);
            } catch (InterruptedException interrupted) {
                Thread.currentThread().interrupt();
            }
        }

        private synchronized void probeOnce() throws IOException {
            out.write(StreamFrame.empty());
            out.flush();
        }

        @Override
        public void ended() {
            ended.countDown();
        }

        @Override
        public void failed(RuntimeException cause) {
            fail(new IOException(cause.getMessage(), cause));
        }

        void rethrow() throws IOException {
            if (failure.isPresent()) {
                throw failure.get();
            }
        }
    }

    /// Docker takes all for what is no number, and for a negative one.
    private static OptionalInt tail(HttpRequest request) {
        try {
            int lines = Integer.parseInt(request.parameter("tail").orElse("all"));
            return lines < 0 ? OptionalInt.empty() : OptionalInt.of(lines);
        } catch (NumberFormatException notANumber) {
            return OptionalInt.empty();
        }
    }

    private static Optional<Instant> time(HttpRequest request, String name) {
        return request.parameter(name).filter(text -> !text.equals("0")).map(StreamRoutes::instant);
    }

    /// Seconds since the epoch with an optional fraction, or RFC 3339.
    static Instant instant(String text) {
        try {
            int point = text.indexOf('.');
            if (text.matches("\\d+(\\.\\d{1,9})?")) {
                long seconds = Long.parseLong(point < 0 ? text : text.substring(0, point));
                String fraction = point < 0 ? "0" : (text.substring(point + 1) + "000000000").substring(0, 9);
                return Instant.ofEpochSecond(seconds).plus(Duration.ofNanos(Long.parseLong(fraction)));
            }
            return Instant.parse(text);
        } catch (DateTimeException | NumberFormatException malformed) {
            throw new HttpException(400, "not a time: " + text);
        }
    }
}
