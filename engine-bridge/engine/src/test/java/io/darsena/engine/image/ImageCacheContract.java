package io.darsena.engine.image;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.darsena.bridge.error.ConflictException;
import io.darsena.bridge.error.InvalidRequestException;
import io.darsena.bridge.error.NotFoundException;
import io.darsena.bridge.event.EngineEvent;
import io.darsena.bridge.event.EngineEvent.ImageAction;
import io.darsena.bridge.image.Image;
import io.darsena.bridge.image.ImageId;
import io.darsena.bridge.image.ImageReference;
import io.darsena.bridge.image.TransferProgress;
import io.darsena.runtime.ContainerRuntime;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// What an image cache does, on whatever runtime unpacks its layers.
abstract class ImageCacheContract {

    @TempDir
    Path temporary;

    private ObservedRuntime runtime;
    private TestCache cache;

    /// @param directory existing and empty, for whatever the runtime needs
    abstract ContainerRuntime runtime(Path directory);

    @BeforeEach
    void open() {
        runtime = new ObservedRuntime(runtime(temporary), step -> {});
        cache = new TestCache(temporary.resolve("root"), runtime);
    }

    @AfterEach
    void close() {
        cache.close();
        runtime.close();
    }

    private static TarBytes base() {
        return new TarBytes().directory("etc", 0755, 0, 0).file("etc/motd", "hello");
    }

    private static TarBytes top() {
        return new TarBytes().directory("etc", 0755, 0, 0).file("etc/issue", "top!");
    }

    private Path layout(String name, LayoutBuilder builder) {
        return builder.directory(temporary.resolve(name));
    }

    private Image only(List<ImageId> ids) {
        assertThat(ids).hasSize(1);
        return cache.images.find(ids.getFirst().toString()).orElseThrow();
    }

    @Test
    void anImportedImageIsWhole() throws Exception {
        Image image = only(cache.load(layout("busybox", new LayoutBuilder().image("latest", base(), top()))));
        assertThat(image.names()).containsExactly(ImageReference.parse("busybox:latest"));
        assertThat(image.layers()).hasSize(2);
        assertThat(image.size()).isEqualTo(9);
        assertThat(image.createdAt()).contains(Instant.parse("2026-01-02T03:04:05Z"));
        assertThat(image.config().command()).containsExactly("sh");
        List<Path> directories = cache.images.layerDirectories(image.id());
        assertThat(directories).hasSize(2);
        assertThat(Files.readString(directories.getFirst().resolve("etc/issue")))
                .isEqualTo("top!");
        assertThat(Files.readString(directories.getLast().resolve("etc/motd"))).isEqualTo("hello");
        assertThat(cache.images.list()).containsExactly(image);
        assertThat(cache.unfinished()).isEmpty();
        assertThat(cache.events).singleElement().isInstanceOfSatisfying(EngineEvent.ImageChanged.class, event -> {
            assertThat(event.image()).isEqualTo(image);
            assertThat(event.action()).isEqualTo(ImageAction.IMPORT);
        });
    }

    @Test
    void anImageWhoseLayerIsGoneIsNotListedAnyMoreUnlessAContainerUsesIt() throws Exception {
        Image whole = only(cache.load(layout("whole", new LayoutBuilder().image("latest", base()))));
        Image broken = only(cache.load(layout("broken", new LayoutBuilder().image("latest", base(), top()))));
        cache.close();
        Files.move(cache.paths.layer(broken.layers().getLast().diffId()), temporary.resolve("taken away"));
        cache = new TestCache(temporary.resolve("root"), runtime, Map.of(broken.id(), List.of("user")));
        assertThat(cache.images.list()).containsExactlyInAnyOrder(whole, broken);
        cache.close();
        cache = new TestCache(temporary.resolve("root"), runtime);
        assertThat(cache.images.list()).containsExactly(whole);
        assertThat(cache.layerNames())
                .containsExactly(whole.layers().getFirst().diffId().digest().hex());
        only(cache.load(temporary.resolve("broken")));
        assertThat(Files.readString(
                        cache.images.layerDirectories(broken.id()).getFirst().resolve("etc/issue")))
                .isEqualTo("top!");
    }

