package io.darsena.runtime.cgroup;

import io.darsena.runtime.cgroup.CgroupMetrics.BlockTransfer;
import java.util.List;
import java.util.OptionalLong;

/// Sums up what the kernel counts of block transfers for each disk.
final class BlockStat {

    /// Where v1 kernels count, in the order of preference; the first that has counted anything is right.
    static final List<String> V1_FILES = List.of(
            "blkio.throttle.io_service_bytes_recursive",
            "blkio.throttle.io_service_bytes",
            "blkio.bfq.io_service_bytes_recursive",
            "blkio.bfq.io_service_bytes",
            "blkio.io_service_bytes_recursive",
            "blkio.io_service_bytes");

    private BlockStat() {}

    /// Lines `MAJ:MIN rbytes=N wbytes=N …`.
    static BlockTransfer unified(String text) {
        long[] sums = new long[2];
        for (String field : text.split("\\s+", -1)) {
            if (field.startsWith("rbytes=")) {
                sums[0] += number(field);
            } else if (field.startsWith("wbytes=")) {
                sums[1] += number(field);
            }
        }
        return new BlockTransfer(sums[0], sums[1]);
    }

    /// Lines `MAJ:MIN Read N`, `MAJ:MIN Write N` and others that repeat the same bytes.
    static BlockTransfer separate(String text) {
        long[] sums = new long[2];
        text.lines()
                .map(line -> line.split(" ", -1))
                .filter(fields -> fields.length == 3)
                .forEach(fields -> {
                    if (fields[1].equals("Read")) {
                        sums[0] += CgroupFile.parse(fields[2]).orElse(0);
                    } else if (fields[1].equals("Write")) {
                        sums[1] += CgroupFile.parse(fields[2]).orElse(0);
                    }
                });
        return new BlockTransfer(sums[0], sums[1]);
    }

    private static long number(String field) {
        OptionalLong value = CgroupFile.parse(field.substring(field.indexOf('=') + 1));
        return value.orElse(0);
    }
}
