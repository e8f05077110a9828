package io.darsena.launch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.darsena.bridge.Engine;
import io.darsena.bridge.container.Container;
import io.darsena.bridge.container.ContainerId;
import io.darsena.bridge.container.ContainerSpec;
import io.darsena.bridge.container.ContainerStatus;
import io.darsena.bridge.contract.Recorder;
import io.darsena.bridge.error.UnavailableException;
import io.darsena.bridge.event.EngineEvent.Snapshot;
import io.darsena.bridge.event.EngineEvent.Unreachable;
import io.darsena.bridge.layer.FilePath;
import io.darsena.bridge.layer.FileTree;
import io.darsena.bridge.layer.TreeSource;
import io.darsena.bridge.layer.TreeTar;
import io.darsena.docker.client.RemoteDockerEngine;
import io.darsena.engine.paths.EnginePaths;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;

/// `darsena serve` and others on the same data, and on data of their own.
@Timeout(240)
final class ServeIT {

    private static final String STARTER = "darsena/starter:latest";
    private static final ContainerSpec ENDLESS =
            ContainerSpec.of(STARTER).withCommand(List.of("sh", "-c", "trap 'exit 0' TERM; while :; do sleep 1; done"));

    @RegisterExtension
    final EngineHome home = new EngineHome();

    private static List<String> names(Engine engine) {
        return engine.containers().list().stream().map(Container::name).toList();
    }

    @Test
    void filesComeThroughTheSocketWhole() throws Exception {
        Path socket = home.directory().resolve("docker.sock");
        home.serve(home.root("root"), socket);
        try (RemoteDockerEngine engine = RemoteDockerEngine.connect(socket)) {
            TreeSource source = new TreeSource.OfContainer(engine.containers().create(ENDLESS));
            FileTree tree = engine.layers().tree(source);
            FilePath file = FilePath.of("usr/local/bin/tide");
            try (InputStream content = engine.layers().content(source, file)) {
                assertThat(content.readAllBytes()).hasSize((int) tree.size(tree.find(file)));
            }
            try (TreeTar tar = engine.layers().archive(source, file)) {
                assertThat(tar.readAllBytes()).isNotEmpty();
                assertThat(tar.leftOut()).isZero();
            }
        }
    }

    @Test
    void twoServeSideBySideAndSeeTheirOwn() throws Exception {
        Path strange = home.root("a b:c,d");
        Path plain = home.root("plain");
        ServeProcess first = home.serve(strange, home.directory().resolve("one: a,b.sock"));
        ServeProcess second = home.serve(plain, home.directory().resolve("two.sock"));
        try (RemoteDockerEngine one =
                        RemoteDockerEngine.connect(home.directory().resolve("one: a,b.sock"));
                RemoteDockerEngine two =
                        RemoteDockerEngine.connect(home.directory().resolve("two.sock"))) {
            ContainerId here = one.containers().create(ENDLESS.withName("same"));
            ContainerId there = two.containers().create(ENDLESS.withName("same"));
            one.containers().start(here);
            two.containers().start(there);
            assertThat(one.containers().list()).extracting(Container::id).containsExactly(here);
            assertThat(two.containers().list()).extracting(Container::id).containsExactly(there);
            assertThat(one.description().dataRoot()).isEqualTo(strange.resolve("data"));
            assertThat(one.description().configRoot()).contains(strange.resolve("config"));
            assertThat(one.description().runRoot().map(Files::isDirectory)).contains(true);
            assertThat(first.terminate()).isZero();
            assertThat(two.containers().container(there).status()).isEqualTo(ContainerStatus.RUNNING);
        }
        home.serve(strange, home.directory().resolve("again.sock"));
        try (RemoteDockerEngine one =
                RemoteDockerEngine.connect(home.directory().resolve("again.sock"))) {
            assertThat(one.containers().list())
                    .singleElement()
                    .satisfies(container -> assertThat(container.status()).isEqualTo(ContainerStatus.RUNNING));
        }
        assertThat(second.terminate()).isZero();
    }

