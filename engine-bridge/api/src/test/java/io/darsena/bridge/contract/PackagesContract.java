package io.darsena.bridge.contract;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.darsena.bridge.container.ContainerId;
import io.darsena.bridge.error.NotFoundException;
import io.darsena.bridge.image.Image;
import io.darsena.bridge.image.ImageId;
import io.darsena.bridge.layer.Commit;
import io.darsena.bridge.layer.TreeSource;
import io.darsena.bridge.layer.TreeSource.OfContainer;
import io.darsena.bridge.layer.TreeSource.OfImage;
import io.darsena.bridge.sbom.FoundPackage;
import io.darsena.bridge.sbom.PackageListing;
import io.darsena.bridge.sbom.PackageListing.Remark;
import io.darsena.bridge.sbom.PackageType;
import io.darsena.bridge.sbom.SbomFormat;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;

/// The packages of containers and images, and documents of them.
interface PackagesContract extends ContractSubject {

    private PackageListing list(TreeSource source) {
        return engine().packages().list(source);
    }

    private String document(TreeSource source, SbomFormat format) throws IOException {
        try (InputStream bytes = engine().packages().document(source, format)) {
            return new String(bytes.readAllBytes(), StandardCharsets.UTF_8).replaceAll("\\s+", "");
        }
    }

    @Test
    default void packagesAreFoundInAContainerAndInItsImageAlike() throws Exception {
        ContainerId id = packager();
        PackageListing ofContainer = list(new OfContainer(id));
        ImageId made = engine().layers().commit(id, Commit.ofAll()).image();
        Image image = engine().images().find(made.toString()).orElseThrow();
        OfImage whole = new OfImage(made, image.layers().size());
        PackageListing ofImage = list(whole);
        FoundPackage first = ofImage.packages().getFirst();
        assertThat(ofImage.packages()).hasSize(2);
        assertThat(first.type()).isEqualTo(PackageType.DEB);
        assertThat(first.name()).isEqualTo("anchor");
        assertThat(first.version()).isEqualTo("1:2.36-9");
        assertThat(first.architecture()).isEqualTo("amd64");
        assertThat(first.source()).isEqualTo("harbour");
        // Whose package it is says the os-release of the image.
        assertThat(first.purl()).startsWith("pkg:deb/").contains("/anchor@", "arch=amd64");
        assertThat(first.place()).isEqualTo("/var/lib/dpkg/status");
        assertThat(first.layer()).isEqualTo(image.layers().size());
        assertThat(ofImage.packages().getLast().displayName()).isEqualTo("buoy");
        assertThat(ofImage.remarks().stream().map(Remark::path).map(Object::toString))
                .containsExactly("var/lib/rpm/Packages");
        assertThat(ofContainer).isEqualTo(ofImage);
        String spdx = document(whole, SbomFormat.SPDX);
        assertThat(spdx).contains("\"spdxVersion\":\"SPDX-2.3\"", "\"anchor\"", first.purl());
        String cycloneDx = document(whole, SbomFormat.CYCLONEDX);
        assertThat(cycloneDx)
                .contains("\"bomFormat\":\"CycloneDX\"", "\"specVersion\":\"1.6\"", "\"buoy\"", first.purl());
    }

    @Test
    default void whereNoPackagesAreNoneAreFoundAndWhereNothingIsThatIsSaid() throws Exception {
        OfContainer bare = new OfContainer(writer());
        assertThat(list(bare).packages()).isEmpty();
        assertThat(list(bare).remarks()).isEmpty();
        assertThat(document(bare, SbomFormat.SPDX)).contains("\"spdxVersion\"");
        ImageId image = engine().images().find(image()).orElseThrow().id();
        List<TreeSource> missing =
                List.of(new OfContainer(ContainerId.parse("0".repeat(64))), new OfImage(image, 1000));
        for (TreeSource each : missing) {
            assertThatThrownBy(() -> list(each)).isInstanceOf(NotFoundException.class);
            assertThatThrownBy(() -> document(each, SbomFormat.CYCLONEDX)).isInstanceOf(NotFoundException.class);
        }
    }
}
