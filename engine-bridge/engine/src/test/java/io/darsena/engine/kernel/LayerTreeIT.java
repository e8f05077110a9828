package io.darsena.engine.kernel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.darsena.bridge.EngineDescription;
import io.darsena.bridge.image.Image;
import io.darsena.bridge.layer.ComparedContents;
import io.darsena.bridge.layer.Duplicates;
import io.darsena.bridge.layer.FileDifference;
import io.darsena.bridge.layer.FileFilter;
import io.darsena.bridge.layer.FilePath;
import io.darsena.bridge.layer.FileTree;
import io.darsena.bridge.layer.LayerComparison;
import io.darsena.bridge.layer.NodeSet;
import io.darsena.bridge.layer.TreeComparison;
import io.darsena.bridge.layer.TreeSource;
import io.darsena.bridge.layer.TreeTar;
import io.darsena.bridge.layer.Waste;
import io.darsena.engine.kernel.DerivedImage.Layer;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CancellationException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/// What is computed from the indexes of layers is what a container sees.
@Timeout(180)
class LayerTreeIT {

    private static final long THEN = 1_600_000_000;
    private static final FilePath NOT_UTF_8 = FilePath.of(new byte[] {'s', 'r', 'v', '/', (byte) 0xff, '\n'});

    @TempDir
    Path temporary;

    private void assertSeenAsComputed(RealEngine real, String image) throws IOException {
        Image found = real.engine().images().find(image).orElseThrow();
        MergedFiles seen = MergedFiles.seen(real, image, temporary);
        MergedFiles computed = MergedFiles.computed(MergedFiles.tree(real, found.id()));
        assertThat(seen.lines()).isNotEmpty();
        assertThat(MergedFiles.differences(seen.lines(), computed.lines())).isEmpty();
        assertThat(seen.bytes()).isEqualTo(computed.bytes());
    }

    @Test
    void theWholeStackIsWhatAContainerSees() throws Exception {
        try (RealEngine real = new RealEngine(temporary.resolve("root"))) {
            String image = DerivedImage.ofStarter(real.engine(), temporary.resolve("stack"))
                    .with(new Layer()
                            .directory("srv", 0751, 0, 0, THEN)
                            .directory("srv/data", 02770, 33, 44, THEN + 1)
                            .file("srv/data/one", "one", 0640, 33, 44, THEN)
                            .hardLink("srv/data/two", "srv/data/one")
                            .link("srv/three", "data/one")
                            .hardLink("srv/four", "srv/three")
                            .file("srv/names/first", "of several names", 0644, 5, 6, THEN)
                            .hardLink("srv/names/second", "./srv/names/first")
                            .hardLink("srv/third", "srv/names/second")
                            .hardLink("srv/names/third", "srv/third")
                            .file("srv/gone", "gone", 04755, 0, 0, THEN)
                            .directory("srv/opaque", 0755, 0, 0, THEN)
                            .file("srv/opaque/below", "below", 0644, 0, 0, THEN)
                            .directory("srv/becomes-file", 0755, 0, 0, THEN)
                            .file("srv/becomes-file/lost", "lost", 0644, 0, 0, THEN)
                            .file("srv/becomes-directory", "file", 0644, 0, 0, THEN)
                            .file("odd/ü and space", "odd", 0600, 7, 8, THEN)
                            .file("odd/line\nfeed\ttab\\back", "odd", 0644, 0, 0, THEN)
                            .file("odd/\\xff\\xfe no text", "odd", 0644, 0, 0, THEN)
                            .file("odd/" + "n".repeat(255), "long", 0644, 0, 0, THEN)
                            .link("odd/to no text", "\\xff\n\\xfe")
                            .file("odd/-rf", "", 0644, 0, 0, THEN)
                            .pipe("odd/pipe")
                            .hardLink("odd/pipe too", "odd/pipe")
                            .file("d/".repeat(1000) + "deep", "deep", 0644, 3, 4, THEN)
                            .directory("hidden", 0755, 0, 0, THEN)
                            .file("hidden/\\xff", "hidden", 0644, 0, 0, THEN)
                            .file("hidden/kept", "kept", 0644, 0, 0, THEN))
                    .with(new Layer()
                            .file("implied/by/name", "x", 0644, 9, 9, THEN)
                            .file("srv/data/one", "another one", 0600, 1, 2, THEN + 5)
                            .file("srv/.wh.gone", "")
                            .file("srv/.wh.never-was", "")
                            .file("srv/names/.wh.first", "")
                            .file("srv/third", "of one name", 0644, 0, 0, THEN)
                            .file("never/was/.wh.this", "")
                            .file("hidden/.wh.\\xff", "")
                            .file("odd/.wh.line\nfeed\ttab\\back", "")
                            .hardLink("odd/above", "implied/by/name")
                            .file("srv/opaque/above", "above", 0644, 0, 0, THEN)
                            .file("srv/opaque/.wh..wh..opq", "")
                            .file("srv/becomes-file", "now a file", 0644, 0, 0, THEN)
                            .directory("srv/becomes-directory", 0700, 5, 5, THEN)
                            .file("srv/becomes-directory/in", "in", 0644, 5, 5, THEN)
                            .file("d/d/d/beside", "x", 0644, 0, 0, THEN))
                    .with(new Layer()
                            .file("srv/.wh.opaque", "")
                            .file("srv/gone", "back", 0644, 0, 0, THEN + 9)
                            .directory("srv/data", 0755, 0, 0, THEN + 7))
                    .importInto(real.engine());
            assertSeenAsComputed(real, image);
            LayoutTars tars = LayoutTars.of(
                    temporary.resolve("stack"),
                    real.engine().images().find(image).orElseThrow());
            assertThat(tars.compare(real).differences()).isEmpty();
            // The test's own user may not delete what subordinate ids own.
            real.engine()
                    .images()
                    .remove(real.engine().images().find(image).orElseThrow().id());
        }
    }

