package io.darsena.app.layers;

import static org.assertj.core.api.Assertions.assertThat;

import io.darsena.bridge.layer.FileFilter;
import io.darsena.bridge.layer.FileKind;
import io.darsena.bridge.layer.FilePath;
import io.darsena.bridge.layer.FileTree;
import io.darsena.bridge.layer.FileTreeBuilder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.IntToLongFunction;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Which lines are there before anybody has opened a directory, and which stay.
class ExplorerRowsTest {

    private final ExplorerRows rows = new ExplorerRows();

    private static FileTree tree(List<String> files) {
        return tree(files, at -> 1);
    }

    private static FileTree tree(List<String> files, IntToLongFunction size) {
        FileTreeBuilder builder = new FileTreeBuilder(files.size());
        builder.begin(1, true);
        for (int each = 0; each < files.size(); each++) {
            long bytes = size.applyAsLong(each);
            int at = FileTree.ROOT;
            String[] names = files.get(each).split("/");
            for (int i = 0; i < names.length; i++) {
                byte[] name = names[i].getBytes(StandardCharsets.ISO_8859_1);
                at = i < names.length - 1
                        ? builder.imply(at, name, 0, name.length)
                        : builder.put(
                                at,
                                name,
                                0,
                                name.length,
                                FileKind.FILE,
                                new FileTreeBuilder.Facts(0644, 0, 0, bytes, 0, 0, false, false));
            }
        }
        return builder.build();
    }

    private int linesOf(List<String> files) {
        rows.show(Optional.of(new LayerSight(tree(files), Scope.STACK)), FileFilter.ALL);
        return rows.size();
    }

    private static List<String> many(String directory, int count) {
        return IntStream.range(0, count)
                .mapToObj(each -> directory + "/file-" + each)
                .toList();
    }

    @Test
    void fewFilesAreAllSeen() {
        assertThat(linesOf(List.of("etc/a", "etc/b", "usr/bin/c"))).isEqualTo(6);
    }

    @Test
    void directoriesOfManyFilesBesideEachOtherStayClosed() {
        List<String> files = new ArrayList<>(many("etc", 500));
        files.addAll(many("usr", 500));
        assertThat(linesOf(files)).isEqualTo(2);
    }

    @Test
    void theOnlyDirectoryIsOpenThoughMuchIsInIt() {
        assertThat(linesOf(many("srv/app/modules", 9_000))).isEqualTo(3 + 9_000);
        assertThat(rows.get(3).depth()).isEqualTo(3);
    }

    @Test
    void whatIsInTheManyOfTheOnlyDirectoryStaysClosed() {
        List<String> files = IntStream.range(0, 100)
                .mapToObj(each -> "srv/module-" + each + "/index.js")
                .toList();
        assertThat(linesOf(files)).isEqualTo(1 + 100);
    }

    @Test
    void ofMoreThanAreShownThoseAreThatMatterMost() {
        List<String> files = many("srv", 5_000);
        FileTree tree = tree(files, at -> at);
        FileFilter sought = new FileFilter("file", Set.of(FileKind.FILE), 100, false);
        rows.show(Optional.of(new LayerSight(tree, Scope.STACK)), sought);
        assertThat(rows.foundCount()).isEqualTo(4_900);
        assertThat(rows.size()).isEqualTo(1 + ExplorerRows.MOST_FOUND);
        assertThat(sizes(tree)).contains(100L).doesNotContain(99L, 4_999L);
        Comparator<Integer> largest = Comparator.comparing(tree::size).reversed();
        rows.arrange(largest, Optional.of(largest), true);
        assertThat(rows.size()).isEqualTo(1 + ExplorerRows.MOST_FOUND);
        assertThat(sizes(tree)).startsWith(4_999L, 4_998L).endsWith(3_000L);
        rows.arrange(largest, Optional.empty(), false);
        assertThat(sizes(tree)).doesNotContain(4_999L);
    }

