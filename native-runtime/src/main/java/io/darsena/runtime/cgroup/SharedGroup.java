package io.darsena.runtime.cgroup;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.EnumSet;
import java.util.Optional;
import java.util.Set;

/// Our part of one hierarchy: the directory above the groups of containers. All engines below one parent share it and
/// none owns it: who closes takes it away when it is empty, and who needs it makes it again.
final class SharedGroup {

    private static final int ATTEMPTS = 20;

    private SharedGroup() {}

    /// Makes the directory, and passes on to its children what can be passed on. One that is there is no error.
    ///
    /// @param wanted where it is, and the controllers that its parent passes on to it
    /// @return it, with the controllers that its children have
    static GroupDirectory make(GroupDirectory wanted) {
        Path directory = wanted.directory();
        for (int attempt = 0; attempt < ATTEMPTS; attempt++) {
            makeDirectory(directory);
            Optional<Object> identity = identity(directory);
            Set<Controller> passedOn = prepare(wanted);
            // Else another engine took it away meanwhile, and what was refused says nothing.
            if (identity.isPresent() && identity.equals(identity(directory))) {
                return new GroupDirectory(directory, wanted.unified(), passedOn);
            }
        }
        throw new CgroupException(
                "make the control group", directory, "it is removed again and again", "see which program removes it");
    }

    private static Set<Controller> prepare(GroupDirectory group) {
        if (!group.unified()) {
            if (group.provides(Controller.IO)) {
                BlockAccounting.enable(group);
            }
            return group.controllers();
        }
        Set<Controller> enabled = EnumSet.noneOf(Controller.class);
        group.controllers().stream()
                .filter(controller -> passOn(group.directory(), controller))
                .forEach(enabled::add);
        return enabled;
    }

    /// A controller that cannot be passed on (a kernel without it, a parent that keeps it) is done without.
    static boolean passOn(Path group, Controller controller) {
        try {
            CgroupFile.write(group.resolve("cgroup.subtree_control"), "+" + controller.kernelName());
            return true;
        } catch (IOException refused) {
            return false;
        }
    }

    static void makeDirectory(Path directory) {
        try {
            if (!Files.isDirectory(directory)) {
                Files.createDirectory(directory);
            }
        } catch (IOException failure) {
            if (!Files.isDirectory(directory)) {
                throw new CgroupException(
                        "make the control group", directory, failure, "check that its hierarchy may be written");
            }
        }
    }

    private static Optional<Object> identity(Path directory) {
        try {
            return Optional.ofNullable(
                    Files.readAttributes(directory, BasicFileAttributes.class).fileKey());
        } catch (IOException gone) {
            return Optional.empty();
        }
    }

    /// Takes the directory away. The kernel refuses, and nothing happens, as long as a group or a process is in it.
    static void removeIfEmpty(GroupDirectory group) {
        try {
            Files.deleteIfExists(group.directory());
        } catch (IOException inUse) {
            // Whoever uses it takes it away.
            return;
        }
    }
}
