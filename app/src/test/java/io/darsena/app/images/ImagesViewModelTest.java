package io.darsena.app.images;

import static org.assertj.core.api.Assertions.assertThat;

import io.darsena.app.WindowSession;
import io.darsena.app.session.TransferJob;
import io.darsena.app.session.Transfers;
import io.darsena.app.text.Messages;
import io.darsena.bridge.Engine;
import io.darsena.bridge.container.ContainerSpec;
import io.darsena.bridge.fake.FakeEngine;
import io.darsena.bridge.image.ArchiveFormat;
import io.darsena.bridge.image.ImageConfig;
import io.darsena.bridge.image.ImageReference;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ImagesViewModelTest {

    private static final ImageConfig CONFIG =
            new ImageConfig(List.of(), List.of("true"), List.of(), "", "", "", List.of(), List.of(), Map.of());

    private final FakeEngine fake = new FakeEngine();
    private final Engine engine = fake;
    private WindowSession window = new WindowSession(fake);
    private ImagesViewModel model = window.doing(
            () -> new ImagesViewModel(window.session(), window.commands(), window.pump(), Messages.in(Locale.ENGLISH)));

    @BeforeEach
    void follow() {
        window.doing(model::follow);
    }

    @AfterEach
    void close() {
        window.close();
    }

    private List<String> rows() {
        return window.doing(
                () -> model.shown().stream().map(ImageRow::reference).toList());
    }

    private ImageRow row(String reference) {
        return window.doing(() -> model.all().stream()
                .filter(row -> row.reference().equals(reference))
                .findFirst()
                .orElseThrow());
    }

    @Test
    void anImageHasOneRowForEachOfItsNames() {
        var id = fake.addImage("nginx:1.29", CONFIG, 1000);
        engine.images().tag(id, ImageReference.parse("nginx:latest"));
        window.until(() -> model.all().size() == 3);
        assertThat(rows()).containsExactly("darsena/starter:latest", "nginx:1.29", "nginx:latest");
    }

    @Test
    void removingOneOfSeveralNamesKeepsTheImage() {
        var id = fake.addImage("nginx:1.29", CONFIG, 1000);
        engine.images().tag(id, ImageReference.parse("nginx:latest"));
        window.until(() -> model.all().size() == 3);
        ImageRow latest = row("nginx:latest");
        window.doing(() -> {
            model.actions().remove(List.of(latest));
            return true;
        });
        window.until(() -> model.all().size() == 2);
        assertThat(engine.images().find("nginx:1.29")).isPresent();
    }

    @Test
    void aRemovedImageLeavesTheListAtOnceAndComesBackWhenThatIsUndone() {
        ImageRow starter = row("darsena/starter:latest");
        window.doing(() -> {
            model.actions().remove(List.of(starter));
            return true;
        });
        assertThat(rows()).isEmpty();
        assertThat(engine.images().list()).as("not removed yet").hasSize(1);
        window.doing(() -> {
            model.actions().removals().undo();
            return true;
        });
        assertThat(rows()).containsExactly("darsena/starter:latest");
    }

    @Test
    void whenTheTimeForSecondThoughtsIsOverTheImageIsGone() {
        ImageRow starter = row("darsena/starter:latest");
        window.doing(() -> {
            model.actions().remove(List.of(starter));
            model.actions().removals().commit();
            return true;
        });
        window.until(() -> engine.images().list().isEmpty());
        window.until(() -> window.session().images().isEmpty() && model.all().isEmpty());
    }

    @Test
    void aContainerCountsForTheNameThatItBearsAndForAllWhenThatIsGone() {
        var id = fake.addImage("nginx:1.29", CONFIG, 1000);
        engine.containers().create(ContainerSpec.of("nginx:1.29").withName("web-1"));
        engine.images().tag(id, ImageReference.parse("nginx:latest"));
        window.until(() -> model.all().size() == 3);
        ImageRow latest = row("nginx:latest");
        ImageRow named = row("nginx:1.29");
        window.until(() -> named.users().get().equals(List.of("web-1")));
        assertThat(latest.users().get()).isEmpty();
        engine.images().untag(ImageReference.parse("nginx:1.29"));
        window.until(() -> latest.users().get().equals(List.of("web-1")));
    }

    @Test
    void aContainerCountsForTheNameThatWasChosenForIt() {
        var id = fake.addImage("nginx:1.29", CONFIG, 1000);
        engine.images().tag(id, ImageReference.parse("nginx:latest"));
        engine.containers().create(ContainerSpec.of("nginx").withName("web-1"));
        window.until(() -> model.all().size() == 3);
        ImageRow latest = row("nginx:latest");
        window.until(() -> latest.users().get().equals(List.of("web-1")));
        assertThat(row("nginx:1.29").users().get()).isEmpty();
    }

    @Test
    void anImageInUseStaysAndTheReasonNamesItsContainers() {
        engine.containers().create(ContainerSpec.of(FakeEngine.STARTER).withName("web-1"));
        engine.containers().create(ContainerSpec.of(FakeEngine.STARTER).withName("db"));
        ImageRow starter = row("darsena/starter:latest");
        window.until(() -> starter.users().get().equals(List.of("db", "web-1")));
        window.doing(() -> {
            model.actions().remove(List.of(starter));
            return true;
        });
        assertThat(model.actions().place().failure().get().orElseThrow().reason())
                .contains("db, web-1");
        assertThat(rows()).hasSize(1);
    }

    @Test
    void searchFindsNamesAndIds() {
        var id = fake.addImage("nginx:1.29", CONFIG, 1000);
        window.until(() -> model.all().size() == 2);
        window.doing(() -> {
            model.search().set("NGI");
            return true;
        });
        assertThat(rows()).containsExactly("nginx:1.29");
        window.doing(() -> {
            model.search().set(id.shortId());
            return true;
        });
        assertThat(rows()).containsExactly("nginx:1.29");
    }

    @Test
    void anImportShowsItsProgressAndItsImages(@TempDir Path folder) throws Exception {
        Path archive = Files.createFile(folder.resolve("tool.tar"));
        Transfers transfers = new Transfers(window.commands(), window.pump());
        TransferJob job = window.doing(() -> transfers.begin(archive));
        window.until(() -> job.phase().get() == TransferJob.Phase.DONE);
        assertThat(job.imported()).hasSize(1);
        window.until(() -> model.row(job.imported().getFirst()).isPresent());
    }

    @Test
    void aBrokenArchiveStaysToBeReadUntilItIsDismissed(@TempDir Path folder) throws Exception {
        Path archive = Files.createFile(folder.resolve("broken.tar"));
        Transfers transfers = new Transfers(window.commands(), window.pump());
        TransferJob job = window.doing(() -> transfers.begin(archive));
        window.until(() -> job.phase().get() == TransferJob.Phase.FAILED);
        assertThat(job.place().failure().get().orElseThrow().reason()).contains("digest");
        assertThat(transfers.jobs()).containsExactly(job);
        window.doing(() -> {
            transfers.dismiss(job);
            return true;
        });
        assertThat(transfers.jobs()).isEmpty();
    }

    @Test
    void savingShowsItsProgressAndLeavesTheArchive(@TempDir Path folder) throws Exception {
        Path archive = folder.resolve("starter.tar");
        Transfers transfers = new Transfers(window.commands(), window.pump());
        TransferJob job =
                window.doing(() -> transfers.save(List.of(FakeEngine.STARTER), ArchiveFormat.DOCKER, archive));
        assertThat(job.direction()).isEqualTo(TransferJob.Direction.EXPORT);
        window.until(() -> job.phase().get() == TransferJob.Phase.DONE);
        assertThat(archive).isNotEmptyFile();
        assertThat(job.imported()).isEmpty();
    }

    @Test
    void aSaveIsCancelledAndLeavesNothing(@TempDir Path folder) throws Exception {
        Path archive = folder.resolve("starter.tar");
        Transfers transfers = new Transfers(window.commands(), window.pump());
        try (AutoCloseable held = fake.hold("save")) {
            TransferJob job =
                    window.doing(() -> transfers.save(List.of(FakeEngine.STARTER), ArchiveFormat.DOCKER, archive));
            window.until(() -> job.progress().get().now().total().isPresent());
            window.doing(() -> {
                transfers.cancel(job);
                return true;
            });
        }
        assertThat(transfers.jobs()).isEmpty();
        assertThat(folder).isEmptyDirectory();
    }

    @Test
    void anArchiveIsCalledAfterTheLastPartOfTheName() {
        assertThat(SaveAs.fileName(ArchiveFormat.DOCKER, List.of("registry.example:5000/team/tool:1.2")))
                .isEqualTo("tool-1.2.tar");
        assertThat(SaveAs.fileName(ArchiveFormat.OCI, List.of("0123456789ab"))).isEqualTo("0123456789ab.oci.tar");
        assertThat(SaveAs.fileName(ArchiveFormat.OCI, List.of("a:1", "b:1"))).isEqualTo("images.oci.tar");
    }
}
