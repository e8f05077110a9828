package io.darsena.engine;

import static org.assertj.core.api.Assertions.assertThat;

import io.darsena.bridge.EngineDescription;
import io.darsena.bridge.EngineDescription.Lack;
import io.darsena.bridge.EngineDescription.Reduction;
import io.darsena.bridge.EngineDescription.Tier;
import io.darsena.engine.cgroup.Cgroups.Refusal;
import io.darsena.engine.paths.EnginePaths;
import io.darsena.engine.simulated.SimulatedMachine;
import io.darsena.runtime.RuntimeFacts;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;

class HostDescriptionTest {

    private static final Refusal NO_IO = new Refusal(
            Lack.CGROUP_CONTROLLER_MISSING,
            "this host does not grant the cgroup controllers that limits, pause and metrics need: io",
            "have them delegated (systemd: Delegate=io), or run as root");

    private final SimulatedMachine machine = new SimulatedMachine();

    private EngineDescription described(RuntimeFacts.Reduction... reductions) {
        return described(true, reductions);
    }

    private EngineDescription described(boolean rootless, RuntimeFacts.Reduction... reductions) {
        EnginePaths paths = EnginePaths.under(Path.of("/nonexistent"));
        RuntimeFacts facts = new RuntimeFacts("6.18.0", rootless, false, List.of(reductions));
        return HostDescription.of(machine, paths, facts, machine.cgroups(paths));
    }

    @Test
    void aMachineThatLacksNothingIsNotReduced() {
        assertThat(described().reductions()).isEmpty();
    }

    @Test
    void aMissingControllerIsListedWithItsCureAndTheGroupsAreDelegatedAllTheSame() {
        machine.withoutControllers(NO_IO);
        EngineDescription description = described();
        assertThat(description.reductions())
                .containsExactly(new Reduction("cgroup-controller-missing", NO_IO.reason(), NO_IO.cure()));
        assertThat(description.tier()).isEqualTo(Tier.ROOTLESS_DELEGATED);
    }

    @Test
    void withoutCgroupsNothingIsSaidOfTheirControllers() {
        Refusal none = new Refusal(Lack.CGROUP_NOT_DELEGATED, "this session has no cgroup of its own", "log in again");
        machine.withoutCgroups(none);
        machine.withoutControllers(NO_IO);
        assertThat(described().reductions()).extracting(Reduction::key).containsExactly("cgroup-not-delegated");
    }

    /// An ordinary user's containers are in a user namespace, where no device opens.
    @Test
    void thatNothingKeepsDevicesAwayIsListedWhereItMatters() {
        Refusal open = new Refusal(Lack.NO_DEVICE_CONTROL, "no cgroup here tells of devices", "mount one");
        machine.withoutDeviceControl(open);
        assertThat(described(true).reductions()).isEmpty();
        assertThat(described(false).reductions())
                .containsExactly(new Reduction("no-device-control", open.reason(), open.cure()));
    }

    @Test
    void appArmorIsListedWhenItRefusedTheUserNamespace() {
        assertThat(described(new RuntimeFacts.Reduction(
                                RuntimeFacts.Lack.APPARMOR_USERNS, "make user namespace: EPERM"))
                        .reductions())
                .singleElement()
                .satisfies(reduction -> {
                    assertThat(reduction.key()).isEqualTo("apparmor-userns");
                    assertThat(reduction.reason()).endsWith("(make user namespace: EPERM)");
                });
    }
}
