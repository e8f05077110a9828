package io.darsena.app.session;

import static org.assertj.core.api.Assertions.assertThat;

import io.darsena.app.WindowSession;
import io.darsena.app.session.TransferJob.Phase;
import io.darsena.bridge.Engine;
import io.darsena.bridge.container.ContainerSpec;
import io.darsena.bridge.container.ContainerStatus;
import io.darsena.bridge.error.UnavailableException;
import io.darsena.bridge.fake.FakeEngine;
import io.darsena.bridge.image.Image;
import io.darsena.bridge.image.ImageReference;
import io.darsena.bridge.registry.ImageTransfer.Blob;
import io.darsena.bridge.registry.ImageTransfer.BlobStage;
import io.darsena.bridge.registry.PullRequest;
import io.darsena.bridge.registry.RegistryHost;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class TransfersTest {

    private final FakeEngine fake = new FakeEngine();
    private final Engine engine = fake;
    private final WindowSession window = new WindowSession(fake);
    private final Transfers transfers = new Transfers(window.commands(), window.pump());

    @AfterEach
    void close() {
        window.close();
    }

    private TransferJob pull(String name) {
        return window.doing(() -> transfers.pull(PullRequest.of(ImageReference.parse(name))));
    }

    private void until(TransferJob job, Phase phase) {
        window.until(() -> job.phase().get() == phase);
    }

    @Test
    void aPullTellsItsLayersItsStepsAndItsDigest() {
        Image published = fake.registries().publish("nginx:latest", 3);
        TransferJob job = pull("nginx");
        until(job, Phase.DONE);
        assertThat(job.image().get().orElseThrow().blobs())
                .hasSize(3)
                .extracting(Blob::stage)
                .containsOnly(BlobStage.DONE);
        assertThat(job.steps().get())
                .extracting(TransferStep::kind)
                .containsExactly(
                        TransferStep.Kind.RESOLVED,
                        TransferStep.Kind.MANIFEST,
                        TransferStep.Kind.LAYERS,
                        TransferStep.Kind.UNPACKED,
                        TransferStep.Kind.FINISHED);
        assertThat(job.digest()).contains(published.manifest());
        assertThat(job.progress().get().now().done()).isEqualTo(3L << 20);
        assertThat(transfers.recent()).containsExactly(job);
        assertThat(transfers.jobs()).as("the list of files").isEmpty();
    }

    @Test
    void whatWasHereIsNotCountedAsTravelling() {
        fake.registries().publish("nginx:latest", 3);
        until(pull("nginx"), Phase.DONE);
        TransferJob again = pull("nginx");
        until(again, Phase.DONE);
        assertThat(again.isNew()).isFalse();
        assertThat(again.progress().get().now().done()).isZero();
        assertThat(again.image().get().orElseThrow().blobs())
                .extracting(Blob::stage)
                .containsOnly(BlobStage.PRESENT);
    }

    @Test
    void aCancelledPullStaysToBeTriedAgain() throws Exception {
        fake.registries().publish("nginx:latest", 3);
        TransferJob job;
        try (AutoCloseable held = fake.hold("pull")) {
            job = pull("nginx");
            window.until(() ->
                    job.image().get().filter(now -> now.blobs().size() == 3).isPresent());
            window.doing(() -> {
                transfers.cancel(job);
                return true;
            });
        }
        assertThat(job.phase().get()).isEqualTo(Phase.CANCELLED);
        assertThat(job.place().failure().get()).isEmpty();
        assertThat(transfers.recent()).containsExactly(job);
        assertThat(engine.images().find("nginx")).isEmpty();
        TransferJob again = window.doing(() -> transfers.retry(job));
        until(again, Phase.DONE);
        assertThat(transfers.recent()).containsExactly(again);
    }

    @Test
    void aFailedPullTellsWhyAndIsTriedAgain() {
        fake.registries().publish("nginx:latest", 1);
        fake.failNext("pull", new UnavailableException("pull", "nginx", "the registry is not in reach", "try later"));
        TransferJob job = pull("nginx");
        until(job, Phase.FAILED);
        assertThat(job.place().failure().get().orElseThrow().reason()).contains("not in reach");
        until(window.doing(() -> transfers.retry(job)), Phase.DONE);
    }

    @Test
    void whatFollowsAPullIsPartOfIt() {
        fake.registries().publish("nginx:latest", 1);
        TransferJob job = window.doing(() -> transfers.pull(
                PullRequest.of(ImageReference.parse("nginx")),
                (on, told) -> NewContainer.run(on, ContainerSpec.of("nginx").withName("web"), told)));
        until(job, Phase.DONE);
        assertThat(job.steps().get())
                .extracting(TransferStep::kind)
                .endsWith(TransferStep.Kind.FINISHED, TransferStep.Kind.CREATED, TransferStep.Kind.STARTED);
        assertThat(engine.containers().list())
                .singleElement()
                .satisfies(made -> assertThat(made.status()).isEqualTo(ContainerStatus.RUNNING));
        engine.containers().forceRemove(engine.containers().list().getFirst().id());
    }

    @Test
    void aPushGivesTheNameFirstAndTellsTheDigest() {
        Image starter = engine.images().list().getFirst();
        ImageReference name = ImageReference.parse("localhost:5000/team/starter:1");
        TransferJob job = window.doing(() -> transfers.push(name, Optional.of(starter.id())));
        until(job, Phase.DONE);
        assertThat(job.digest()).contains(starter.manifest());
        assertThat(engine.images().find(name.toString()).orElseThrow().id()).isEqualTo(starter.id());
        assertThat(engine.registries().tags(RegistryHost.of(name), "team/starter", 9))
                .containsExactly("1");
    }

    @Test
    void clearingForgetsWhatIsOverAndLeavesWhatIsUnderWay() throws Exception {
        fake.registries().publish("nginx:latest", 1);
        fake.registries().publish("redis:latest", 1);
        until(pull("nginx"), Phase.DONE);
        try (AutoCloseable held = fake.hold("pull")) {
            TransferJob job = pull("redis");
            window.doing(() -> {
                transfers.clear();
                return true;
            });
            assertThat(transfers.recent()).isEqualTo(List.of(job));
        }
    }
}
