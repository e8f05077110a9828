package io.darsena.docker.client;

import io.darsena.bridge.error.EngineException;
import io.darsena.bridge.event.EngineEvent;
import io.darsena.docker.http.HttpAnswer;
import io.darsena.docker.wire.BridgeJson;
import java.io.IOException;
import java.time.Instant;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// The engine's events: in order, beginning with a snapshot each time the stream is opened. That it broke is an event
/// too, told once.
final class EventFeed extends LineFeed<EngineEvent> {

    private static final Logger LOG = LoggerFactory.getLogger(EventFeed.class);

    private final EngineCalls calls;
    private final Consumer<? super EngineEvent> subscriber;
    private boolean reachable = true;

    private EventFeed(EngineCalls calls, Consumer<? super EngineEvent> subscriber) {
        super(
                calls,
                RemoteDockerEngine.PREFIX + "/events",
                line -> BridgeJson.read(EngineEvent.class, line),
                subscriber);
        this.calls = calls;
        this.subscriber = subscriber;
    }

    /// Opens the stream before it returns, so that no event after it is missed. While the engine cannot be reached, the
    /// feed tells so and goes on trying.
    static EventFeed open(EngineCalls calls, Consumer<? super EngineEvent> subscriber) {
        EventFeed feed = new EventFeed(calls, subscriber);
        try {
            feed.ready(feed.open());
        } catch (IOException | EngineException notNow) {
            LOG.debug("the engine cannot be reached yet: {}", notNow.getMessage());
        }
        return feed;
    }

    @Override
    protected void follow(HttpAnswer answer) throws IOException {
        reachable = true;
        super.follow(answer);
    }

    @Override
    protected boolean triesAgainAfter(Exception lost) {
        if (reachable) {
            reachable = false;
            String reason =
                    lost instanceof IOException broken ? calls.unreachable(broken) : String.valueOf(lost.getMessage());
            deliver(() -> subscriber.accept(new EngineEvent.Unreachable(reason, Instant.now())));
        }
        return true;
    }
}
