package io.darsena.app.layers;

import static org.assertj.core.api.Assertions.assertThat;

import io.darsena.bridge.layer.FileKind;
import io.darsena.bridge.layer.FileTree;
import io.darsena.bridge.layer.FileTreeBuilder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/// Which lines are there before anybody has opened a directory.
class ExplorerRowsTest {

    private final ExplorerRows rows = new ExplorerRows();

    private static FileTree tree(List<String> files) {
        FileTreeBuilder builder = new FileTreeBuilder(files.size());
        builder.begin(1, true);
        for (String file : files) {
            int at = FileTree.ROOT;
            String[] names = file.split("/");
            for (int i = 0; i < names.length; i++) {
                byte[] name = names[i].getBytes(StandardCharsets.UTF_8);
                at = i < names.length - 1
                        ? builder.imply(at, name, 0, name.length)
                        : builder.put(
                                at,
                                name,
                                0,
                                name.length,
                                FileKind.FILE,
                                new FileTreeBuilder.Facts(0644, 0, 0, 1, 0, 0, false, false));
            }
        }
        return builder.build();
    }

    private int linesOf(List<String> files) {
        rows.show(Optional.of(new LayerSight(tree(files), Scope.STACK)), "");
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
    void aDirectoryOfMoreThanAnybodyLooksThroughStaysClosed() {
        assertThat(linesOf(many("srv", 10_001))).isEqualTo(1);
    }
}
