package io.darsena.bridge.layer;

import io.darsena.bridge.error.InvalidRequestException;
import java.util.Arrays;

/// What the entries of [Layers#archive(TreeSource, FilePath, byte[])] are called: a path of the tree loses what leads
/// to
/// the one that was asked for, and begins with a name instead. Immutable.
public final class ArchiveNames {

    private final int above;
    private final byte[] name;

    private ArchiveNames(int above, byte[] name) {
        this.above = above;
        this.name = name;
    }

    /// @param asked the path that is archived
    /// @param name what it is called
    /// @throws InvalidRequestException when the name is empty for anything but the root, or has a NUL
    public static ArchiveNames of(FilePath asked, byte[] name) {
        if (name.length == 0 && !asked.isRoot()) {
            throw refused(asked, "it would have no name there");
        }
        for (byte each : name) {
            if (each == 0) {
                throw refused(asked, "a name has no NUL");
            }
        }
        return new ArchiveNames(asked.bytes().length, name.clone());
    }

    private static InvalidRequestException refused(FilePath asked, String reason) {
        return new InvalidRequestException("archive", "/" + asked, reason, "give it another name");
    }

    /// @param path as [FilePath#bytes()] gives it, the asked one or one below it
    /// @return empty for the root when it is called nothing
    public byte[] of(byte[] path) {
        int from = above < path.length && path[above] == '/' ? above + 1 : above;
        if (from == path.length) {
            return name.clone();
        }
        boolean slash = name.length > 0 && name[name.length - 1] != '/';
        byte[] whole = Arrays.copyOf(name, name.length + (slash ? 1 : 0) + path.length - from);
        if (slash) {
            whole[name.length] = '/';
        }
        System.arraycopy(path, from, whole, whole.length - (path.length - from), path.length - from);
        return whole;
    }
}
