package io.darsena.engine.sbom;

import io.darsena.bridge.sbom.PackageType;
import io.darsena.engine.sbom.Findings.Place;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.StringReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Properties;
import java.util.jar.Attributes;
import java.util.jar.Manifest;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;
import org.jspecify.annotations.Nullable;

/// Reads what Java archives say of themselves and of the archives in them: Maven's `pom.properties`, else the manifest
/// and the name. Archives in archives in archives are not opened. For one thread.
final class JavaArchives {

    private static final int LARGEST_PROPERTIES = 64 << 10;
    private static final int LARGEST_MANIFEST = 1 << 20;
    private static final int MOST_ENTRIES = 500_000;
    private static final int MOST_PACKAGES = 2_000;
    private static final int MOST_INNER = 2_000;
    private static final long LARGEST_INNER = 128 << 20;

    /// What all archives together may unpack to.
    private static final long MOST_INNER_BYTES = 2L << 30;

    private static final int BLOCK = 1 << 16;

    private static final Pattern POM = Pattern.compile("META-INF/maven/[^/]+/[^/]+/pom\\.properties");
    private static final Pattern FILE_NAME = Pattern.compile("(.{1,200}?)-(\\d[\\w.+-]{0,100})");

    private final Findings findings;
    private final Path inner;
    private long innerBytes;

    /// @param inner a file that may be written, for one archive within an archive at a time
    JavaArchives(Findings findings, Path inner) {
        this.findings = findings;
        this.inner = inner;
    }

    /// @throws MalformedRecordException when it is no archive
    /// @throws IOException when the inner file cannot be written
    void read(Path copy, Place place) throws IOException {
        try (ZipFile zip = open(copy)) {
            List<ZipEntry> archives = new ArrayList<>();
            List<ZipEntry> poms = sorted(zip, archives);
            describe(zip, poms, place);
            for (ZipEntry each : archives) {
                readInner(zip, each, place);
            }
        }
    }

    private static ZipFile open(Path file) throws IOException {
        ZipDirectory.check(file);
        try {
            return new ZipFile(file.toFile());
        } catch (IOException | IllegalArgumentException broken) {
            throw new MalformedRecordException("it is no Java archive: " + broken.getMessage());
        }
    }

    /// @param archives gets those within
    private static List<ZipEntry> sorted(ZipFile zip, List<ZipEntry> archives) {
        List<ZipEntry> poms = new ArrayList<>();
        try (Stream<? extends ZipEntry> entries = zip.stream().limit(MOST_ENTRIES)) {
            entries.forEach(entry -> {
                String name = entry.getName();
                if (name.endsWith(".jar") && archives.size() < MOST_INNER) {
                    archives.add(entry);
                } else if (poms.size() < MOST_PACKAGES && POM.matcher(name).matches()) {
                    poms.add(entry);
                }
            });
        }
        return poms;
    }

    private void readInner(ZipFile outer, ZipEntry entry, Place place) throws IOException {
        Place within = new Place(place.path(), entry.getName(), place.layer());
        try {
            if (!copied(outer, entry)) {
                findings.remark(place.path(), entry.getName() + " in it is too large to be read");
                return;
            }
            try (ZipFile zip = open(inner)) {
                describe(zip, sorted(zip, new ArrayList<>()), within);
            }
        } catch (MalformedRecordException broken) {
            findings.remark(place.path(), entry.getName() + " in it: " + broken.getMessage());
        }
    }

    private boolean copied(ZipFile outer, ZipEntry entry) throws IOException {
        long room = Math.min(LARGEST_INNER, MOST_INNER_BYTES - innerBytes);
        byte[] block = new byte[BLOCK];
        try (InputStream in = input(outer, entry);
                OutputStream out = Files.newOutputStream(inner)) {
            long copied = 0;
            for (int read = read(in, block); read >= 0; read = read(in, block)) {
                copied += read;
                innerBytes += read;
                if (copied > room) {
                    return false;
                }
                out.write(block, 0, read);
            }
        }
        return true;
    }

