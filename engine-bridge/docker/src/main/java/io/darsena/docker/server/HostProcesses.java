package io.darsena.docker.server;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/// The processes of this machine as /proc tells them.
///
/// @param proc where that is mounted
record HostProcesses(Path proc) {

    /// A process and all its descendants, by their numbers. The first process of a container is the ancestor of all
    /// others in its pid namespace: orphans fall to it. Empty when it is gone.
    List<HostProcess> family(long first) throws IOException {
        Map<Long, List<HostProcess>> children = new HashMap<>();
        List<HostProcess> family = new ArrayList<>();
        for (HostProcess process : all()) {
            if (process.pid() == first) {
                family.add(process);
            } else {
                children.computeIfAbsent(process.parent(), parent -> new ArrayList<>())
                        .add(process);
            }
        }
        for (int index = 0; index < family.size(); index++) {
            List<HostProcess> next = children.remove(family.get(index).pid());
            family.addAll(next == null ? List.of() : next);
        }
        return family;
    }

    private List<HostProcess> all() throws IOException {
        List<HostProcess> all = new ArrayList<>();
        try (DirectoryStream<Path> entries = Files.newDirectoryStream(proc, "[0-9]*")) {
            for (Path entry : entries) {
                String name = entry.getFileName().toString();
                if (name.matches("\\d{1,10}")) {
                    HostProcess.read(proc, Long.parseLong(name)).ifPresent(all::add);
                }
            }
        }
        return all;
    }
}
