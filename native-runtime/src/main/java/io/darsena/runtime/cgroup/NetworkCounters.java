package io.darsena.runtime.cgroup;

import java.nio.file.Path;
import java.util.Optional;

/// Bytes that went through the network devices of a process' network namespace, loopback left out.
public record NetworkCounters(long receivedBytes, long sentBytes) {

    private static final int RECEIVED = 0;
    private static final int SENT = 8;

    /// Empty when the process is gone. For a process in the host's network that is the host's traffic.
    public static Optional<NetworkCounters> of(long pid) {
        return of(Path.of("/proc"), pid);
    }

    static Optional<NetworkCounters> of(Path proc, long pid) {
        return CgroupFile.read(proc.resolve(pid + "/net/dev")).map(NetworkCounters::parse);
    }

    private static NetworkCounters parse(String text) {
        long received = 0;
        long sent = 0;
        for (String line : text.lines().toList()) {
            int colon = line.indexOf(':');
            if (colon < 0 || line.substring(0, colon).strip().equals("lo")) {
                continue;
            }
            String[] fields = line.substring(colon + 1).strip().split("\\s+", -1);
            if (fields.length > SENT) {
                received += CgroupFile.parse(fields[RECEIVED]).orElse(0);
                sent += CgroupFile.parse(fields[SENT]).orElse(0);
            }
        }
        return new NetworkCounters(received, sent);
    }
}
