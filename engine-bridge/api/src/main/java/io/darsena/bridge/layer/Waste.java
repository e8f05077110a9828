package io.darsena.bridge.layer;

import java.util.List;

/// What layers bring in vain: files that a later layer overwrites or removes, so that no container sees them; and what
/// is there, but needed by none, as the caches of package managers. Files of the same content are looked for apart,
/// since
/// that reads them ([Layers#duplicates]).
///
/// Two numbers are counted as dive counts them, so that people can compare. Of each path all sizes are added up that
/// layers give it, a whiteout of a directory counting as the size of what it removes: [#efficiency] is the sum of each
/// path's smallest size over the sum of all, and [#repeated] is the sum over those paths that occur more than once.
///
/// @param bytes that no container sees; each hidden file counts once
/// @param removedBytes of these what whiteouts hide; the rest is overwritten
/// @param count how many hidden files and directories make up [#bytes]
/// @param removedCount of these how many whiteouts hide
/// @param efficiency from 0 to 1; 1 for an image without bytes
/// @param repeated bytes
/// @param brought bytes of the files that the uppermost layer brings: of a container what it has written
/// @param hidden what makes up [#bytes], at most ten thousand, the largest first
/// @param caches which a container sees, the largest first
public record Waste(
        long bytes,
        long removedBytes,
        int count,
        int removedCount,
        double efficiency,
        long repeated,
        long brought,
        List<Hidden> hidden,
        List<Cache> caches) {

    public Waste {
        hidden = List.copyOf(hidden);
        caches = List.copyOf(caches);
    }

    /// What layers hide, counted whole.
    public record Sums(long bytes, long removedBytes, int count, int removedCount) {

        public static final Sums NONE = new Sums(0, 0, 0, 0);

        public Sums plus(long more, boolean removed) {
            return new Sums(
                    bytes + more, removedBytes + (removed ? more : 0), count + 1, removedCount + (removed ? 1 : 0));
        }
    }

    /// As the constructor, with the caches of an image's files.
    ///
    /// @param image all that a container sees
    public static Waste of(
            Sums sums, double efficiency, long repeated, long brought, List<Hidden> hidden, FileTree image) {
        return new Waste(
                sums.bytes(),
                sums.removedBytes(),
                sums.count(),
                sums.removedCount(),
                efficiency,
                repeated,
                brought,
                hidden,
                PackageCache.held(image));
    }

    /// What all caches hold, of which no two lie in each other.
    public long cacheBytes() {
        return caches.stream().mapToLong(Cache::bytes).sum();
    }

    /// @param bytes of the file, or of all files in the directory
    /// @param broughtBy the layer that brought it, or most of it; the lowest is 1
    /// @param hiddenBy the layer that hides it
    /// @param removed by a whiteout; else it is overwritten
    public record Hidden(FilePath path, long bytes, int broughtBy, int hiddenBy, boolean removed) {}

    /// @param path of the cache's directory
    /// @param broughtBy the layer that brought these bytes
    public record Cache(PackageCache cache, FilePath path, int broughtBy, long bytes, int files) {}
}
