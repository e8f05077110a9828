package io.darsena.app.main;

import io.darsena.app.session.FxPump;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.locks.LockSupport;

/// Measures a window while something goes on in it, and prints what its frames took, and what was done between them.
/// Whoever measures calls it, not the JavaFX thread.
final class FrameMeter {

    private final FxPump untimed = FxPump.toFxThread();

    /// What the JavaFX thread did between frames, in nanoseconds, one for each hop to it by way of [#pump].
    private final ConcurrentLinkedQueue<Long> hops = new ConcurrentLinkedQueue<>();

    private final FxPump pump = FxPump.by(work -> untimed.run(() -> timed(work)));

    /// To be called before the toolkit starts.
    FrameMeter() {
        PulseTimes.prepare();
    }

    /// The way to the JavaFX thread whose work is measured, too.
    FxPump pump() {
        return pump;
    }

    private void timed(Runnable work) {
        long began = System.nanoTime();
        work.run();
        hops.add(System.nanoTime() - began);
    }

    /// @param step what moves with each frame; absent: frames come only when there is something to draw
    /// @param work what goes on meanwhile, as long as it goes on
    void stage(String name, Optional<Runnable> step, Runnable work) {
        Optional<FrameIntervals> intervals = step.map(each -> onFx(() -> new FrameIntervals(each)));
        PulseTimes pulses = PulseTimes.begin();
        hops.clear();
        Duration before = cpu();
        long began = System.nanoTime();
        work.run();
        double percent = cpu().minus(before).toNanos() * 100.0 / (System.nanoTime() - began);
        intervals.ifPresent(timer -> {
            List<Long> times = onFx(timer::end);
            tell(name, "frame to frame", times);
            double seconds = times.stream().mapToLong(Long::longValue).sum() / 1e9;
            say("%-22s %.1f frames a second", name, times.size() / seconds);
        });
        tell(name, "work of a frame", pulses.end());
        if (!hops.isEmpty()) {
            tell(name, "work between frames", List.copyOf(hops));
        }
        say("%-22s CPU %.0f %% of one core", name, percent);
    }

    private static Duration cpu() {
        return ProcessHandle.current().info().totalCpuDuration().orElse(Duration.ZERO);
    }

    private static void tell(String stage, String what, List<Long> nanos) {
        List<Long> sorted = new ArrayList<>(nanos);
        sorted.sort(null);
        if (sorted.isEmpty()) {
            throw new IllegalStateException(stage + ": nothing was measured of " + what);
        }
        say(
                "%-22s %-20s p50 %5.1f ms, p95 %5.1f, p99 %5.1f, most %5.1f, of %d",
                stage,
                what,
                sorted.get(sorted.size() / 2) / 1e6,
                sorted.get(sorted.size() * 95 / 100) / 1e6,
                sorted.get(sorted.size() * 99 / 100) / 1e6,
                sorted.getLast() / 1e6,
                sorted.size());
    }

    static void rest(Duration length) {
        long end = System.nanoTime() + length.toNanos();
        for (long left = length.toNanos(); left > 0; left = end - System.nanoTime()) {
            LockSupport.parkNanos(left);
        }
    }

    <T> T onFx(Callable<T> work) {
        CompletableFuture<T> result = new CompletableFuture<>();
        untimed.run(() -> {
            try {
                result.complete(work.call());
            } catch (Exception problem) {
                result.completeExceptionally(problem);
            }
        });
        return result.join();
    }

    static void say(String pattern, Object... values) {
        System.out.printf(Locale.ROOT, pattern + "%n", values);
        System.out.flush();
    }
}
