package io.darsena.runtime.cgroup;

import java.nio.file.Files;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/// Reads files of groups that are all made alike, and does not look again and again for what this kernel does not have:
/// an exception for each missing file of each container each second costs more than all that are there.
final class GroupFiles {

    /// How often a file is taken for missing before it is looked for again: a module may bring it.
    private static final int PATIENCE = 600;

    private final Set<String> missing = ConcurrentHashMap.newKeySet();
    private volatile int passedOver;

    /// The content without the last line feed; empty when there is no such file or group.
    Optional<String> read(GroupDirectory group, String name) {
        String kind = group.unified() ? "v2 " + name : name;
        if (missing.contains(kind)) {
            passOver();
            return Optional.empty();
        }
        Optional<String> text = CgroupFile.read(group.file(name));
        if (text.isEmpty() && Files.isDirectory(group.directory()) && !Files.exists(group.file(name))) {
            missing.add(kind);
        }
        return text;
    }

    /// Counts without a lock: that it is exact does not matter.
    @SuppressWarnings("NonAtomicVolatileUpdate")
    private void passOver() {
        passedOver++;
        if (passedOver >= PATIENCE) {
            passedOver = 0;
            missing.clear();
        }
    }
}
