package io.darsena.runtime.cgroup;

import io.darsena.runtime.cgroup.CgroupMetrics.BlockTransfer;
import io.darsena.runtime.cgroup.CgroupMetrics.Memory;
import io.darsena.runtime.cgroup.CgroupMetrics.Throttling;
import java.nio.file.Path;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Reads the metrics of a group, each from the hierarchy that has it.
final class MetricsReader {

    private static final long NANOS_PER_MICRO = 1000;

    private final List<GroupDirectory> groups;

    private MetricsReader(List<GroupDirectory> groups) {
        this.groups = groups;
    }

    static CgroupMetrics read(List<GroupDirectory> groups) {
        return new MetricsReader(groups).read();
    }

    static OptionalLong oomKills(List<GroupDirectory> groups) {
        return new MetricsReader(groups).oomKills();
    }

    private OptionalLong oomKills() {
        return providing(Controller.MEMORY).map(MetricsReader::oomKills).orElseGet(OptionalLong::empty);
    }

    private CgroupMetrics read() {
        Optional<GroupDirectory> pids = providing(Controller.PIDS);
        return new CgroupMetrics(
                controllers(),
                cpuNanos(),
                providing(Controller.CPU).flatMap(MetricsReader::throttling),
                providing(Controller.MEMORY).flatMap(MetricsReader::memory),
                pids.map(group -> CgroupFile.number(group.file("pids.current"))).orElseGet(OptionalLong::empty),
                pids.map(group -> CgroupFile.number(group.file("pids.max"))).orElseGet(OptionalLong::empty),
                providing(Controller.IO).flatMap(MetricsReader::blockTransfer),
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
                .map(group -> CgroupFile.number(group.file("cpuacct.usage")))
                .orElseGet(OptionalLong::empty);
        return separate.isPresent()
                ? separate
                : unified()
                        .flatMap(group -> value(group.file("cpu.stat"), "usage_usec"))
                        .map(micros -> OptionalLong.of(micros * NANOS_PER_MICRO))
                        .orElseGet(OptionalLong::empty);
    }

    private static Optional<Throttling> throttling(GroupDirectory group) {
        Map<String, Long> stat = CgroupFile.keyed(group.file("cpu.stat"));
        Long periods = stat.get("nr_periods");
        Long throttled = stat.get("nr_throttled");
        // v1 counts nanoseconds, v2 microseconds.
        Long nanos = group.unified() ? stat.get("throttled_usec") : stat.get("throttled_time");
        return periods == null || throttled == null || nanos == null
                ? Optional.empty()
                : Optional.of(new Throttling(periods, throttled, group.unified() ? nanos * NANOS_PER_MICRO : nanos));
    }

    private static Optional<Memory> memory(GroupDirectory group) {
        boolean unified = group.unified();
        OptionalLong usage = CgroupFile.number(group.file(unified ? "memory.current" : "memory.usage_in_bytes"));
        if (usage.isEmpty()) {
            return Optional.empty();
        }
        Map<String, Long> stat = CgroupFile.keyed(group.file("memory.stat"));
        // v1's figures without `total_` leave out the groups below.
        long inactive = stat.getOrDefault(unified ? "inactive_file" : "total_inactive_file", 0L);
        long cache = stat.getOrDefault(unified ? "file" : "total_cache", 0L);
        OptionalLong limit = CgroupFile.number(group.file(unified ? "memory.max" : "memory.limit_in_bytes"));
        return Optional.of(new Memory(
                usage.getAsLong(),
                Math.max(0, usage.getAsLong() - inactive),
                cache,
                limit,
                unified ? CgroupFile.number(group.file("memory.swap.current")) : number(stat.get("total_swap")),
                unified ? CgroupFile.number(group.file("memory.swap.max")) : v1SwapLimit(group, limit)));
    }

    /// v1 limits memory and swap together.
    private static OptionalLong v1SwapLimit(GroupDirectory group, OptionalLong memoryLimit) {
        OptionalLong both = CgroupFile.number(group.file("memory.memsw.limit_in_bytes"));
        return both.isPresent() && memoryLimit.isPresent()
                ? OptionalLong.of(Math.max(0, both.getAsLong() - memoryLimit.getAsLong()))
                : OptionalLong.empty();
    }

    private static OptionalLong number(@Nullable Long value) {
        return value == null ? OptionalLong.empty() : OptionalLong.of(value);
    }

    private static OptionalLong oomKills(GroupDirectory group) {
        Path file = group.file(group.unified() ? "memory.events" : "memory.oom_control");
        return value(file, "oom_kill").map(OptionalLong::of).orElseGet(OptionalLong::empty);
    }

    private static Optional<BlockTransfer> blockTransfer(GroupDirectory group) {
        if (group.unified()) {
            return CgroupFile.read(group.file("io.stat")).map(BlockStat::unified);
        }
        for (String name : BlockStat.V1_FILES) {
            Path file = group.file(name);
            Optional<BlockTransfer> transfer = CgroupFile.read(file).map(BlockStat::separate);
            if (transfer.filter(found -> found.readBytes() + found.writtenBytes() > 0)
                    .isPresent()) {
                return transfer;
            }
        }
        return BlockAccounting.isEnabled(group) ? Optional.of(new BlockTransfer(0, 0)) : Optional.empty();
    }

    private Optional<CgroupMetrics.Pressure> pressure(String name) {
        return unified().flatMap(group -> CgroupFile.read(group.file(name))).flatMap(PressureText::parse);
    }

    private static Optional<Long> value(Path file, String key) {
        return Optional.ofNullable(CgroupFile.keyed(file).get(key));
    }
}
