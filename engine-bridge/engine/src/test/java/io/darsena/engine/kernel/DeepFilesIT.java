package io.darsena.engine.kernel;

import static org.assertj.core.api.Assertions.assertThat;

import io.darsena.bridge.container.ContainerId;
import io.darsena.bridge.container.ContainerSpec;
import io.darsena.bridge.image.Image;
import io.darsena.bridge.image.ImageId;
import io.darsena.bridge.layer.Commit;
import io.darsena.bridge.layer.FileChange;
import io.darsena.bridge.layer.FileKind;
import io.darsena.bridge.layer.FilePath;
import io.darsena.bridge.layer.FileTree;
import io.darsena.bridge.layer.Layers;
import io.darsena.bridge.layer.TreeSource;
import io.darsena.bridge.layer.TreeSource.OfContainer;
import io.darsena.bridge.layer.TreeSource.OfImage;
import io.darsena.engine.kernel.DerivedImage.Layer;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveInputStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/// Directories in each other whose path is longer than the kernel takes at once: four thousand where their files are
/// shown;
/// thirty with long names, which are the same to the kernel and sooner gone through, where a container writes in them.
@Timeout(600)
class DeepFilesIT {

    private static final int DEPTH = 4000;
    private static final int DIRECTORY_MODE = 0751;
    private static final String DEEP = "d/".repeat(DEPTH);
    private static final int LONG_DEPTH = 30;
    private static final String NAME = "n".repeat(200);
    private static final String LONG = (NAME + "/").repeat(LONG_DEPTH);
    private static final long THEN = 1_600_000_000;

    /// Goes there in steps that the kernel takes.
    private static final String GO = "cd /; i=0; while [ $i -lt " + LONG_DEPTH + " ]; do cd -P " + NAME
            + " || exit 9; i=$((i+1)); done 2>/dev/null; ";

    @TempDir
    Path temporary;

    private RealEngine real;
    private Layers layers;

    @BeforeEach
    void open() throws Exception {
        real = new RealEngine(temporary.resolve("root"));
        layers = real.engine().layers();
    }

    @AfterEach
    void close() throws Exception {
        real.removeAll();
        for (Image image : real.engine().images().list()) {
            real.engine().images().remove(image.id());
        }
        assertThat(real.paths().layers().toFile().list())
                .as("what a removed image leaves")
                .isEmpty();
        real.close();
    }

    /// Of the directories the layer names the last one alone.
    private Image image(String deep, Layer... above) throws IOException {
        DerivedImage image = DerivedImage.ofStarter(real.engine(), temporary.resolve("deep"))
                .with(new Layer()
                        .directory(deep.substring(0, deep.length() - 1), DIRECTORY_MODE, 0, 0, THEN)
                        .file(deep + "end", "the end")
                        .hardLink(deep + "again", deep + "end"));
        for (Layer layer : above) {
            image.with(layer);
        }
        return real.engine().images().find(image.importInto(real.engine())).orElseThrow();
    }

    private ContainerId ended(Image image, String script) {
        RealEngine.Outcome outcome =
                real.run(ContainerSpec.of(image.id().toString()).withCommand(List.of("sh", "-c", GO + script)));
        assertThat(outcome.code()).as(String.join("\n", outcome.err())).isZero();
        return outcome.id();
    }

    private String text(TreeSource source, String path) throws IOException {
        try (InputStream bytes = layers.content(source, FilePath.of(path))) {
            return new String(bytes.readAllBytes(), StandardCharsets.UTF_8);
        }
    }

    @Test
    void theyAreShownAndWhatIsInThemIsRead() throws Exception {
        Image image = image(DEEP, new Layer().file(DEEP + "z", "of a layer that names none of the directories"));
        OfImage source = new OfImage(image.id(), image.layers().size());
        FileTree tree = layers.tree(source);
        int end = tree.find(DEEP + "end");
        assertThat(tree.depth(end)).isEqualTo(DEPTH + 1);
        assertThat(tree.kind(tree.find(DEEP + "again"))).isEqualTo(FileKind.HARD_LINK);
        assertThat(tree.mode(tree.parent(end))).isEqualTo(DIRECTORY_MODE);
        assertThat(text(source, DEEP + "end")).isEqualTo("the end");
        try (TarArchiveInputStream tar = new TarArchiveInputStream(layers.archive(source, FilePath.of("d")))) {
            int entries = 0;
            String last = "";
            for (TarArchiveEntry entry = tar.getNextEntry(); entry != null; entry = tar.getNextEntry()) {
                entries++;
                last = entry.getName();
            }
            assertThat(entries).isEqualTo(DEPTH + 3);
            assertThat(last).isEqualTo(DEEP + "z");
        }
        assertThat(layers.waste(TreeSource.of(image)).bytes()).isZero();
    }

    @Test
    void aContainerReadsAndWritesThere() throws Exception {
        Image image = image(LONG);
        ContainerId id = ended(image, "cat end; stat -c %a . ; echo new >new; rm again; mkdir more; echo x >more/x");
        FileTree tree = layers.tree(new OfContainer(id));
        assertThat(tree.change(tree.find(LONG + "new"))).isEqualTo(FileChange.ADDED);
        assertThat(tree.change(tree.find(LONG + "more/x"))).isEqualTo(FileChange.ADDED);
        assertThat(tree.change(tree.find(LONG + "again"))).isEqualTo(FileChange.REMOVED);
        assertThat(tree.change(tree.find(NAME + "/" + NAME))).isEqualTo(FileChange.NONE);
        ImageId made = layers.commit(id, Commit.ofAll()).image();
        Image committed = real.engine().images().find(made.toString()).orElseThrow();
        FileTree seen = layers.tree(new OfImage(made, committed.layers().size()));
        assertThat(seen.find(LONG + "more/x")).isNotEqualTo(FileTree.NONE);
        assertThat(seen.change(seen.find(LONG + "again"))).isEqualTo(FileChange.REMOVED);
    }

    @Test
    void oneFileIsRevertedAndThenTheWholeTree() throws Exception {
        Image image = image(LONG);
        ContainerId id = ended(image, "rm again; echo other >end; echo new >new");
        layers.revert(id, List.of(FilePath.of(LONG + "end"), FilePath.of(LONG + "again")));
        assertThat(text(new OfContainer(id), LONG + "end")).isEqualTo("the end");
        layers.revert(id, List.of(FilePath.of(NAME)));
        FileTree whole = layers.tree(new OfContainer(id));
        assertThat(whole.touched(FileTree.ROOT)).isZero();
    }

    @Test
    void withTheLastOfTheirFilesTheDirectoriesAreTheImagesAgain() throws Exception {
        Image image = image(LONG);
        ContainerId id = ended(image, "rm again; echo other >end; echo new >new; chmod 700 ..");
        List<FilePath> files = Stream.of("end", "again", "new")
                .map(name -> FilePath.of(LONG + name))
                .toList();
        layers.revert(id, files);
        FileTree tree = layers.tree(new OfContainer(id));
        int last = tree.find(LONG.substring(0, LONG.length() - 1));
        assertThat(tree.touched(last)).isZero();
        assertThat(tree.change(tree.parent(last)))
                .as("what it says itself stays")
                .isEqualTo(FileChange.CHANGED);
    }
}
