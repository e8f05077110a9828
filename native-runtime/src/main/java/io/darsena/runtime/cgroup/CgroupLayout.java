package io.darsena.runtime.cgroup;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/// The hierarchies of control groups that a process sees, and its place in them.
public record CgroupLayout(Kind kind, List<CgroupHierarchy> hierarchies) {

    public enum Kind {
        /// No hierarchy is mounted.
        NONE,
        /// Controllers in hierarchies of their own.
        V1,
        /// As V1, with a v2 hierarchy besides: for some controllers, or for none.
        HYBRID,
        /// One hierarchy for all.
        V2
    }

    public CgroupLayout {
        hierarchies = List.copyOf(hierarchies);
    }

    /// The layout as this process sees it.
    public static CgroupLayout detect() {
        return detect(Path.of("/"), "self");
    }

    /// The layout as another process of this mount namespace sees it: for a group that was delegated to that process.
    public static CgroupLayout detect(long pid) {
        return detect(Path.of("/"), Long.toString(pid));
    }

    static CgroupLayout detect(Path root, String process) {
        try {
            String mounts = Files.readString(root.resolve("proc/self/mountinfo"), StandardCharsets.UTF_8);
            String positions =
                    Files.readString(root.resolve("proc").resolve(process).resolve("cgroup"), StandardCharsets.UTF_8);
            List<CgroupHierarchy> hierarchies = CgroupMounts.read(root, mounts, positions);
            return new CgroupLayout(kind(hierarchies), hierarchies);
        } catch (IOException failure) {
            throw new UncheckedIOException(
                    "cannot read where the control groups of process " + process + " are", failure);
        }
    }

    private static Kind kind(List<CgroupHierarchy> hierarchies) {
        boolean unified = hierarchies.stream().anyMatch(CgroupHierarchy::unified);
        boolean separate = hierarchies.stream().anyMatch(hierarchy -> !hierarchy.unified());
        if (unified) {
            return separate ? Kind.HYBRID : Kind.V2;
        }
        return separate ? Kind.V1 : Kind.NONE;
    }

    /// The v2 hierarchy.
    public Optional<CgroupHierarchy> unified() {
        return hierarchies.stream().filter(CgroupHierarchy::unified).findFirst();
    }

    /// The hierarchy that a controller works in: a v1 one takes it away from v2.
    public Optional<CgroupHierarchy> providing(Controller controller) {
        return hierarchies.stream()
                .filter(hierarchy -> hierarchy.controllers().contains(controller))
                .findFirst();
    }
}