    @Test
    void whoFindsTheDataServedUsesItThroughItsSocketAndFollowsItsEndAndReturn() throws Exception {
        Path root = home.root("root");
        Path socket = home.directory().resolve("docker.sock");
        ServeProcess serve = home.serve(root, socket);
        try (Engine engine = EngineLauncher.open(Optional.of(root));
                Recorder recorder = new Recorder(engine)) {
            assertThat(engine).isInstanceOf(RemoteDockerEngine.class);
            recorder.await(Snapshot.class::isInstance);
            ContainerId id = engine.containers().create(ENDLESS.withName("kept"));
            engine.containers().start(id);
            assertThat(serve.terminate()).isZero();
            recorder.await(Unreachable.class::isInstance);
            assertThatThrownBy(() -> names(engine)).isInstanceOf(UnavailableException.class);
            home.serve(root, socket);
            AtomicInteger snapshots = new AtomicInteger();
            recorder.await(event -> event instanceof Snapshot && snapshots.incrementAndGet() == 2);
            assertThat(engine.containers().container(id).status()).isEqualTo(ContainerStatus.RUNNING);
        }
    }

    @Test
    void aSecondServeServesTheFirstOnesEngineWhereItWasAskedTo() throws Exception {
        Path root = home.root("root");
        home.serve(root, home.directory().resolve("one.sock"));
        ServeProcess relay = home.serve(root, home.directory().resolve("two.sock"));
        try (RemoteDockerEngine one =
                        RemoteDockerEngine.connect(home.directory().resolve("one.sock"));
                RemoteDockerEngine two =
                        RemoteDockerEngine.connect(home.directory().resolve("two.sock"))) {
            two.containers().create(ENDLESS.withName("through-two"));
            assertThat(names(one)).containsExactly("through-two");
        }
        assertThat(relay.terminate()).isZero();

        ServeProcess idle = home.begin("--root", root.toString());
        assertThat(idle.status()).as(idle.output()).isZero();
        assertThat(idle.output()).contains("served already");
    }

    @Test
    void twoThatStartAtOnceEndWell() throws Exception {
        Path root = home.root("root");
        ServeProcess one = home.begin("--root", root.toString());
        ServeProcess two = home.begin("--root", root.toString());
        for (ServeProcess each : List.of(one, two)) {
            each.awaitLine("serv");
        }
        ServeProcess loser = one.output().contains("served already") ? one : two;
        assertThat(loser.status()).as(loser.output()).isZero();
        ServeProcess winner = loser == one ? two : one;
        assertThat(winner.isAlive()).isTrue();
        assertThat(winner.terminate()).isZero();
    }

    @Test
    void aKilledServeLeavesASocketThatTheNextOneReplaces() throws Exception {
        Path root = home.root("root");
        Path socket = home.directory().resolve("docker.sock");
        ServeProcess killed = home.serve(root, socket);
        killed.kill();
        assertThat(socket).exists();
        ServeProcess next = home.serve(root, socket);
        try (RemoteDockerEngine engine = RemoteDockerEngine.connect(socket)) {
            assertThat(engine.containers().list()).isEmpty();
        }
        assertThat(next.terminate()).isZero();
        assertThat(socket).doesNotExist();
        assertThat(EnginePaths.under(root).apiSocket()).doesNotExist();
    }

    @Test
    void itIsFoundFromAnEnvironmentThatWantsAnotherRunDirectory() throws Exception {
        Path root = home.root("root");
        ServeProcess serve = home.serve(root, home.directory().resolve("docker.sock"));
        EnginePaths elsewhere = EnginePaths.under(root).at(root.resolve("elsewhere"));
        try (Engine engine = EngineLauncher.open(elsewhere, Duration.ofSeconds(30))) {
            assertThat(engine).isInstanceOf(RemoteDockerEngine.class);
        }
        assertThat(elsewhere.run()).doesNotExist();
        assertThat(serve.terminate()).isZero();
    }

    @Test
    void whileAWindowHasTheDataServeSaysWhatToDo() throws Exception {
        Path root = home.root("root");
        try (OnlyWindow window = OnlyWindow.claim(Optional.of(root)).orElseThrow();
                Engine engine = EngineLauncher.open(Optional.of(root))) {
            ServeProcess serve = home.begin("--root", root.toString());
            assertThat(serve.status()).isEqualTo(1);
            assertThat(serve.output())
                    .contains("Darsena's window (process "
                            + ProcessHandle.current().pid() + ") works on it")
                    .contains("close the window first");
        }
    }

    @Test
    void nothingButAStaleSocketIsReplaced() throws Exception {
        Path precious = Files.writeString(home.directory().resolve("precious"), "text");
        ServeProcess serve = home.begin("--root", home.root("root").toString(), "--socket", precious.toString());
        assertThat(serve.status()).isEqualTo(1);
        assertThat(serve.output()).contains("no socket lies at");
        assertThat(precious).hasContent("text");
    }
}
