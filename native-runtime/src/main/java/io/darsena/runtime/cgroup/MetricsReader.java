package io.darsena.runtime.cgroup;

import io.darsena.runtime.cgroup.CgroupMetrics.BlockTransfer;
import io.darsena.runtime.cgroup.CgroupMetrics.Memory;
import io.darsena.runtime.cgroup.CgroupMetrics.Throttling;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;

/// Reads the metrics of a group, each from the hierarchy that has it.
final class MetricsReader {

    private static final long NANOS_PER_MICRO = 1000;

    private final List<GroupDirectory> groups;
    private final GroupFiles files;

    private MetricsReader(List<GroupDirectory> groups, GroupFiles files) {
        this.groups = groups;
        this.files = files;
    }

    static CgroupMetrics read(List<GroupDirectory> groups, GroupFiles files) {
        return new MetricsReader(groups, files).read();
    }

    static OptionalLong oomKills(List<GroupDirectory> groups, GroupFiles files) {
        return new MetricsReader(groups, files).oomKills();
    }

    private OptionalLong oomKills() {
        return providing(Controller.MEMORY).map(this::oomKills).orElseGet(OptionalLong::empty);
    }

    private CgroupMetrics read() {
        Optional<GroupDirectory> pids = providing(Controller.PIDS);
        return new CgroupMetrics(
                controllers(),
                cpuNanos(),
                providing(Controller.CPU).flatMap(this::throttling),
                providing(Controller.MEMORY).flatMap(this::memory),
                pids.map(group -> number(group, "pids.current")).orElseGet(OptionalLong::empty),
                pids.map(group -> number(group, "pids.max")).orElseGet(OptionalLong::empty),
                providing(Controller.IO).flatMap(this::blockTransfer),
                oomKills(),
                pressure("cpu.pressure"),
                pressure("memory.pressure"),
                pressure("io.pressure"));
    }

    private Set<Controller> controllers() {
        Set<Controller> all = EnumSet.noneOf(Controller.class);
        groups.forEach(group -> all.addAll(group.controllers()));
        return all;
    }

    private Optional<GroupDirectory> providing(Controller controller) {
        return groups.stream().filter(group -> group.provides(controller)).findFirst();
    }

    private Optional<GroupDirectory> unified() {
        return groups.stream().filter(GroupDirectory::unified).findFirst();
    }

    private OptionalLong cpuNanos() {
        OptionalLong separate = providing(Controller.CPUACCT)
                .filter(group -> !group.unified())
                .map(group -> number(group, "cpuacct.usage"))
                .orElseGet(OptionalLong::empty);
        if (separate.isPresent()) {
            return separate;
        }
        long micros = unified()
                .map(group -> keyed(group, "cpu.stat").number("usage_usec", -1))
                .orElse(-1L);
        return micros < 0 ? OptionalLong.empty() : OptionalLong.of(micros * NANOS_PER_MICRO);
    }

    private Optional<Throttling> throttling(GroupDirectory group) {
        KeyedText stat = keyed(group, "cpu.stat");
        long periods = stat.number("nr_periods", -1);
        long throttled = stat.number("nr_throttled", -1);
        // v1 counts nanoseconds, v2 microseconds.
        long waited = stat.number(group.unified() ? "throttled_usec" : "throttled_time", -1);
        return periods < 0 || throttled < 0 || waited < 0
                ? Optional.empty()
                : Optional.of(new Throttling(periods, throttled, group.unified() ? waited * NANOS_PER_MICRO : waited));
    }

    private Optional<Memory> memory(GroupDirectory group) {
        boolean unified = group.unified();
        OptionalLong usage = number(group, unified ? "memory.current" : "memory.usage_in_bytes");
        if (usage.isEmpty()) {
            return Optional.empty();
        }
        KeyedText stat = keyed(group, "memory.stat");
        // v1's figures without `total_` leave out the groups below.
        long inactive = stat.number(unified ? "inactive_file" : "total_inactive_file", 0);
        long cache = stat.number(unified ? "file" : "total_cache", 0);
        OptionalLong limit = number(group, unified ? "memory.max" : "memory.limit_in_bytes");
        return Optional.of(new Memory(
                usage.getAsLong(),
                Math.max(0, usage.getAsLong() - inactive),
                cache,
                limit,
                unified ? number(group, "memory.swap.current") : present(stat.number("total_swap", -1)),
                unified ? number(group, "memory.swap.max") : v1SwapLimit(group, limit)));
    }

    /// v1 limits memory and swap together.
    private OptionalLong v1SwapLimit(GroupDirectory group, OptionalLong memoryLimit) {
        OptionalLong both = number(group, "memory.memsw.limit_in_bytes");
        return both.isPresent() && memoryLimit.isPresent()
                ? OptionalLong.of(Math.max(0, both.getAsLong() - memoryLimit.getAsLong()))
                : OptionalLong.empty();
    }

    private static OptionalLong present(long value) {
        return value < 0 ? OptionalLong.empty() : OptionalLong.of(value);
    }

    private OptionalLong oomKills(GroupDirectory group) {
        String file = group.unified() ? "memory.events" : "memory.oom_control";
        return present(keyed(group, file).number("oom_kill", -1));
    }

    private Optional<BlockTransfer> blockTransfer(GroupDirectory group) {
        if (group.unified()) {
            return files.read(group, "io.stat").map(BlockStat::unified);
        }
        for (String name : BlockStat.V1_FILES) {
            Optional<BlockTransfer> transfer = files.read(group, name).map(BlockStat::separate);
            if (transfer.filter(found -> found.readBytes() + found.writtenBytes() > 0)
                    .isPresent()) {
                return transfer;
            }
        }
        return BlockAccounting.isEnabled(group) ? Optional.of(new BlockTransfer(0, 0)) : Optional.empty();
    }

    private Optional<CgroupMetrics.Pressure> pressure(String name) {
        return unified().flatMap(group -> files.read(group, name)).flatMap(PressureText::parse);
    }

    private OptionalLong number(GroupDirectory group, String name) {
        Optional<String> text = files.read(group, name);
        return text.isPresent() ? CgroupFile.parse(text.get()) : OptionalLong.empty();
    }

    private KeyedText keyed(GroupDirectory group, String name) {
        return new KeyedText(files.read(group, name).orElse(""));
    }
}
