package io.darsena.engine.kernel;

import static org.assertj.core.api.Assertions.assertThat;

import io.darsena.bridge.container.ContainerId;
import io.darsena.bridge.image.Image;
import io.darsena.bridge.image.ImageId;
import io.darsena.bridge.layer.LayerStep;
import io.darsena.bridge.layer.TreeSource;
import io.darsena.bridge.layer.Waste;
import io.darsena.bridge.sbom.FoundPackage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// Images as people use them, in OCI layouts below the directory that the property `darsena.test.images` names: what is
/// shown of them is what a container sees, what their tars say, what dive counts, and what their own package managers
/// list. Each test prints what it compared. Without that property there is nothing to test.
@Timeout(300)
class RealImagesIT {

    /// Each package that an image's own tools list, a line: type, name, version and, but for apk, architecture.
    private static final String PACKAGES = """
            set -eo pipefail
            tool() { # busybox has an rpm of its own, which knows no database
                "$0" which -a "$1" 2>/dev/null | while read -r each
                do case $("$0" readlink -f "$each") in */busybox) ;; *) echo "$each"; break ;; esac
                done
            }
            dpkg=$(tool dpkg-query) || true
            rpm=$(tool rpm) || true
            apk=$(tool apk) || true
            if [ -n "$dpkg" ]
            then "$dpkg" -W -f '${db:Status-Status} ${Package} ${Version} ${Architecture}\\n' |
                "$0" sed -n 's/^installed /deb /p'
            fi
            if [ -n "$rpm" ]
            then "$rpm" -qa --qf 'rpm %{NAME} %|EPOCH?{%{EPOCH}:}:{}|%{VERSION}-%{RELEASE} %|ARCH?{%{ARCH}}:{}|\\n' |
                "$0" sed '/^rpm gpg-pubkey /d'
            fi
            if [ -n "$apk" ]
            then "$apk" --no-network info -v | "$0" sed 's/^/apk /'
            fi""";

    private static final Map<Path, LayoutTars> IMPORTED = new HashMap<>();
    private static @Nullable RealEngine engine;

    @TempDir
    static Path temporary;

    static List<Path> layouts() throws IOException {
        String folder = System.getProperty("darsena.test.images", "");
        if (folder.isEmpty()) {
            return List.of();
        }
        try (Stream<Path> all = Files.list(Path.of(folder))) {
            return all.filter(each -> Files.exists(each.resolve("index.json")))
                    .sorted()
                    .toList();
        }
    }

    private static RealEngine real() {
        if (engine == null) {
            engine = new RealEngine(temporary.resolve("root"));
        }
        return engine;
    }

    private static LayoutTars imported(Path layout) throws IOException {
        LayoutTars tars = IMPORTED.get(layout);
        if (tars == null) {
            ImageId id =
                    real().engine().images().importFrom(layout, progress -> {}).getFirst();
            Image image = real().engine().images().find(id.toString()).orElseThrow();
            tars = LayoutTars.of(layout, image);
            IMPORTED.put(layout, tars);
        }
        return tars;
    }

    @AfterAll
    static void close() {
        if (engine != null) {
            engine.removeAll();
            // The test's own user may not delete what subordinate ids own.
            IMPORTED.values()
                    .forEach(
                            tars -> real().engine().images().remove(tars.image().id()));
            IMPORTED.clear();
            engine.close();
            engine = null;
        }
    }

    private static void say(Path layout, String format, Object... compared) {
        System.out.printf(
                Locale.ROOT,
                "image %s: " + format + "%n",
                Stream.concat(Stream.of(layout.getFileName()), Stream.of(compared))
                        .toArray());
    }

    @ParameterizedTest(allowZeroInvocations = true)
    @MethodSource("layouts")
    void theWholeStackIsWhatAContainerSees(Path layout) throws IOException {
        Image image = imported(layout).image();
        MergedFiles seen = MergedFiles.seen(real(), image.id().toString(), temporary);
        MergedFiles computed = MergedFiles.computed(MergedFiles.tree(real(), image.id()));
        List<String> differences = MergedFiles.differences(seen.lines(), computed.lines());
        say(
                layout,
                "%d entries as a container sees them, %d bytes; %d differences",
                seen.lines().size(),
                seen.bytes(),
                differences.size());
        assertThat(seen.lines()).isNotEmpty();
        assertThat(differences).isEmpty();
        assertThat(computed.bytes()).isEqualTo(seen.bytes());
    }

