package io.darsena.engine.sbom;

import com.github.packageurl.MalformedPackageURLException;
import com.github.packageurl.PackageURL;
import io.darsena.bridge.image.Image;
import io.darsena.bridge.image.ImageReference;
import io.darsena.bridge.sbom.PackageType;
import java.util.Locale;
import java.util.Optional;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/// Package URLs (ECMA-427).
final class Purl {

    private Purl() {}

    /// Empty when the record's words make none.
    static String of(
            PackageType type, OsRelease system, String group, String name, String version, String architecture) {
        TreeMap<String, String> qualifiers = new TreeMap<>();
        put(qualifiers, "arch", architecture);
        return switch (type) {
            case DEB -> text("deb", vendor(system, "debian"), name, version, with(qualifiers, system));
            case APK -> text("apk", vendor(system, "alpine"), name, version, with(qualifiers, system));
            case RPM -> {
                int colon = version.indexOf(':');
                put(qualifiers, "epoch", colon < 0 ? "" : version.substring(0, colon));
                yield text("rpm", vendor(system, ""), name, version.substring(colon + 1), with(qualifiers, system));
            }
            // A Maven artifact without a group is none.
            case MAVEN -> text(group.isEmpty() ? "generic" : "maven", group, name, version, qualifiers);
            case NPM -> text("npm", group, name, version, qualifiers);
            case PYPI -> text("pypi", "", name.toLowerCase(Locale.ROOT).replace('_', '-'), version, qualifiers);
        };
    }

    private static String vendor(OsRelease system, String otherwise) {
        return system.id().isEmpty() ? otherwise : system.id();
    }

    private static TreeMap<String, String> with(TreeMap<String, String> qualifiers, OsRelease system) {
        put(qualifiers, "distro", system.distribution());
        return qualifiers;
    }

    /// Of the manifest by which a registry knows the image; empty when none does.
    static Optional<String> of(Image image) {
        return image.digests().stream().findFirst().map(known -> {
            ImageReference reference = known;
            String repository = reference.repository();
            TreeMap<String, String> qualifiers = new TreeMap<>();
            String[] platform = image.platform().split("/");
            put(qualifiers, "arch", platform.length > 1 ? platform[1] : "");
            put(qualifiers, "repository_url", reference.registry() + "/" + repository);
            return text(
                    "oci",
                    "",
                    repository.substring(repository.lastIndexOf('/') + 1),
                    reference.digest().map(Object::toString).orElse(""),
                    qualifiers);
        });
    }

    private static void put(TreeMap<String, String> qualifiers, String name, String value) {
        if (!value.isEmpty()) {
            qualifiers.put(name, value);
        }
    }

    private static String text(
            String type, String namespace, String name, String version, TreeMap<String, String> qualifiers) {
        try {
            return new PackageURL(type, orNull(namespace), name, orNull(version), qualifiers, null).canonicalize();
        } catch (MalformedPackageURLException unfit) {
            return "";
        }
    }

    private static @Nullable String orNull(String text) {
        return text.isEmpty() ? null : text;
    }
}
