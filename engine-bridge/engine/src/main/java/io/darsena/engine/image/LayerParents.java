package io.darsena.engine.image;

import io.darsena.engine.image.LayerIndex.Entry;
import io.darsena.engine.image.LayerIndex.Type;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.TimeUnit;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveOutputStream;

/// Directories that would lose owner and mode. An overlay shows a directory as the topmost layer that has it, and a
/// layer whose tar has `etc/ssl/cert` but no entry for `etc/ssl` had that directory made up by the extractor: root's,
/// 0755. It shall look as the layers below say. So such an image gets one more layer on top, with these directories and
/// nothing in them; it is made by forging a tar and unpacking it like any other, which also gets foreign owners right.
///
/// Not kept: extended attributes of such a directory.
final class LayerParents {

    private static final int DEFAULT_MODE = 0755;
    private static final int PERMISSIONS = 07777;
    private static final char AFTER_SLASH = '/' + 1;

    /// What is known of each directory while going up the layers.
    private final TreeMap<String, Directory> directories = new TreeMap<>();

    /// @param covered an implied one of a higher layer hides it
    private record Directory(int mode, long uid, long gid, long modifiedAt, boolean covered) {
        static Directory of(Entry entry) {
            return new Directory(entry.mode() & PERMISSIONS, entry.uid(), entry.gid(), entry.modifiedAt(), false);
        }

        Directory cover() {
            return new Directory(mode, uid, gid, modifiedAt, true);
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
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (TarArchiveOutputStream tar = new TarArchiveOutputStream(bytes, StandardCharsets.ISO_8859_1.name())) {
            tar.setLongFileMode(TarArchiveOutputStream.LONGFILE_GNU);
            tar.setBigNumberMode(TarArchiveOutputStream.BIGNUMBER_STAR);
            for (String path : wanted) {
                Directory directory = directories.getOrDefault(path, new Directory(DEFAULT_MODE, 0, 0, 0, false));
                TarArchiveEntry entry = new TarArchiveEntry(path + "/", true);
                entry.setMode(directory.mode());
                entry.setIds(0, 0);
                entry.setUserId(directory.uid());
                entry.setGroupId(directory.gid());
                entry.setUserName("");
                entry.setGroupName("");
                entry.setModTime(FileTime.from(directory.modifiedAt(), TimeUnit.SECONDS));
                tar.putArchiveEntry(entry);
                tar.closeArchiveEntry();
            }
        } catch (IOException e) {
            throw new UncheckedIOException("memory does not fail", e);
        }
        return bytes.toByteArray();
    }
}
