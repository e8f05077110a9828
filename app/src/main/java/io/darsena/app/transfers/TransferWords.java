package io.darsena.app.transfers;

import io.darsena.app.session.TransferJob;
import io.darsena.app.session.TransferStep;
import io.darsena.app.text.EngineWords;
import io.darsena.app.text.Messages;
import io.darsena.bridge.image.TransferProgress;
import io.darsena.bridge.registry.ImageTransfer.BlobStage;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalLong;
import org.kordamp.ikonli.Ikon;
import org.kordamp.ikonli.feather.Feather;

/// How far a transfer is, in words.
public final class TransferWords {

    private final Messages messages;

    public TransferWords(Messages messages) {
        this.messages = messages;
    }

    /// `Pulling nginx:latest`, `nginx:latest pulled`, `nginx:latest could not be pulled`.
    public String sentence(TransferJob job) {
        TransferJob.Phase phase = job.phase().get();
        boolean same = phase == TransferJob.Phase.DONE && !job.isNew();
        return messages.text(
                same
                        ? "transfer.pull.same"
                        : "transfer." + word(job) + "." + phase.name().toLowerCase(Locale.ROOT),
                job.name());
    }

    private static String word(TransferJob job) {
        return job.direction().name().toLowerCase(Locale.ROOT);
    }

    /// `pull nginx:latest`, as the object of a verb.
    String subject(TransferJob job) {
        return messages.text("transfer." + word(job) + ".named", job.name());
    }

    /// What it does at this moment.
    String stage(TransferJob job) {
        String notice = job.image().get().flatMap(image -> image.notice()).orElse("");
        if (!notice.isEmpty()) {
            return new EngineWords(messages).sentence(notice);
        }
        String stage = job.progress().get().now().stage();
        String key = "import.stage." + stage;
        return messages.has(key) ? messages.text(key) : stage;
    }

    /// Of what is over: `21:04:02 · took 1.2 s`.
    String when(TransferJob job) {
        return messages.text(
                "transfer.when",
                messages.quantities().timeOfDay(job.over()),
                messages.quantities().span(job.took()));
    }

    /// `12.4 MB of 40 MB · 3.1 MB/s · 9 s left`; empty while nothing is known.
    public String numbers(TransferJob.Progress progress) {
        TransferProgress now = progress.now();
        List<String> parts = new ArrayList<>();
        if (isMeasured(now)) {
            parts.add(messages.text(
                    "import.bytes", size(now.done()), size(now.total().getAsLong())));
        } else if (now.done() > 0) {
            parts.add(size(now.done()));
        }
        parts.addAll(pace(progress.perSecond(), progress.left()));
        return String.join(" · ", parts);
    }

    /// `3.1 MB/s`, `9 s left`, as far as they are known.
    List<String> pace(Optional<Double> perSecond, Optional<Duration> left) {
        List<String> parts = new ArrayList<>();
        perSecond.ifPresent(rate -> parts.add(messages.text("import.rate", size(Math.round(rate)))));
        left.ifPresent(time ->
                parts.add(messages.text("import.left", messages.quantities().duration(time))));
        return parts;
    }

    /// From 0 to 1; negative while the end is not known.
    public static double share(TransferProgress now) {
        return isMeasured(now) ? (double) now.done() / now.total().getAsLong() : -1;
    }

    private static boolean isMeasured(TransferProgress now) {
        OptionalLong total = now.total();
        return total.isPresent() && total.getAsLong() > 0;
    }

    private String size(long bytes) {
        return messages.quantities().size(bytes);
    }

    /// What one layer does.
    String stage(BlobStage stage, TransferJob.Direction direction) {
        String key = "blob." + stage.name().toLowerCase(Locale.ROOT);
        boolean there = stage == BlobStage.PRESENT && direction == TransferJob.Direction.PUSH;
        return messages.text(there ? key + ".push" : key);
    }

    static Ikon icon(BlobStage stage) {
        return switch (stage) {
            case WAITING -> Feather.CLOCK;
            case DOWNLOADING -> Feather.ARROW_DOWN;
            case UNPACKING -> Feather.PACKAGE;
            case VERIFYING -> Feather.SHIELD;
            case UPLOADING -> Feather.ARROW_UP;
            case MOUNTED -> Feather.LINK;
            case PRESENT -> Feather.HARD_DRIVE;
            case DONE -> Feather.CHECK;
        };
    }

    static Ikon icon(TransferJob.Direction direction) {
        return switch (direction) {
            case PULL -> Feather.DOWNLOAD_CLOUD;
            case PUSH -> Feather.UPLOAD_CLOUD;
            case IMPORT -> Feather.DOWNLOAD;
            case EXPORT -> Feather.SAVE;
        };
    }

    /// What came of a step; why a mirror was passed over is what an engine says.
    String detail(TransferStep step) {
        int colon = step.detail().indexOf(": ");
        return step.kind() == TransferStep.Kind.PASSED_OVER && colon > 0
                ? step.detail().substring(0, colon + 2)
                        + new EngineWords(messages).clause(step.detail().substring(colon + 2))
                : step.detail();
    }

    String step(TransferStep.Kind kind) {
        return messages.text("transfer.step." + kind.name().toLowerCase(Locale.ROOT));
    }
}
