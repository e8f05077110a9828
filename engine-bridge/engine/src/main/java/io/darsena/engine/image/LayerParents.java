package io.darsena.engine.image;

import io.darsena.engine.image.LayerIndex.Entry;
import io.darsena.engine.image.LayerIndex.Type;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.Base64;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveOutputStream;
import org.apache.commons.compress.archivers.tar.TarConstants;

/// Directories that would lose owner, mode, time and extended attributes. An overlay shows a directory as the topmost
/// layer that has it, and a
/// layer whose tar has `etc/ssl/cert` but no entry for `etc/ssl` had that directory made up by the extractor: root's,
/// 0755. It shall look as the layers below say. So such an image gets one more layer on top, with these directories and
/// nothing in them; it is made by forging a tar and unpacking it like any other, which also gets foreign owners right.
final class LayerParents {

    private static final int DEFAULT_MODE = 0755;
    private static final int PERMISSIONS = 07777;
    private static final char AFTER_SLASH = '/' + 1;

    /// A longer path goes into the extended header: the library takes the square of its length.
    private static final int LONGEST_NAMED = 1000;

    /// What is known of each directory while going up the layers.
    private final TreeMap<String, Directory> directories = new TreeMap<>();

    /// @param covered an implied one of a higher layer hides it
    private record Directory(
            int mode, long uid, long gid, Instant modifiedAt, Map<String, String> attributes, boolean covered) {
        static final Directory IMPLIED = new Directory(DEFAULT_MODE, 0, 0, Instant.EPOCH, Map.of(), false);

        static Directory of(Entry entry) {
            return new Directory(
                    entry.mode() & PERMISSIONS,
                    entry.uid(),
                    entry.gid(),
                    entry.modifiedAt(),
                    entry.attributes(),
                    false);
        }

        boolean isUnusual() {
            return mode != DEFAULT_MODE || uid != 0 || gid != 0 || !attributes.isEmpty();
        }

        Directory cover() {
            return new Directory(mode, uid, gid, modifiedAt, attributes, true);
        }
    }

    private LayerParents() {}

    /// @param indexes of the layers, lowest first
    /// @return the tar of the layer to put on top; empty when all is well. Equal layers give equal bytes.
    static Optional<byte[]> tar(List<Path> indexes) {
        LayerParents parents = new LayerParents();
        for (Path index : indexes) {
            parents.add(index);
        }
        return parents.tar();
    }

    /// The root directory as the topmost layer that says something of it has it. An overlay shows that of a container's
    /// own layer, which knows nothing of it.
    ///
    /// @param indexes of the layers, topmost first
    /// @return a tar of this directory alone; empty when it is as it is made anyway
    static Optional<byte[]> root(List<Path> indexes) {
        return indexes.stream()
                .flatMap(index -> LayerIndex.root(index).stream())
                .findFirst()
                .map(Directory::of)
                .filter(Directory::isUnusual)
                .map(directory -> tar(Map.of(".", directory)));
    }

    /// What hides applies to lower layers, wherever in the archive it stands; but of two entries for one path the
    /// last counts.
    private void add(Path index) {
        TreeMap<String, Entry> own = new TreeMap<>();
        LayerIndex.read(index, entry -> {
            if (entry.type() == Type.DIRECTORY) {
                own.put(entry.path(), entry);
                return;
            }
            hide(entry);
            if (entry.type() == Type.OTHER) {
                own.remove(entry.path());
                below(own, entry.path()).clear();
            }
        });
        own.values().forEach(this::add);
    }

    private static <T> SortedMap<String, T> below(TreeMap<String, T> paths, String path) {
        return paths.subMap(path + "/", path + AFTER_SLASH);
    }

    private void add(Entry directory) {
        if (directory.implied()) {
            directories.computeIfPresent(directory.path(), (path, lower) -> lower.cover());
        } else if (!directory.path().isEmpty()) {
            directories.put(directory.path(), Directory.of(directory));
        }
    }

    /// Whiteouts and files hide what lower layers have in their place; an opaque directory hides what they have in it.
    private void hide(Entry entry) {
        String path = entry.path();
        if (path.isEmpty()) {
            if (entry.type() == Type.OPAQUE) {
                directories.clear();
            }
            return;
        }
        below(directories, path).clear();
        if (entry.type() != Type.OPAQUE) {
            directories.remove(path);
        }
    }

