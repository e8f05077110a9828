package io.darsena.app.text;

import static org.assertj.core.api.Assertions.assertThat;

import io.darsena.bridge.container.ContainerStatus;
import io.darsena.bridge.container.Lifecycle;
import io.darsena.bridge.container.Lifecycle.Trigger;
import io.darsena.bridge.container.LifecycleRefusal;
import io.darsena.bridge.error.ConflictException;
import java.util.Locale;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class EngineWordsTest {

    private final Messages italian = Messages.in(Locale.ITALIAN);
    private final EngineWords words = new EngineWords(italian);

    /// Every refusal that the state table can give to a request.
    static Stream<ConflictException> refusals() {
        return Stream.of(
                        Trigger.START,
                        Trigger.PAUSE,
                        Trigger.RESUME,
                        Trigger.STOP,
                        Trigger.KILL,
                        Trigger.RESTART,
                        Trigger.REMOVE)
                .flatMap(trigger -> Stream.of(ContainerStatus.values())
                        .filter(status -> Lifecycle.target(status, trigger).isEmpty())
                        .map(status -> LifecycleRefusal.of(trigger, "web-1", status)));
    }

    @ParameterizedTest
    @MethodSource("refusals")
    void everyRefusalOfTheStateTableIsSaidInItalian(ConflictException refusal) {
        assertThat(italian.has("operation." + refusal.operation()))
                .as(refusal.operation())
                .isTrue();
        assertThat(italian.has("said." + EngineWords.slug(refusal.reason())))
                .as(refusal.reason())
                .isTrue();
        assertThat(italian.has("said." + EngineWords.slug(refusal.remedy())))
                .as(refusal.remedy())
                .isTrue();
        assertThat(words.sentence(refusal.reason())).doesNotContain("“");
    }

    @Test
    void whatItWasDoneToIsNamedInTheLanguage() {
        assertThat(words.subject("image acme/site:1")).isEqualTo("immagine acme/site:1");
        assertThat(words.subject("container web-1")).isEqualTo("container web-1");
        assertThat(words.subject("/tmp/a b")).isEqualTo("/tmp/a b");
    }

    @Test
    void whatIsNotKnownIsQuotedAsTheEnginesOwnWords() {
        assertThat(words.sentence("mount overlay: Operation not permitted"))
                .isEqualTo("Il motore dice: “mount overlay: Operation not permitted”");
        assertThat(new EngineWords(Messages.in(Locale.ENGLISH)).sentence("mount overlay: Operation not permitted"))
                .isEqualTo("Mount overlay: Operation not permitted");
    }
}