    @Test
    void anArchiveTellsOfTheDevicesThatOnlyRootCanMake() throws Exception {
        try (RealEngine real = new RealEngine(temporary.resolve("root"))) {
            String image = DerivedImage.ofStarter(real.engine(), temporary.resolve("devices"))
                    .with(new Layer()
                            .directory("srv", 0755, 0, 0, THEN)
                            .device("srv/null", 1, 3)
                            .device("srv/zero", 1, 5)
                            .file("opt/file", "x"))
                    .importInto(real.engine());
            Image found = real.engine().images().find(image).orElseThrow();
            TreeSource whole = new TreeSource.OfImage(found.id(), found.layers().size());
            boolean root = real.engine().description().tier() == EngineDescription.Tier.ROOTFUL;
            assertThat(leftOut(real, whole, "srv")).isEqualTo(root ? 0 : 2);
            assertThat(leftOut(real, whole, "opt")).isZero();
        }
    }

    private static long leftOut(RealEngine real, TreeSource source, String path) throws IOException {
        try (TreeTar tar = real.engine().layers().archive(source, FilePath.of(path))) {
            tar.transferTo(OutputStream.nullOutputStream());
            return tar.leftOut();
        }
    }

    @Test
    void theWasteOfAStackIsWhatDiveCountsInItsTars() throws Exception {
        try (RealEngine real = new RealEngine(temporary.resolve("root"))) {
            String image = DerivedImage.ofStarter(real.engine(), temporary.resolve("waste"))
                    .with(new Layer()
                            .directory("srv", 0755, 0, 0, THEN)
                            .directory("srv/gone", 0755, 0, 0, THEN)
                            .file("srv/gone/one", "x".repeat(1000))
                            .hardLink("srv/gone/name", "srv/gone/one")
                            .file("srv/gone/deep/two", "x".repeat(200))
                            .file("srv/shrunk", "x".repeat(500))
                            .directory("srv/opaque", 0755, 0, 0, THEN)
                            .file("srv/opaque/below", "x".repeat(70))
                            .file("srv/removed", "x".repeat(90)))
                    .with(new Layer()
                            .directory("srv", 0755, 0, 0, THEN)
                            .file("srv/.wh.gone", "")
                            .file("srv/.wh.removed", "")
                            .file("srv/shrunk", "x".repeat(300))
                            .directory("srv/opaque", 0755, 0, 0, THEN)
                            .file("srv/opaque/.wh..wh..opq", "")
                            .file("srv/opaque/above", "x".repeat(40)))
                    .with(new Layer()
                            .file("srv/shrunk", "x".repeat(400))
                            .file("srv/gone", "x".repeat(10))
                            .file("srv/removed", "x".repeat(20)))
                    .importInto(real.engine());
            Image found = real.engine().images().find(image).orElseThrow();
            DiveCount dive = DiveCount.of(
                    LayoutTars.of(temporary.resolve("waste"), found).layers());
            Waste waste = real.engine().layers().waste(TreeSource.of(found));
            assertThat(dive.wasted()).isEqualTo((500 + 300 + 400) + (1000 + 200 + 10) + (90 + 20));
            assertThat(waste.repeated()).isEqualTo(dive.wasted());
            assertThat(waste.efficiency()).isEqualTo(dive.efficiency());
            real.engine().images().remove(found.id());
        }
    }

