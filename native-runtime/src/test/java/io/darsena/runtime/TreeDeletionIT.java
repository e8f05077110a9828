package io.darsena.runtime;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(120)
class TreeDeletionIT {

    private static final int ROUNDS = 12;

    @TempDir
    Path directory;

    /// As after a crash: what the killed engine had begun to delete, the next one deletes too.
    @Test
    void twoThatDeleteOneTreeBothFindItGone() throws Exception {
        try (ContainerRuntime runtime = RealRuntime.open(Files.createDirectory(directory.resolve("run")));
                ExecutorService threads = Executors.newFixedThreadPool(2)) {
            for (int round = 0; round < ROUNDS; round++) {
                Path tree = grow(directory.resolve("tree-" + round));
                CyclicBarrier together = new CyclicBarrier(2);
                List<Future<Boolean>> both = List.of(
                        threads.submit(() -> delete(runtime, tree, together)),
                        threads.submit(() -> delete(runtime, tree, together)));
                for (Future<Boolean> one : both) {
                    assertThat(one.get()).isTrue();
                }
            }
        }
    }

    private static boolean delete(ContainerRuntime runtime, Path tree, CyclicBarrier together) throws Exception {
        together.await();
        runtime.delete(tree);
        return !Files.exists(tree);
    }

    private static Path grow(Path tree) throws IOException {
        for (int branch = 0; branch < 40; branch++) {
            Path twig = Files.createDirectories(tree.resolve("branch-" + branch).resolve("twig"));
            for (int leaf = 0; leaf < 20; leaf++) {
                Files.createFile(twig.resolve("leaf-" + leaf));
            }
        }
        return tree;
    }
}
