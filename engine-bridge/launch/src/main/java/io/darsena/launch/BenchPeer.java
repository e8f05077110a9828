package io.darsena.launch;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// Another program that does the same work, where it is installed.
///
/// @param command before its arguments
/// @param forget what makes it have nothing again
record BenchPeer(String name, List<String> command, List<String> forget) {

    private static final String ANY_SIGNATURE = "{\"default\":[{\"type\":\"insecureAcceptAnything\"}]}";

    /// @param directory for what they store
    static List<BenchPeer> pulling(Path directory) throws IOException {
        List<BenchPeer> peers = new ArrayList<>();
        if (succeeds(List.of("docker", "info"))) {
            peers.add(new BenchPeer("docker", List.of("docker", "pull", "-q"), List.of("docker", "rmi", "-f")));
        }
        if (succeeds(List.of("podman", "--version"))) {
            Path policy = Files.writeString(directory.resolve("policy.json"), ANY_SIGNATURE);
            List<String> podman = List.of(
                    "podman",
                    "--root",
                    directory.resolve("podman").toString(),
                    "--runroot",
                    directory.resolve("podman-run").toString(),
                    "--storage-driver",
                    "overlay",
                    "--cgroup-manager",
                    "cgroupfs");
            peers.add(new BenchPeer(
                    "podman",
                    with(podman, "pull", "-q", "--tls-verify=false", "--signature-policy", policy.toString()),
                    with(podman, "rmi", "-f")));
        }
        return peers;
    }

    /// What sends a layout as it lies.
    static Optional<BenchPeer> pushing() {
        return succeeds(List.of("skopeo", "--version"))
                ? Optional.of(new BenchPeer(
                        "skopeo",
                        List.of("skopeo", "--insecure-policy", "copy", "-q", "--dest-tls-verify=false"),
                        List.of()))
                : Optional.empty();
    }

    private static List<String> with(List<String> command, String... arguments) {
        List<String> all = new ArrayList<>(command);
        all.addAll(List.of(arguments));
        return List.copyOf(all);
    }

    void work(String... arguments) throws IOException {
        run(with(command, arguments));
    }

    void forget(String image) throws IOException {
        run(with(forget, image));
    }

    static boolean succeeds(List<String> command) {
        try {
            return status(command, ProcessBuilder.Redirect.DISCARD) == 0;
        } catch (IOException absent) {
            return false;
        }
    }

    static void run(List<String> command) throws IOException {
        int status = status(command, ProcessBuilder.Redirect.INHERIT);
        if (status != 0) {
            throw new IOException(String.join(" ", command) + " ended with status " + status);
        }
    }

    private static int status(List<String> command, ProcessBuilder.Redirect errors) throws IOException {
        Process process = new ProcessBuilder(command)
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .redirectError(errors)
                .start();
        try {
            return process.waitFor();
        } catch (InterruptedException interrupted) {
            process.destroy();
            Thread.currentThread().interrupt();
            throw new IOException("interrupted", interrupted);
        }
    }
}
