package io.darsena.docker.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.darsena.bridge.Engine;
import io.darsena.bridge.Subscription;
import io.darsena.bridge.container.ContainerId;
import io.darsena.bridge.container.ContainerSpec;
import io.darsena.bridge.container.Containers;
import io.darsena.bridge.container.LogQuery;
import io.darsena.bridge.contract.LogCollector;
import io.darsena.bridge.contract.Recorder;
import io.darsena.bridge.error.CorruptedException;
import io.darsena.bridge.error.DeniedException;
import io.darsena.bridge.error.FailedException;
import io.darsena.bridge.error.UnavailableException;
import io.darsena.bridge.event.EngineEvent.ContainerChanged;
import io.darsena.bridge.event.EngineEvent.Snapshot;
import io.darsena.bridge.event.EngineEvent.Unreachable;
import io.darsena.bridge.fake.FakeEngine;
import io.darsena.bridge.fake.FakeLayer;
import io.darsena.bridge.fake.FakeRegistries;
import io.darsena.bridge.image.ImageReference;
import io.darsena.bridge.layer.FilePath;
import io.darsena.bridge.layer.TreeSource;
import io.darsena.bridge.registry.ImageTransfer;
import io.darsena.bridge.registry.PullRequest;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

/// What happens between two processes only: the other one ends, comes back, or fails in its own words.
@Timeout(60)
class BrokenConnectionTest {

    private static final ImageReference NGINX = ImageReference.parse("nginx:1");

    @TempDir
    @SuppressWarnings("NullAway.Init")
    Path directory;

    @RegisterExtension
    final ServedFake served = new ServedFake(new FakeEngine());

    private static ContainerSpec spec(String script) {
        return ContainerSpec.of(FakeEngine.STARTER).withCommand(List.of("sh", "-c", script));
    }

    /// The containers themselves, without a socket between.
    private Containers behind() {
        return ((Engine) served.fake()).containers();
    }

    @Test
    void whoServesNoMoreIsToldOnceAndASnapshotComesWhenItIsBack() throws Exception {
        RemoteDockerEngine engine = served.open(directory);
        try (Recorder recorder = new Recorder(engine)) {
            recorder.await(Snapshot.class::isInstance);
            served.end();
            recorder.await(Unreachable.class::isInstance);
            assertThatThrownBy(() -> engine.containers().list())
                    .isInstanceOf(UnavailableException.class)
                    .hasMessageContaining("has ended or does not answer")
                    .hasMessageContaining("darsena serve");
            ContainerId id = behind().create(spec("true"));
            served.serve(directory);
            recorder.await(event -> event instanceof Snapshot snapshot
                    && snapshot.containers().stream()
                            .anyMatch(container -> container.id().equals(id)));
            behind().rename(id, "after");
            recorder.await(event -> event instanceof ContainerChanged changed
                    && changed.container().name().equals("after"));
            assertThat(recorder.events())
                    .filteredOn(Unreachable.class::isInstance)
                    .hasSize(1);
        }
        engine.close();
    }

    @Test
    void aFollowedLogGoesOnWhereItBrokeOff() throws Exception {
        RemoteDockerEngine engine = served.open(directory);
        ContainerId id = engine.containers()
                .create(spec("trap 'echo hup' HUP; trap 'exit 0' TERM; echo ready; while :; do sleep 0.05; done"));
        LogCollector collector = new LogCollector();
        try (Subscription logs = engine.containers().logs(id, LogQuery.ALL.withFollow(true), collector)) {
            engine.containers().start(id);
            collector.awaitLine("ready");
            served.end();
            behind().kill(id, "HUP");
            served.serve(directory);
            collector.awaitLine("hup");
            behind().forceRemove(id);
            assertThat(collector.awaitEnd()).containsExactly("ready", "hup");
        }
    }

    @Test
    void aWaitThatBreaksOffFails() throws Exception {
        RemoteDockerEngine engine = served.open(directory);
        CompletableFuture<Object> waiting = new CompletableFuture<>();
        ContainerId id = engine.containers().create(spec("sleep 60"));
        Thread thread = Thread.ofVirtual().start(() -> {
            try {
                waiting.complete(engine.containers().await(id));
            } catch (RuntimeException failure) {
                waiting.complete(failure);
            }
        });
        served.end();
        thread.join();
        assertThat(waiting.get(1, TimeUnit.SECONDS)).isInstanceOf(UnavailableException.class);
    }

    private TreeSource bigFile() {
        ContainerId id = behind().create(spec("true"));
        served.fake().change(id, FakeLayer.of("", "f 1000000 big"));
        return new TreeSource.OfContainer(id);
    }

    @Test
    void aFileThatBreaksOffThereDoesNotEndHere() throws Exception {
        RemoteDockerEngine engine = served.open(directory);
        TreeSource source = bigFile();
        served.fake().failNext("read on", new FailedException("read", "/big", "input/output error", ""));
        try (InputStream bytes = engine.layers().content(source, FilePath.of("big"))) {
            assertThat(bytes.readNBytes(100_000)).hasSize(100_000);
            assertThatThrownBy(bytes::readAllBytes).isInstanceOf(IOException.class);
        }
        try (InputStream bytes = engine.layers().content(source, FilePath.of("big"))) {
            assertThat(bytes.readAllBytes()).hasSize(1_000_000);
        }
        engine.close();
    }

