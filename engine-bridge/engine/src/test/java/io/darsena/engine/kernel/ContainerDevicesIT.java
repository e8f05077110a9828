package io.darsena.engine.kernel;

import static org.assertj.core.api.Assertions.assertThat;

import io.darsena.bridge.EngineDescription.Reduction;
import io.darsena.bridge.EngineDescription.Tier;
import io.darsena.engine.kernel.RealEngine.Outcome;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/// The host's devices where no control group keeps containers from them.
@Timeout(120)
class ContainerDevicesIT {

    private static final String SCRIPT = "mknod /disk b 7 0 || echo refused; cat /dev/null && echo own";

    @TempDir
    Path temporary;

    @Test
    void withoutControlGroupsNoDeviceNodeIsMadeAndTheSettingsTellWhy() {
        try (RealEngine engine = new RealEngine(temporary.resolve("engine"), new MachineWithoutCgroups())) {
            Outcome outcome = engine.shell(SCRIPT);
            assertThat(outcome.out()).containsExactly("refused", "own");
            assertThat(outcome.err()).hasSize(1).allMatch(line -> line.endsWith("Operation not permitted"));
            boolean root = engine.engine().description().tier() == Tier.ROOTFUL;
            assertThat(engine.engine().description().reductions().stream()
                            .map(Reduction::key)
                            .filter("no-device-control"::equals))
                    .hasSize(root ? 1 : 0);
        }
    }
}
