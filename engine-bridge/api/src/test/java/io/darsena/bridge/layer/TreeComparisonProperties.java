package io.darsena.bridge.layer;

import static io.darsena.bridge.layer.StackedTree.Entry.directory;
import static io.darsena.bridge.layer.StackedTree.Entry.file;
import static io.darsena.bridge.layer.StackedTree.Entry.hardLink;
import static io.darsena.bridge.layer.StackedTree.Entry.link;
import static org.assertj.core.api.Assertions.assertThat;

import io.darsena.bridge.image.DiffId;
import io.darsena.bridge.image.Digest;
import io.darsena.bridge.layer.StackedTree.Entry;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

class TreeComparisonProperties {

    /// Few names, so that paths meet.
    private static final List<String> PATHS = List.of("a", "b", "a/a", "a/b", "b/a", "a/a/a", "a/a/b", "b/a/b");

    /// The layers of two images, of which the lowest are the same.
    record Pair(List<List<Entry>> shared, List<List<Entry>> old, List<List<Entry>> fresh) {

        FileTree before() {
            return tree(old);
        }

        FileTree after() {
            return tree(fresh);
        }

        private FileTree tree(List<List<Entry>> own) {
            return StackedTree.of(Stream.concat(shared.stream(), own.stream()).toList());
        }

        TreeComparison comparison() {
            return TreeComparison.of(before(), after(), shared.size());
        }
    }

    @Provide
    Arbitrary<Pair> pairs() {
        Arbitrary<Entry> entry = Combinators.combine(
                        Arbitraries.of(
                                FileKind.FILE,
                                FileKind.FILE,
                                FileKind.DIRECTORY,
                                FileKind.SYMBOLIC_LINK,
                                FileKind.HARD_LINK),
                        Arbitraries.of(PATHS),
                        Arbitraries.of(0755, 0644),
                        Arbitraries.longs().between(0, 1),
                        Arbitraries.longs().between(0, 2),
                        Arbitraries.longs().between(0, 1),
                        Arbitraries.of(PATHS))
                .as((kind, path, mode, uid, size, time, other) -> new Entry(
                        kind,
                        path,
                        mode,
                        uid,
                        kind == FileKind.FILE ? size : 0,
                        time,
                        kind == FileKind.SYMBOLIC_LINK ? "to" + size : kind == FileKind.HARD_LINK ? other : ""));
        Arbitrary<List<List<Entry>>> layers = entry.list().ofMaxSize(5).list().ofMaxSize(2);
        return Combinators.combine(layers, layers, layers).as(Pair::new);
    }

    private static Set<Integer> entries(FileTree tree) {
        return Arrays.stream(tree.matching(FileFilter.ALL))
                .filter(node -> tree.change(node) != FileChange.REMOVED)
                .boxed()
                .collect(Collectors.toCollection(TreeSet::new));
    }

    /// What is told of each path, a directory and something else at one path being two things. How many names a file
    /// has
    /// is not told.
    private static Map<String, String> facts(FileTree tree) {
        Map<String, String> facts = new TreeMap<>();
        for (int node : entries(tree)) {
            boolean directory = tree.kind(node) == FileKind.DIRECTORY;
            boolean file = tree.kind(node).isFile();
            facts.put(
                    tree.path(node) + (directory ? "/" : ""),
                    String.join(
                            " ",
                            file ? "FILE" : tree.kind(node).name(),
                            Long.toString(tree.size(node)),
                            Integer.toString(tree.mode(node)),
                            Long.toString(tree.uid(node)),
                            file ? tree.modifiedAt(node).toString() : tree.link(node)));
        }
        return facts;
    }

    /// `SIGN PATH` of all that is marked.
    private static Set<String> marked(TreeComparison comparison) {
        return Arrays.stream(comparison.matching(FileFilter.ALL.withChanged(true)))
                .mapToObj(node -> comparison.change(node)
                        + " "
                        + comparison.path(node)
                        + (comparison.kind(node) == FileKind.DIRECTORY ? "/" : ""))
                .collect(Collectors.toCollection(TreeSet::new));
    }

    @Property
    void whatDiffersIsWhatAPlainLookAtEachPathFinds(@ForAll("pairs") Pair pair) {
        Map<String, String> before = facts(pair.before());
        Map<String, String> after = facts(pair.after());
        Set<String> expected = new TreeSet<>();
        before.forEach((path, fact) -> {
            if (!after.containsKey(path)) {
                expected.add("REMOVED " + path);
            } else if (!fact.equals(after.get(path))) {
                expected.add("CHANGED " + path);
            }
        });
        after.keySet().stream()
                .filter(path -> !before.containsKey(path))
                .forEach(path -> expected.add("ADDED " + path));
        assertThat(marked(pair.comparison())).isEqualTo(expected);
    }

