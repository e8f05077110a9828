package io.darsena.app.settings;

import java.util.Map;
import java.util.Optional;

/// What to type against a reduction, where one command helps. The words around it stand in the message bundles.
final class Cures {

    private static final String DELEGATE =
            "sudo mkdir -p /etc/systemd/system/user@.service.d && printf '[Service]\\nDelegate=cpu cpuset io memory pids\\n'"
                    + " | sudo tee /etc/systemd/system/user@.service.d/delegate.conf && sudo systemctl daemon-reload";

    private static final Map<String, String> COMMANDS = Map.of(
            "cgroup-not-mounted", "sudo mount -t cgroup2 cgroup2 /sys/fs/cgroup",
            "cgroup-not-delegated", "systemd-run --user --scope -p Delegate=yes darsena",
            "cgroup-shared", "systemd-run --user --scope -p Delegate=yes darsena",
            "cgroup-controller-missing", DELEGATE,
            "cgroup-v1-needs-root", "systemd.unified_cgroup_hierarchy=1",
            "single-uid", "sudo usermod --add-subuids 100000-165535 --add-subgids 100000-165535 \"$USER\"",
            "no-userns", "sudo sysctl user.max_user_namespaces=28633",
            "apparmor-userns", "sudo sysctl kernel.apparmor_restrict_unprivileged_userns=0");

    private Cures() {}

    static Optional<String> command(String reduction) {
        return Optional.ofNullable(COMMANDS.get(reduction));
    }
}
