package io.darsena.engine.kernel;

import static org.assertj.core.api.Assertions.assertThat;

import io.darsena.bridge.image.ImageId;
import io.darsena.bridge.layer.FileTree;
import io.darsena.bridge.layer.TreeSource;
import io.darsena.bridge.sbom.PackageListing;
import io.darsena.engine.kernel.DerivedImage.Layer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/// Packages are read out of real layers by the real archiver.
@Timeout(180)
class PackagesIT {

    @TempDir
    Path temporary;

    private static String status(String name) {
        return "Package: " + name + "\nStatus: install ok installed\nArchitecture: amd64\nVersion: 1\n\n";
    }

    @Test
    void filesOfSeveralLayersWithLinksAmongThemAreReadInOneGo() throws Exception {
        String deep = "srv/node_modules/" + "long-".repeat(8) + "name/node_modules/inner/";
        try (RealEngine real = new RealEngine(temporary.resolve("root"))) {
            String image = DerivedImage.ofStarter(real.engine(), temporary.resolve("packages"))
                    .with(new Layer()
                            .file("var/lib/dpkg/status", status("one"))
                            .file("var/lib/dpkg/info/one.list", "/.")
                            .file("usr/share/doc/one/copyright", "Format: copyright-format/1.0\n\nLicense: Expat\n")
                            .link("usr/share/doc/two", "one")
                            .file("srv/node_modules/a/package.json", "{\"name\":\"a\",\"version\":\"1\"}")
                            .hardLink("srv/node_modules/b/package.json", "srv/node_modules/a/package.json")
                            .file("srv/node_modules/gone/package.json", "{\"name\":\"gone\",\"version\":\"1\"}")
                            .file(deep + "package.json", "{\"name\":\"inner\",\"version\":\"2\"}"))
                    .with(new Layer()
                            .file("var/lib/dpkg/info/two.list", "/.")
                            .file("var/lib/dpkg/status", status("one") + status("two"))
                            .file("srv/node_modules/.wh.gone", "")
                            .file("srv/torn.jar", "torn"))
                    .importInto(real.engine());
            ImageId id = real.engine().images().find(image).orElseThrow().id();
            int layers =
                    real.engine().images().find(image).orElseThrow().layers().size();
            TreeSource whole = new TreeSource.OfImage(id, layers);
            PackageListing found = real.engine().packages().list(whole);
            assertThat(found.packages().stream()
                            .map(each -> each.displayName() + " " + each.licence() + " " + (layers - each.layer())))
                    .containsExactly("one MIT 1", "two MIT 0", "a  1", "inner  1");
            assertThat(found.remarks())
                    .singleElement()
                    .satisfies(remark -> assertThat(remark.path()).hasToString("srv/torn.jar"));
            FileTree tree = real.engine().layers().tree(whole);
            assertThat(found.packages())
                    .allSatisfy(each -> assertThat(tree.find(each.path())).isNotEqualTo(FileTree.NONE));
            assertThat(real.engine()
                            .packages()
                            .list(new TreeSource.OfImage(id, layers - 1))
                            .packages())
                    .extracting(each -> each.name())
                    .containsExactlyInAnyOrder("one", "a", "gone", "inner");
            try (Stream<Path> left = Files.list(real.paths().ingest())) {
                assertThat(left.filter(file -> file.getFileName().toString().startsWith("packages-")))
                        .isEmpty();
            }
            // The test's own user may not delete what subordinate ids own.
            real.engine().images().remove(id);
        }
    }
}
