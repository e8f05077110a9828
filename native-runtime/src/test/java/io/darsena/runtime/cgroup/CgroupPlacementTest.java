package io.darsena.runtime.cgroup;

import static org.assertj.core.api.Assertions.assertThat;

import io.darsena.runtime.cgroup.CgroupPlacement.Reason;
import io.darsena.runtime.cgroup.CgroupPlacement.Unusable;
import io.darsena.runtime.cgroup.CgroupPlacement.Usable;
import java.nio.file.Path;
import java.util.function.Predicate;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CgroupPlacementTest {

    private static final long PID = 100;
    private static final String SCOPE = "/cg/user.slice/darsena.scope";

    @TempDir
    Path directory;

    private FakeMachine machine;

    @BeforeEach
    void make() {
        machine = new FakeMachine(directory).process(PID, 1, 0);
    }

    @Test
    void rootIsPlacedBelowTheRootOfEachHierarchy() {
        machine.separate("/cg/memory", "/", "memory", "/deep/down").separate("/cg/pids", "/", "pids", "/");
        assertThat(usable(true, path -> true).directories())
                .containsExactlyInAnyOrder(machine.path("/cg/memory/darsena"), machine.path("/cg/pids/darsena"))
                .allSatisfy(ours -> assertThat(ours).isDirectory());
    }

    @Test
    void whereTheRootCannotBeWrittenTheOwnGroupServes() {
        machine.separate("/cg/memory", "/", "memory", "/lxc/me").file("/cg/memory/lxc/me/cgroup.procs", "");
        Path own = machine.path("/cg/memory/lxc/me");
        assertThat(usable(true, path -> path.startsWith(own)).directories()).containsExactly(own.resolve("darsena"));
    }

    @Test
    void onHybridTheFreezerAndTheCpuTimeOfV2ServeAndV1sAreLeftOut() {
        machine.separate("/cg/memory", "/", "memory", "/")
                .separate("/cg/freezer", "/", "freezer", "/")
                .separate("/cg/cpuacct", "/", "cpuacct", "/")
                .separate("/cg/perf", "/", "perf_event", "/")
                .unified("/cg/unified", "/", "/");
        CgroupSubtree subtree = usable(true, path -> true);
        assertThat(subtree.directories())
                .containsExactly(machine.path("/cg/memory/darsena"), machine.path("/cg/unified/darsena"));
        assertThat(subtree.controllers())
                .containsExactlyInAnyOrder(Controller.MEMORY, Controller.FREEZER, Controller.CPUACCT);
    }

    @Test
    void systemdsOwnHierarchyIsJoinedWhereSystemdRuns() {
        machine.separate("/cg/memory", "/", "memory", "/").separate("/cg/systemd", "/", "name=systemd", "/");
        assertThat(usable(true, path -> true).directories()).doesNotContain(machine.path("/cg/systemd/darsena"));
        machine.file("/run/systemd/system/marker", "");
        assertThat(usable(true, path -> true).directories()).contains(machine.path("/cg/systemd/darsena"));
    }

    @Test
    void devicesAreKeptAwayByTheirHierarchyOrByAnyGroupOfV2() {
        machine.separate("/cg/memory", "/", "memory", "/").separate("/cg/devices", "/", "devices", "/");
        assertThat(usable(true, path -> true).controlsDevices()).isTrue();
        Path readOnly = machine.path("/cg/devices");
        assertThat(usable(true, path -> !path.startsWith(readOnly)).controlsDevices())
                .isFalse();
        machine.unified("/cg/unified", "/", "/");
        assertThat(usable(true, path -> !path.startsWith(readOnly)).controlsDevices())
                .isTrue();
    }

    @Test
    void controllersOfV2AreUsedOnHybridToo() {
        machine.separate("/cg/pids", "/", "pids", "/")
                .unified("/cg/unified", "/", "/")
                .file("/cg/unified/cgroup.controllers", "memory hugetlb\n")
                .file("/cg/unified/darsena/cgroup.subtree_control", "");
        assertThat(usable(true, path -> true).controllers()).contains(Controller.MEMORY, Controller.PIDS);
    }

    @Test
    void anOrdinaryUserHasNoPlaceOnV1() {
        machine.separate("/cg/memory", "/", "memory", "/");
        assertThat(unusable(false, path -> false)).isEqualTo(Reason.NEEDS_ROOT);
        assertThat(unusable(true, path -> false)).isEqualTo(Reason.READ_ONLY);
    }

    @Test
    void withoutControlGroupsThereIsNoPlace() {
        assertThat(unusable(true, path -> true)).isEqualTo(Reason.NOT_MOUNTED);
    }

    @Test
    void rootOfAPureV2MachineIsPlacedBelowTheRootWithItsControllers() {
        machine.unified("/cg", "/", "/")
                .file("/cg/cgroup.controllers", "cpu memory pids io\n")
                .file("/cg/darsena/cgroup.subtree_control", "");
        CgroupSubtree subtree = usable(true, path -> true);
        assertThat(subtree.directories()).containsExactly(machine.path("/cg/darsena"));
        assertThat(subtree.controllers())
                .contains(Controller.CPU, Controller.MEMORY, Controller.PIDS, Controller.IO, Controller.FREEZER);
        assertThat(machine.path("/cg/darsena-app")).doesNotExist();
    }

    @Test
    void aControllerThatCannotBePassedOnIsDoneWithout() {
        machine.unified("/cg", "/", "/").file("/cg/cgroup.controllers", "cpu memory\n");
        assertThat(usable(true, path -> true).controllers())
                .containsExactlyInAnyOrder(Controller.FREEZER, Controller.CPUACCT);
    }

    @Test
    void inADelegatedGroupWeMoveToALeafBesideTheContainers() {
        delegated("100\n101\n").process(101, PID, 0);
        CgroupSubtree subtree = usable(false, path -> path.startsWith(machine.path(SCOPE)));
        assertThat(subtree.directories()).containsExactly(machine.path(SCOPE + "/darsena"));
        assertThat(machine.content(SCOPE + "/darsena-app/cgroup.procs")).isIn("100", "101");
        assertThat(machine.content(SCOPE + "/cgroup.subtree_control")).startsWith("+");
    }

    @Test
    void aDelegatedGroupThatOthersLiveInIsLeftAlone() {
        delegated("100\n200\n").process(200, 1, 0);
        assertThat(unusable(false, path -> path.startsWith(machine.path(SCOPE))))
                .isEqualTo(Reason.SHARED);
        assertThat(machine.content(SCOPE + "/darsena-app/cgroup.procs")).isEmpty();
        assertThat(machine.path(SCOPE + "/darsena/cgroup.procs")).doesNotExist();
    }

    @Test
    void aDelegatedGroupAboveServesWhereSystemdDoesNotRun() {
        delegated("100\n200\n").process(200, 1, 0).group("/cg/user.slice", "memory", "");
        Predicate<Path> mayWrite = path -> path.startsWith(machine.path("/cg/user.slice"));
        assertThat(usable(false, mayWrite).directories()).containsExactly(machine.path("/cg/user.slice/darsena"));
        assertThat(machine.content(SCOPE + "/darsena-app/cgroup.procs")).isEmpty();
        machine.file("/run/systemd/system/marker", "");
        assertThat(unusable(false, mayWrite)).isEqualTo(Reason.SHARED);
    }

    @Test
    void aGroupThatIsNotDelegatedIsNoPlace() {
        delegated("100\n");
        assertThat(unusable(false, path -> false)).isEqualTo(Reason.NOT_DELEGATED);
        Path control = machine.path(SCOPE + "/cgroup.subtree_control");
        assertThat(unusable(false, path -> path.startsWith(machine.path(SCOPE)) && !path.equals(control)))
                .isEqualTo(Reason.NOT_DELEGATED);
    }

    @Test
    void startedAgainFromTheLeafWeFindTheSamePlace() {
        machine.unified("/cg", "/", "/user.slice/darsena.scope/darsena-app")
                .file("/cg/cgroup.type", "domain\n")
                .group(SCOPE, "memory pids", "")
                .group(SCOPE + "/darsena-app", "memory pids", "100\n")
                .file(SCOPE + "/darsena/cgroup.subtree_control", "");
        assertThat(usable(false, path -> true).directories()).containsExactly(machine.path(SCOPE + "/darsena"));
    }

    @Test
    void whatIsEmptyIsTakenAwayAndWhatIsNotStays() {
        machine.separate("/cg/memory", "/", "memory", "/").separate("/cg/pids", "/", "pids", "/");
        CgroupSubtree subtree = usable(true, path -> true);
        machine.file("/cg/pids/darsena/another-engines/cgroup.procs", "");
        subtree.removeIfEmpty();
        assertThat(machine.path("/cg/memory/darsena")).doesNotExist();
        assertThat(machine.path("/cg/pids/darsena/another-engines")).isDirectory();
    }

    @Test
    void whatAnotherEngineTookAwayIsMadeAgainForTheNextGroup() {
        machine.separate("/cg/memory", "/", "memory", "/").separate("/cg/pids", "/", "pids", "/");
        CgroupSubtree subtree = usable(true, path -> true);
        subtree.removeIfEmpty();
        assertThat(subtree.ownedChildren()).isEmpty();
        assertThat(subtree.create("web", CgroupLimits.NONE).directories())
                .hasSize(2)
                .allSatisfy(group -> assertThat(group).isDirectory());
    }

    private FakeMachine delegated(String processes) {
        return machine.unified("/cg", "/", "/user.slice/darsena.scope")
                .file("/cg/cgroup.type", "domain\n")
                .group(SCOPE, "cpu memory pids", processes)
                .file(SCOPE + "/darsena/cgroup.subtree_control", "")
                .file(SCOPE + "/darsena-app/cgroup.procs", "");
    }

    private CgroupSubtree usable(boolean privileged, Predicate<Path> mayWrite) {
        CgroupPlacement placement = find(privileged, mayWrite);
        assertThat(placement).isInstanceOf(Usable.class);
        return ((Usable) placement).subtree();
    }

    private Reason unusable(boolean privileged, Predicate<Path> mayWrite) {
        CgroupPlacement placement = find(privileged, mayWrite);
        assertThat(placement).isInstanceOf(Unusable.class);
        return ((Unusable) placement).reason();
    }

    private CgroupPlacement find(boolean privileged, Predicate<Path> mayWrite) {
        return new PlacementSearch(machine.layout(), PID, "darsena", machine.root(), privileged, mayWrite).find();
    }
}
