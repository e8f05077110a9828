package io.darsena.runtime.cgroup;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;

/// Makes a v1 kernel count block transfers: since Linux 6.10 it does so per disk only once some group has a throttling
/// rule for that disk (block/blk-throttle.c, delayed initialization). One rule that nothing can reach, on our common
/// parent, is enough for all groups.
final class BlockAccounting {

    private static final String RULES = "blkio.throttle.read_bps_device";
    private static final long UNREACHABLE_BYTES_PER_SECOND = 1L << 50;
    private static final Set<String> NOT_DISKS = Set.of("loop", "ram", "zram", "sr", "fd");

    private BlockAccounting() {}

    static void enable(GroupDirectory base) {
        Path rules = base.file(RULES);
        if (!Files.isWritable(rules)
                || CgroupFile.read(rules).filter(text -> !text.isEmpty()).isPresent()) {
            return;
        }
        try (DirectoryStream<Path> disks = Files.newDirectoryStream(Path.of("/sys/block"), BlockAccounting::isDisk)) {
            for (Path disk : disks) {
                var number = CgroupFile.read(disk.resolve("dev"));
                if (number.isPresent()) {
                    CgroupFile.write(rules, number.get() + " " + UNREACHABLE_BYTES_PER_SECOND);
                }
            }
        } catch (IOException refused) {
            // Then block transfers may read 0; nothing else depends on it.
            return;
        }
    }

    /// Whether a group above one counts for sure, so that nothing counted means nothing transferred. Without a rule a
    /// zero says nothing.
    static boolean isEnabled(GroupDirectory group) {
        Path parent = group.directory().getParent();
        return parent != null
                && CgroupFile.read(parent.resolve(RULES))
                        .filter(text -> !text.isEmpty())
                        .isPresent();
    }

    private static boolean isDisk(Path disk) {
        String name = disk.getFileName().toString().replaceAll("\\d+$", "");
        return !NOT_DISKS.contains(name)
                && CgroupFile.number(disk.resolve("size")).orElse(0) > 0;
    }
}
