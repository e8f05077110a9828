package io.darsena.runtime.cgroup;

import static org.assertj.core.api.Assertions.assertThat;

import io.darsena.runtime.cgroup.CgroupLayout.Kind;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CgroupLayoutTest {

    @TempDir
    Path directory;

    private FakeMachine machine;

    @BeforeEach
    void make() {
        machine = new FakeMachine(directory);
    }

    @Test
    void controllersThatShareAHierarchyAreFoundThere() {
        CgroupLayout layout = machine.separate("/sys/fs/cgroup/cpu,cpuacct", "/", "cpu,cpuacct", "/user.slice")
                .separate("/cg/mem", "/", "memory", "/")
                .layout();
        assertThat(layout.kind()).isEqualTo(Kind.V1);
        CgroupHierarchy shared = layout.providing(Controller.CPU).orElseThrow();
        assertThat(layout.providing(Controller.CPUACCT)).contains(shared);
        assertThat(shared.own()).isEqualTo(machine.path("/sys/fs/cgroup/cpu,cpuacct/user.slice"));
        assertThat(layout.providing(Controller.MEMORY).orElseThrow().own()).isEqualTo(machine.path("/cg/mem"));
        assertThat(layout.providing(Controller.PIDS)).isEmpty();
    }

    @Test
    void blkioIsIo() {
        CgroupLayout layout = machine.separate("/cg/blkio", "/", "blkio", "/").layout();
        assertThat(layout.providing(Controller.IO)).isPresent();
    }

    @Test
    void aV2HierarchyBesideV1OnesIsHybrid() {
        CgroupLayout layout = machine.separate("/cg/memory", "/", "memory", "/")
                .separate("/cg/systemd", "/", "name=systemd", "/init.scope")
                .unified("/cg/unified", "/", "/init.scope")
                .group("/cg/unified/init.scope", "hugetlb", "1\n")
                .layout();
        assertThat(layout.kind()).isEqualTo(Kind.HYBRID);
        assertThat(layout.unified().orElseThrow().controllers()).isEmpty();
        assertThat(layout.hierarchies())
                .anyMatch(hierarchy -> hierarchy.name().stream().anyMatch("systemd"::equals));
    }

    @Test
    void onPureV2TheOwnGroupTellsItsControllers() {
        CgroupLayout layout = machine.unified("/sys/fs/cgroup", "/", "/user.slice/app.scope")
                .group("/sys/fs/cgroup/user.slice/app.scope", "cpuset cpu io memory pids", "")
                .layout();
        assertThat(layout.kind()).isEqualTo(Kind.V2);
        assertThat(layout.unified().orElseThrow().controllers())
                .containsExactlyInAnyOrder(Controller.CPU, Controller.IO, Controller.MEMORY, Controller.PIDS);
    }

    @Test
    void insideAContainerTheMountedPartIsWhereItSays() {
        CgroupLayout layout = machine.separate("/sys/fs/cgroup/memory", "/docker/abc", "memory", "/docker/abc/inner")
                .separate("/sys/fs/cgroup/pids", "/docker/abc", "pids", "/docker/abc")
                .separate("/sys/fs/cgroup/cpu", "/docker/abc", "cpu", "/somewhere/else")
                .layout();
        assertThat(layout.providing(Controller.MEMORY).orElseThrow().own())
                .isEqualTo(machine.path("/sys/fs/cgroup/memory/inner"));
        assertThat(layout.providing(Controller.PIDS).orElseThrow().own())
                .isEqualTo(machine.path("/sys/fs/cgroup/pids"));
        assertThat(layout.providing(Controller.CPU).orElseThrow().own()).isEqualTo(machine.path("/sys/fs/cgroup/cpu"));
    }

    @Test
    void aPositionOutsideOfTheCgroupNamespaceIsNotFollowed() {
        CgroupLayout layout =
                machine.unified("/sys/fs/cgroup", "/", "/../../other").layout();
        assertThat(layout.unified().orElseThrow().own()).isEqualTo(machine.path("/sys/fs/cgroup"));
    }

    @Test
    void aMountPointWithASpaceIsFound() {
        CgroupLayout layout =
                machine.separate("/my groups/memory", "/", "memory", "/").layout();
        assertThat(layout.providing(Controller.MEMORY).orElseThrow().mountPoint())
                .isEqualTo(machine.path("/my groups/memory"));
    }

    @Test
    void aHierarchyMountedTwiceCountsOnce() {
        CgroupLayout layout = machine.separate("/cg/memory", "/", "memory", "/")
                .separate("/other/memory", "/", "memory", "/")
                .layout();
        assertThat(layout.hierarchies()).hasSize(1);
    }

    @Test
    void aMachineWithoutControlGroupsHasNone() {
        assertThat(machine.layout().kind()).isEqualTo(Kind.NONE);
    }

    @Test
    void whatThisHostHasIsFound() {
        CgroupLayout layout = CgroupLayout.detect();
        assertThat(layout.hierarchies())
                .allSatisfy(hierarchy -> assertThat(hierarchy.own()).isDirectory());
    }
}
