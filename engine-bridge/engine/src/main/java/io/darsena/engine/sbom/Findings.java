package io.darsena.engine.sbom;

import io.darsena.bridge.layer.FilePath;
import io.darsena.bridge.sbom.FoundPackage;
import io.darsena.bridge.sbom.PackageListing;
import io.darsena.bridge.sbom.PackageListing.Remark;
import io.darsena.bridge.sbom.PackageType;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/// Gathers what is found, no more than a window can show. For one thread.
final class Findings {

    private static final int MOST_PACKAGES = 50_000;
    private static final int LONGEST_TEXT = 1000;

    /// Characters of all packages together.
    private static final long MOST_TEXT = 16 << 20;

    private static final int MOST_REMARKS = 200;

    private final Set<FoundPackage> packages = new LinkedHashSet<>();
    private final List<Remark> remarks = new ArrayList<>();
    private OsRelease system = OsRelease.UNKNOWN;
    private int unsaid;
    private long text;

    void system(OsRelease read) {
        system = read;
    }

    /// @param version and what follows: empty where the record does not say it
    void add(
            PackageType type,
            String group,
            String name,
            String version,
            String architecture,
            String source,
            String licence,
            Place place) {
        String cleanName = clean(name);
        if (cleanName.isEmpty()) {
            throw new MalformedRecordException("it has a package without a name");
        }
        if (packages.size() == MOST_PACKAGES || text > MOST_TEXT) {
            throw new MalformedRecordException("more packages are here than are told: the rest is left out");
        }
        String cleanGroup = clean(group);
        String cleanVersion = clean(version);
        String cleanArchitecture = clean(architecture);
        String cleanSource = clean(source);
        String cleanLicence = clean(licence);
        String purl = Purl.of(type, system, cleanGroup, cleanName, cleanVersion, cleanArchitecture);
        text += cleanName.length() + cleanSource.length() + cleanLicence.length() + (long) purl.length();
        packages.add(new FoundPackage(
                type,
                cleanGroup,
                cleanName,
                cleanVersion,
                cleanArchitecture,
                cleanSource,
                cleanLicence,
                purl,
                place.path(),
                clean(place.inside()),
                place.layer()));
    }

    /// Where a package is named.
    record Place(FilePath path, String inside, int layer) {}

    /// What strangers wrote, made fit for a line.
    private static String clean(String text) {
        String line = text.codePoints()
                .limit(LONGEST_TEXT)
                .map(Findings::clean)
                .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
                .toString();
        return line.strip();
    }

    private static int clean(int point) {
        return switch (Character.getType(point)) {
            case Character.CONTROL, Character.FORMAT -> ' ';
            case Character.SURROGATE -> '\ufffd';
            default -> point;
        };
    }

    void remark(FilePath path, String reason) {
        if (remarks.size() < MOST_REMARKS) {
            remarks.add(new Remark(path, clean(reason)));
        } else {
            unsaid++;
        }
    }

    PackageListing listing() {
        List<FoundPackage> sorted = new ArrayList<>(packages);
        sorted.sort(Comparator.comparing(FoundPackage::type)
                .thenComparing(FoundPackage::displayName)
                .thenComparing(FoundPackage::version)
                .thenComparing(FoundPackage::place));
        List<Remark> told = new ArrayList<>(remarks);
        if (unsaid > 0) {
            told.add(new Remark(FilePath.ROOT, unsaid + " more files could not be read"));
        }
        return new PackageListing(system.prettyName(), sorted, told);
    }
}
