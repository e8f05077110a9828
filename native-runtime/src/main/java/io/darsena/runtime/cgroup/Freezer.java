package io.darsena.runtime.cgroup;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/// Stops and continues a group: by cgroup v2 wherever it is mounted, else by v1's freezer.
sealed interface Freezer {

    /// Processes in an uninterruptible sleep cannot be frozen before they wake.
    Duration PATIENCE = Duration.ofSeconds(10);

    static Optional<Freezer> of(List<GroupDirectory> groups) {
        for (GroupDirectory group : groups) {
            if (group.unified() && Files.exists(group.file("cgroup.freeze"))) {
                return Optional.of(new Unified(group));
            }
        }
        return groups.stream()
                .filter(group -> !group.unified() && group.provides(Controller.FREEZER))
                .<Freezer>map(Separate::new)
                .findFirst();
    }

    void freeze();

    void thaw();

    boolean frozen();

    /// v2: one switch; the kernel tells when all stand. Killing works on frozen processes.
    record Unified(GroupDirectory group) implements Freezer {

        @Override
        public void freeze() {
            write(group.file("cgroup.freeze"), "1");
            if (!Patience.until(PATIENCE, this::frozen)) {
                write(group.file("cgroup.freeze"), "0");
                throw notInTime(group);
            }
        }

        @Override
        public void thaw() {
            write(group.file("cgroup.freeze"), "0");
            Patience.until(PATIENCE, () -> !frozen());
        }

        @Override
        public boolean frozen() {
            return CgroupFile.keyed(group.file("cgroup.events")).number("frozen", 0) == 1;
        }
    }

    /// v1: goes through FREEZING. A process that forks at that moment may keep it there until FROZEN is written again,
    /// and two that wait for each other until they were let go on for a moment.
    record Separate(GroupDirectory group) implements Freezer {

        private static final int ATTEMPTS_BEFORE_RELEASE = 50;

        @Override
        public void freeze() {
            int[] attempts = {0};
            boolean reached = Patience.until(PATIENCE, () -> {
                if (++attempts[0] % ATTEMPTS_BEFORE_RELEASE == 0) {
                    write(group.file("freezer.state"), "THAWED");
                }
                write(group.file("freezer.state"), "FROZEN");
                return frozen();
            });
            if (!reached) {
                write(group.file("freezer.state"), "THAWED");
                throw notInTime(group);
            }
        }

        @Override
        public void thaw() {
            write(group.file("freezer.state"), "THAWED");
        }

        @Override
        public boolean frozen() {
            return CgroupFile.read(group.file("freezer.state"))
                    .filter("FROZEN"::equals)
                    .isPresent();
        }
    }

    private static CgroupException notInTime(GroupDirectory group) {
        return new CgroupException(
                "freeze",
                group.directory(),
                "some of its processes did not stop within " + PATIENCE.toSeconds() + " s",
                "try again when their input and output has ended");
    }

    private static void write(Path file, String value) {
        try {
            CgroupFile.write(file, value);
        } catch (IOException failure) {
            throw new CgroupException("write " + value + " to", file, failure, "the container may have ended");
        }
    }
}
