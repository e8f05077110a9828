package io.darsena.engine.kernel;

import static org.assertj.core.api.Assertions.assertThat;

import io.darsena.bridge.container.ContainerId;
import io.darsena.bridge.container.ContainerSpec;
import io.darsena.bridge.image.Image;
import io.darsena.bridge.image.ImageReference;
import io.darsena.bridge.layer.Commit;
import io.darsena.bridge.layer.FileChange;
import io.darsena.bridge.layer.FileTree;
import io.darsena.bridge.layer.Layers;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;

/// A container that has written files, on an image that has some, and what is told of them.
abstract class WrittenFiles {

    static final String STARTER = "darsena/starter:latest";

    @TempDir
    Path temporary;

    RealEngine real;

    Layers layers;

    @BeforeEach
    final void open() throws Exception {
        real = new RealEngine(temporary.resolve("root"));
        layers = real.engine().layers();
    }

    @AfterEach
    final void close() throws Exception {
        real.removeAll();
        for (Image image : real.engine().images().list()) {
            real.engine().images().remove(image.id());
        }
        real.close();
    }

    ContainerId ended(String image, String script) {
        RealEngine.Outcome outcome = real.run(ContainerSpec.of(image).withCommand(List.of("sh", "-c", script)));
        assertThat(outcome.code()).as(String.join("\n", outcome.err())).isZero();
        return outcome.id();
    }

    /// What is marked, a line each: sign and path.
    static Map<String, String> changes(FileTree tree) {
        Map<String, String> marks = new TreeMap<>();
        IntStream.range(1, tree.limit())
                .filter(tree::isShown)
                .filter(node -> tree.change(node) != FileChange.NONE)
                .forEach(node -> marks.put(tree.path(node), tree.change(node).name()));
        return marks;
    }

    static String text(InputStream bytes) throws IOException {
        try (bytes) {
            return new String(bytes.readAllBytes(), StandardCharsets.UTF_8);
        }
    }

    /// What an image has below `/srv`, of every kind that matters.
    static final String BASE = """
            mkdir -p /srv/kept/sub /srv/tree/sub /srv/links && cd /srv
            echo one >kept/file && echo two >kept/sub/file && chown 33:44 kept/file kept/sub && chmod 4711 kept/file
            chmod 2750 kept/sub && head -c 3000000 /dev/zero >tree/zeros && echo end >>tree/zeros
            echo deep >tree/sub/deep && ln -s sub/deep tree/link && mkfifo -m 640 tree/pipe
            echo pair >links/a && ln links/a links/b && ln -s nowhere gone && echo x >other
            for f in kept/file kept/sub/file tree/zeros tree/sub/deep links/a; do touch -d '2001-02-03 04:05:06' $f; done
            for d in kept/sub tree/sub tree links kept .; do touch -d '2002-03-04 05:06:07' $d; done
            """;

    /// Everything that can be done to it: what was a directory is another one, or a file, or gone.
    static final String HARM = """
            cd /srv; echo more >>kept/file; chmod 700 kept/sub; chown 0:0 kept/sub; rm kept/sub/file; echo new >kept/new
            rm -r tree; mkdir tree; echo other >tree/zeros; mkdir -p tree/link/in/it; echo added >tree/added
            rm -r links; echo file >links; rm gone; mkdir gone; echo y >other; mkdir -p added/sub; echo z >added/sub/z
            """;

    String baseImage() {
        ContainerId id = ended(STARTER, BASE);
        ImageReference name = ImageReference.parse("made/base:1");
        layers.commit(id, new Commit(Optional.of(name), "", "", Optional.empty(), List.of(), false));
        return name.toString();
    }
}
