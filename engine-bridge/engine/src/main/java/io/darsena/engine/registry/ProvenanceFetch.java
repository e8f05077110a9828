package io.darsena.engine.registry;

import io.darsena.bridge.error.EngineException;
import io.darsena.bridge.image.ImageId;
import io.darsena.engine.image.ImageExchange;
import io.darsena.engine.image.PullOrder;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Brings how images were built after they have come: one after the other, in the background, so that no pull takes
/// longer for it or fails because of it. A failure is logged and nothing else; the next pull of the name tries again.
/// Safe for use by several threads.
final class ProvenanceFetch implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(ProvenanceFetch.class);
    private static final long MOST_SECONDS_TO_END = 5;

    private final ImageExchange exchange;
    private final ExecutorService thread = Executors.newSingleThreadExecutor(
            Thread.ofVirtual().name("darsena-provenance").factory());

    ProvenanceFetch(ImageExchange exchange) {
        this.exchange = exchange;
    }

    /// Asks for nothing where the registry's rate limit is near: a manifest counts as a pull there.
    ///
    /// @param places that know the name, as the pull has asked them
    void begin(PullOrder order, ImageId image, List<RemoteRepository> places) {
        if (!order.target().mediaType().isIndex()) {
            return;
        }
        try {
            thread.execute(() -> run(order, image, places));
        } catch (RejectedExecutionException closed) {
            LOG.debug("how {} was built is not asked for any more", order.name().familiar());
        }
    }

    private void run(PullOrder order, ImageId image, List<RemoteRepository> places) {
        boolean near = places.stream()
                .map(place -> place.client().endpoint().rate())
                .flatMap(Optional::stream)
                .anyMatch(Comparison::isNear);
        if (near) {
            LOG.info(
                    "how {} was built is not asked for: the registry's rate limit is near",
                    order.name().familiar());
            return;
        }
        Purpose purpose = new Purpose("fetch the provenance of", order.name().familiar());
        List<RemoteRepository> quiet = places.stream()
                .map(place -> new RemoteRepository(place.client().quiet(purpose), place.name()))
                .toList();
        try {
            exchange.pullProvenance(order, image, new PullOrigin(purpose, quiet, Optional.empty()));
        } catch (EngineException | CancellationException failure) {
            LOG.info("how an image was built stays unknown: {}", failure.getMessage());
        }
    }

    /// Waits for all that has begun so far.
    void settle() throws InterruptedException {
        CountDownLatch done = new CountDownLatch(1);
        thread.execute(done::countDown);
        done.await();
    }

    /// What is under way is broken off: nothing of it is kept then.
    @Override
    public void close() {
        thread.shutdownNow();
        try {
            if (!thread.awaitTermination(MOST_SECONDS_TO_END, TimeUnit.SECONDS)) {
                LOG.warn("a request to a registry does not end");
            }
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        }
    }
}