    @Test
    void theStarterIsWhatAContainerSees() throws Exception {
        try (RealEngine real = new RealEngine(temporary.resolve("root"))) {
            assertSeenAsComputed(real, "darsena/starter:latest");
        }
    }

    @Test
    void filesOfTheSameContentAreFound() throws Exception {
        String content = "0123456789abcdef".repeat(1000);
        String other = "fedcba9876543210".repeat(1000);
        try (RealEngine real = new RealEngine(temporary.resolve("root"))) {
            String image = DerivedImage.ofStarter(real.engine(), temporary.resolve("same"))
                    .with(new Layer()
                            .file("srv/one", content, 0644, 0, 0, THEN)
                            .file("srv/other", other, 0644, 0, 0, THEN)
                            .file("srv/tool", content, 0644, 0, 0, THEN)
                            .file("srv/grown", other, 0644, 0, 0, THEN)
                            .hardLink("srv/name", "srv/one")
                            .file("srv/named", content, 0644, 0, 0, THEN)
                            .hardLink("srv/named too", "srv/named"))
                    .with(new Layer()
                            .file("srv/named", content, 0600, 0, 0, THEN)
                            .hardLink("srv/named too", "srv/named")
                            .file("srv/\\xff\n", content, 0600, 0, 0, THEN)
                            .file("srv/tool", content, 0755, 0, 0, THEN)
                            .file("srv/grown", content, 0644, 0, 0, THEN))
                    .importInto(real.engine());
            Image made = real.engine().images().find(image).orElseThrow();
            int base = DerivedImage.ofStarter(real.engine(), temporary.resolve("base"))
                    .layers();
            Duplicates found = real.engine().layers().duplicates(TreeSource.of(made), told -> {});
            Duplicates.Group group = found.groups().stream()
                    .filter(each -> each.size() == content.length())
                    .findFirst()
                    .orElseThrow();
            assertThat(group.copies())
                    .containsExactly(
                            new Duplicates.Copy(FilePath.of("srv/one"), base + 1),
                            new Duplicates.Copy(FilePath.of("srv/grown"), base + 2),
                            new Duplicates.Copy(FilePath.of("srv/named"), base + 2),
                            new Duplicates.Copy(FilePath.of("srv/tool"), base + 2),
                            new Duplicates.Copy(NOT_UTF_8, base + 2));
            assertThat(found.rewritten())
                    .containsExactlyInAnyOrder(
                            new Duplicates.Rewritten(FilePath.of("srv/tool"), content.length(), base + 1, base + 2),
                            new Duplicates.Rewritten(FilePath.of("srv/named"), content.length(), base + 1, base + 2),
                            new Duplicates.Rewritten(
                                    FilePath.of("srv/named too"), content.length(), base + 1, base + 2));
            assertThat(found.unread()).isZero();
            Thread.currentThread().interrupt();
            assertThatThrownBy(() -> real.engine().layers().duplicates(TreeSource.of(made), told -> {}))
                    .isInstanceOf(CancellationException.class);
            assertThat(Thread.interrupted()).isTrue();
            real.engine().images().remove(made.id());
        }
    }

