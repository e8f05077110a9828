package io.darsena.app.sync;

import static org.assertj.core.api.Assertions.assertThat;

import io.darsena.app.text.Messages;
import io.darsena.bridge.image.Digest;
import io.darsena.bridge.image.ImageReference;
import io.darsena.bridge.sync.Standing;
import io.darsena.bridge.sync.TagSync;
import io.darsena.bridge.sync.TagSync.Activity;
import java.time.Instant;
import java.util.Locale;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.kordamp.ikonli.feather.Feather;

class SyncWordsTest {

    private static final Instant NOW = Instant.parse("2026-11-29T12:00:00Z");

    private static TagSync tag(Standing standing, String trouble) {
        return new TagSync(
                ImageReference.parse("team/web:1"),
                standing,
                Optional.empty(),
                Optional.empty(),
                Optional.of(trouble).filter(text -> !text.isEmpty()),
                true,
                Activity.NONE);
    }

    @Test
    void aTagThatWasMovedBackIsNoUpdate() {
        TagSync back = tag(new Standing.MovedBack(Digest.parse("sha256:" + "a".repeat(64))), "");
        SyncWords english = new SyncWords(Messages.in(Locale.ENGLISH));
        assertThat(english.word(back)).isEqualTo("Moved back");
        assertThat(english.sentence(back, NOW)).endsWith("That is not an update, and it is not pulled automatically.");
        assertThat(SyncWords.icon(back)).isEqualTo(Feather.ROTATE_CCW);
        assertThat(SyncWords.tone(back)).isEqualTo("warning");
        SyncWords italian = new SyncWords(Messages.in(Locale.ITALIAN));
        assertThat(italian.word(back)).isEqualTo("Riportata indietro");
        assertThat(italian.sentence(back, NOW))
                .endsWith("Non è un aggiornamento e non viene scaricata automaticamente.");
    }
}
