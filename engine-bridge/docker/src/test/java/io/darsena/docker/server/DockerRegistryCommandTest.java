package io.darsena.docker.server;

import static org.assertj.core.api.Assertions.assertThat;

import io.darsena.bridge.Engine;
import io.darsena.bridge.error.UnavailableException;
import io.darsena.bridge.fake.FakeEngine;
import io.darsena.bridge.fake.FakeRegistries;
import io.darsena.bridge.image.Image;
import io.darsena.bridge.image.Images;
import io.darsena.bridge.registry.RegistryConfig;
import io.darsena.bridge.registry.RegistryHost;
import io.darsena.bridge.registry.RegistrySettings;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/// The real docker command and registries: what it pulls, pushes, finds, and how it logs in.
@Timeout(120)
final class DockerRegistryCommandTest extends DockerCommandOnFake {

    private final FakeRegistries registries = engine.registries();

    private Images images() {
        return ((Engine) engine).images();
    }

    private String fails(String... arguments) {
        DockerCommand.Outcome outcome = docker.run(arguments);
        assertThat(outcome.status()).as(outcome.stdout()).isNotZero();
        return outcome.stderr();
    }

    private static String shortId(Image image, int layer) {
        return image.layers().get(layer).blob().hex().substring(0, 12);
    }

    private static void await(BooleanSupplier fact) throws InterruptedException {
        long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(20);
        while (!fact.getAsBoolean()) {
            assertThat(System.nanoTime()).as("in time").isLessThan(deadline);
            Thread.sleep(5);
        }
    }

    @Test
    void aPullIsToldLayerByLayer() {
        Image image = registries.publish("nginx:1.27", 2);
        assertThat(ok("pull", "nginx:1.27").lines())
                .startsWith("1.27: Pulling from library/nginx")
                .containsSubsequence(
                        shortId(image, 0) + ": Pulling fs layer",
                        shortId(image, 0) + ": Verifying Checksum",
                        shortId(image, 0) + ": Download complete",
                        shortId(image, 0) + ": Pull complete",
                        shortId(image, 1) + ": Pull complete")
                .endsWith(
                        "Digest: " + image.manifest(),
                        "Status: Downloaded newer image for nginx:1.27",
                        "docker.io/library/nginx:1.27");
        assertThat(ok("images", "--digests", "--format", "{{.Repository}}:{{.Tag}} {{.Digest}}", "nginx"))
                .isEqualTo("nginx:1.27 " + image.manifest());
        assertThat(ok("pull", "nginx:1.27")).contains("Status: Image is up to date for nginx:1.27");
        assertThat(ok("image", "inspect", "--format", "{{.RepoDigests}}", "nginx:1.27"))
                .isEqualTo("[nginx@" + image.manifest() + "]");
    }

    @Test
    void ofAPullInQuietOnlyTheNameIsSaid() {
        registries.publish("localhost:5000/team/web:1", 1);
        assertThat(ok("pull", "-q", "localhost:5000/team/web:1")).isEqualTo("localhost:5000/team/web:1");
    }

    @Test
    void aDigestIsPulled() {
        Image image = registries.publish("localhost:5000/team/web:1", 1);
        String name = "localhost:5000/team/web@" + image.manifest();
        assertThat(ok("pull", name).lines())
                .startsWith(name + ": Pulling from team/web")
                .contains("Status: Downloaded newer image for " + name);
        assertThat(ok("images", "--digests", "--format", "{{.Repository}}:{{.Tag}} {{.Digest}}", "--no-trunc")
                        .lines())
                .contains("localhost:5000/team/web:<none> " + image.manifest());
        assertThat(ok("run", "--rm", name, "echo", "hello")).isEqualTo("hello");
    }

    @Test
    void allTagsAreToldAndPulled() {
        registries.publish("localhost:5000/team/web:1", 1);
        registries.publish("localhost:5000/team/web:2", 1);
        assertThat(ok("pull", "-a", "localhost:5000/team/web").lines())
                .contains("1: Pulling from team/web", "2: Pulling from team/web")
                .contains("Status: Downloaded newer image for localhost:5000/team/web");
        assertThat(ok("images", "--format", "{{.Tag}}", "localhost:5000/team/web")
                        .lines())
                .containsExactlyInAnyOrder("1", "2");
        assertThat(fails("pull", "-a", "localhost:5000/team/none")).contains("localhost:5000/team/none");
    }

