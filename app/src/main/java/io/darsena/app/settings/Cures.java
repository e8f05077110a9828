package io.darsena.app.settings;

import java.util.List;
import java.util.Map;
import java.util.Optional;

/// What to type against a reduction, where one command helps; and what of it can be run from here as root. The words
/// around it stand in the message bundles.
///
/// @param launcher what starts Darsena on this machine
/// @param user who is given what only one person gets
record Cures(String launcher, String user) {

    private static final String CONTROLLERS = "cpu cpuset io memory pids";
    private static final String DROP_IN = "/etc/systemd/system/user@.service.d";
    private static final String SUBORDINATE = "100000-165535";

    /// Run by a shell, and therefore without a word that comes from elsewhere.
    private static final String DELEGATE = "mkdir -p " + DROP_IN + " && printf '[Service]\\nDelegate=" + CONTROLLERS
            + "\\n' >" + DROP_IN + "/delegate.conf && systemctl daemon-reload";

    private static final String APPARMOR = "kernel.apparmor_restrict_unprivileged_userns=0";
    private static final String USER_NAMESPACES = "user.max_user_namespaces=28633";

    static Cures ofThisMachine() {
        return new Cures(System.getProperty("darsena.launcher", "darsena"), System.getProperty("user.name"));
    }

    Optional<String> command(String reduction) {
        String delegated = "systemd-run --user --scope -p Delegate=yes " + quoted(launcher);
        return Optional.ofNullable(Map.of(
                        "cgroup-not-mounted",
                        "sudo mount -t cgroup2 cgroup2 /sys/fs/cgroup",
                        "cgroup-not-delegated",
                        delegated,
                        "cgroup-shared",
                        delegated,
                        "cgroup-controller-missing",
                        "sudo sh -c \"" + DELEGATE + "\"",
                        "cgroup-v1-needs-root",
                        "systemd.unified_cgroup_hierarchy=1",
                        "single-uid",
                        "sudo usermod --add-subuids " + SUBORDINATE + " --add-subgids " + SUBORDINATE + " "
                                + quoted(user),
                        "no-userns",
                        "sudo sysctl " + USER_NAMESPACES,
                        "apparmor-userns",
                        "sudo sysctl " + APPARMOR)
                .get(reduction));
    }

    /// The words of what does the same without a terminal; nothing where that is not for a button to do.
    Optional<List<String>> asRoot(String reduction) {
        return Optional.ofNullable(Map.of(
                        "cgroup-controller-missing", List.of("/bin/sh", "-c", DELEGATE),
                        "single-uid",
                                List.of(
                                        "/usr/sbin/usermod",
                                        "--add-subuids",
                                        SUBORDINATE,
                                        "--add-subgids",
                                        SUBORDINATE,
                                        "--",
                                        user),
                        "no-userns", List.of("/usr/sbin/sysctl", USER_NAMESPACES),
                        "apparmor-userns", List.of("/usr/sbin/sysctl", APPARMOR))
                .get(reduction));
    }

    /// As a shell reads it back.
    private static String quoted(String word) {
        return word.matches("[A-Za-z0-9_./+:@-]+") ? word : "'" + word.replace("'", "'\\''") + "'";
    }
}