    @Property
    void anImageDoesNotDifferFromItself(@ForAll("pairs") Pair pair) {
        TreeComparison.Sums sums =
                TreeComparison.of(pair.before(), pair.before(), 0).sums();
        assertThat(sums.isNothing()).isTrue();
        assertThat(sums.growth()).isZero();
        assertThat(TreeComparison.of(pair.before(), pair.before(), 9)
                        .sums()
                        .contents()
                        .uncompared())
                .as("one layer brings the same to both")
                .isZero();
    }

    @Property
    void theOtherWayRoundAddedAndRemovedChangePlaces(@ForAll("pairs") Pair pair) {
        TreeComparison.Sums there = pair.comparison().sums();
        TreeComparison.Sums back = TreeComparison.of(
                        pair.after(), pair.before(), pair.shared().size())
                .sums();
        assertThat(back)
                .isEqualTo(new TreeComparison.Sums(
                        there.removed(),
                        there.added(),
                        there.changed(),
                        there.timeAlone(),
                        there.same(),
                        there.directories(),
                        there.removedBytes(),
                        there.addedBytes(),
                        there.changedTo(),
                        there.changedFrom(),
                        -there.names(),
                        there.contents()));
        assertThat(back.growth()).isEqualTo(-there.growth());
        assertThat(pair.comparison().reversed().sums()).isEqualTo(back);
    }

    @Property
    void sumsAgreeWithTheTrees(@ForAll("pairs") Pair pair) {
        TreeComparison comparison = pair.comparison();
        FileTree before = pair.before();
        FileTree after = pair.after();
        TreeComparison.Sums sums = comparison.sums();
        assertThat(sums.growth())
                .isEqualTo(after.total(FileTree.ROOT) - before.total(FileTree.ROOT))
                .isEqualTo(comparison.growth(FileTree.ROOT));
        assertThat(sums.added() + sums.changed() + sums.same()).isEqualTo(after.files(FileTree.ROOT));
        assertThat(comparison.touched(FileTree.ROOT))
                .isEqualTo(sums.added() + sums.removed() + sums.changed() + sums.directories());
    }

    @Property
    void whatIsMarkedIsReachedFromTheRoot(@ForAll("pairs") Pair pair) {
        TreeComparison comparison = pair.comparison();
        Set<Integer> reached = new TreeSet<>();
        reach(comparison, FileTree.ROOT, reached);
        for (int node : comparison.matching(FileFilter.ALL)) {
            assertThat(reached).contains(node);
            assertThat(Arrays.stream(comparison.children(comparison.parent(node)))
                            .boxed())
                    .contains(node);
            assertThat(comparison.touched(comparison.parent(node)))
                    .isGreaterThanOrEqualTo(
                            comparison.touched(node) + (comparison.change(node) == FileChange.NONE ? 0 : 1));
        }
        assertThat(reached).hasSize(comparison.matching(FileFilter.ALL).length);
    }

    private static void reach(TreeComparison comparison, int directory, Set<Integer> reached) {
        for (int node : comparison.children(directory)) {
            reached.add(node);
            reach(comparison, node, reached);
        }
    }

    @Property
    void knowingTheSharedLayersChangesNothingButHowSureItIs(@ForAll("pairs") Pair pair) {
        assertThat(marked(TreeComparison.of(pair.before(), pair.after(), 0))).isEqualTo(marked(pair.comparison()));
    }

    @Property
    void withoutTimesTheRestIsMarkedAsBefore(@ForAll("pairs") Pair pair) {
        TreeComparison strict = pair.comparison();
        TreeComparison lenient = strict.ignoringTimes();
        assertThat(lenient.sums().changed())
                .isEqualTo(strict.sums().changed() - strict.sums().timeAlone());
        assertThat(lenient.sums().timeAlone()).isZero();
        assertThat(marked(strict)).containsAll(marked(lenient));
        assertThat(lenient.sums().growth()).isEqualTo(strict.sums().growth());
    }