    @Test
    void onePlatformIsPulled() {
        registries.publish("nginx:1.27", 1);
        ok("pull", "--platform", "linux/amd64", "nginx:1.27");
        assertThat(fails("pull", "--platform", "linux/s390x", "nginx:1.27")).contains("none for linux/s390x");
        assertThat(fails("pull", "--platform", "plan9", "nginx:1.27"))
                .contains("unknown operating system or architecture");
        assertThat(fails("create", "--pull", "never", "--platform", "linux/s390x", "nginx:1.27"))
                .contains("does not match the specified platform (linux/s390x)");
        ok("create", "--platform", "linux/amd64", "nginx:1.27");
    }

    @Test
    void whatIsNotHereIsPulledToRun() {
        registries.publish("team/tool:3", 3);
        DockerCommand.Outcome outcome = docker.run("run", "--rm", "team/tool:3", "echo", "hello");
        assertThat(outcome.status()).as(outcome.stderr()).isZero();
        assertThat(outcome.stdout()).isEqualTo("hello\n");
        assertThat(outcome.stderr())
                .contains("Unable to find image 'team/tool:3' locally")
                .contains("Status: Downloaded newer image for team/tool:3");
        assertThat(fails("run", "--rm", "team/none", "true")).contains("team/none");
        assertThat(fails("run", "--pull", "never", "team/none", "true")).contains("No such image: team/none");
    }

    @Test
    void aPullThatFailsSaysWhy() {
        assertThat(fails("pull", "no/such:image")).contains("no/such:image").contains("no such image");
        registries.publish("private.example/web:1", 1);
        assertThat(fails("pull", "private.example/web:1")).contains("it wants a login");
        registries.publish("nginx:1", 1);
        engine.failNext("pull", new UnavailableException("pull", "nginx:1", "429, try later", "log in"));
        assertThat(fails("pull", "nginx:1")).contains("cannot pull nginx:1: 429, try later; log in");
        assertThat(ok("images", "-q").lines()).hasSize(1);
    }

    @Test
    void whoStopsAPullCancelsIt() throws Exception {
        registries.publish("nginx:1", 5);
        registries.takeTime(Duration.ofMillis(500));
        Process pull = docker.begin(directory.resolve("out"), directory.resolve("errors"), "pull", "nginx:1");
        try {
            await(() -> registries.underWay() == 1);
            new ProcessBuilder("kill", "-INT", Long.toString(pull.pid()))
                    .start()
                    .waitFor();
            await(() -> registries.underWay() == 0);
            assertThat(pull.waitFor(20, TimeUnit.SECONDS)).isTrue();
            assertThat(Files.readString(directory.resolve("out"))).doesNotContain("Status:");
        } finally {
            pull.destroyForcibly().waitFor();
        }
        assertThat(images().find("nginx:1")).isEmpty();
    }

    @Test
    void aPushIsToldLayerByLayerAndSkippedWhereItIsThere() throws IOException {
        ok("tag", FakeEngine.STARTER, "localhost:5000/team/starter:1");
        ok("tag", FakeEngine.STARTER, "localhost:5000/team/starter:2");
        Image image = images().find(FakeEngine.STARTER).orElseThrow();
        String last = ": digest: " + image.manifest() + " size: 500";
        assertThat(ok("push", "localhost:5000/team/starter:1").lines())
                .startsWith("The push refers to repository [localhost:5000/team/starter]")
                .containsSubsequence(shortId(image, 0) + ": Preparing", shortId(image, 0) + ": Pushed")
                .endsWith("1" + last);
        assertThat(ok("push", "--all-tags", "localhost:5000/team/starter").lines())
                .contains(shortId(image, 0) + ": Layer already exists", "1" + last, "2" + last);
        assertThat(fails("push", "localhost:5000/team/starter:3"))
                .contains("An image does not exist locally with the tag: localhost:5000/team/starter:3");
        ok("tag", FakeEngine.STARTER, "private.example/starter:1");
        assertThat(fails("push", "private.example/starter:1")).contains("it wants a login");
    }

