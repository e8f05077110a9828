package io.darsena.engine.content;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/// The disk is asked again and again until the import is over, which never waits for it.
@Timeout(60)
class EarlyWritingTest {

    private static final Duration OFTEN = Duration.ofMillis(1);
    private static final long A_WHILE = 100;

    private final Semaphore asked = new Semaphore(0);

    @Test
    void theDiskIsAskedUntilTheEnd() throws Exception {
        try (EarlyWriting _ = EarlyWriting.of(asked::release, OFTEN)) {
            asked.acquire(3);
        }
        // One call that was on its way already may still come.
        int late = asked.drainPermits();
        Thread.sleep(A_WHILE);
        assertThat(asked.drainPermits()).as("after %d more", late).isLessThanOrEqualTo(1);
    }

    @Test
    void aShortImportAsksForNothing() throws Exception {
        EarlyWriting.of(asked::release, Duration.ofDays(1)).close();
        assertThat(asked.tryAcquire(A_WHILE, TimeUnit.MILLISECONDS)).isFalse();
    }

    @Test
    void theEndDoesNotWaitForADiskThatTakesItsTime() throws Exception {
        CountDownLatch over = new CountDownLatch(1);
        EarlyWriting writing = EarlyWriting.of(
                () -> {
                    asked.release();
                    awaitUnheard(over);
                },
                OFTEN);
        asked.acquire();
        writing.close();
        assertThat(over.getCount()).isOne();
        over.countDown();
    }

    private static void awaitUnheard(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    @Test
    void aDiskThatFailsIsAskedNoMore() throws Exception {
        AtomicInteger times = new AtomicInteger();
        try (EarlyWriting _ = EarlyWriting.of(
                () -> {
                    times.incrementAndGet();
                    asked.release();
                    throw new IOException("no such disk");
                },
                OFTEN)) {
            asked.acquire();
            Thread.sleep(A_WHILE);
        }
        assertThat(times).hasValue(1);
    }
}
