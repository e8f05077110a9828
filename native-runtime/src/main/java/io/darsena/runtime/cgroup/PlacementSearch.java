package io.darsena.runtime.cgroup;

import io.darsena.runtime.cgroup.CgroupPlacement.Reason;
import io.darsena.runtime.cgroup.CgroupPlacement.Unusable;
import io.darsena.runtime.cgroup.CgroupPlacement.Usable;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;

/// Looks for the place that [CgroupPlacement#find(CgroupLayout, long)] describes.
final class PlacementSearch {

    static final String LEAF = "darsena-app";
    private static final String SYSTEMD = "run/systemd/system";
    private static final Set<Controller> LIMITING = EnumSet.of(Controller.MEMORY, Controller.PIDS, Controller.CPU);

    private final CgroupLayout layout;
    private final long pid;
    private final String directory;
    private final Path root;
    private final boolean privileged;
    private final Predicate<Path> mayWrite;

    PlacementSearch(CgroupLayout layout, long pid) {
        this(layout, pid, CgroupSubtree.DIRECTORY, Path.of("/"), isRoot(), Files::isWritable);
    }

    /// @param directory what our part of each hierarchy is called
    /// @param root the machine's root, or that of a test's own tree
    PlacementSearch(
            CgroupLayout layout, long pid, String directory, Path root, boolean privileged, Predicate<Path> mayWrite) {
        this.layout = layout;
        this.pid = pid;
        this.directory = directory;
        this.root = root;
        this.privileged = privileged;
        this.mayWrite = mayWrite;
    }

    /// As an ordinary user on cgroup v2: in a scope of systemd's if it gives one, else where the process is.
    static CgroupPlacement find(CgroupLayout layout, long pid) {
        SystemdScope scope = new SystemdScope(System.getenv());
        boolean moved = layout.kind() == CgroupLayout.Kind.V2 && !isRoot() && scope.available() && scope.enter(pid);
        return new PlacementSearch(moved ? CgroupLayout.detect(pid) : layout, pid).find();
    }

    CgroupPlacement find() {
        if (layout.kind() == CgroupLayout.Kind.NONE) {
            return new Unusable(Reason.NOT_MOUNTED, "no file system of type cgroup or cgroup2 is mounted");
        }
        return layout.kind() == CgroupLayout.Kind.V2 ? unified(layout.unified().orElseThrow()) : separate();
    }

    /// v1 and hybrid: hierarchies stand for themselves, and those that cannot be written are left out.
    private CgroupPlacement separate() {
        List<GroupDirectory> bases = new ArrayList<>();
        Optional<GroupDirectory> beside = layout.unified()
                .flatMap(unified -> parent(unified).map(parent -> prepareUnified(parent, unified.controllers())));
        for (CgroupHierarchy hierarchy : layout.hierarchies()) {
            if (!hierarchy.unified() && wanted(hierarchy, beside.isPresent())) {
                parent(hierarchy)
                        .map(parent -> prepareSeparate(parent, hierarchy))
                        .ifPresent(bases::add);
            }
        }
        beside.ifPresent(bases::add);
        if (bases.stream().noneMatch(base -> base.controllers().stream().anyMatch(LIMITING::contains))) {
            Path asked = layout.hierarchies().getFirst().mountPoint();
            return privileged
                    ? new Unusable(Reason.READ_ONLY, asked + " cannot be written")
                    : new Unusable(Reason.NEEDS_ROOT, asked + " cannot be written by this user");
        }
        return new Usable(new CgroupSubtree(bases));
    }

    /// With a v2 hierarchy beside, which freezes and counts CPU time, v1's groups for that are not needed. Hierarchies
    /// without a controller matter only to systemd, which would take the container for a part of what started us.
    private boolean wanted(CgroupHierarchy hierarchy, boolean unifiedBeside) {
        Set<Controller> replaced = EnumSet.of(Controller.FREEZER, Controller.CPUACCT);
        if (hierarchy.controllers().isEmpty()) {
            boolean systemd = hierarchy.name().stream().anyMatch("systemd"::equals);
            return systemd && Files.isDirectory(root.resolve(SYSTEMD));
        }
        // Device rules take CAP_SYS_ADMIN, delegated or not; and nobody makes device nodes in a user namespace anyway.
        boolean devicesOfOthers = !privileged && hierarchy.controllers().equals(EnumSet.of(Controller.DEVICES));
        return !devicesOfOthers && !(unifiedBeside && replaced.containsAll(hierarchy.controllers()));
    }

