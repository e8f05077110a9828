package io.darsena.app.text;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Locale;
import org.junit.jupiter.api.Test;

class EngineWordsTest {

    private final EngineWords words = new EngineWords(Messages.in(Locale.ITALIAN));
    private final EngineWords english = new EngineWords(Messages.in(Locale.ENGLISH));

    @Test
    void aReasonIsASentenceInTheLanguage() {
        assertThat(words.sentence("the name is taken by container web-1"))
                .isEqualTo("Il nome è già preso dal container web-1");
        assertThat(words.sentence("it is running")).isEqualTo("È in esecuzione");
        assertThat(words.sentence("the registry at ghcr.io cannot be reached: there is no such host"))
                .isEqualTo("Il registro ghcr.io non è raggiungibile: non c’è una macchina con questo nome");
        assertThat(words.sentence("")).isEmpty();
    }

    @Test
    void whatItWasDoneToIsNamedInTheLanguage() {
        assertThat(words.operation("check the signatures of")).isEqualTo("controllare le firme di");
        assertThat(words.operation("dance with")).isEqualTo("dance with");
        assertThat(words.subject("image acme/site:1")).isEqualTo("immagine acme/site:1");
        assertThat(words.subject("/etc/a of b of container web-1")).isEqualTo("/etc/a of b del container web-1");
        assertThat(words.subject("/tmp/a b")).isEqualTo("/tmp/a b");
    }

    @Test
    void whatIsNotKnownIsQuotedAsTheEnginesOwnWords() {
        String kernel = "mount overlay: Operation not permitted";
        assertThat(words.sentence(kernel)).isEqualTo("Il motore dice: “" + kernel + "”");
        assertThat(words.clause(kernel)).isEqualTo("“" + kernel + "”");
        assertThat(words.sentence("at overlay: " + kernel))
                .isEqualTo("Nella fase “overlay”: “mount overlay: Operation not permitted”");
        assertThat(english.sentence(kernel)).isEqualTo("Mount overlay: Operation not permitted");
        assertThat(english.clause(kernel)).isEqualTo(kernel);
    }
}