    @Test
    void dockerKeepsItsLoginAndShowsIt() throws IOException {
        assertThat(ok("login", "-u", "ada", "-p", "right", "private.example")).contains("Login Succeeded");
        assertThat(registries.logins()).as("kept by the docker command alone").isEmpty();
        registries.publish("private.example/web:1", 1);
        ok("pull", "private.example/web:1");
        ok("tag", "private.example/web:1", "private.example/web:2");
        ok("push", "private.example/web:2");
        assertThat(fails("login", "-u", "ada", "-p", FakeRegistries.WRONG_PASSWORD, "private.example"))
                .contains("it refuses this name and password");
        ok("logout", "private.example");
        assertThat(fails("pull", "private.example/web:1")).contains("it wants a login");
    }

    @Test
    void repositoriesAreSearched() {
        registries.publish("nginx:1", 1);
        registries.publish("team/nginx-plus:1", 1);
        registries.publish("localhost:5000/my/nginx:1", 1);
        assertThat(ok("search", "--format", "{{.Name}} {{.IsOfficial}}", "nginx")
                        .lines())
                .containsExactly("nginx [OK]", "team/nginx-plus");
        assertThat(ok("search", "--format", "{{.Name}}", "--filter", "is-official=true", "nginx"))
                .isEqualTo("nginx");
        assertThat(ok("search", "--format", "{{.Name}}", "--limit", "1", "nginx"))
                .isEqualTo("nginx");
        assertThat(ok("search", "--format", "{{.Name}}", "--filter", "stars=3", "nginx"))
                .isEmpty();
        assertThat(ok("search", "--format", "{{.Name}}", "localhost:5000/nginx"))
                .isEqualTo("localhost:5000/my/nginx");
        assertThat(fails("search", "--limit", "101", "nginx")).contains("outside the range");
    }

    @Test
    void whatHasNoNameIsPruned() {
        Image gone = registries.publish("localhost:5000/team/web:1", 2);
        ok("pull", "localhost:5000/team/web@" + gone.manifest());
        assertThat(ok("image", "prune", "--force").lines())
                .contains("deleted: " + gone.id())
                .last()
                .asString()
                .contains("Total reclaimed space: 6.3MB");
        ok("create", FakeEngine.STARTER);
        assertThat(ok("image", "prune", "--all", "--force")).contains("0B");
        assertThat(ok("images", "-q").lines()).hasSize(1);
    }

    @Test
    void eventsTellWhatWasPulledAndPushed() throws Exception {
        registries.publish("nginx:1", 1);
        Path stdout = directory.resolve("events");
        Process events = docker.begin(
                stdout,
                directory.resolve("events-errors"),
                "events",
                "--filter",
                "type=image",
                "--format",
                "{{.Action}} {{.Actor.ID}} {{.Actor.Attributes.name}}");
        try {
            while (Files.size(stdout) == 0) {
                ok("tag", FakeEngine.STARTER, "begin:1");
                ok("rmi", "begin:1");
            }
            ok("pull", "nginx:1");
            ok("tag", "nginx:1", "localhost:5000/mine:2");
            ok("push", "localhost:5000/mine:2");
            List<String> wanted = List.of("pull nginx:1 nginx", "push localhost:5000/mine:2 localhost:5000/mine");
            long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(10);
            while (!Files.readAllLines(stdout).containsAll(wanted) && System.nanoTime() < deadline) {
                Thread.sleep(20);
            }
            assertThat(Files.readAllLines(stdout)).containsAll(wanted);
        } finally {
            events.destroy();
            events.waitFor();
        }
    }

    @Test
    void infoTellsWhichRegistriesAreInsecureAndMirrored() {
        RegistryHost inHouse = new RegistryHost("registry.example:5000");
        engine.change(engine.settings()
                .withRegistries(new RegistrySettings(
                        List.of(
                                new RegistryConfig(RegistryHost.DOCKER_HUB, false, List.of(inHouse), Optional.empty()),
                                new RegistryConfig(inHouse, true, List.of(), Optional.empty())),
                        4)));
        assertThat(ok("info", "--format", "{{.IndexServerAddress}} {{.RegistryConfig.Mirrors}}"))
                .isEqualTo("https://index.docker.io/v1/ [https://registry.example:5000/]");
        assertThat(ok("info").lines().map(String::strip))
                .containsSubsequence("Insecure Registries:", "registry.example:5000", "127.0.0.0/8")
                .containsSubsequence("Registry Mirrors:", "https://registry.example:5000/");
    }
}
