package io.darsena.engine.kernel;

import static org.assertj.core.api.Assertions.assertThat;

import io.darsena.bridge.container.ContainerSpec;
import io.darsena.engine.kernel.DerivedImage.Layer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/// Images of unusual shape run, wherever the data lies.
@Timeout(180)
class ImageShapesIT {

    private static final int MOST_LAYERS = 127;

    @TempDir
    Path temporary;

    private static ContainerSpec shell(String image, String script) {
        return ContainerSpec.of(image).withCommand(List.of("sh", "-c", script));
    }

    private String tower(RealEngine real, String name) throws IOException {
        DerivedImage image = DerivedImage.ofStarter(real.engine(), temporary.resolve(name));
        while (image.layers() < MOST_LAYERS) {
            image.with(new Layer().file("tower/" + image.layers(), "storey " + image.layers()));
        }
        return image.importInto(real.engine());
    }

    private void assertTowerRuns(RealEngine real) throws IOException {
        String image = tower(real, "tower");
        assertThat(real.engine().images().find(image).orElseThrow().layers()).hasSize(MOST_LAYERS);
        RealEngine.Outcome outcome = real.run(
                shell(image, "cat /tower/126; echo; ls /tower | wc -l; echo new > /tower/new; cat /tower/new"));
        assertThat(outcome.err()).isEmpty();
        assertThat(outcome.out()).startsWith("storey 126").endsWith("new");
        assertThat(Integer.parseInt(outcome.out().get(1).strip())).isBetween(120, MOST_LAYERS);
    }

    @Test
    void oneOf127Layers() throws Exception {
        try (RealEngine real = new RealEngine(temporary.resolve("root"))) {
            assertTowerRuns(real);
        }
    }

    @Test
    void oneOf127LayersFromADataPathOfAllThatOverlayWouldEscape() throws Exception {
        Path root = Files.createDirectories(temporary.resolve("a b,c:d\\e=f").resolve("x".repeat(100)));
        try (RealEngine real = new RealEngine(root)) {
            assertTowerRuns(real);
        }
    }

    @Test
    void theRootDirectoryHasTheModeAndTheOwnerOfTheTopmostLayerThatNamesIt() throws Exception {
        try (RealEngine real = new RealEngine(temporary.resolve("root"))) {
            String image = DerivedImage.ofStarter(real.engine(), temporary.resolve("rooted"))
                    .with(new Layer().directory(".", 0700, 5, 6, 1_500_000_000))
                    .with(new Layer().directory(".", 01775, 33, 44, 1_600_000_000))
                    .with(new Layer().file("silent", "x"))
                    .importInto(real.engine());
            assertThat(real.run(shell(image, "stat -c '%a %u %g' /; cat /silent"))
                            .out())
                    .containsExactly("1775 33 44", "x");
            real.removeAll();
            real.engine()
                    .images()
                    .remove(real.engine().images().find(image).orElseThrow().id());
        }
    }

    @Test
    void directoriesThatOnlyAHigherLayerImpliesLookAsTheLayersBelowSay() throws Exception {
        try (RealEngine real = new RealEngine(temporary.resolve("root"))) {
            String image = DerivedImage.ofStarter(real.engine(), temporary.resolve("implied"))
                    .with(new Layer()
                            .directory("srv", 0751, 0, 0, 1_500_000_000)
                            .directory("srv/data", 02770, 33, 44, 1_600_000_000))
                    .with(new Layer().file("srv/data/deep/file", "x"))
                    .importInto(real.engine());
            assertThat(real.run(shell(image, "stat -c '%a %u %g %Y' /srv /srv/data; cat /srv/data/deep/file"))
                            .out())
                    .containsExactly("751 0 0 1500000000", "2770 33 44 1600000000", "x");
            // The test's own user may not delete what subordinate ids own.
            real.removeAll();
            real.engine()
                    .images()
                    .remove(real.engine().images().find(image).orElseThrow().id());
        }
    }

    /// As with Docker, links of an image are followed inside its root, and what they lead to is made.
    @Test
    void directoriesThatAreLinks() throws Exception {
        try (RealEngine real = new RealEngine(temporary.resolve("root"))) {
            String image = DerivedImage.ofStarter(real.engine(), temporary.resolve("links"))
                    .with(new Layer()
                            .file("etc/.wh..wh..opq", "")
                            .file(".wh.etc", "")
                            .file(".wh.dev", ""))
                    .with(new Layer().link("etc", "/usr/../conf/etc").link("dev", "var/dev"))
                    .importInto(real.engine());
            RealEngine.Outcome outcome = real.run(shell(
                    image,
                    "readlink /etc; readlink /dev; grep -c localhost /conf/etc/hosts; test -c /var/dev/null && echo null;"
                            + " echo x > /dev/null && echo written"));
            assertThat(outcome.err()).isEmpty();
            assertThat(outcome.out().getFirst()).isEqualTo("/usr/../conf/etc");
            assertThat(outcome.out()).contains("var/dev", "null", "written");
        }
    }

    @Test
    void aLinkThatLeavesTheRootLeadsNowhereElse() throws Exception {
        Path outside = Files.createDirectory(temporary.resolve("outside"));
        try (RealEngine real = new RealEngine(temporary.resolve("root"))) {
            String image = DerivedImage.ofStarter(real.engine(), temporary.resolve("escape"))
                    .with(new Layer().file(".wh.etc", ""))
                    .with(new Layer().link("etc", "../../../../../../../.." + outside))
                    .importInto(real.engine());
            RealEngine.Outcome outcome = real.run(shell(image, "ls -A /etc/ | head -3; ls -Ad " + outside));
            assertThat(outcome.out()).contains("hosts", outside.toString());
            assertThat(outside).isEmptyDirectory();
        }
    }
}