    @Test
    void contentsOfEqualSizeAreComparedWhateverTheTimesSay() throws Exception {
        String large = "0123456789abcdef".repeat(400_000);
        String beginsOtherwise = "x" + large.substring(1);
        String endsOtherwise = large.substring(1) + "x";
        try (RealEngine real = new RealEngine(temporary.resolve("root"))) {
            Layer moved = new Layer().file("srv/moved", "of one layer", 0644, 0, 0, THEN);
            Image before = imported(
                    real,
                    "before",
                    moved,
                    new Layer()
                            .file("srv/other", "one", 0644, 0, 0, THEN)
                            .file("srv/time", "same", 0600, 33, 33, THEN)
                            .file("srv/\\xff\n", "same", 0644, 0, 0, THEN)
                            .file("srv/begins", large, 0644, 0, 0, THEN)
                            .file("srv/ends", "y" + large.substring(1), 0644, 0, 0, THEN)
                            .file("srv/large", large, 0600, 33, 33, THEN));
            Image after = imported(
                    real,
                    "after",
                    new Layer()
                            .file("srv/other", "two", 0644, 0, 0, THEN)
                            .file("srv/time", "same", 0600, 33, 33, THEN + 1)
                            .file("srv/\\xff\n", "same", 0644, 0, 0, THEN)
                            .file("srv/begins", beginsOtherwise, 0644, 0, 0, THEN)
                            .file("srv/ends", endsOtherwise, 0644, 0, 0, THEN)
                            .file("srv/large", large, 0600, 33, 33, THEN),
                    moved);
            TreeComparison files = TreeComparison.of(
                    MergedFiles.tree(real, before.id()),
                    MergedFiles.tree(real, after.id()),
                    LayerComparison.of(before, after));
            assertThat(files.uncompared()).hasSize(6);
            List<Long> told = new ArrayList<>();
            ComparedContents found = real.engine()
                    .layers()
                    .compareContents(
                            TreeSource.of(before), TreeSource.of(after), files, progress -> told.add(progress.done()));
            assertThat(found.differing().nodes().mapToObj(files::path))
                    .containsExactlyInAnyOrder("srv/other", "srv/begins", "srv/ends");
            assertThat(found.unread()).isEqualTo(NodeSet.NONE);
            assertThat(found.read()).isEqualTo(6);
            assertThat(told.getLast()).isEqualTo(files.sums().contents().bytes());
            assertThat(files.withContents(found).ignoringTimes().sums().changed())
                    .isEqualTo(3);
            Thread.currentThread().interrupt();
            assertThatThrownBy(() -> real.engine()
                            .layers()
                            .compareContents(TreeSource.of(before), TreeSource.of(after), files, progress -> {}))
                    .isInstanceOf(CancellationException.class);
            assertThat(Thread.interrupted()).isTrue();
            real.engine().images().remove(before.id());
            real.engine().images().remove(after.id());
        }
    }

    @Test
    void contentsOfFilesOfSeveralNamesAreComparedUnderEachThatIsAFileOfItsOwn() throws Exception {
        try (RealEngine real = new RealEngine(temporary.resolve("root"))) {
            Image before = imported(
                    real,
                    "linked",
                    new Layer()
                            .file("srv/a", "one", 0644, 0, 0, THEN)
                            .hardLink("srv/b", "srv/a")
                            .hardLink("srv/c", "srv/a")
                            .file("srv/x", "two", 0644, 0, 0, THEN)
                            .hardLink("srv/y", "srv/x")
                            .file("srv/free", "fre", 0644, 0, 0, THEN));
            Image after = imported(
                    real,
                    "unlinked",
                    new Layer()
                            .file("srv/a", "one", 0644, 0, 0, THEN)
                            .file("srv/b", "oNe", 0644, 0, 0, THEN)
                            .file("srv/c", "one", 0644, 0, 0, THEN)
                            .file("srv/y", "tWo", 0644, 0, 0, THEN)
                            .hardLink("srv/x", "srv/y")
                            .hardLink("srv/free", "srv/y"));
            TreeComparison files = TreeComparison.of(
                    MergedFiles.tree(real, before.id()),
                    MergedFiles.tree(real, after.id()),
                    LayerComparison.of(before, after));
            assertThat(files.uncompared().mapToObj(files::path))
                    .containsExactlyInAnyOrder("srv/a", "srv/b", "srv/c", "srv/y", "srv/free");
            ComparedContents found = real.engine()
                    .layers()
                    .compareContents(TreeSource.of(before), TreeSource.of(after), files, progress -> {});
            assertThat(found.unread()).isEqualTo(NodeSet.NONE);
            assertThat(found.read()).isEqualTo(5);
            TreeComparison known = files.withContents(found);
            for (TreeComparison each : List.of(known, known.reversed())) {
                assertThat(Arrays.stream(each.matching(FileFilter.ALL.withChanged(true)))
                                .mapToObj(each::path))
                        .containsExactlyInAnyOrder("srv/b", "srv/x", "srv/y", "srv/free");
                assertThat(each.sums().changed()).isEqualTo(4);
            }
            assertThat(known.sums().growth())
                    .isEqualTo(
                            known.after().total(FileTree.ROOT) - known.before().total(FileTree.ROOT))
                    .isEqualTo(3);
            real.engine().images().remove(before.id());
            real.engine().images().remove(after.id());
        }
    }

