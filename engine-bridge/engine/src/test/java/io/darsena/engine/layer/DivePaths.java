package io.darsena.engine.layer;

import java.util.Collection;
import java.util.HashMap;
import java.util.Map;

/// What dive adds up by path over all layers of an image (filetree/efficiency.go): of each path the smallest size is
/// needed, and all are paid for; paths that occur twice or more are wasted. How the sizes come about is its user's.
public final class DivePaths {

    private static final class Sizes {
        private long sum;
        private long least = Long.MAX_VALUE;
        private int times;

        void add(long size) {
            sum += size;
            least = Math.min(least, size);
            times++;
        }
    }

    private final Map<String, Sizes> paths = new HashMap<>();

    /// One more layer has this path as a leaf.
    public void add(String path, long size) {
        paths.computeIfAbsent(path, none -> new Sizes()).add(size);
    }

    /// What is needed of what is paid for; 1 when nothing is.
    public double efficiency() {
        Collection<Sizes> all = paths.values();
        long paid = all.stream().mapToLong(sizes -> sizes.sum).sum();
        long needed = all.stream().mapToLong(sizes -> sizes.least).sum();
        return paid == 0 ? 1 : (double) needed / paid;
    }

    /// In bytes.
    public long wasted() {
        return paths.values().stream()
                .filter(sizes -> sizes.times > 1)
                .mapToLong(sizes -> sizes.sum)
                .sum();
    }
}