    @Test
    void aDiskOfLayersOrBlobsThatIsNotMountedCostsNoImage() throws Exception {
        Image one = only(cache.load(layout("one", new LayoutBuilder().image("latest", base()))));
        Image two = only(cache.load(layout("two", new LayoutBuilder().image("latest", top()))));
        List<String> layers = cache.layerNames();
        for (Path disk : List.of(cache.paths.layers(), cache.paths.blobs())) {
            cache.close();
            Files.move(disk, temporary.resolve("not mounted"));
            cache = new TestCache(temporary.resolve("root"), runtime);
            cache.close();
            Files.delete(disk);
            Files.move(temporary.resolve("not mounted"), disk);
            cache = new TestCache(temporary.resolve("root"), runtime);
            assertThat(cache.images.list()).containsExactlyInAnyOrder(one, two);
            assertThat(cache.layerNames()).isEqualTo(layers);
        }
    }

    @Test
    void anImageWhoseConfigurationIsGoneIsNotListedAnyMore() throws Exception {
        Image image = only(cache.load(layout("busybox", new LayoutBuilder().image("latest", base()))));
        cache.close();
        Files.delete(cache.paths.blob(image.id().digest()));
        cache = new TestCache(temporary.resolve("root"), runtime);
        assertThat(cache.images.list()).isEmpty();
        assertThat(cache.images.find("busybox")).isEmpty();
    }

    @Test
    void importingAgainUnpacksNothing() {
        Path layout = layout("busybox", new LayoutBuilder().image("latest", base(), top()));
        List<ImageId> first = cache.load(layout);
        assertThat(cache.load(layout)).isEqualTo(first);
        assertThat(runtime.extractions).hasValue(2);
        assertThat(cache.images.list()).hasSize(1);
    }

    @Test
    void aLayerThatTwoImagesShareIsThereOnceAndGoesWithTheLast() {
        Image one = only(cache.load(layout("one", new LayoutBuilder().image("latest", base()))));
        Image two = only(cache.load(layout("two", new LayoutBuilder().image("latest", base(), top()))));
        assertThat(runtime.extractions).hasValue(2);
        assertThat(cache.layerNames()).hasSize(2);
        cache.images.remove(two.id());
        assertThat(cache.layerNames())
                .containsExactly(one.layers().getFirst().diffId().digest().hex());
        cache.images.remove(one.id());
        assertThat(cache.layerNames()).isEmpty();
        assertThat(cache.blobs().digests()).isEmpty();
        assertThat(cache.unfinished()).isEmpty();
        assertThat(cache.events)
                .filteredOn(EngineEvent.ImageRemoved.class::isInstance)
                .hasSize(2);
    }

    @Test
    void aLayerThatIsThereMustStillBeWhatAnotherBlobUnpacksTo() {
        cache.load(layout("one", new LayoutBuilder().image("latest", base())));
        LayoutBuilder.ImageDraft lie = new LayoutBuilder.ImageDraft().layer(top());
        String claimed = LayoutBuilder.digest(base().bytes()).toString();
        lie.config = config -> config.put("author", "a liar")
                .putObject("rootfs")
                .put("type", "layers")
                .putArray("diff_ids")
                .add(claimed);
        assertThatThrownBy(() -> cache.load(layout("two", new LayoutBuilder().image("latest", lie))))
                .hasMessageContaining("not to " + claimed);
        assertThat(cache.images.list()).hasSize(1);
    }

    @Test
    void anotherCompressionOfALayerIsVerifiedAndShared() {
        cache.load(layout("one", new LayoutBuilder().image("latest", base(), top())));
        LayoutBuilder.ImageDraft plain = new LayoutBuilder.ImageDraft().layer(base());
        plain.gzip = false;
        Image two = only(cache.load(layout("two", new LayoutBuilder().image("latest", plain))));
        assertThat(cache.layerNames()).hasSize(2);
        assertThat(cache.images.layerDirectories(two.id())).hasSize(1);
    }