    private static Map<String, byte[]> attribute(String name, int value) {
        return Map.of(name, new byte[] {'v', (byte) value});
    }

    /// No text of them in UTF-8 would tell 0xfe from 0xff.
    @Test
    void attributesThatBothHaveAreComparedByTheirNamesAndValues() throws Exception {
        try (RealEngine real = new RealEngine(temporary.resolve("root"))) {
            Image before = imported(
                    real,
                    "attributes",
                    new Layer()
                            .file("srv/same", "same", attribute("user.a", 0xff))
                            .file("srv/value", "same", attribute("user.a", 0xff))
                            .file("srv/name", "same", attribute("user.a", 1))
                            .file("srv/empty", "", attribute("user.a", 1))
                            .file("srv/lost", "same", attribute("user.a", 1))
                            .directory("srv/kept", attribute("user.a", 1))
                            .directory("srv/dir", attribute("user.a", 1)));
            Image after = imported(
                    real,
                    "others",
                    new Layer()
                            .file("srv/same", "same", attribute("user.a", 0xff))
                            .file("srv/value", "same", attribute("user.a", 0xfe))
                            .file("srv/name", "same", attribute("user.b", 1))
                            .file("srv/empty", "", attribute("user.a", 2))
                            .file("srv/lost", "same")
                            .directory("srv/kept", attribute("user.a", 1))
                            .directory("srv/dir", attribute("user.a", 2)));
            TreeComparison files = TreeComparison.of(
                    MergedFiles.tree(real, before.id()),
                    MergedFiles.tree(real, after.id()),
                    LayerComparison.of(before, after));
            assertThat(marked(files))
                    .as("of which that is told")
                    .contains("srv/lost")
                    .doesNotContain("srv/dir");
            ComparedContents found = real.engine()
                    .layers()
                    .compareContents(TreeSource.of(before), TreeSource.of(after), files, progress -> {});
            assertThat(found.differing()).isEqualTo(NodeSet.NONE);
            assertThat(found.unread()).isEqualTo(NodeSet.NONE);
            TreeComparison known = files.withContents(found).ignoringTimes();
            for (TreeComparison each : List.of(known, known.reversed())) {
                assertThat(marked(each))
                        .containsExactlyInAnyOrder("srv/lost", "srv/value", "srv/name", "srv/empty", "srv/dir");
                assertThat(each.differences(each.find("srv/dir"))).contains(FileDifference.ATTRIBUTES);
            }
            real.engine().images().remove(before.id());
            real.engine().images().remove(after.id());
        }
    }

    private static List<String> marked(TreeComparison files) {
        return Arrays.stream(files.matching(FileFilter.ALL.withChanged(true)))
                .mapToObj(files::path)
                .toList();
    }

    private Image imported(RealEngine real, String name, Layer... layers) throws IOException {
        DerivedImage image = DerivedImage.ofStarter(real.engine(), temporary.resolve(name));
        for (Layer layer : layers) {
            image = image.with(layer);
        }
        return real.engine().images().find(image.importInto(real.engine())).orElseThrow();
    }
}