    @ParameterizedTest(allowZeroInvocations = true)
    @MethodSource("layouts")
    void eachLayerDoesWhatItsTarSays(Path layout) throws IOException {
        LayoutTars tars = imported(layout);
        LayoutTars.Comparison compared = tars.compare(real());
        say(
                layout,
                "%d layers of %d entries; %d in the trees up to each: %s; %d differences",
                tars.layers().size(),
                tars.layers().stream().mapToInt(List::size).sum(),
                compared.lines(),
                compared.changes(),
                compared.differences().size());
        assertThat(compared.differences()).isEmpty();
        List<LayerStep> steps = real().engine().layers().steps(tars.image().id()).stream()
                .filter(step -> !step.isEmpty())
                .toList();
        for (int i = 0; i < steps.size(); i++) {
            assertThat(steps.get(i).entries()).isEqualTo(tars.layers().get(i).size());
            assertThat(steps.get(i).size())
                    .isEqualTo(tars.layers().get(i).stream()
                            .filter(entry -> entry.type() == '0')
                            .mapToLong(TarEntry::size)
                            .sum());
        }
    }

    @ParameterizedTest(allowZeroInvocations = true)
    @MethodSource("layouts")
    void efficiencyAndWastedBytesAreThoseOfDive(Path layout) throws IOException {
        LayoutTars tars = imported(layout);
        DiveCount dive = DiveCount.of(tars.layers());
        Waste waste = real().engine().layers().waste(TreeSource.of(tars.image()));
        say(
                layout,
                "efficiency %.9f, by the tars %.9f; wasted bytes %d, by the tars %d",
                waste.efficiency(),
                dive.efficiency(),
                waste.repeated(),
                dive.wasted());
        assertThat(waste.efficiency()).isEqualTo(dive.efficiency());
        assertThat(waste.repeated()).isEqualTo(dive.wasted());
    }

    @ParameterizedTest(allowZeroInvocations = true)
    @MethodSource("layouts")
    void thePackagesAreThoseThatItsOwnToolsList(Path layout) throws IOException {
        Image image = imported(layout).image();
        ContainerId id = MergedFiles.container(real(), image.id().toString(), PACKAGES, temporary);
        RealEngine.Outcome listed = real().run(id);
        real().containers().forceRemove(id);
        assertThat(listed.code()).as(String.join("\n", listed.err())).isZero();
        TreeSet<String> found =
                real()
                        .engine()
                        .packages()
                        .list(new TreeSource.OfImage(image.id(), image.layers().size()))
                        .packages()
                        .stream()
                        .map(RealImagesIT::line)
                        .filter(line -> !line.isEmpty())
                        .collect(Collectors.toCollection(TreeSet::new));
        say(layout, "packages %s, by its own tools %s", byType(found), byType(listed.out()));
        assertThat(found).as(String.join("\n", listed.err())).isEqualTo(new TreeSet<>(listed.out()));
    }

    /// How many lines begin with which type.
    private static Map<String, Long> byType(Collection<String> lines) {
        return lines.stream()
                .collect(Collectors.groupingBy(
                        line -> line.substring(0, line.indexOf(' ')), TreeMap::new, Collectors.counting()));
    }

    /// As the image's tools say it; empty of what they do not know.
    private static String line(FoundPackage each) {
        return switch (each.type()) {
            case DEB -> "deb %s %s %s".formatted(each.name(), each.version(), each.architecture());
            case RPM -> "rpm %s %s %s".formatted(each.name(), each.version(), each.architecture());
            case APK -> "apk %s-%s".formatted(each.name(), each.version());
            case MAVEN, NPM, PYPI -> "";
        };
    }
}
