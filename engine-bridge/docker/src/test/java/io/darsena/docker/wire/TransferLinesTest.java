package io.darsena.docker.wire;

import static org.assertj.core.api.Assertions.assertThat;

import io.darsena.bridge.image.Digest;
import io.darsena.bridge.image.ImageReference;
import io.darsena.bridge.registry.ImageTransfer;
import io.darsena.bridge.registry.ImageTransfer.Blob;
import io.darsena.bridge.registry.ImageTransfer.BlobStage;
import io.darsena.bridge.registry.ImageTransfer.Direction;
import io.darsena.bridge.registry.ImageTransfer.Step;
import io.darsena.bridge.registry.ImageTransfer.StepKind;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class TransferLinesTest {

    private static final Digest ONE = new Digest("1".repeat(64));
    private static final Digest TWO = new Digest("2".repeat(64));

    private final TransferLines lines = new TransferLines(Optional.empty());

    private static Blob blob(Digest digest, BlobStage stage, long done) {
        return new Blob(digest, stage, done, 100);
    }

    private static ImageTransfer transfer(Direction direction, Blob... blobs) {
        return transfer(direction, Optional.empty(), blobs);
    }

    private static ImageTransfer transfer(Direction direction, Optional<String> notice, Blob... blobs) {
        return new ImageTransfer(
                ImageReference.parse("nginx"), direction, List.of(), Arrays.asList(blobs), notice, Optional.empty());
    }

    private static String text(Map<String, Object> line) {
        String id = line.containsKey("id") ? String.valueOf(line.get("id")).substring(0, 1) + ": " : "";
        Object detail = line.getOrDefault("progressDetail", Map.of());
        String counted = detail instanceof Map<?, ?> map && !map.isEmpty()
                ? " " + map.get("current") + "/" + map.get("total")
                : "";
        return id + line.get("status") + counted;
    }

    private List<String> next(ImageTransfer transfer) {
        return lines.next(transfer).stream().map(TransferLinesTest::text).toList();
    }

    @Test
    void aLayerGoesThroughDockersWords() {
        Direction pull = Direction.PULL;
        assertThat(next(transfer(pull, blob(ONE, BlobStage.WAITING, 0), blob(TWO, BlobStage.WAITING, 0))))
                .containsExactly("1: Pulling fs layer", "2: Pulling fs layer");
        assertThat(next(transfer(pull, blob(ONE, BlobStage.DOWNLOADING, 0), blob(TWO, BlobStage.WAITING, 0))))
                .containsExactly("1: Downloading 0/100", "2: Waiting");
        assertThat(next(transfer(pull, blob(ONE, BlobStage.DOWNLOADING, 40), blob(TWO, BlobStage.WAITING, 0))))
                .containsExactly("1: Downloading 40/100");
        assertThat(next(transfer(pull, blob(ONE, BlobStage.UNPACKING, 100), blob(TWO, BlobStage.WAITING, 0))))
                .containsExactly("1: Verifying Checksum", "1: Download complete", "1: Extracting");
        assertThat(next(transfer(pull, blob(ONE, BlobStage.UNPACKING, 100), blob(TWO, BlobStage.PRESENT, 100))))
                .containsExactly("2: Already exists");
        assertThat(next(transfer(pull, blob(ONE, BlobStage.VERIFYING, 100), blob(TWO, BlobStage.PRESENT, 100))))
                .isEmpty();
        assertThat(next(transfer(pull, blob(ONE, BlobStage.DONE, 100), blob(TWO, BlobStage.PRESENT, 100))))
                .containsExactly("1: Pull complete");
        assertThat(next(transfer(pull, blob(ONE, BlobStage.DONE, 100), blob(TWO, BlobStage.PRESENT, 100))))
                .isEmpty();
    }

    @Test
    void whatWasLeftOutBetweenIsToldAllTheSame() {
        assertThat(next(transfer(Direction.PULL, blob(ONE, BlobStage.DONE, 100), blob(TWO, BlobStage.PRESENT, 100))))
                .containsExactly(
                        "1: Pulling fs layer",
                        "1: Verifying Checksum",
                        "1: Download complete",
                        "1: Pull complete",
                        "2: Already exists");
    }

    @Test
    void whatIsOnlyKeptIsVerifiedAndNotExtracted() {
        next(transfer(Direction.PULL, blob(ONE, BlobStage.DOWNLOADING, 9)));
        assertThat(next(transfer(Direction.PULL, blob(ONE, BlobStage.VERIFYING, 100))))
                .containsExactly("1: Verifying Checksum");
        assertThat(next(transfer(Direction.PULL, blob(ONE, BlobStage.DONE, 100))))
                .containsExactly("1: Download complete", "1: Pull complete");
    }

    @Test
    void aMirrorThatIsPassedOverIsToldOnceWithItsReason() {
        Step passed = new Step(StepKind.PASSED_OVER, Instant.EPOCH, Duration.ZERO, "mirror.example: it is not found");
        Step resolved = new Step(StepKind.RESOLVED, Instant.EPOCH, Duration.ZERO, ONE.toString());
        ImageTransfer both = new ImageTransfer(
                ImageReference.parse("nginx"),
                Direction.PULL,
                List.of(passed, resolved),
                List.of(),
                Optional.empty(),
                Optional.empty());
        assertThat(next(both)).containsExactly("mirror mirror.example: it is not found");
        assertThat(next(both)).isEmpty();
    }

    @Test
    void aDownloadThatBeginsAgainIsToldSo() {
        next(transfer(Direction.PULL, blob(ONE, BlobStage.UNPACKING, 100)));
        assertThat(next(transfer(
                        Direction.PULL,
                        Optional.of("again in 2 s: wrong digest"),
                        blob(ONE, BlobStage.DOWNLOADING, 7))))
                .containsExactly("1: Downloading 7/100", "again in 2 s: wrong digest");
        assertThat(next(transfer(
                        Direction.PULL,
                        Optional.of("again in 2 s: wrong digest"),
                        blob(ONE, BlobStage.DOWNLOADING, 7))))
                .isEmpty();
    }

    @Test
    void aPushLeavesOutTheConfiguration() {
        TransferLines push = new TransferLines(Optional.of(TWO));
        assertThat(push
                        .next(transfer(
                                Direction.PUSH, blob(ONE, BlobStage.UPLOADING, 5), blob(TWO, BlobStage.UPLOADING, 5)))
                        .stream()
                        .map(TransferLinesTest::text))
                .containsExactly("1: Preparing", "1: Pushing 5/100");
        assertThat(push.next(transfer(Direction.PUSH, blob(ONE, BlobStage.DONE, 5))).stream()
                        .map(TransferLinesTest::text))
                .containsExactly("1: Pushed");
        assertThat(next(transfer(Direction.PUSH, blob(ONE, BlobStage.PRESENT, 100), blob(TWO, BlobStage.MOUNTED, 9))))
                .containsExactly(
                        "1: Preparing",
                        "2: Preparing",
                        "1: Layer already exists",
                        "2: Mounted from another repository");
    }
}