    private static int read(InputStream in, byte[] block) {
        try {
            return in.read(block);
        } catch (IOException broken) {
            throw new MalformedRecordException("it cannot be unpacked: " + broken.getMessage());
        }
    }

    private static InputStream input(ZipFile zip, ZipEntry entry) {
        try {
            return Objects.requireNonNullElseGet(zip.getInputStream(entry), InputStream::nullInputStream);
        } catch (IOException | IllegalArgumentException broken) {
            throw new MalformedRecordException("it cannot be unpacked: " + broken.getMessage());
        }
    }

    private void describe(ZipFile zip, List<ZipEntry> poms, Place where) throws IOException {
        Attributes manifest = manifest(zip);
        String stem = stem(where);
        String licence = value(manifest, "Bundle-License");
        boolean named = false;
        for (ZipEntry entry : poms) {
            Properties pom = properties(bytes(zip, entry, LARGEST_PROPERTIES));
            String artifact = pom.getProperty("artifactId", "").strip();
            if (!artifact.isEmpty()) {
                boolean own = poms.size() == 1 || stem.startsWith(artifact);
                add(
                        pom.getProperty("groupId", "").strip(),
                        artifact,
                        pom.getProperty("version", "").strip(),
                        own ? licence : "",
                        where);
                named = true;
            }
        }
        if (!named) {
            describe(manifest, stem, licence, where);
        }
    }

    private void describe(Attributes manifest, String stem, String licence, Place where) {
        Matcher file = FILE_NAME.matcher(stem);
        boolean told = file.matches();
        String version = first(
                value(manifest, "Implementation-Version"),
                told ? file.group(2) : "",
                value(manifest, "Bundle-Version"),
                value(manifest, "Specification-Version"));
        String name = first(
                told ? file.group(1) : "",
                value(manifest, "Implementation-Title"),
                value(manifest, "Bundle-SymbolicName").split(";", 2)[0],
                stem);
        String group = value(manifest, "Implementation-Vendor-Id");
        add(group.matches("[A-Za-z0-9_.-]{1,200}") ? group : "", name, version, licence, where);
    }

    private void add(String group, String name, String version, String licence, Place where) {
        findings.add(PackageType.MAVEN, group, name, version, "", "", licence, where);
    }

    private static String first(String... candidates) {
        return Stream.of(candidates).filter(each -> !each.isBlank()).findFirst().orElse("");
    }

    private static String stem(Place where) {
        String path = where.inside().isEmpty() ? where.path().toString() : where.inside();
        String name = path.substring(path.lastIndexOf('/') + 1);
        return name.substring(0, name.length() - ".jar".length());
    }

    private static Attributes manifest(ZipFile zip) {
        ZipEntry entry = zip.getEntry("META-INF/MANIFEST.MF");
        if (entry == null) {
            return new Attributes();
        }
        try {
            byte[] bytes = bytes(zip, entry, LARGEST_MANIFEST);
            return new Manifest(new ByteArrayInputStream(bytes)).getMainAttributes();
        } catch (IOException | IllegalArgumentException | MalformedRecordException unreadable) {
            return new Attributes(); // its name is left
        }
    }

    private static String value(Attributes manifest, String name) {
        @Nullable String value = manifest.getValue(name);
        return value == null ? "" : value.strip();
    }

    private static Properties properties(byte[] bytes) throws IOException {
        Properties properties = new Properties();
        try {
            properties.load(new StringReader(new String(bytes, StandardCharsets.UTF_8)));
        } catch (IllegalArgumentException malformed) {
            throw new MalformedRecordException("its pom.properties is malformed: " + malformed.getMessage());
        }
        return properties;
    }

    private static byte[] bytes(ZipFile zip, ZipEntry entry, int most) {
        try (InputStream in = input(zip, entry)) {
            return in.readNBytes(most);
        } catch (IOException broken) {
            throw new MalformedRecordException("it cannot be unpacked: " + broken.getMessage());
        }
    }
}