    @Test
    void anImageInUseStaysAndItsUsersAreNamed() {
        Image image = only(cache.load(layout("busybox", new LayoutBuilder().image("latest", base()))));
        cache.users.put(image.id(), List.of("web-1", "web-2"));
        assertThatThrownBy(() -> cache.images.remove(image.id()))
                .isInstanceOf(ConflictException.class)
                .hasMessage("cannot remove image busybox:latest: containers web-1, web-2 use it; "
                        + "remove the containers first");
        assertThat(cache.images.list()).containsExactly(image);
        assertThat(cache.layerNames()).hasSize(1);
    }

    @Test
    void aNameMovesAndBothImagesSaySo() {
        Image one = only(cache.load(layout("one", new LayoutBuilder().image("latest", base()))));
        Image two = only(cache.load(layout("two", new LayoutBuilder().image("latest", top()))));
        cache.events.clear();
        cache.images.tag(two.id(), ImageReference.parse("one"));
        assertThat(cache.images.find("one").orElseThrow().id()).isEqualTo(two.id());
        assertThat(cache.images.find(one.id().shortId()).orElseThrow().names()).isEmpty();
        assertThat(cache.events)
                .extracting(event -> ((EngineEvent.ImageChanged) event).action())
                .containsExactly(ImageAction.UNTAG, ImageAction.TAG);
        cache.images.untag(ImageReference.parse("one"));
        assertThat(cache.images.find("one")).isEmpty();
        assertThatThrownBy(() -> cache.images.untag(ImageReference.parse("one")))
                .isInstanceOf(NotFoundException.class);
        assertThatThrownBy(() ->
                        cache.images.tag(two.id(), ImageReference.parse("x@" + LayoutBuilder.digest(new byte[0]))))
                .isInstanceOf(InvalidRequestException.class);
    }

    @Test
    void anImageIsFoundByNameAndDigestAndTheBeginningOfItsId() {
        Image image = only(cache.load(layout("busybox", new LayoutBuilder().image("latest", base()))));
        String hex = image.id().digest().hex();
        for (String text : List.of(
                "busybox",
                "busybox:latest",
                "docker.io/library/busybox:latest",
                "busybox@" + image.manifest(),
                hex,
                "sha256:" + hex,
                hex.substring(0, 4),
                "sha256:" + hex.substring(0, 12))) {
            assertThat(cache.images.find(text)).as(text).contains(image);
        }
        for (String text :
                List.of(hex.substring(0, 3), "busybox:other", "other@" + image.manifest(), "", "NOT A NAME", "ffff")) {
            assertThat(cache.images.find(text)).as(text).isEmpty();
        }
        assertThatThrownBy(() -> cache.images.require("run", "nothing"))
                .isInstanceOf(NotFoundException.class)
                .hasMessageContaining("cannot run image nothing");
    }

    @Test
    void aPrefixThatFitsSeveralIsRefused() {
        Map<String, Integer> seen = new HashMap<>();
        for (int i = 0; ; i++) {
            String prefix = idOf(numbered(i)).substring(0, 4);
            Integer other = seen.put(prefix, i);
            if (other != null) {
                LayoutBuilder both = new LayoutBuilder().image("a", numbered(i)).image("b", numbered(other));
                assertThat(cache.load(layout("both", both))).hasSize(2);
                assertThatThrownBy(() -> cache.images.find(prefix))
                        .isInstanceOf(InvalidRequestException.class)
                        .hasMessageContaining("2 images");
                return;
            }
        }
    }

    private static LayoutBuilder.ImageDraft numbered(int number) {
        LayoutBuilder.ImageDraft draft = new LayoutBuilder.ImageDraft().layer(base());
        draft.config = config -> config.put("author", "nobody " + number);
        return draft;
    }

    private static String idOf(LayoutBuilder.ImageDraft draft) {
        return new LayoutBuilder()
                .image("x", draft).blobs().keySet().stream().toList().get(1).hex();
    }

    @Test
    void inspectingShowsWhatIsKnownAndWhatWasReceived() {
        Image image = only(cache.load(layout("busybox", new LayoutBuilder().image("latest", base()))));
        cache.users.put(image.id(), List.of("web-1"));
        assertThat(cache.images.inspect(image.id()))
                .contains("\"busybox:latest\"", "\"web-1\"", "\"diff_ids\"", "\"schemaVersion\" : 2");
    }

