package io.darsena.docker.wire;

import io.darsena.bridge.image.Digest;
import io.darsena.bridge.registry.ImageTransfer;
import io.darsena.bridge.registry.ImageTransfer.Blob;
import io.darsena.bridge.registry.ImageTransfer.BlobStage;
import io.darsena.bridge.registry.ImageTransfer.Direction;
import io.darsena.bridge.registry.ImageTransfer.Step;
import io.darsena.bridge.registry.ImageTransfer.StepKind;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// A pull or a push in the words of Docker's progress messages: each state of it becomes what has changed since
/// the one before, layer by layer. States may be left out between; what a layer went through is told all the
/// same. Not thread-safe.
public final class TransferLines {

    private static final int SHORT_ID = 12;

    private static final String WAITING = "Waiting";
    private static final String VERIFYING = "Verifying Checksum";

    private final Optional<Digest> unshown;
    private final Map<Digest, Told> told = new HashMap<>();
    private Optional<String> notice = Optional.empty();
    private int stepsTold;

    /// @param unshown the configuration, which Docker does not count among the layers
    public TransferLines(Optional<Digest> unshown) {
        this.unshown = unshown;
    }

    /// @param word the last one that was said of the layer
    private record Told(Blob blob, String word) {}

    public List<Map<String, Object>> next(ImageTransfer transfer) {
        List<Map<String, Object>> lines = new ArrayList<>(passedOver(transfer.steps()));
        List<Blob> blobs = transfer.blobs().stream()
                .filter(blob -> !unshown.equals(Optional.of(blob.digest())))
                .toList();
        String first = transfer.direction() == Direction.PULL ? "Pulling fs layer" : "Preparing";
        for (Blob blob : blobs) {
            boolean fetchedAlready = transfer.direction() == Direction.PULL && blob.stage() == BlobStage.PRESENT;
            if (!told.containsKey(blob.digest()) && !fetchedAlready) {
                lines.add(line(blob, first));
                told.put(blob.digest(), new Told(at(blob, BlobStage.WAITING), first));
            }
        }
        boolean busy =
                blobs.stream().anyMatch(blob -> blob.stage() != BlobStage.WAITING && blob.stage() != BlobStage.PRESENT);
        for (Blob blob : blobs) {
            Optional<Told> before = Optional.ofNullable(told.get(blob.digest()));
            List<String> words = words(transfer.direction(), before, blob, busy);
            words.forEach(word -> lines.add(line(blob, word)));
            String last = words.isEmpty() ? before.map(Told::word).orElse("") : words.getLast();
            told.put(blob.digest(), new Told(blob, last));
        }
        if (!notice.equals(transfer.notice())) {
            notice = transfer.notice();
            notice.ifPresent(text -> lines.add(Map.of("status", text)));
        }
        return lines;
    }

    private List<Map<String, Object>> passedOver(List<Step> steps) {
        List<Step> more = steps.subList(Math.min(stepsTold, steps.size()), steps.size());
        stepsTold = steps.size();
        return more.stream()
                .filter(step -> step.kind() == StepKind.PASSED_OVER)
                .map(step -> Map.<String, Object>of("status", "mirror " + step.detail()))
                .toList();
    }

    private static Blob at(Blob blob, BlobStage stage) {
        return new Blob(blob.digest(), stage, 0, blob.size());
    }

    private static List<String> words(Direction direction, Optional<Told> before, Blob now, boolean busy) {
        Optional<Blob> blob = before.map(Told::blob);
        if (blob.filter(now::equals).isPresent() && now.stage() != BlobStage.WAITING
                || blob.filter(old -> old.stage().isOver()).isPresent()) {
            return List.of();
        }
        boolean pull = direction == Direction.PULL;
        boolean whole = blob.filter(TransferLines::isWhole).isPresent();
        return switch (now.stage()) {
            case WAITING ->
                busy && before.filter(old -> old.word().equals(WAITING)).isEmpty() ? List.of(WAITING) : List.of();
            case DOWNLOADING -> List.of("Downloading");
            case UPLOADING -> List.of("Pushing");
            case UNPACKING -> whole ? List.of() : List.of(VERIFYING, "Download complete", "Extracting");
            case VERIFYING -> whole ? List.of() : List.of(VERIFYING);
            case MOUNTED -> List.of(pull ? "Already exists" : "Mounted from another repository");
            case PRESENT -> List.of(pull ? "Already exists" : "Layer already exists");
            case DONE -> pull ? pulled(before, whole) : List.of("Pushed");
        };
    }

    private static boolean isWhole(Blob blob) {
        return blob.stage() == BlobStage.UNPACKING || blob.stage() == BlobStage.VERIFYING;
    }

    private static List<String> pulled(Optional<Told> before, boolean whole) {
        if (before.filter(told -> told.word().equals(VERIFYING)).isPresent()) {
            return List.of("Download complete", "Pull complete");
        }
        return whole ? List.of("Pull complete") : List.of(VERIFYING, "Download complete", "Pull complete");
    }

    private static Map<String, Object> line(Blob blob, String word) {
        boolean counted = word.equals("Downloading") || word.equals("Pushing");
        Map<String, Object> line = new LinkedHashMap<>();
        line.put("status", word);
        line.put("progressDetail", counted ? Map.of("current", blob.done(), "total", blob.size()) : Map.of());
        line.put("id", blob.digest().hex().substring(0, SHORT_ID));
        return line;
    }
}
