package io.darsena.bridge.contract;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.darsena.bridge.Engine;
import io.darsena.bridge.error.InvalidRequestException;
import io.darsena.bridge.error.NotFoundException;
import io.darsena.bridge.image.ArchiveFormat;
import io.darsena.bridge.image.Image;
import io.darsena.bridge.image.ImageId;
import io.darsena.bridge.image.ImageReference;
import io.darsena.bridge.image.Images;
import io.darsena.bridge.image.TransferProgress;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CancellationException;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// What every engine does with images and archives of them.
public abstract class ImagesContract implements DiskContract {

    @TempDir
    @SuppressWarnings("NullAway.Init")
    Path folder;

    @SuppressWarnings("NullAway.Init")
    private Engine engine;

    /// Opens an engine that has an image called [#image] and no other.
    protected abstract Engine open(Path directory) throws Exception;

    @Override
    public abstract String image();

    @BeforeEach
    void openEngine() throws Exception {
        engine = open(Files.createDirectory(folder.resolve("engine")));
    }

    @AfterEach
    void closeEngine() {
        engine.close();
    }

    @Override
    public Engine engine() {
        return engine;
    }

    private Images images() {
        return engine.images();
    }

    @Test
    void theStarterImageComesBackWhenItWasRemoved() {
        ImageId first = images().restoreStarter();
        assertThat(images().restoreStarter()).as("once more changes nothing").isEqualTo(first);
        images().remove(first);
        assertThat(images().find(Images.STARTER.familiar())).isEmpty();
        assertThat(images().restoreStarter()).isEqualTo(first);
        assertThat(images().find(Images.STARTER.familiar()).map(Image::id)).contains(first);
    }

    private Image theImage() {
        return images().find(image()).orElseThrow();
    }

    private static void ignore(TransferProgress progress) {}

    private byte[] saved(ArchiveFormat format, String... names) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        images().save(List.of(names), format, bytes, ImagesContract::ignore);
        return bytes.toByteArray();
    }

    private Path target() throws IOException {
        return Files.createDirectories(folder.resolve("saved")).resolve("image.tar");
    }

    private static List<String> besides(Path target) throws IOException {
        try (Stream<Path> files = Files.list(target.resolveSibling("."))) {
            return files.map(file -> String.valueOf(file.getFileName())).toList();
        }
    }

    @Test
    void aSavedImageComesBackAsItWas() throws IOException {
        for (ArchiveFormat format : ArchiveFormat.values()) {
            Image before = theImage();
            Path file = target();
            images().save(List.of(image()), format, file, ImagesContract::ignore);
            images().remove(before.id());
            assertThat(images().list()).isEmpty();
            assertThat(images().importFrom(file, ImagesContract::ignore)).containsExactly(before.id());
            Image after = theImage();
            assertThat(after.manifest()).isEqualTo(before.manifest());
            assertThat(after.names()).isEqualTo(before.names());
            assertThat(after.layers()).isEqualTo(before.layers());
            assertThat(after.config()).isEqualTo(before.config());
            assertThat(besides(file)).containsExactly("image.tar");
        }
    }

    @Test
    void anArchiveTellsTheNamesItWasAskedFor() throws IOException {
        ImageId id = theImage().id();
        images().tag(id, ImageReference.parse("second:2"));
        images().tag(id, ImageReference.parse("registry.example/third:3"));
        Path file = target();
        images().save(List.of("second:2", "registry.example/third:3"), ArchiveFormat.DOCKER, file, p -> {});
        images().remove(id);
        images().importFrom(file, ImagesContract::ignore);
        assertThat(images().list())
                .singleElement()
                .satisfies(image -> assertThat(image.names().stream().map(ImageReference::familiar))
                        .containsExactlyInAnyOrder("second:2", "registry.example/third:3"));
    }

    @Test
    void equalImagesGiveEqualBytes() {
        for (ArchiveFormat format : ArchiveFormat.values()) {
            assertThat(saved(format, image())).isEqualTo(saved(format, image()));
        }
    }

    @Test
    void aFileAndAStreamGetTheSame() throws IOException {
        Path file = target();
        Files.writeString(file, "what was there before");
        images().save(List.of(image()), ArchiveFormat.DOCKER, file, ImagesContract::ignore);
        assertThat(Files.readAllBytes(file)).isEqualTo(saved(ArchiveFormat.DOCKER, image()));
    }

    @Test
    void progressGrowsToItsTotal() throws IOException {
        List<TransferProgress> told = new ArrayList<>();
        images().save(List.of(image()), ArchiveFormat.OCI, target(), told::add);
        assertThat(told).isNotEmpty().allSatisfy(each -> {
            assertThat(each.stage()).isEqualTo("writing");
            assertThat(each.total()).isPresent();
            assertThat(each.done()).isBetween(0L, each.total().getAsLong());
        });
    }

    @Test
    void whatIsNotThereIsNotSaved() throws IOException {
        Path file = target();
        assertThatThrownBy(() -> images().save(
                                List.of(image(), "no-such-image:1"),
                                ArchiveFormat.DOCKER,
                                file,
                                ImagesContract::ignore))
                .isInstanceOf(NotFoundException.class)
                .hasMessageContaining("no-such-image:1");
        assertThatThrownBy(() -> images().save(List.of(), ArchiveFormat.DOCKER, file, ImagesContract::ignore))
                .isInstanceOf(InvalidRequestException.class);
        assertThat(besides(file)).isEmpty();
    }

    @Test
    void aFolderThatIsMissingAndOneInThePlaceOfTheFileAreRefused() throws IOException {
        Path file = target();
        Path missing = file.resolveSibling("missing").resolve("image.tar");
        assertThatThrownBy(() -> images().save(List.of(image()), ArchiveFormat.DOCKER, missing, ImagesContract::ignore))
                .isInstanceOf(NotFoundException.class)
                .hasMessageContaining("missing");
        assertThatThrownBy(() -> images().save(
                                List.of(image()),
                                ArchiveFormat.DOCKER,
                                file.resolveSibling("."),
                                ImagesContract::ignore))
                .isInstanceOf(InvalidRequestException.class)
                .hasMessageContaining("folder");
    }

    @Test
    void aCancelledSaveLeavesWhatWasThere() throws IOException {
        Path file = target();
        Files.writeString(file, "what was there before");
        Thread.currentThread().interrupt();
        try {
            assertThatThrownBy(() -> images().save(List.of(image()), ArchiveFormat.OCI, file, ImagesContract::ignore))
                    .isInstanceOf(CancellationException.class);
        } finally {
            boolean cleared = Thread.interrupted();
            assertThat(cleared).isTrue();
        }
        assertThat(file).hasContent("what was there before");
        assertThat(besides(file)).containsExactly("image.tar");
    }
}
