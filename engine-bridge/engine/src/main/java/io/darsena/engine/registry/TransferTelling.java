package io.darsena.engine.registry;

import io.darsena.bridge.image.Digest;
import io.darsena.bridge.image.ImageReference;
import io.darsena.bridge.registry.ImageTransfer;
import io.darsena.bridge.registry.ImageTransfer.Blob;
import io.darsena.bridge.registry.ImageTransfer.BlobStage;
import io.darsena.bridge.registry.ImageTransfer.Direction;
import io.darsena.bridge.registry.ImageTransfer.Step;
import io.darsena.bridge.registry.ImageTransfer.StepKind;
import io.darsena.bridge.registry.RateGauge;
import io.darsena.bridge.registry.RegistryHost;
import io.darsena.engine.image.document.Descriptor;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Supplier;

/// Makes few reports of what many threads tell of one transfer. `this` guards everything, the listener's call
/// included.
final class TransferTelling implements Notices {

    private static final long INTERVAL_NANOS = 100_000_000;

    private final ImageReference name;
    private final Direction direction;
    private final Supplier<Optional<RateGauge>> rate;
    private final Consumer<? super ImageTransfer> listener;
    private final List<Step> steps = new ArrayList<>();
    private final Map<Digest, Blob> blobs = new LinkedHashMap<>();
    private Optional<String> notice = Optional.empty();
    private long stepBegan = System.nanoTime();
    private long toldAt = System.nanoTime() - INTERVAL_NANOS;

    TransferTelling(
            ImageReference name,
            Direction direction,
            Supplier<Optional<RateGauge>> rate,
            Consumer<? super ImageTransfer> listener) {
        this.name = name;
        this.direction = direction;
        this.rate = rate;
        this.listener = listener;
    }

    synchronized void step(StepKind kind, String detail) {
        long now = System.nanoTime();
        steps.add(new Step(kind, Instant.now(), Duration.ofNanos(now - stepBegan), detail));
        stepBegan = now;
        notice = Optional.empty();
        tell();
    }

    /// Once of each place: many layers may have been asked of it.
    @Override
    public synchronized void passedOver(RegistryHost place, String reason) {
        String detail = place + ": " + reason;
        if (steps.stream().noneMatch(step -> step.detail().startsWith(place + ": "))) {
            Duration took = Duration.ofNanos(System.nanoTime() - stepBegan);
            steps.add(new Step(StepKind.PASSED_OVER, Instant.now(), took, detail));
            tell();
        }
    }

    synchronized void expect(List<Descriptor> expected, BlobStage stage) {
        for (Descriptor each : expected) {
            long done = stage.isOver() ? each.size() : 0;
            blobs.putIfAbsent(each.digest(), new Blob(each.digest(), stage, done, each.size()));
        }
        tell();
    }

    /// What is over stays as it is.
    synchronized void blob(Digest digest, BlobStage stage, long done) {
        Blob before = blobs.get(digest);
        if (before == null || before.stage().isOver()) {
            return;
        }
        blobs.put(digest, new Blob(digest, stage, Math.min(done, before.size()), before.size()));
        if (before.stage() != stage || System.nanoTime() - toldAt >= INTERVAL_NANOS) {
            tell();
        }
        if (direction == Direction.PULL && blobs.values().stream().allMatch(TransferTelling::isHere)) {
            once(StepKind.LAYERS);
        }
    }

    private static boolean isHere(Blob blob) {
        return blob.stage().isOver() || blob.stage() == BlobStage.UNPACKING || blob.stage() == BlobStage.VERIFYING;
    }

    private void once(StepKind kind) {
        if (steps.stream().noneMatch(step -> step.kind() == kind)) {
            step(kind, "");
        }
    }

    /// Of a pull: nothing is left to be done about its layers.
    synchronized void unpacked() {
        once(StepKind.LAYERS);
        once(StepKind.UNPACKED);
    }

    /// What nobody had to fetch was here.
    synchronized void settle() {
        blobs.replaceAll((digest, blob) ->
                blob.stage().isOver() ? blob : new Blob(digest, BlobStage.PRESENT, blob.size(), blob.size()));
        unpacked();
    }

    @Override
    public synchronized void tell(Optional<String> text) {
        notice = text;
        tell();
    }

    private void tell() {
        toldAt = System.nanoTime();
        listener.accept(new ImageTransfer(name, direction, steps, List.copyOf(blobs.values()), notice, rate.get()));
    }
}