    @Test
    void whoReadsNoFurtherEndsTheReadingThere() throws Exception {
        RemoteDockerEngine engine = served.open(directory);
        TreeSource source = bigFile();
        InputStream bytes = engine.layers().content(source, FilePath.of("big"));
        assertThat(bytes.read()).isNotNegative();
        assertThat(served.fake().openFiles()).isEqualTo(1);
        bytes.close();
        while (served.fake().openFiles() > 0) {
            Thread.sleep(5);
        }
        engine.close();
    }

    @Test
    void interruptingARequestCancelsIt() throws Exception {
        RemoteDockerEngine engine = served.open(directory);
        ContainerId id = engine.containers().create(spec("true"));
        CompletableFuture<Object> outcome = new CompletableFuture<>();
        Thread thread = Thread.ofVirtual().start(() -> {
            try {
                outcome.complete(engine.containers().await(id));
            } catch (RuntimeException failure) {
                outcome.complete(failure);
            }
        });
        thread.interrupt();
        assertThat(outcome.get(20, TimeUnit.SECONDS)).isInstanceOf(CancellationException.class);
    }

    @Test
    void interruptingAPullCancelsItThere() throws Exception {
        RemoteDockerEngine engine = served.open(directory);
        FakeRegistries registries = served.fake().registries();
        registries.publish("nginx:1", 3);
        registries.takeTime(Duration.ofMillis(300));
        List<ImageTransfer> told = new CopyOnWriteArrayList<>();
        CompletableFuture<Object> outcome = new CompletableFuture<>();
        Thread thread = Thread.ofVirtual().start(() -> {
            try {
                outcome.complete(engine.registries().pull(PullRequest.of(NGINX), told::add));
            } catch (RuntimeException failure) {
                outcome.complete(failure);
            }
        });
        awaitUnderWay(registries, 1);
        while (told.isEmpty() || told.getLast().done() == 0) {
            Thread.sleep(1);
        }
        thread.interrupt();
        assertThat(outcome.get(20, TimeUnit.SECONDS)).isInstanceOf(CancellationException.class);
        awaitUnderWay(registries, 0);
        assertThat(engine.images().find("nginx:1")).isEmpty();
    }

    @Test
    void aPullThatBreaksOffFails() throws Exception {
        RemoteDockerEngine engine = served.open(directory);
        FakeRegistries registries = served.fake().registries();
        registries.publish("nginx:1", 3);
        registries.takeTime(Duration.ofMillis(300));
        CompletableFuture<Object> outcome = new CompletableFuture<>();
        Thread.ofVirtual().start(() -> {
            try {
                outcome.complete(engine.registries().pull(PullRequest.of(NGINX), transfer -> {}));
            } catch (RuntimeException failure) {
                outcome.complete(failure);
            }
        });
        awaitUnderWay(registries, 1);
        served.end();
        assertThat(outcome.get(20, TimeUnit.SECONDS)).isInstanceOf(UnavailableException.class);
        awaitUnderWay(registries, 0);
    }

    private static void awaitUnderWay(FakeRegistries registries, int count) throws InterruptedException {
        while (registries.underWay() != count) {
            Thread.sleep(1);
        }
    }

    @Test
    void aFailureComesBackAsItWasThrown() throws Exception {
        RemoteDockerEngine engine = served.open(directory);
        ContainerId id = engine.containers().create(spec("true"));
        DeniedException thrown = new DeniedException("pause", "container ä", "no \"freezer\"", "log in; with systemd");
        served.fake().failNext("start", thrown);
        assertThatThrownBy(() -> engine.containers().start(id))
                .isInstanceOfSatisfying(DeniedException.class, caught -> {
                    assertThat(caught.getMessage()).isEqualTo(thrown.getMessage());
                    assertThat(caught.operation()).isEqualTo(thrown.operation());
                    assertThat(caught.subject()).isEqualTo(thrown.subject());
                    assertThat(caught.reason()).isEqualTo(thrown.reason());
                    assertThat(caught.remedy()).isEqualTo(thrown.remedy());
                });
        served.fake().failNext("import", new CorruptedException("import", "x.tar", "it is broken", ""));
        served.fake().failNext("pull", new UnavailableException("pull", "nginx:1", "429, too many", "wait an hour"));
        assertThatThrownBy(() -> engine.registries().pull(PullRequest.of(NGINX), transfer -> {}))
                .isInstanceOfSatisfying(
                        UnavailableException.class,
                        caught -> assertThat(caught.remedy()).isEqualTo("wait an hour"));
        assertThatThrownBy(() -> engine.images().importFrom(directory.resolve("x.tar"), progress -> {}))
                .isInstanceOf(CorruptedException.class)
                .hasMessage("cannot import x.tar: it is broken");
    }

    @Test
    void whereNobodyServesItSaysSo() {
        assertThatThrownBy(() -> RemoteDockerEngine.connect(directory.resolve("nobody.sock")))
                .isInstanceOf(UnavailableException.class)
                .hasMessageContaining("nobody.sock");
    }
}
