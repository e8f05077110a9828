package io.darsena.app.text;

import static org.assertj.core.api.Assertions.assertThat;

import io.darsena.bridge.EngineDescription.Lack;
import io.darsena.bridge.EngineDescription.Reduction;
import java.util.Locale;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class ReductionWordsTest {

    @ParameterizedTest
    @EnumSource
    void everyReductionIsSaidInBothLanguages(Lack lack) {
        for (Locale language : new Locale[] {Locale.ENGLISH, Locale.ITALIAN}) {
            Messages messages = Messages.in(language);
            ReductionWords words = ReductionWords.of(new Reduction(lack, "own reason", "own cure"), messages);
            assertThat(words.reason()).endsWith(".").doesNotContainIgnoringCase("own reason", "own cure");
            assertThat(words.cure()).endsWith(".").doesNotContainIgnoringCase("own reason", "own cure");
        }
    }

    @Test
    void whatOnlyTheEngineKnowsStandsBesideIt() {
        Messages messages = Messages.in(Locale.ITALIAN);
        assertThat(ReductionWords.of(
                                new Reduction("cgroup-controller-missing", "pause needs controllers: freezer", "…"),
                                messages)
                        .detail())
                .isEqualTo("freezer");
        assertThat(ReductionWords.of(new Reduction("single-uid", "one id (no newuidmap)", "…"), messages)
                        .detail())
                .isEqualTo("no newuidmap");
    }

    @Test
    void anUnknownReductionIsToldInTheEnginesWords() {
        ReductionWords words = ReductionWords.of(
                new Reduction("new-one", "something is missing", "add it"), Messages.in(Locale.ITALIAN));
        assertThat(words)
                .isEqualTo(
                        new ReductionWords("Il motore dice: “something is missing”.", "Il motore dice: “add it”.", ""));
    }
}
