package io.darsena.runtime.cgroup;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import java.nio.file.Path;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;

/// The part of each hierarchy that is ours: a directory `darsena`, whose children are the groups of containers.
/// Other engines may share it. Immutable; all methods may be called from any thread.
public final class CgroupSubtree {

    static final String DIRECTORY = "darsena";

    private static final int ATTEMPTS = 20;
    private static final Pattern NAME = Pattern.compile("[A-Za-z0-9][A-Za-z0-9_-]{0,127}");

    private final List<GroupDirectory> bases;
    private final GroupFiles files = new GroupFiles();

    /// @param bases one a hierarchy
    CgroupSubtree(List<GroupDirectory> bases) {
        this.bases = List.copyOf(bases);
    }

    /// What limits and measures can be had here. Freezing is listed when it works, be it by v1 or by v2.
    public Set<Controller> controllers() {
        Set<Controller> all = EnumSet.noneOf(Controller.class);
        bases.forEach(base -> {
            all.addAll(base.controllers());
            if (base.unified()) {
                all.add(Controller.FREEZER);
                all.add(Controller.CPUACCT);
            }
        });
        return all;
    }

    /// Whether groups made here keep devices from who is in them: on version 1 by rules, on version 2 by a filter
    /// that the
    /// runtime attaches.
    public boolean controlsDevices() {
        return bases.stream().anyMatch(base -> base.unified() || base.provides(Controller.DEVICES));
    }

    /// Makes a container's group with its limits: one directory a hierarchy. Left-over empty groups of that name are
    /// made anew, and so is our part of a hierarchy that another engine has taken away when it closed.
    ///
    /// @param name letters, digits, `_` and `-`, as a container's id
    /// @throws CgroupException when a limit cannot be had here, or when processes live in a group of that
    ///     name; nothing of it is left then
    public ContainerCgroup create(String name, CgroupLimits limits) {
        ContainerCgroup group = group(name);
        for (int attempt = 1; ; attempt++) {
            try {
                group.create(limits);
                return group;
            } catch (CgroupException failure) {
                if (attempt == ATTEMPTS || !(failure.getCause() instanceof NoSuchFileException)) {
                    throw failure;
                }
                bases.forEach(SharedGroup::make);
            }
        }
    }

    /// The group of that name, if any of its directories is there.
    public Optional<ContainerCgroup> find(String name) {
        ContainerCgroup group = group(name);
        return group.exists() ? Optional.of(group) : Optional.empty();
    }

    /// The names of all groups that are there, whole or not: what no container owns is left over from a crash.
    public Set<String> ownedChildren() {
        Set<String> names = new TreeSet<>();
        for (GroupDirectory base : bases) {
            try (DirectoryStream<Path> children = Files.newDirectoryStream(base.directory(), Files::isDirectory)) {
                children.forEach(child -> names.add(child.getFileName().toString()));
            } catch (NoSuchFileException | NotDirectoryException gone) {
                continue;
            } catch (IOException failure) {
                throw new CgroupException("list the groups in", base.directory(), failure, "try again");
            }
        }
        return names;
    }

    /// The directories whose children are ours.
    public List<Path> directories() {
        return bases.stream().map(GroupDirectory::directory).toList();
    }

    /// Takes away what is ours of each hierarchy where no group is left in it, be it of this engine's or of another's.
    /// Groups may be made afterwards all the same.
    public void removeIfEmpty() {
        bases.forEach(SharedGroup::removeIfEmpty);
    }

    private ContainerCgroup group(String name) {
        if (!NAME.matcher(name).matches()) {
            throw new IllegalArgumentException("not a name for a control group: " + name);
        }
        return new ContainerCgroup(
                name, bases.stream().map(base -> base.child(name)).toList(), files);
    }
}