    @Example
    void whatDiffersIsTold() {
        TreeComparison comparison = TreeComparison.of(
                StackedTree.of(
                        file("size", 1, 0),
                        file("time", 1, 0),
                        file("mode", 1, 0),
                        file("owner", 1, 0),
                        file("kind", 0, 0),
                        link("link", "old"),
                        directory("dir")),
                StackedTree.of(
                        file("size", 3, 0),
                        file("time", 1, 9),
                        file("mode", 1, 0).withMode(0755),
                        file("owner", 1, 0).withUid(33),
                        link("kind", ""),
                        link("link", "new"),
                        directory("dir").withMode(0700)),
                0);
        assertThat(differences(comparison, "size")).containsExactly(FileDifference.SIZE);
        assertThat(differences(comparison, "time")).containsExactly(FileDifference.TIME);
        assertThat(differences(comparison, "mode")).containsExactly(FileDifference.MODE);
        assertThat(differences(comparison, "owner")).containsExactly(FileDifference.OWNER);
        assertThat(differences(comparison, "kind")).contains(FileDifference.KIND);
        assertThat(differences(comparison, "link")).containsExactly(FileDifference.LINK);
        assertThat(differences(comparison, "dir")).containsExactly(FileDifference.MODE);
        assertThat(comparison.sums().changed()).isEqualTo(6);
        assertThat(comparison.sums().directories()).isEqualTo(1);
        assertThat(comparison.growth(comparison.find("size"))).isEqualTo(2);
        assertThat(comparison.before().size(comparison.twin(comparison.find("size"))))
                .isEqualTo(1);
    }

    private static Set<FileDifference> differences(TreeComparison comparison, String path) {
        return comparison.differences(comparison.find(path));
    }

    @Example
    void aDirectoryThatBecomesALinkIsRemovedWithAllInItAndTheLinkIsAdded() {
        TreeComparison comparison =
                TreeComparison.of(StackedTree.of(file("bin/sh", 7, 0)), StackedTree.of(link("bin", "usr/bin")), 0);
        assertThat(marked(comparison)).containsExactly("ADDED bin", "REMOVED bin/", "REMOVED bin/sh");
        assertThat(comparison.sums().removedBytes()).isEqualTo(7);
        assertThat(comparison.path(comparison.find("bin/sh"))).isEqualTo("bin/sh");
    }

    @Example
    void ofEqualSizeFromDifferentLayersContentsAreUnknownUntilTheyAreCompared() {
        TreeComparison comparison = TreeComparison.of(
                StackedTree.of(file("other", 7, 1), file("time", 7, 1), file("late", 7, 1), file("empty", 0, 1)),
                StackedTree.of(file("other", 7, 1), file("time", 7, 2), file("late", 7, 1), file("empty", 0, 1)),
                0);
        int other = comparison.find("other");
        int late = comparison.find("late");
        assertThat(comparison.sums().changed()).isEqualTo(1);
        assertThat(comparison.sums().contents()).isEqualTo(new TreeComparison.Contents(3, 3 * 14, 0, 0, 0, 0));
        TreeComparison known = comparison.withContents(new ComparedContents(
                NodeSet.of(IntStream.of(other, 999)), NodeSet.NONE, NodeSet.of(IntStream.of(late)), 2));
        assertThat(differences(known, "other")).containsExactly(FileDifference.CONTENT);
        assertThat(known.isUncompared(late)).isTrue();
        assertThat(known.sums().changed()).isEqualTo(2);
        assertThat(known.sums().timeAlone()).isEqualTo(1);
        assertThat(known.sums().contents()).isEqualTo(new TreeComparison.Contents(1, 14, 2, 1, 0, 0));
        assertThat(marked(known.ignoringTimes())).containsExactly("CHANGED other");
        TreeComparison back = known.reversed();
        assertThat(back.sums()).isEqualTo(known.sums());
        assertThat(differences(back, "other")).containsExactly(FileDifference.CONTENT);
        assertThat(back.uncompared()).containsExactly(back.find("late"));
    }

    @Example
    void namesOfOneFileAreComparedOnceWhicheverOfThemComesFirst() {
        TreeComparison comparison = TreeComparison.of(
                StackedTree.of(file("a", 7, 1), hardLink("b", "a"), hardLink("c", "a"), file("alone", 7, 1)),
                StackedTree.of(file("b", 7, 1), hardLink("a", "b"), file("c", 7, 1), hardLink("alone", "c")),
                0);
        assertThat(comparison.sums().isNothing()).isTrue();
        assertThat(marked(comparison)).isEmpty();
        assertThat(comparison.sums().names()).as("two files still").isZero();
        FileTree after = comparison.after();
        int read = after.find("b");
        assertThat(comparison.uncompared()).containsExactly(read, after.find("c"), after.find("alone"));
        assertThat(comparison.sums().contents()).isEqualTo(new TreeComparison.Contents(3, 3 * 14, 0, 0, 0, 0));
        TreeComparison known = comparison.withContents(
                new ComparedContents(NodeSet.of(IntStream.of(read)), NodeSet.NONE, NodeSet.NONE, 3));
        assertThat(marked(known)).containsExactly("CHANGED a", "CHANGED b");
        assertThat(differences(known, "a")).containsExactly(FileDifference.CONTENT);
        assertThat(marked(known.reversed())).containsExactly("CHANGED a", "CHANGED b");
        assertThat(known.reversed().uncompared()).isEmpty();
    }

