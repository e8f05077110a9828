package io.darsena.app.sync;

import io.darsena.app.text.EngineWords;
import io.darsena.app.text.Messages;
import io.darsena.bridge.sync.Standing;
import io.darsena.bridge.sync.TagSync;
import io.darsena.bridge.sync.TagSync.Activity;
import java.time.Instant;
import org.kordamp.ikonli.Ikon;
import org.kordamp.ikonli.feather.Feather;

/// Says how a name stands to its registry.
public final class SyncWords {

    private final Messages messages;
    private final EngineWords engine;

    public SyncWords(Messages messages) {
        this.messages = messages;
        this.engine = new EngineWords(messages);
    }

    /// As a badge says it.
    public String word(TagSync tag) {
        if (tag.activity() != Activity.NONE) {
            return messages.text(tag.activity() == Activity.PULLING ? "sync.pulling" : "sync.checking");
        }
        return switch (tag.standing()) {
            case Standing.LocalOnly local -> messages.text("sync.local");
            case Standing.NeverChecked never -> messages.text("sync.never");
            case Standing.UpToDate same -> messages.text("sync.upToDate");
            case Standing.UpdateAvailable update ->
                update.bytes().orElse(0) > 0
                        ? messages.text(
                                "sync.update",
                                messages.quantities().size(update.bytes().getAsLong()))
                        : messages.text("sync.updateUnmeasured");
            case Standing.MovedBack back -> messages.text("sync.movedBack");
            case Standing.Gone gone -> messages.text("sync.gone");
            case Standing.Unknown unknown -> messages.text("sync.unknown");
        };
    }

    /// In full, with the age of what is known.
    public String sentence(TagSync tag, Instant now) {
        String standing = switch (tag.standing()) {
            case Standing.LocalOnly local -> messages.text("sync.local.sentence");
            case Standing.NeverChecked never -> messages.text("sync.never.sentence");
            case Standing.UpToDate same -> messages.text("sync.upToDate.sentence");
            case Standing.UpdateAvailable update -> sentence(update);
            case Standing.MovedBack back -> messages.text("sync.movedBack.sentence");
            case Standing.Gone gone -> messages.text("sync.gone.sentence");
            case Standing.Unknown unknown -> messages.text("sync.unknown.sentence", engine.sentence(unknown.reason()));
        };
        return tag.checkedAt()
                .map(at -> standing + " "
                        + messages.text("sync.checked", messages.quantities().spelledAgo(at, now)))
                .orElse(standing);
    }

    private String sentence(Standing.UpdateAvailable update) {
        if (update.bytes().isEmpty()) {
            return messages.text("sync.updateUnmeasured.sentence");
        }
        long bytes = update.bytes().getAsLong();
        return bytes == 0
                ? messages.text("sync.updateHere.sentence")
                : messages.text("sync.update.sentence", messages.quantities().size(bytes));
    }

    /// Why it could not be asked the last time; empty when it could.
    public String trouble(TagSync tag) {
        boolean told = tag.standing() instanceof Standing.Unknown unknown
                && tag.trouble().filter(unknown.reason()::equals).isPresent();
        return told
                ? ""
                : tag.trouble()
                        .map(reason -> messages.text("sync.trouble", engine.sentence(reason)))
                        .orElse("");
    }

    static Ikon icon(TagSync tag) {
        if (tag.activity() != Activity.NONE) {
            return Feather.REFRESH_CW;
        }
        return switch (tag.standing()) {
            case Standing.LocalOnly local -> Feather.HARD_DRIVE;
            case Standing.NeverChecked never -> Feather.CLOCK;
            case Standing.UpToDate same -> Feather.CHECK;
            case Standing.UpdateAvailable update -> Feather.ARROW_UP_CIRCLE;
            case Standing.MovedBack back -> Feather.ROTATE_CCW;
            case Standing.Gone gone -> Feather.SLASH;
            case Standing.Unknown unknown -> Feather.HELP_CIRCLE;
        };
    }

    /// The style class that colours it.
    static String tone(TagSync tag) {
        return switch (tag.standing()) {
            case Standing.UpToDate same -> "good";
            case Standing.UpdateAvailable update -> "news";
            case Standing.MovedBack back -> "warning";
            case Standing.Gone gone -> "warning";
            case Standing.LocalOnly local -> "plain";
            case Standing.NeverChecked never -> "plain";
            case Standing.Unknown unknown -> "plain";
        };
    }
}
