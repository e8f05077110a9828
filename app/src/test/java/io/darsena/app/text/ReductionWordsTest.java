package io.darsena.app.text;

import static org.assertj.core.api.Assertions.assertThat;

import io.darsena.bridge.EngineDescription.Reduction;
import io.darsena.runtime.cgroup.CgroupPlacement;
import java.util.Locale;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class ReductionWordsTest {

    /// Those of the groups' placement, and the rest by name: of HostCgroups, KeptSettings and the C runtime.
    static Stream<String> keys() {
        return Stream.concat(
                Stream.of(CgroupPlacement.Reason.values()).map(CgroupPlacement.Reason::key),
                Stream.of(
                        "cgroup-controller-missing",
                        "settings-file",
                        "single-uid",
                        "no-overlay",
                        "no-userns",
                        "apparmor-userns"));
    }

    @ParameterizedTest
    @MethodSource("keys")
    void everyReductionIsSaidInBothLanguages(String key) {
        for (Locale language : new Locale[] {Locale.ENGLISH, Locale.ITALIAN}) {
            Messages messages = Messages.in(language);
            ReductionWords words = ReductionWords.of(new Reduction(key, "own reason", "own cure"), messages);
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
        assertThat(words).isEqualTo(new ReductionWords("Something is missing.", "Add it.", ""));
    }
}
