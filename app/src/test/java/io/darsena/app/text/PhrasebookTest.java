package io.darsena.app.text;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.darsena.app.text.Phrasebook.Kind;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.NotEmpty;
import net.jqwik.api.constraints.StringLength;
import org.junit.jupiter.api.Test;

class PhrasebookTest {

    private static final Phrasebook ITALIAN = Phrasebook.in(Locale.ITALIAN);

    private static final Phrasebook SMALL = Phrasebook.read("""
            # two that fit the same words
            msgid ""
            msgstr "Language: it"

            msgid "{0} is gone"
            msgstr "{0} non c’è più"

            msgid "the {0} of {1} is gone"
            msgstr "{1} non ha più {0}"

            msgid "at the start: {0}"
            msgstr "avvio: {0,said}"

            msgctxt "operation"
            msgid "start"
            msgstr ""
            "av"
            "viare"
            """.lines().toList());

    private static String said(String words) {
        return SMALL.translate(Kind.SENTENCE, words).orElse("");
    }

    @Test
    void thePhraseWithTheMostWordsOfItsOwnCounts() {
        assertThat(said("the log of web is gone")).isEqualTo("web non ha più log");
        assertThat(said("the log is gone")).isEqualTo("the log non c’è più");
    }

    @Test
    void aPhraseWithinAPhraseIsTranslatedAndWhatIsNoneIsQuoted() {
        assertThat(said("at the start: at the start: it is gone")).isEqualTo("avvio: avvio: it non c’è più");
        assertThat(said("at the start: Operation not permitted")).isEqualTo("avvio: “Operation not permitted”");
    }

    @Test
    void aHoleHoldsSomething() {
        assertThat(said(" is gone")).isEmpty();
        assertThat(said("the  of web is gone")).isEqualTo("the  of web non c’è più");
    }

    @Test
    void whatAPhraseIsSeparatesIt() {
        assertThat(SMALL.translate(Kind.OPERATION, "start")).contains("avviare");
        assertThat(said("start")).isEmpty();
    }

    @Test
    void aCatalogueThatLosesWhatIsFilledInIsNoCatalogue() {
        for (String[] pair : new String[][] {{"{0} of {1}", "{0}"}, {"{0}", "{1}"}, {"{0}{1}", "{0}{1}"}}) {
            List<String> lines = List.of("msgid \"" + pair[0] + "\"", "msgstr \"" + pair[1] + "\"");
            assertThatThrownBy(() -> Phrasebook.read(lines)).isInstanceOf(IllegalArgumentException.class);
        }
        assertThatThrownBy(() -> Phrasebook.read(List.of("msgid \"alone\"")))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> Phrasebook.read(List.of("mgsid"))).isInstanceOf(IllegalArgumentException.class);
    }

    /// What strangers choose stands in the translation as they wrote it, braces and all.
    @Property(tries = 100)
    void whatIsFilledInComesThroughAsItIs(@ForAll @NotEmpty @StringLength(max = 60) String name) {
        assertThat(ITALIAN.translate(Kind.SENTENCE, "the name is taken by container " + name))
                .contains("il nome è già preso dal container " + name);
        assertThat(ITALIAN.translate(Kind.SENTENCE, "its signatures could not be read: " + name))
                .hasValueSatisfying(text -> assertThat(text).startsWith("non è stato possibile leggere"));
    }

    @Property(tries = 100)
    void nothingThatIsSaidBreaksIt(@ForAll @StringLength(max = 5000) String words) {
        for (Kind kind : Kind.values()) {
            assertThat(ITALIAN.translate(kind, words)).isNotNull();
        }
    }

    /// The longest text that is looked at, made of what phrases are made of, so that as many as possible begin to
    /// fit. A
    /// matcher that tried every way to divide it would not come back.
    @Test
    void hostileTextIsDoneWithInOnePass() {
        String all = ITALIAN.phrases().stream()
                .map(phrase -> String.join("x", phrase.literals()))
                .sorted()
                .collect(Collectors.joining(": "));
        for (String opening : List.of("", "cannot write ", "at ", "the registry at ", "it has ")) {
            for (String filling : List.of(": ", " to ", ": it is ", "(hint: ", all)) {
                String text = (opening + filling.repeat(4000)).substring(0, 4000);
                assertThat(ITALIAN.translate(Kind.SENTENCE, text)).isNotNull();
            }
        }
        assertThat(ITALIAN.translate(Kind.SENTENCE, "at overlay: " + "a".repeat(5000)))
                .isEmpty();
    }

    @Test
    void englishNeedsNone() {
        assertThat(Phrasebook.in(Locale.ENGLISH).phrases()).isEmpty();
    }
}