    @Test
    void progressGrowsToItsTotal() {
        List<TransferProgress> told = new ArrayList<>();
        Path archive = temporary.resolve("busybox.tar");
        byte[] tar =
                new LayoutBuilder().image("latest", base(), top()).archive().bytes();
        assertThat(archive).satisfies(path -> Files.write(path, tar));
        cache.images.importFrom(archive, told::add);
        assertThat(told).extracting(TransferProgress::stage).contains("reading", "verifying", "unpacking", "finishing");
        assertThat(told)
                .allSatisfy(each ->
                        assertThat(each.done()).isLessThanOrEqualTo(each.total().orElse(0)));
    }

    @Test
    void anImageWhoseLayerSomebodyDeletedIsMadeWholeByImportingIt() throws Exception {
        Path layout = layout("busybox", new LayoutBuilder().image("latest", base(), top()));
        Image image = only(cache.load(layout));
        Path lost = cache.images.layerDirectories(image.id()).getFirst();
        runtime.delete(lost.resolve("..").normalize());
        cache.load(layout);
        assertThat(Files.readString(lost.resolve("etc/issue"))).isEqualTo("top!");
        assertThat(runtime.extractions).hasValue(3);
    }

    @Test
    void aDamagedConfigHidesOneImageOnlyAndIsMendedByImportingIt() throws Exception {
        Path layout = layout("one", new LayoutBuilder().image("latest", base()));
        ImageId id = cache.load(layout).getFirst();
        cache.load(layout("two", new LayoutBuilder().image("latest", top())));
        Path config = cache.paths.blob(id.digest());
        byte[] damaged = Files.readAllBytes(config);
        damaged[damaged.length / 2] ^= 1;
        Files.write(config, damaged);
        cache.close();
        cache = new TestCache(temporary.resolve("root"), runtime);
        assertThat(cache.images.list())
                .singleElement()
                .satisfies(image -> assertThat(image.displayName()).isEqualTo("two:latest"));
        cache.load(layout);
        assertThat(cache.images.list()).hasSize(2);
        Files.write(config, damaged);
        cache.images.remove(id);
        assertThat(config).doesNotExist();
    }

    @Test
    void aLayerThatAnImageHasTwiceIsStackedOnce() {
        Image image = only(cache.load(layout("busybox", new LayoutBuilder().image("latest", base(), top(), base()))));
        assertThat(image.layers()).hasSize(3);
        assertThat(cache.images.layerDirectories(image.id()))
                .containsExactly(
                        cache.paths.layerContent(image.layers().get(0).diffId()),
                        cache.paths.layerContent(image.layers().get(1).diffId()));
    }

    @Test
    void directoriesThatAHigherLayerOnlyImpliesKeepOwnerAndMode() {
        TarBytes lower = new TarBytes()
                .directory("home", 0755, 0, 0)
                .directory("home/ada", 0700, 1000, 1000)
                .file("home/ada/a", "a");
        TarBytes higher = new TarBytes().file("home/ada/b", "b").file("opt/new", "n");
        Image image = only(cache.load(layout("homes", new LayoutBuilder().image("latest", lower, higher))));
        assertThat(image.layers()).hasSize(2);
        List<Path> directories = cache.images.layerDirectories(image.id());
        assertThat(directories).hasSize(3);
        List<LayerIndex.Entry> index = new ArrayList<>();
        LayerIndex.read(directories.getFirst().resolveSibling("index"), index::add);
        Instant time = Instant.ofEpochSecond(1_767_225_600);
        assertThat(index)
                .containsExactly(
                        new LayerIndex.Entry(LayerIndex.Type.DIRECTORY, 0755, 0, 0, time, false, "home", Map.of()),
                        new LayerIndex.Entry(
                                LayerIndex.Type.DIRECTORY, 0700, 1000, 1000, time, false, "home/ada", Map.of()));
        cache.images.remove(image.id());
        assertThat(cache.layerNames()).isEmpty();
    }
}
