package io.darsena.app.images;

import io.darsena.app.sync.SyncBadge;
import io.darsena.app.sync.SyncWords;
import io.darsena.app.sync.UpdateMark;
import io.darsena.app.text.Messages;
import io.darsena.bridge.sync.Standing;
import io.darsena.bridge.sync.TagSync;
import java.time.Instant;
import java.util.Optional;
import java.util.function.Consumer;
import javafx.beans.value.ObservableValue;
import javafx.scene.control.TableCell;
import org.jspecify.annotations.Nullable;

/// How a name stands to its registry. Where there is an update, a click on it shows what would change.
final class SyncCell extends TableCell<ImageRow, Optional<TagSync>> {

    private final Messages messages;
    private final ObservableValue<Instant> clock;
    private final Consumer<ImageRow> opener;
    private final SyncWords words;
    private final SyncBadge badge;
    private final SyncBadge news;
    private final UpdateMark mark;

    /// @param clock what ages are told by
    /// @param opener shows what an update would change
    SyncCell(Messages messages, ObservableValue<Instant> clock, Consumer<ImageRow> opener) {
        this.messages = messages;
        this.clock = clock;
        this.opener = opener;
        this.words = new SyncWords(messages);
        this.badge = new SyncBadge(messages);
        this.news = new SyncBadge(messages);
        this.mark = new UpdateMark(news);
        setOnMouseEntered(entered -> tell(Optional.ofNullable(getItem()).flatMap(tag -> tag)));
    }

    @Override
    protected void updateItem(@Nullable Optional<TagSync> tag, boolean empty) {
        super.updateItem(tag, empty);
        ImageRow row = getTableRow() == null ? null : getTableRow().getItem();
        if (tag == null || empty || row == null) {
            setGraphic(null);
            setAccessibleText(null);
            return;
        }
        boolean update = tag.filter(known -> known.standing() instanceof Standing.UpdateAvailable)
                .isPresent();
        (update ? news : badge).show(tag, clock.getValue());
        mark.setOnAction(event -> opener.accept(row));
        setGraphic(update ? mark : badge);
        tell(tag);
    }

    /// The age of what is known is told anew.
    private void tell(Optional<TagSync> tag) {
        Instant now = clock.getValue();
        badge.retell(now);
        String sentence = tag.map(known -> words.sentence(known, now)).orElse("");
        String trouble = tag.map(words::trouble).orElse("");
        mark.say((sentence + " " + trouble).strip(), messages.text("sync.mark.more"));
        setAccessibleText(sentence);
    }
}
