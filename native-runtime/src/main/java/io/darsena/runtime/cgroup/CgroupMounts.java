package io.darsena.runtime.cgroup;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// Reads /proc/PID/mountinfo (proc_pid_mountinfo(5)) and /proc/PID/cgroup (cgroups(7)).
final class CgroupMounts {

    private static final Pattern ESCAPE = Pattern.compile("\\\\([0-7]{3})");
    private static final int ROOT_FIELD = 3;
    private static final int MOUNT_POINT_FIELD = 4;

    private CgroupMounts() {}

    /// @param root what is put before each mount point: `/`, or the root of a test's own tree
    static List<CgroupHierarchy> read(Path root, String mountInfo, String positions) {
        List<Membership> memberships = positions
                .lines()
                .map(line -> line.split(":", 3))
                .filter(fields -> fields.length == 3)
                .map(fields -> new Membership(Set.of(fields[1].split(",", -1)), fields[2]))
                .toList();
        List<CgroupHierarchy> hierarchies = new ArrayList<>();
        Set<Set<String>> seen = new HashSet<>();
        for (String line : mountInfo.lines().toList()) {
            mount(line)
                    .ifPresent(mount -> memberships.stream()
                            .filter(member ->
                                    mount.unified ? member.isUnified() : mount.options.containsAll(member.names))
                            .filter(member -> seen.add(member.names))
                            .findFirst()
                            .ifPresent(member -> hierarchies.add(hierarchy(root, mount, member))));
        }
        return hierarchies;
    }

    private static CgroupHierarchy hierarchy(Path root, Mount mount, Membership member) {
        Path mountPoint = root.resolve(mount.mountPoint.substring(1));
        Optional<String> name = member.names.stream()
                .filter(option -> option.startsWith("name="))
                .map(option -> option.substring("name=".length()))
                .findFirst();
        CgroupHierarchy bare =
                new CgroupHierarchy(mountPoint, mount.root, mount.unified, Set.of(), name, member.position);
        Stream<String> controllers = mount.unified
                ? CgroupFile.read(bare.own().resolve("cgroup.controllers")).stream()
                        .flatMap(text -> Arrays.stream(text.split(" ", -1)))
                : member.names.stream();
        return new CgroupHierarchy(
                mountPoint,
                mount.root,
                mount.unified,
                controllers
                        .flatMap(text -> Controller.named(text).stream())
                        .collect(Collectors.toCollection(() -> EnumSet.noneOf(Controller.class))),
                name,
                member.position);
    }

    private static Optional<Mount> mount(String line) {
        int separator = line.indexOf(" - ");
        if (separator < 0) {
            return Optional.empty();
        }
        String[] before = line.substring(0, separator).split(" ", -1);
        String[] after = line.substring(separator + 3).split(" ", -1);
        boolean unified = after[0].equals("cgroup2");
        if (before.length <= MOUNT_POINT_FIELD || after.length < 3 || !(unified || after[0].equals("cgroup"))) {
            return Optional.empty();
        }
        return Optional.of(new Mount(
                unescape(before[ROOT_FIELD]),
                unescape(before[MOUNT_POINT_FIELD]),
                unified,
                Set.copyOf(Arrays.asList(after[2].split(",", -1)))));
    }

    private static String unescape(String field) {
        return ESCAPE.matcher(field)
                .replaceAll(match -> Matcher.quoteReplacement(Character.toString(Integer.parseInt(match.group(1), 8))));
    }

    private record Mount(String root, String mountPoint, boolean unified, Set<String> options) {}

    private record Membership(Set<String> names, String position) {
        boolean isUnified() {
            return names.equals(Set.of(""));
        }
    }
}