    @Example
    void attributesThatBothHaveAreUnknownUntilSomebodyHasLooked() {
        List<Entry> both = List.of(
                file("file", 7, 1).withAttributes(),
                file("empty", 0, 1).withAttributes(),
                directory("dir").withAttributes(),
                link("link", "file"),
                file("plain", 0, 1));
        TreeComparison comparison = TreeComparison.of(
                StackedTree.of(Stream.concat(
                                both.stream(), Stream.of(file("grown", 1, 1).withAttributes()))
                        .toArray(Entry[]::new)),
                StackedTree.of(Stream.concat(
                                both.stream(), Stream.of(file("grown", 2, 1).withAttributes()))
                        .toArray(Entry[]::new)),
                0);
        int file = comparison.find("file");
        int empty = comparison.find("empty");
        int dir = comparison.find("dir");
        assertThat(marked(comparison)).containsExactly("CHANGED grown");
        assertThat(comparison.uncompared()).containsExactlyInAnyOrder(file, empty, dir);
        assertThat(comparison.isUncompared(empty)).as("its contents").isFalse();
        assertThat(comparison.sums().contents()).isEqualTo(new TreeComparison.Contents(1, 14, 0, 0, 2, 0));
        TreeComparison known = comparison.withContents(new ComparedContents(
                NodeSet.NONE, NodeSet.of(IntStream.of(file, dir, empty)), NodeSet.of(IntStream.of(empty)), 2));
        assertThat(marked(known)).containsExactly("CHANGED dir/", "CHANGED file", "CHANGED grown");
        assertThat(differences(known, "dir")).containsExactly(FileDifference.ATTRIBUTES);
        assertThat(differences(known, "file")).containsExactly(FileDifference.ATTRIBUTES);
        assertThat(known.sums().contents()).isEqualTo(new TreeComparison.Contents(0, 0, 1, 0, 1, 2));
        TreeComparison back = known.reversed();
        assertThat(back.sums().contents()).isEqualTo(known.sums().contents());
        assertThat(differences(back, "dir")).containsExactly(FileDifference.ATTRIBUTES);
        assertThat(TreeComparison.of(comparison.before(), comparison.after(), 9).uncompared())
                .as("of one layer")
                .isEmpty();
    }

    @Example
    void whatNoLongerHasItsOtherNamesHasTheBytesItself() {
        List<Entry> base = List.of(file("a", 7, 1), hardLink("b", "a"));
        FileTree before = StackedTree.of(List.of(base));
        TreeComparison.Sums overwritten = TreeComparison.of(
                        before, StackedTree.of(List.of(base, List.of(file("a", 3, 1)))), 1)
                .sums();
        assertThat(overwritten.changed()).isEqualTo(1);
        assertThat(overwritten.names()).isEqualTo(7);
        assertThat(overwritten.growth()).isEqualTo(3);
        TreeComparison.Sums split = TreeComparison.of(before, StackedTree.of(file("a", 7, 1), file("b", 7, 1)), 0)
                .sums();
        assertThat(split.changed()).isZero();
        assertThat(split.isNothing()).isFalse();
        assertThat(split.growth()).isEqualTo(7);
    }

    @Example
    void aFileOfOneLayerIsTheSameWhateverLiesBelowIt() {
        FileTree before = StackedTree.of(List.of(List.of(file("a", 7, 1)), List.of(file("b", 7, 1))));
        FileTree after = StackedTree.of(List.of(List.of(file("b", 7, 1)), List.of(file("a", 7, 1))));
        LayerComparison.Layer a = layer('a');
        LayerComparison.Layer b = layer('b');
        LayerComparison turned = new LayerComparison(List.of(), List.of(a, b), List.of(b, a));
        LayerComparison others = new LayerComparison(List.of(), List.of(a, b), List.of(b, layer('c')));
        assertThat(TreeComparison.of(before, after, turned).uncompared()).isEmpty();
        assertThat(TreeComparison.of(before, after, others).uncompared()).containsExactly(after.find("a"));
        assertThat(TreeComparison.of(before, after, others).reversed().uncompared())
                .containsExactly(before.find("a"));
    }

    private static LayerComparison.Layer layer(char digit) {
        Digest digest = new Digest(Character.toString(digit).repeat(64));
        return new LayerComparison.Layer(Optional.of(new DiffId(digest)), OptionalLong.of(7), 7, "", true);
    }
}
