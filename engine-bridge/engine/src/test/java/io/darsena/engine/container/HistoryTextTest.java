package io.darsena.engine.container;

import static org.assertj.core.api.Assertions.assertThat;

import io.darsena.bridge.container.Container.StartStep;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class HistoryTextTest {

    @Test
    void stepsSurviveWithWhateverTheirFactsHold() {
        List<StartStep> steps = List.of(
                new StartStep("resolve", Duration.ofNanos(120_345), Map.of("reference", "busybox:1")),
                new StartStep("storage", Duration.ofMillis(3), Map.of("upper", "/a b/x=y\tz\nw\\n\r/upper")),
                new StartStep("cgroup", Duration.ZERO, Map.of("directories", "/sys/a\n/sys/b", "k=ey", "")),
                new StartStep("exec", Duration.ofNanos(1), Map.of()));
        assertThat(HistoryText.readSteps(HistoryText.writeSteps(steps))).isEqualTo(steps);
    }

    @Test
    void whatAnEarlierVersionWroteIsReadWithItsTimes() {
        assertThat(HistoryText.readSteps("overlay\t110000\t2 layers, writable\nexec\t5\t\n"))
                .containsExactly(
                        new StartStep("overlay", Duration.ofNanos(110_000), Map.of()),
                        new StartStep("exec", Duration.ofNanos(5), Map.of()));
    }
}
