package io.darsena.engine.layer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.darsena.bridge.error.CorruptedException;
import io.darsena.bridge.layer.FileChange;
import io.darsena.bridge.layer.FileFilter;
import io.darsena.bridge.layer.FileKind;
import io.darsena.bridge.layer.FilePath;
import io.darsena.bridge.layer.FileTree;
import io.darsena.bridge.layer.HiddenLater;
import io.darsena.bridge.layer.PackageCache;
import io.darsena.bridge.layer.Waste;
import io.darsena.bridge.layer.Waste.Hidden;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LayerStackTest {

    @TempDir
    Path temporary;

    private final List<Path> layers = new ArrayList<>();
    private long leftOut;

    /// Entries as `TYPE SIZE PATH` or `TYPE SIZE PATH>LINK`; directories have mode 0755, all else 0644.
    private LayerStackTest layer(String... entries) throws IOException {
        StringBuilder index = new StringBuilder();
        for (String entry : entries) {
            String[] words = entry.split(" ", 3);
            String[] path = words[2].split(">", 2);
            boolean implied = words[0].equals("i");
            index.append(implied ? "d" : words[0])
                    .append(words[0].equals("d") || implied ? "\t755" : "\t644")
                    .append("\t1\t2\t")
                    .append(words[1])
                    .append("\t1600000000.000000007\t")
                    .append(implied ? "i" : "-")
                    .append('\t')
                    .append(path[0])
                    .append('\t')
                    .append(path.length > 1 ? path[1] : "")
                    .append('\n');
        }
        layers.add(Files.writeString(temporary.resolve("index" + layers.size()), index));
        return this;
    }

    private LayerStackTest leftOut(long count) {
        leftOut = count;
        return this;
    }

    private FileTree tree() {
        return tree(layers.size());
    }

    private FileTree tree(int layer) {
        LayerStack stack = new LayerStack(4, new LayerStack.Watcher() {});
        for (int number = 1; number <= layer; number++) {
            stack.add(layers.get(number - 1), number, number == layer);
        }
        stack.tree().leaveOut(leftOut);
        return stack.build();
    }

    /// The uppermost layer is a container's own.
    private TreeSet<String> ofContainer(List<FilePath> made) {
        LayerStack stack = new LayerStack(4, new LayerStack.Watcher() {});
        for (int number = 1; number < layers.size(); number++) {
            stack.add(layers.get(number - 1), number, false);
        }
        made.addAll(stack.addOwn(layers.getLast(), layers.size()));
        return lines(stack.build());
    }

    @Test
    void whatNoTreeCanHaveIsCountedWhereItLies() throws IOException {
        layer("d 0 etc", "d 0 srv", "d 0 srv/run", "f 1 srv/run/file", "f 1 srv2")
                .layer("s 0 srv/run/socket", "s 0 srv/run/other", "s 0 srv", "s 0 gone/deep/socket", "f 1 etc/s");
        LayerStack stack = new LayerStack(4, new LayerStack.Watcher() {});
        stack.add(layers.get(0), 1, false);
        stack.addOwn(layers.get(1), 2);
        Untold untold = stack.untold(layers.get(1));
        FileTree tree = stack.build();
        assertThat(untold.below(tree, FileTree.ROOT)).isEqualTo(4);
        assertThat(untold.below(tree, tree.find("srv"))).isEqualTo(3);
        assertThat(untold.below(tree, tree.find("srv/run"))).isEqualTo(2);
        for (String path : List.of("etc", "srv/run/file", "srv2")) {
            assertThat(untold.below(tree, tree.find(path))).as(path).isZero();
        }
        assertThat(Untold.NOTHING.below(tree, FileTree.ROOT)).isZero();
    }

    /// `LAYER PATH` of what is hidden of a layer.
    private List<String> hiddenOf(int layer) {
        FileTree tree = tree(layer);
        HiddenLater hidden = new LayerStack(4, new LayerStack.Watcher() {}).hiddenLater(layers, layer);
        return IntStream.range(1, tree.limit())
                .filter(node -> hidden.by(node).isPresent())
                .mapToObj(node -> hidden.by(node).getAsInt() + " " + tree.path(node))
                .sorted()
                .toList();
    }

    @Test
    void whatLaterLayersOverwriteOrRemoveIsHiddenByTheFirstThatDoes() throws IOException {
        layer(
                        "d 0 etc",
                        "f 1 etc/kept",
                        "f 1 etc/twice",
                        "f 1 etc/gone",
                        "d 0 opt",
                        "f 1 opt/a",
                        "d 0 was",
                        "l 0 link>a")
                .layer("d 0 etc", "f 2 etc/twice", "f 2 etc/new")
                .layer("w 0 etc/gone", "f 3 etc/twice", "w 0 opt", "l 0 link>b")
                .layer("f 4 etc/gone", "d 0 opt", "f 4 was", "f 4 etc/new");
        assertThat(hiddenOf(1)).containsExactly("2 etc/twice", "3 etc/gone", "3 link", "3 opt", "3 opt/a", "4 was");
        assertThat(hiddenOf(2)).containsExactly("3 etc/twice", "4 etc/new");
        assertThat(hiddenOf(3)).isEmpty();
        assertThat(hiddenOf(4)).isEmpty();
    }

    private Waste waste() {
        WasteCount count = new WasteCount(4);
        for (int number = 1; number <= layers.size(); number++) {
            count.add(layers.get(number - 1), number);
        }
        return count.result();
    }

    /// `SIGN PATH` of all that is shown.
    private static TreeSet<String> lines(FileTree tree) {
        TreeSet<String> lines = new TreeSet<>();
        IntStream.range(1, tree.limit())
                .filter(tree::isShown)
                .forEach(node -> lines.add(sign(tree.change(node)) + " " + tree.path(node)));
        return lines;
    }

    private static String sign(FileChange change) {
        return switch (change) {
            case NONE -> "=";
            case ADDED -> "+";
            case CHANGED -> "~";
            case REMOVED -> "-";
        };
    }

    @Test
    void theLowestLayerAddsAll() throws IOException {
        FileTree tree = layer("d 0 a", "f 5 a/b", "l 0 a/c>b", "h 0 d>a/b", "p 0 e", "c 0 f>1,3")
                .tree();
        assertThat(lines(tree)).containsExactly("+ a", "+ a/b", "+ a/c", "+ d", "+ e", "+ f");
        int file = tree.find("a/b");
        assertThat(tree.size(file)).isEqualTo(5);
        assertThat(tree.uid(file)).isEqualTo(1);
        assertThat(tree.gid(file)).isEqualTo(2);
        assertThat(tree.modifiedAt(file)).hasToString("2020-09-13T12:26:40.000000007Z");
        assertThat(tree.kind(tree.find("d"))).isEqualTo(FileKind.HARD_LINK);
        assertThat(tree.size(tree.find("d"))).isEqualTo(5);
        assertThat(tree.link(tree.find("a/c"))).isEqualTo("b");
        assertThat(tree.link(tree.find("f"))).isEqualTo("1,3");
        assertThat(tree.total(FileTree.ROOT)).as("a hard link takes no room").isEqualTo(5);
        assertThat(tree.files(FileTree.ROOT)).isEqualTo(5);
    }

    @Test
    void whatALayerDoesIsMarked() throws IOException {
        FileTree tree = layer("d 0 a", "f 5 a/kept", "f 5 a/changed", "f 5 a/gone", "d 0 b", "f 7 b/c")
                .layer("d 0 a", "f 6 a/changed", "w 0 a/gone", "f 1 a/new", "w 0 b")
                .tree();
        assertThat(lines(tree))
                .containsExactly("+ a/new", "- a/gone", "- b", "- b/c", "= a", "= a/kept", "~ a/changed");
        assertThat(tree.total(FileTree.ROOT)).isEqualTo(12);
        assertThat(tree.brought(FileTree.ROOT)).isEqualTo(7);
        assertThat(tree.touched(tree.find("a"))).isEqualTo(3);
        assertThat(tree.total(tree.find("b"))).as("what it had").isEqualTo(7);
        assertThat(tree.layerOf(tree.find("a/gone"))).isEqualTo(1);
        assertThat(tree.layerOf(tree.find("a/changed"))).isEqualTo(2);
    }

    @Test
    void aHigherLayerForgetsWhatLowerOnesDid() throws IOException {
        FileTree tree = layer("f 1 a").layer("w 0 a", "f 2 b").layer("f 3 c").tree();
        assertThat(lines(tree)).containsExactly("+ c", "= b");
    }

    @Test
    void whiteoutsAreAboutLayersBelowWhereverTheyStand() throws IOException {
        FileTree tree = layer("d 0 a", "f 1 a/old")
                .layer("d 0 a", "f 2 a/new", "w 0 a", "o 0 a")
                .tree();
        assertThat(lines(tree)).containsExactly("+ a/new", "- a/old", "~ a");
    }

    @Test
    void anOpaqueDirectoryShowsItsOwnAlone() throws IOException {
        FileTree tree = layer("d 0 a", "f 1 a/one", "d 0 a/two", "f 1 a/two/three")
                .layer("d 0 a", "o 0 a", "f 4 a/one")
                .tree();
        assertThat(lines(tree)).containsExactly("- a/two", "- a/two/three", "= a", "~ a/one");
    }

    @Test
    void aWhiteoutOfWhatNeverWasHidesNothing() throws IOException {
        FileTree tree =
                layer("f 1 a").layer("w 0 b", "w 0 c/d", "o 0 e", "o 0 .").tree();
        assertThat(lines(tree)).containsExactly("- a");
    }

    @Test
    void kindsReplaceEachOther() throws IOException {
        FileTree tree = layer("d 0 a", "d 0 a/b", "f 1 a/b/c", "f 1 x")
                .layer("f 9 a", "d 0 x", "f 2 x/y")
                .tree();
        assertThat(lines(tree)).containsExactly("+ x/y", "~ a", "~ x");
        assertThat(tree.kind(tree.find("a"))).isEqualTo(FileKind.FILE);
        assertThat(tree.matching(FileFilter.ALL.withWords("c"))).isEmpty();
        FileTree back = layer("d 0 a", "f 3 a/b").tree();
        assertThat(lines(back)).containsExactly("+ a/b", "= x", "= x/y", "~ a");
    }

    @Test
    void directoriesThatNoEntryNamesLookAsBelow() throws IOException {
        FileTree tree =
                layer("d 0 a").layer("i 0 a", "f 1 a/b", "i 0 new", "f 1 new/c").tree();
        assertThat(lines(tree)).containsExactly("+ a/b", "+ new", "+ new/c", "= a");
        assertThat(tree.uid(tree.find("a"))).isEqualTo(1);
        assertThat(tree.uid(tree.find("new"))).isZero();
    }

    @Test
    void linksOfTheSameLayerAreFollowedAndOthersReplaced() throws IOException {
        FileTree tree =
                layer("d 0 usr", "d 0 usr/lib", "l 0 lib>usr/lib", "f 3 lib/x").tree();
        assertThat(tree.find("usr/lib/x")).isPositive();
        FileTree above = layer("i 0 lib", "f 4 lib/y").tree();
        assertThat(lines(above)).containsExactly("+ lib/y", "= usr", "= usr/lib", "= usr/lib/x", "~ lib");
        layers.clear();
        assertThat(lines(layer("l 0 a>b", "l 0 b>a", "f 1 a/c").tree())).isNotEmpty();
    }

    @Test
    void strangeNamesAreFoundByTheirBytes() throws IOException {
        FileTree tree = layer(
                        "f 1 a\\nb", "f 1 tab\\there", "f 1 back\\\\slash", "f 1 \\xff\\xfe", "f 1 " + "n".repeat(255))
                .tree();
        assertThat(lines(tree))
                .contains("+ a\nb", "+ tab\there", "+ back\\slash", "+ " + "n".repeat(255), "+ \ufffd\ufffd");
        int strange = IntStream.range(1, tree.limit())
                .filter(node -> tree.name(node).contains("\ufffd"))
                .findFirst()
                .orElseThrow();
        assertThat(tree.rawName(strange)).containsExactly(0xff, 0xfe);
    }

    @Test
    void fourThousandDirectoriesInEachOther() throws IOException {
        String path = "d";
        List<String> entries = new ArrayList<>();
        for (int i = 0; i < 4000; i++) {
            entries.add("d 0 " + path);
            path += "/d";
        }
        entries.add("f " + (10L << 30) + " " + path + "/huge");
        FileTree tree = layer(entries.toArray(String[]::new)).tree();
        assertThat(tree.total(FileTree.ROOT)).isEqualTo(10L << 30);
        int huge = tree.matching(FileFilter.ALL.withWords("HUGE"))[0];
        assertThat(tree.depth(huge)).isEqualTo(4002);
        layer("w 0 d");
        assertThat(lines(tree())).allMatch(line -> line.startsWith("-"));
    }

    @Test
    void filtersLookAtNamesPathsKindsSizesAndChanges() throws IOException {
        FileTree tree = layer("d 0 etc", "f 10 etc/Hosts", "f 2000 etc/ünder", "l 0 hosts>etc/Hosts")
                .layer("f 1 etc/new-host")
                .tree();
        assertThat(found(tree, FileFilter.ALL.withWords("host"))).containsExactly("etc/Hosts", "hosts", "etc/new-host");
        assertThat(found(tree, FileFilter.ALL.withWords("/etc/h"))).containsExactly("etc/Hosts");
        assertThat(found(tree, FileFilter.ALL.withWords("ÜN"))).containsExactly("etc/ünder");
        assertThat(found(tree, FileFilter.ALL.withWords("host").withChanged(true)))
                .containsExactly("etc/new-host");
        assertThat(found(tree, new FileFilter("", Set.of(FileKind.SYMBOLIC_LINK), 0, false)))
                .containsExactly("hosts");
        assertThat(found(tree, new FileFilter("", Set.of(), 1000, false))).containsExactly("etc/ünder");
    }

    private static List<String> found(FileTree tree, FileFilter filter) {
        return Arrays.stream(tree.matching(filter)).mapToObj(tree::path).toList();
    }

    @Test
    void aWrittenTreeIsReadAsItWas() throws IOException {
        FileTree tree = layer("d 0 a", "f 5 a/b", "l 0 a/c>b")
                .layer("w 0 a/b", "f 1 z")
                .leftOut(3)
                .tree();
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        tree.write(bytes);
        FileTree again = FileTree.read(new ByteArrayInputStream(bytes.toByteArray()));
        assertThat(lines(again)).isEqualTo(lines(tree));
        assertThat(again.layer()).isEqualTo(2);
        assertThat(again.leftOut()).isEqualTo(3);
        assertThat(again.link(again.find("a/c"))).isEqualTo("b");
        assertThat(again.total(FileTree.ROOT)).isEqualTo(tree.total(FileTree.ROOT));
        assertThat(again.modifiedAt(again.find("z"))).isEqualTo(tree.modifiedAt(tree.find("z")));
        for (int cut = 0; cut < bytes.size(); cut++) {
            byte[] part = Arrays.copyOf(bytes.toByteArray(), cut);
            assertThatThrownBy(() -> FileTree.read(new ByteArrayInputStream(part)))
                    .isInstanceOf(IOException.class);
        }
        for (int at = 0; at < bytes.size(); at++) {
            byte[] broken = bytes.toByteArray();
            broken[at] ^= (byte) 0x81;
            try {
                lines(FileTree.read(new ByteArrayInputStream(broken)));
            } catch (IOException refused) {
                assertThat(refused).isNotNull();
            }
        }
    }

    /// A disk may be damaged; the answer says what helps.
    @Test
    void aDamagedIndexIsToldAsSuch() throws IOException {
        layer("d 0 a", "f 5 a/b", "l 0 a/c>b", "w 0 gone");
        byte[] whole = Files.readAllBytes(layers.getFirst());
        for (int cut = 1; cut < whole.length; cut++) {
            if (whole[cut - 1] != '\n') {
                Files.write(layers.getFirst(), Arrays.copyOf(whole, cut));
                assertThatThrownBy(this::tree)
                        .isInstanceOf(CorruptedException.class)
                        .hasMessageContaining("get it again");
            }
        }
        for (int at = 0; at < whole.length; at++) {
            for (int bit = 0; bit < 8; bit++) {
                byte[] damaged = whole.clone();
                damaged[at] ^= (byte) (1 << bit);
                Files.write(layers.getFirst(), damaged);
                try {
                    lines(tree());
                } catch (CorruptedException told) {
                    assertThat(told).hasMessageContaining("get it again");
                }
            }
        }
        Files.writeString(layers.getFirst(), "f\t644\t0\t0\t1\t0\t-\t" + "n".repeat(256) + "\t\n");
        assertThatThrownBy(this::tree).isInstanceOf(CorruptedException.class);
        Files.writeString(layers.getFirst(), "f\t644\t0\t0\t1\t0\t-\t" + "n/".repeat(8200) + "\t\n");
        assertThatThrownBy(this::tree).isInstanceOf(CorruptedException.class);
    }

    @Test
    void wasteIsWhatNoContainerSees() throws IOException {
        layer("d 0 a", "f 100 a/big", "f 10 a/twice", "d 0 cache", "f 30 cache/one", "f 40 cache/two", "f 5 kept")
                .layer("f 10 a/twice", "w 0 a/big")
                .layer("w 0 cache", "f 10 a/twice");
        Waste waste = waste();
        assertThat(waste.bytes()).isEqualTo(100 + 10 + 10 + 70);
        assertThat(waste.hidden())
                .containsExactly(
                        new Hidden(FilePath.of("a/big"), 100, 1, 2, true),
                        new Hidden(FilePath.of("cache"), 70, 1, 3, true),
                        new Hidden(FilePath.of("a/twice"), 10, 1, 2, false),
                        new Hidden(FilePath.of("a/twice"), 10, 2, 3, false));
        // dive: a/big 100 and 0, a/twice 10 thrice, cache once as the whiteout with 70, its files once each.
        assertThat(waste.repeated()).isEqualTo(100 + 30);
        assertThat(waste.brought()).isEqualTo(tree().brought(FileTree.ROOT)).isPositive();
        double least = 0 + 10 + 70 + 30 + 40 + 5;
        assertThat(waste.efficiency()).isEqualTo(least / (100 + 30 + 70 + 30 + 40 + 5));
    }

    /// `KIND PATH SIZE>LINK` of all files that are there.
    private static List<String> names(FileTree tree) {
        return IntStream.range(1, tree.limit())
                .filter(node -> tree.isThere(node) && tree.kind(node) != FileKind.DIRECTORY)
                .mapToObj(
                        node -> tree.kind(node) + " " + tree.path(node) + " " + tree.size(node) + ">" + tree.link(node))
                .toList();
    }

    @Test
    void aFileStaysForItsLastNameAndThenIsWasted() throws IOException {
        layer("d 0 x", "f 100 x/a", "h 0 b>x/a", "h 0 c>./b");
        assertThat(names(tree())).containsExactly("FILE x/a 100>", "HARD_LINK b 100>x/a", "HARD_LINK c 100>x/a");
        layer("w 0 x/a");
        assertThat(names(tree())).containsExactly("FILE b 100>", "HARD_LINK c 100>b");
        assertThat(lines(tree())).containsExactly("- x/a", "= b", "= c", "= x");
        assertThat(tree().total(FileTree.ROOT)).isEqualTo(100);
        assertThat(waste().bytes()).isZero();
        layer("f 30 b");
        assertThat(names(tree())).containsExactly("FILE b 30>", "FILE c 100>");
        assertThat(tree().total(FileTree.ROOT)).isEqualTo(130);
        assertThat(waste().bytes()).isZero();
        layer("w 0 c", "w 0 b");
        assertThat(waste().bytes()).isEqualTo(130);
        assertThat(waste().hidden())
                .containsExactly(
                        new Hidden(FilePath.of("c"), 100, 1, 4, true), new Hidden(FilePath.of("b"), 30, 3, 4, true));
    }

    @Test
    void aDirectoryThatGoesHadTheBytesOfEachFileOnce() throws IOException {
        FileTree tree = layer("d 0 x", "f 100 x/a", "h 0 x/b>x/a", "d 0 y", "h 0 y/c>x/a", "f 100 x/a2", "h 0 z>x/a2")
                .layer("w 0 x", "w 0 y")
                .tree();
        assertThat(tree.total(tree.find("x"))).as("what it had").isEqualTo(200);
        assertThat(tree.total(tree.find("y"))).isZero();
        assertThat(tree.kind(tree.find("y/c"))).isEqualTo(FileKind.HARD_LINK);
        assertThat(tree.total(FileTree.ROOT)).as("of z").isEqualTo(100);
        assertThat(waste().hidden()).containsExactly(new Hidden(FilePath.of("y"), 100, 1, 2, true));
        // dive, which takes each entry for a file of its own: x/a and x/a2 once each, and then x as the whiteout.
        assertThat(waste().efficiency()).isEqualTo(400.0 / 400);
        assertThat(waste().repeated()).isZero();
    }

    @Test
    void oneMoreNameOfALinkOrAPipeIsSuchAOne() throws IOException {
        FileTree tree = layer("l 0 a>there", "h 0 b>a", "p 0 c", "h 0 d>c", "c 0 e>1,3", "h 0 f>e", "h 0 g>b")
                .tree();
        assertThat(names(tree))
                .containsExactly(
                        "SYMBOLIC_LINK a 0>there",
                        "SYMBOLIC_LINK b 0>there",
                        "NAMED_PIPE c 0>",
                        "NAMED_PIPE d 0>",
                        "CHARACTER_DEVICE e 0>1,3",
                        "CHARACTER_DEVICE f 0>1,3",
                        "SYMBOLIC_LINK g 0>there");
        assertThat(tree.mode(tree.find("b"))).isEqualTo(0777);
    }

    @Test
    void whatAnArchiveHoldsTwiceIsAsTheExtractorLeavesIt() throws IOException {
        FileTree tree = layer("f 5 a", "h 0 b>a", "h 0 a>a", "h 0 a>b", "f 7 b", "h 0 c>a")
                .tree();
        assertThat(names(tree)).containsExactly("FILE a 5>", "FILE b 7>", "HARD_LINK c 5>a");
        assertThat(tree.total(FileTree.ROOT)).isEqualTo(12);
        assertThat(tree.brought(FileTree.ROOT)).isEqualTo(12);
    }

    @Test
    void manyNamesOfOneFileTakeTheirTime() throws IOException {
        String deep = "d/".repeat(200);
        List<String> entries = new ArrayList<>(List.of("f 3 " + deep + "a"));
        for (int i = 0; i < 100_000; i++) {
            entries.add("h 0 n" + i + ">" + (i == 0 ? deep + "a" : "n" + (i - 1)));
        }
        FileTree tree = layer(entries.toArray(String[]::new)).layer("w 0 d").tree();
        assertThat(tree.total(FileTree.ROOT)).isEqualTo(3);
        assertThat(tree.link(tree.find("n99999"))).isEqualTo("n0");
    }

    @Test
    void theSumsCountWhatIsTooManyToBeTold() throws IOException {
        String[] files =
                IntStream.range(0, 20_100).mapToObj(each -> "f 10 " + each).toArray(String[]::new);
        String[] removed =
                IntStream.range(0, 100).mapToObj(each -> "w 0 " + each).toArray(String[]::new);
        Waste waste = layer(files).layer(files).layer(removed).waste();
        assertThat(waste.hidden()).hasSize(10_000);
        assertThat(waste.count()).isEqualTo(20_200);
        assertThat(waste.removedCount()).isEqualTo(100);
        assertThat(waste.bytes()).isEqualTo(202_000);
        assertThat(waste.removedBytes()).isEqualTo(1000);
    }

    @Test
    void nothingIsWastedByOneLayer() throws IOException {
        Waste waste = layer("d 0 a", "f 100 a/b").waste();
        assertThat(waste).isEqualTo(new Waste(0, 0, 0, 0, 1, 0, 100, List.of(), List.of()));
        layers.clear();
        assertThat(layer().waste().efficiency()).isEqualTo(1);
    }

    @Test
    void cachesAreToldByTheLayerThatBroughtThem() throws IOException {
        layer("d 0 var/lib/apt/lists", "f 90 var/lib/apt/lists/packages", "f 0 var/lib/apt/lists/lock")
                .layer(
                        "f 50 var/lib/apt/lists/more",
                        "f 10 root/.cache/pip/http/one",
                        "f 20 home/ada/.npm/_cacache/two",
                        "f 5 srv/var/cache/apk/no",
                        "f 70 var/cache/apk/gone",
                        "h 0 var/cache/apt/again>srv/var/cache/apk/no")
                .layer("w 0 var/cache/apk", "f 30 var/lib/apt/lists/packages");
        assertThat(waste().caches())
                .containsExactly(
                        new Waste.Cache(PackageCache.APT_LISTS, FilePath.of("var/lib/apt/lists"), 2, 50, 1),
                        new Waste.Cache(PackageCache.APT_LISTS, FilePath.of("var/lib/apt/lists"), 3, 30, 1),
                        new Waste.Cache(PackageCache.NPM, FilePath.of("home/ada/.npm/_cacache"), 2, 20, 1),
                        new Waste.Cache(PackageCache.PIP, FilePath.of("root/.cache/pip"), 2, 10, 1));
    }

    @Test
    void whatTheEngineMakesForMountsIsNoChangeWhereverLinksLeadWithIt() throws IOException {
        layer("d 0 etc", "d 0 run", "d 0 dev", "l 0 etc/resolv.conf>../run/resolve/stub.conf", "f 9 etc/passwd")
                .layer(
                        "d 0 etc",
                        "f 0 etc/hosts",
                        "f 0 etc/hostname",
                        "f 0 etc/empty",
                        "d 0 run",
                        "d 0 run/resolve",
                        "f 0 run/resolve/stub.conf",
                        "d 0 dev",
                        "d 0 proc",
                        "d 0 sys",
                        "f 4 sys/written");
        List<FilePath> made = new ArrayList<>();
        assertThat(ofContainer(made))
                .containsExactlyInAnyOrder(
                        "= dev",
                        "= etc",
                        "= etc/passwd",
                        "= etc/resolv.conf",
                        "= run",
                        "+ etc/empty",
                        "+ sys",
                        "+ sys/written");
        assertThat(made)
                .extracting(FilePath::toString)
                .containsExactlyInAnyOrder("etc/hosts", "etc/hostname", "run/resolve/stub.conf", "run/resolve", "proc");
    }

    @Test
    void whatAPersonWroteAtTheirPlaceIsAChangeAndLinksInACircleLeadNowhere() throws IOException {
        layer("d 0 etc", "l 0 etc/hosts>loop", "l 0 etc/loop>hosts", "d 0 run")
                .layer("f 7 etc/resolv.conf", "d 0 etc/hostname", "d 0 run/other");
        List<FilePath> made = new ArrayList<>();
        assertThat(ofContainer(made)).contains("+ etc/resolv.conf", "+ etc/hostname", "+ run/other");
        assertThat(made).isEmpty();
    }
}