    private CgroupPlacement unified(CgroupHierarchy hierarchy) {
        Path top = hierarchy.mountPoint();
        boolean realRoot = !Files.exists(top.resolve("cgroup.type"));
        if (realRoot && writable(top)) {
            return usable(prepareUnified(top, hierarchy.controllers()));
        }
        Path own = hierarchy.own();
        Path delegated = own.endsWith(LEAF) ? parentOf(own) : own;
        if (!writable(delegated)) {
            return privileged
                    ? new Unusable(Reason.READ_ONLY, delegated + " cannot be written")
                    : new Unusable(Reason.NOT_DELEGATED, delegated + " cannot be written by this user");
        }
        List<Long> inhabitants = Inhabitants.of(delegated);
        List<Long> strangers = Inhabitants.strangers(inhabitants, pid, root);
        if (strangers.isEmpty()) {
            moveToLeaf(delegated, inhabitants);
            return usable(prepareUnified(delegated, hierarchy.controllers()));
        }
        Path above = parentOf(delegated);
        if (mayUse(above)) {
            return usable(prepareUnified(above, hierarchy.controllers()));
        }
        return new Unusable(
                Reason.SHARED,
                delegated + " also holds the processes " + strangers.subList(0, Math.min(5, strangers.size())));
    }

    /// A group above our own that was delegated as well and holds no process. Where systemd runs, groups are its to
    /// manage, and only those of a scope that it delegated are ours.
    private boolean mayUse(Path above) {
        return !Files.isDirectory(root.resolve(SYSTEMD))
                && writable(above)
                && Inhabitants.of(above).isEmpty();
    }

    private static CgroupPlacement usable(GroupDirectory base) {
        return new Usable(new CgroupSubtree(List.of(base)));
    }

    /// Below which group of a hierarchy ours is put.
    private Optional<Path> parent(CgroupHierarchy hierarchy) {
        if (writable(hierarchy.mountPoint())) {
            return Optional.of(hierarchy.mountPoint());
        }
        return Optional.of(hierarchy.own()).filter(this::writable);
    }

    private GroupDirectory prepareSeparate(Path parent, CgroupHierarchy hierarchy) {
        return SharedGroup.make(new GroupDirectory(parent.resolve(directory), false, hierarchy.controllers()));
    }

    /// Passes on to our part what can be passed on.
    private GroupDirectory prepareUnified(Path parent, Set<Controller> available) {
        Set<Controller> passedOn = EnumSet.noneOf(Controller.class);
        available.stream()
                .filter(controller -> SharedGroup.passOn(parent, controller))
                .forEach(passedOn::add);
        return SharedGroup.make(new GroupDirectory(parent.resolve(directory), true, passedOn));
    }

    private void moveToLeaf(Path delegated, List<Long> inhabitants) {
        Path leaf = delegated.resolve(LEAF);
        SharedGroup.makeDirectory(leaf);
        for (long inhabitant : inhabitants) {
            try {
                CgroupFile.write(leaf.resolve("cgroup.procs"), Long.toString(inhabitant));
            } catch (IOException failure) {
                if (Files.exists(root.resolve("proc/" + inhabitant))) {
                    throw new CgroupException(
                            "move process " + inhabitant + " to", leaf, failure, "run Darsena in a scope of its own");
                }
            }
        }
    }

    private boolean writable(Path group) {
        Path control = group.resolve("cgroup.subtree_control");
        return mayWrite.test(group)
                && mayWrite.test(group.resolve("cgroup.procs"))
                && (!Files.exists(control) || mayWrite.test(control));
    }

    private static Path parentOf(Path group) {
        Path parent = group.getParent();
        return parent == null ? group : parent;
    }

    private static boolean isRoot() {
        return CgroupFile.read(Path.of("/proc/self/status")).stream()
                .flatMap(String::lines)
                .anyMatch(line -> line.matches("Uid:\\s+\\d+\\s+0\\s.*"));
    }
}