    @Test
    void theLargestThatIsFoundComesFirstWhereverItLies() {
        List<String> files = List.of("a/one", "a/two", "b/c/three", "four");
        FileTree tree = tree(files, at -> new long[] {60, 60, 100, 10}[at]);
        Comparator<Integer> largest = Comparator.comparing(tree::total).reversed();
        rows.arrange(largest, Optional.of(largest), true);
        LayerSight sight = new LayerSight(tree, Scope.STACK);
        rows.show(Optional.of(sight), new FileFilter("", Set.of(FileKind.FILE), 0, false));
        assertThat(sizes(tree)).containsExactly(100L, 60L, 60L, 10L);
        rows.show(Optional.of(sight), FileFilter.ALL);
        assertThat(tree.path(rows.get(0).node())).isEqualTo("a");
    }

    /// Of the files that are shown.
    private List<Long> sizes(FileTree tree) {
        return rows.stream()
                .filter(row -> tree.kind(row.node()) == FileKind.FILE)
                .map(row -> tree.size(row.node()))
                .toList();
    }

    @Test
    void whatWasOpenIsOpenAgainWhenFilesComeBackUnlessItIsForgotten() {
        List<String> files = new ArrayList<>(many("etc", 50));
        files.addAll(many("usr", 50));
        LayerSight sight = new LayerSight(tree(files), Scope.STACK);
        rows.show(Optional.of(sight), FileFilter.ALL);
        rows.setOpen(rows.get(1).node(), true);
        rows.show(Optional.empty(), FileFilter.ALL);
        assertThat(rows).isEmpty();
        rows.show(Optional.of(sight), FileFilter.ALL);
        assertThat(rows).hasSize(2 + 50);
        rows.show(Optional.empty(), FileFilter.ALL);
        rows.forget();
        rows.show(Optional.of(sight), FileFilter.ALL);
        assertThat(rows).hasSize(2);
    }

    @Test
    void aDirectoryOfMoreThanAnybodyLooksThroughStaysClosed() {
        assertThat(linesOf(many("srv", 10_001))).isEqualTo(1);
    }

    private static LayerSight sight(List<String> files) {
        return new LayerSight(tree(files), Scope.STACK);
    }

    private int node(FilePath path) {
        return rows.files().orElseThrow().find(path);
    }

    /// The second one is no UTF-8.
    @ParameterizedTest
    @ValueSource(strings = {"srv/a\nb", "srv/\u00ff\u00fe"})
    void aDirectoryOfAnyNameStaysOpenWhileItsFilesChange(String directory) {
        FilePath path = FilePath.of(directory.getBytes(StandardCharsets.ISO_8859_1));
        List<String> files = new ArrayList<>(many("etc", 500));
        files.addAll(many(directory, 3));
        rows.show(Optional.of(sight(files)), FileFilter.ALL);
        rows.setOpen(node(FilePath.of("srv")), true);
        rows.setOpen(node(path), true);
        assertThat(rows.size()).isEqualTo(2 + 1 + 3);
        files.addAll(many(directory, 5));
        rows.follow(sight(files));
        assertThat(rows.isOpen(node(path))).isTrue();
        assertThat(rows.size()).isEqualTo(2 + 1 + 5);
        files.addAll(many(directory, 6));
        rows.show(Optional.of(sight(files)), FileFilter.ALL);
        assertThat(rows.size()).isEqualTo(2 + 1 + 6);
    }

    @Test
    void whatIsRevealedHasAllOpenThatItLiesIn() {
        List<String> files = new ArrayList<>(many("etc", 500));
        files.add("srv/deep/\u00ff/file");
        rows.show(Optional.of(sight(files)), FileFilter.ALL);
        AtomicInteger line = new AtomicInteger(-1);
        rows.onReveal(line::set);
        rows.reveal(FilePath.of("srv/deep/\u00ff/file".getBytes(StandardCharsets.ISO_8859_1)));
        assertThat(rows.size()).isEqualTo(2 + 3);
        assertThat(rows.files().orElseThrow().name(rows.get(line.getAndSet(-1)).node()))
                .isEqualTo("file");
        rows.reveal(FilePath.of("srv/none"));
        assertThat(line.get()).isEqualTo(-1);
    }
}
