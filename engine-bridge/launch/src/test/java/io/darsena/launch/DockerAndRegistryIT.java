package io.darsena.launch;

import static org.assertj.core.api.Assertions.assertThat;

import io.darsena.bridge.Engine;
import io.darsena.bridge.contract.ForeignProgram;
import io.darsena.bridge.image.ImageReference;
import io.darsena.bridge.registry.RegistryCredential;
import io.darsena.bridge.registry.RegistryHost;
import io.darsena.bridge.registry.Secret;
import io.darsena.bridge.trust.TrustRule;
import io.darsena.bridge.trust.TrustRule.Demand;
import io.darsena.bridge.trust.TrustSettings;
import io.darsena.docker.client.RemoteDockerEngine;
import io.darsena.docker.server.DockerCommand;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;

/// The real docker command, `darsena serve` as a process of its own, and a real registry that wants a login.
@Timeout(180)
final class DockerAndRegistryIT {

    private static final String STARTER = "darsena/starter:latest";

    @RegisterExtension
    final EngineHome home = new EngineHome();

    @SuppressWarnings("NullAway.Init")
    private ServeProcess server;

    @SuppressWarnings("NullAway.Init")
    private DockerCommand docker;

    @SuppressWarnings("NullAway.Init")
    private RegistryProcess registry;

    private String name = "";

    @BeforeEach
    void serve() throws IOException, InterruptedException {
        Optional<Path> executable = DockerCommand.find();
        ForeignProgram.require("docker", executable.isPresent());
        registry = RegistryProcess.start(home.directory().resolve("registry"));
        Path socket = home.directory().resolve("docker.sock");
        server = home.serve(socket);
        docker = new DockerCommand(executable.orElseThrow(), socket, home.directory());
        name = registry.host() + "/team/starter:1";
    }

    @AfterEach
    void end() throws InterruptedException {
        if (registry != null) {
            registry.close();
        }
    }

    private String ok(String... arguments) {
        DockerCommand.Outcome outcome = docker.run(arguments);
        assertThat(outcome.status()).as(outcome.stderr() + server.output()).isZero();
        return outcome.stdout().strip();
    }

    private String fails(String... arguments) {
        DockerCommand.Outcome outcome = docker.run(arguments);
        assertThat(outcome.status()).as(outcome.stdout()).isNotZero();
        return outcome.stderr();
    }

    @Test
    void whatWasPushedAfterALoginRunsFromTheRegistry() throws IOException {
        ok("tag", STARTER, name);
        assertThat(fails("push", name)).contains("wants a login");
        assertThat(fails("login", "-u", RegistryProcess.USER, "-p", "wrong", registry.host()))
                .contains("refuses this login");
        assertThat(ok("login", "-u", RegistryProcess.USER, "-p", RegistryProcess.PASSWORD, registry.host()))
                .contains("Login Succeeded");
        String digest =
                ok("push", name).lines().reduce("", (before, line) -> line).split(" ")[2];
        assertThat(digest).matches("sha256:[0-9a-f]{64}");
        assertThat(ok("push", name)).contains("Layer already exists").contains("1: digest: " + digest + " size: ");
        ok("rmi", name, STARTER);
        assertThat(ok("images", "-q")).isEmpty();

        DockerCommand.Outcome run = docker.run("run", "--rm", name, "echo", "hello");
        assertThat(run.stdout()).as(run.stderr()).isEqualTo("hello\n");
        assertThat(run.stderr()).contains("Pull complete").contains("Downloaded newer image for " + name);
        assertThat(ok("images", "--digests", "--format", "{{.Repository}}:{{.Tag}} {{.Digest}}"))
                .isEqualTo(name + " " + digest);
        String byDigest = registry.host() + "/team/starter@" + digest;
        assertThat(ok("rmi", byDigest)).isEqualTo("Untagged: " + byDigest);
        assertThat(ok("images", "--format", "{{.Repository}}:{{.Tag}}")).isEqualTo(name);
        assertThat(fails("rmi", byDigest))
                .contains("this digest is no name of its own")
                .contains("remove " + name);
        ok("rmi", name);
        assertThat(ok("pull", byDigest)).contains("Status: Downloaded newer image for " + byDigest);
        assertThat(ok("run", "--rm", byDigest, "echo", "by digest")).isEqualTo("by digest");
        assertThat(fails("pull", registry.host() + "/team/starter:none")).contains("team/starter:none");
        ok("logout", registry.host());
        assertThat(fails("pull", name)).contains("wants a login");
        assertNobodyWroteThePassword();
    }

    @Test
    void whatARuleRefusesDoesNotComeUntilItIsSigned() {
        ok("login", "-u", RegistryProcess.USER, "-p", RegistryProcess.PASSWORD, registry.host());
        ok("tag", STARTER, name);
        ok("push", name);
        ImageReference reference = ImageReference.parse(name);
        try (RemoteDockerEngine remote =
                RemoteDockerEngine.connect(home.directory().resolve("docker.sock"))) {
            Engine engine = remote;
            engine.registries()
                    .login(
                            RegistryHost.of(reference),
                            new RegistryCredential.Password(
                                    RegistryProcess.USER, new Secret(RegistryProcess.PASSWORD)));
            engine.trust().generate("team", new Secret("of the key"));
            TrustSettings trust = engine.settings().trust();
            TrustRule rule = new TrustRule(registry.host(), Demand.REFUSE, List.of("team"), Optional.empty());
            engine.change(engine.settings().withTrust(new TrustSettings(trust.keys(), List.of(rule))));
            ok("rmi", name);

            assertThat(fails("pull", name)).contains("it is not signed").contains(registry.host());
            assertThat(fails("run", "--rm", name, "true")).contains("it is not signed");
            assertThat(ok("images", "--format", "{{.Repository}}")).isEqualTo("darsena/starter");

            ok("tag", STARTER, name);
            ok("push", name);
            engine.trust().sign(reference, "team");
            ok("rmi", name);
            assertThat(ok("pull", name)).contains("Downloaded newer image for " + name);
        }
    }

    /// The docker command's own configuration is gone with its logout.
    private void assertNobodyWroteThePassword() throws IOException {
        try (Stream<Path> tree = Files.walk(home.directory())) {
            for (Path file : tree.filter(Files::isRegularFile).toList()) {
                assertThat(new String(Files.readAllBytes(file), StandardCharsets.ISO_8859_1))
                        .as(file.toString())
                        .doesNotContain(RegistryProcess.PASSWORD);
            }
        }
    }
}
