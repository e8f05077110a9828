package io.darsena.bridge.fake;

import io.darsena.bridge.image.ImageId;
import io.darsena.bridge.layer.FilePath;
import io.darsena.bridge.layer.FileTree;
import io.darsena.bridge.layer.TreeSource;
import io.darsena.bridge.sbom.FoundPackage;
import io.darsena.bridge.sbom.PackageListing;
import io.darsena.bridge.sbom.PackageListing.Remark;
import io.darsena.bridge.sbom.PackageType;
import io.darsena.bridge.sbom.Packages;
import io.darsena.bridge.sbom.SbomFormat;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;

/// The packages of a [FakeEngine]: those that were told, or those of dpkg's database. Its documents name them, and
/// little more.
final class FakePackages implements Packages {

    private static final FilePath STATUS = FilePath.of("var/lib/dpkg/status");
    private static final FilePath BERKELEY = FilePath.of("var/lib/rpm/Packages");

    private final FakeEngine engine;
    private final Map<ImageId, PackageListing> told = new ConcurrentHashMap<>();

    FakePackages(FakeEngine engine) {
        this.engine = engine;
    }

    void tell(ImageId image, PackageListing listing) {
        told.put(image, listing);
    }

    @Override
    public PackageListing list(TreeSource source) {
        engine.failIfAsked("find packages");
        engine.waitWhileHeld("find packages");
        FileTree tree = engine.layers().tree(source);
        if (source instanceof TreeSource.OfImage(ImageId image, int layer) && told.containsKey(image)) {
            return told.getOrDefault(image, PackageListing.EMPTY);
        }
        int status = tree.find(STATUS);
        List<FoundPackage> found = status == FileTree.NONE ? List.of() : packages(source, tree);
        List<Remark> remarks =
                tree.find(BERKELEY) == FileTree.NONE ? List.of() : List.of(new Remark(BERKELEY, "it ends too early"));
        return new PackageListing("", found, remarks);
    }

    private List<FoundPackage> packages(TreeSource source, FileTree tree) {
        List<FoundPackage> found = new ArrayList<>();
        for (String paragraph : text(source).split("\n\n+")) {
            Map<String, String> fields = paragraph
                    .lines()
                    .map(line -> line.split(": ", 2))
                    .filter(parts -> parts.length == 2)
                    .collect(Collectors.toMap(parts -> parts[0], parts -> parts[1], (one, other) -> one));
            String name = fields.getOrDefault("Package", "");
            if (!name.isEmpty() && fields.getOrDefault("Status", "").endsWith(" installed")) {
                String version = fields.getOrDefault("Version", "");
                String architecture = fields.getOrDefault("Architecture", "");
                int list = tree.find("var/lib/dpkg/info/" + name + ".list");
                found.add(new FoundPackage(
                        PackageType.DEB,
                        "",
                        name,
                        version,
                        architecture,
                        fields.getOrDefault("Source", name),
                        "",
                        "pkg:deb/debian/" + name + "@" + version + "?arch=" + architecture,
                        STATUS,
                        "",
                        tree.layerOf(list == FileTree.NONE ? tree.find(STATUS) : list)));
            }
        }
        return found;
    }

    private String text(TreeSource source) {
        try (InputStream bytes = engine.layers().content(source, STATUS)) {
            return new String(bytes.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException impossible) {
            throw new UncheckedIOException(impossible);
        }
    }

    @Override
    public InputStream document(TreeSource source, SbomFormat format) {
        String packages = list(source).packages().stream()
                .map(found -> "{\"name\":\"%s\",\"purl\":\"%s\"}".formatted(found.name(), found.purl()))
                .collect(Collectors.joining(",", "[", "]"));
        String document = switch (format) {
            case SPDX -> "{\"spdxVersion\":\"SPDX-2.3\",\"packages\":" + packages + "}";
            case CYCLONEDX -> "{\"bomFormat\":\"CycloneDX\",\"specVersion\":\"1.6\",\"components\":" + packages + "}";
        };
        return new ByteArrayInputStream(document.getBytes(StandardCharsets.UTF_8));
    }
}
