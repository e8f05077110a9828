package io.darsena.app.settings;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.CancellationException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DirectorySizeTest {

    @TempDir
    private Path folder;

    private void write(String name, int bytes) throws IOException {
        Path file = folder.resolve(name);
        Files.createDirectories(file.getParent());
        Files.write(file, new byte[bytes]);
    }

    @Test
    void eachPartIsMeasuredWithAllBelowIt() throws IOException {
        write("layers/a/fs/bin", 700);
        write("layers/b/index", 50);
        write("darsena.db", 200);
        DirectorySize size = DirectorySize.of(folder);
        assertThat(size.bytes()).isEqualTo(950);
        assertThat(size.complete()).isTrue();
        assertThat(size.parts())
                .containsExactly(new DirectorySize.Part("layers", 750), new DirectorySize.Part("darsena.db", 200));
    }

    @Test
    void whatIsLinkedTwiceCountsOnceAndLinksLeadNowhere() throws IOException {
        write("a/file", 100);
        Files.createLink(folder.resolve("a/again"), folder.resolve("a/file"));
        Files.createSymbolicLink(folder.resolve("a/root"), Path.of("/"));
        assertThat(DirectorySize.of(folder).bytes()).isEqualTo(100);
    }

    @Test
    void whatIsNotThereIsNotComplete() {
        DirectorySize size = DirectorySize.of(folder.resolve("none"));
        assertThat(size.complete()).isFalse();
        assertThat(size.bytes()).isZero();
    }

    @Test
    void anInterruptEndsTheMeasuring() throws IOException {
        write("a/file", 1);
        Thread.currentThread().interrupt();
        try {
            assertThatThrownBy(() -> DirectorySize.of(folder)).isInstanceOf(CancellationException.class);
        } finally {
            Thread.interrupted();
        }
    }
}
