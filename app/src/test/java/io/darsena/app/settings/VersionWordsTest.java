package io.darsena.app.settings;

import static org.assertj.core.api.Assertions.assertThat;

import io.darsena.app.text.Messages;
import java.util.Locale;
import org.junit.jupiter.api.Test;

class VersionWordsTest {

    @Test
    void whatComesBeforeAReleaseIsCalledSo() {
        assertThat(VersionWords.of(Messages.in(Locale.ENGLISH), "0.1.0-SNAPSHOT"))
                .isEqualTo("0.1.0 (development build)");
        assertThat(VersionWords.of(Messages.in(Locale.ITALIAN), "0.1.0-SNAPSHOT"))
                .isEqualTo("0.1.0 (versione di sviluppo)");
    }

    @Test
    void aReleaseIsItsNumber() {
        assertThat(VersionWords.of(Messages.in(Locale.ENGLISH), "0.1.0")).isEqualTo("0.1.0");
    }
}
