package io.darsena.app.text;

import static org.assertj.core.api.Assertions.assertThat;

import java.text.MessageFormat;
import java.util.Locale;
import java.util.ResourceBundle;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class MessagesTest {

    private static final ResourceBundle ENGLISH = Messages.in(Locale.ENGLISH).bundle();
    private static final ResourceBundle ITALIAN = Messages.in(Locale.ITALIAN).bundle();

    static Stream<String> keys() {
        return ENGLISH.keySet().stream().sorted();
    }

    @Test
    void bothLanguagesHaveTheSameKeys() {
        assertThat(ITALIAN.keySet()).isEqualTo(Set.copyOf(ENGLISH.keySet()));
    }

    @ParameterizedTest
    @MethodSource("keys")
    void textsTakeTheSameArgumentsInBothLanguages(String key) {
        assertThat(arguments(ITALIAN.getString(key))).isEqualTo(arguments(ENGLISH.getString(key)));
    }

    @ParameterizedTest
    @MethodSource("keys")
    void apostrophesAreTypographicSoThatNoArgumentIsQuotedAway(String key) {
        assertThat(ENGLISH.getString(key) + ITALIAN.getString(key))
                .doesNotContain("'")
                .isNotBlank();
    }

    @Test
    void anItalianDesktopGetsItalianAndAnyOtherEnglish() {
        assertThat(Messages.in(Locale.ITALY).text("section.images")).isEqualTo("Immagini");
        assertThat(Messages.in(Locale.GERMANY).text("section.images")).isEqualTo("Images");
    }

    private static int arguments(String pattern) {
        return new MessageFormat(pattern, Locale.ROOT).getFormatsByArgumentIndex().length;
    }
}