    private Optional<byte[]> tar() {
        TreeSet<String> wanted = new TreeSet<>();
        for (Map.Entry<String, Directory> each : directories.entrySet()) {
            if (each.getValue().covered()) {
                for (String path = each.getKey(); !path.isEmpty(); path = parent(path)) {
                    wanted.add(path);
                }
            }
        }
        return wanted.isEmpty() ? Optional.empty() : Optional.of(bytes(wanted));
    }

    private static String parent(String path) {
        int slash = path.lastIndexOf('/');
        return slash < 0 ? "" : path.substring(0, slash);
    }

    private byte[] bytes(TreeSet<String> wanted) {
        Map<String, Directory> found = new LinkedHashMap<>();
        wanted.forEach(path -> found.put(path, directories.getOrDefault(path, Directory.IMPLIED)));
        return tar(found);
    }

    private static byte[] tar(Map<String, Directory> wanted) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (TarArchiveOutputStream tar = new TarArchiveOutputStream(bytes, StandardCharsets.ISO_8859_1.name())) {
            tar.setLongFileMode(TarArchiveOutputStream.LONGFILE_GNU);
            tar.setBigNumberMode(TarArchiveOutputStream.BIGNUMBER_STAR);
            for (Map.Entry<String, Directory> each : wanted.entrySet()) {
                add(tar, each.getKey(), each.getValue());
            }
        } catch (IOException e) {
            throw new UncheckedIOException("memory does not fail", e);
        }
        return bytes.toByteArray();
    }

    private static void add(TarArchiveOutputStream tar, String path, Directory directory) throws IOException {
        boolean named = path.length() <= LONGEST_NAMED;
        byte[] extended = extendedHeader(named ? "" : path + "/", directory);
        if (extended.length > 0) {
            TarArchiveEntry header = new TarArchiveEntry("extended", TarConstants.LF_PAX_EXTENDED_HEADER_LC, true);
            header.setSize(extended.length);
            header.setModTime(FileTime.from(Instant.EPOCH));
            tar.putArchiveEntry(header);
            tar.write(extended);
            tar.closeArchiveEntry();
        }
        TarArchiveEntry entry = new TarArchiveEntry(named ? path + "/" : "deep/", true);
        entry.setMode(directory.mode());
        entry.setIds(0, 0);
        entry.setUserId(directory.uid());
        entry.setGroupId(directory.gid());
        entry.setUserName("");
        entry.setGroupName("");
        entry.setModTime(FileTime.from(directory.modifiedAt()));
        tar.putArchiveEntry(entry);
        tar.closeArchiveEntry();
    }

    /// What the library would round off or read as text: fractions of seconds, and extended attributes.
    ///
    /// @param path empty where the header that follows has it
    private static byte[] extendedHeader(String path, Directory directory) {
        ByteArrayOutputStream records = new ByteArrayOutputStream();
        if (!path.isEmpty()) {
            records.writeBytes(record("path=" + path));
        }
        Instant time = directory.modifiedAt();
        if (time.getNano() > 0 && time.getEpochSecond() >= 0) {
            records.writeBytes(record("mtime=%d.%09d".formatted(time.getEpochSecond(), time.getNano())));
        }
        directory
                .attributes()
                .forEach((name, hex) -> records.writeBytes(record("LIBARCHIVE.xattr." + urlEncoded(name) + "="
                        + Base64.getEncoder().encodeToString(HexFormat.of().parseHex(hex)))));
        return records.toByteArray();
    }

    /// `LENGTH KEY=VALUE`, where the length counts itself (POSIX, pax).
    private static byte[] record(String keyAndValue) {
        int rest = keyAndValue.length() + 2;
        int length = rest + Integer.toString(rest).length();
        length = rest + Integer.toString(length).length();
        return (length + " " + keyAndValue + "\n").getBytes(StandardCharsets.ISO_8859_1);
    }

    /// As libarchive writes such names; one char a byte.
    private static String urlEncoded(String name) {
        StringBuilder encoded = new StringBuilder();
        for (char each : name.toCharArray()) {
            boolean plain = each > ' ' && each < 0x7f && each != '%' && each != '=';
            encoded.append(plain ? String.valueOf(each) : "%%%02X".formatted((int) each));
        }
        return encoded.toString();
    }
}
