package io.darsena.engine.layer;

import static org.assertj.core.api.Assertions.assertThat;

import io.darsena.bridge.layer.FileKind;
import io.darsena.bridge.layer.FileTree;
import io.darsena.bridge.layer.FileTreeBuilder;
import io.darsena.bridge.layer.FileTreeBuilder.Facts;
import io.darsena.bridge.layer.TreeComparison;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.junit.jupiter.api.Test;

class ContentChoiceTest {

    private static FileTree tree(long... sizes) {
        FileTreeBuilder tree = new FileTreeBuilder(8);
        tree.begin(1, true);
        for (int number = 0; number < sizes.length; number++) {
            byte[] name = Character.toString('a' + number).getBytes(StandardCharsets.US_ASCII);
            Facts facts = new Facts(0644, 0, 0, sizes[number], 0, 0, false, false);
            tree.put(FileTree.ROOT, name, 0, name.length, FileKind.FILE, facts);
        }
        return tree.build();
    }

    @Test
    void whatIsReadIsBoundedAndOfMostFilesItIsKnown() {
        long[] sizes = {30, 5, 1L << 40, Integer.MAX_VALUE + 2L, 9, 0};
        TreeComparison files = TreeComparison.of(tree(sizes), tree(sizes), 0);
        ContentSearch.Choice choice = ContentSearch.Choice.of(files, 40);
        assertThat(Arrays.stream(choice.nodes()).mapToObj(files::name)).containsExactly("b", "e");
        assertThat(choice.bytes()).isEqualTo(2 * (5 + 9));
        assertThat(ContentSearch.Choice.of(files, 2L << 30).nodes()).hasSize(3);
    }
}
