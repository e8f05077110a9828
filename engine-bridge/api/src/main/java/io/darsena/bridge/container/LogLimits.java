package io.darsena.bridge.container;

/// How much of a container's output is kept. When a file would grow beyond its size a new one begins, and the oldest
/// beyond their number goes: `maxBytes × files` is never exceeded on disk.
///
/// @param maxBytes of one file
/// @param files how many are kept, the one being written among them
public record LogLimits(long maxBytes, int files) {

    /// A few of the longest records must fit.
    public static final long LEAST_BYTES = 64_000;

    public static final long MOST_BYTES = 1_000_000_000_000L;

    public static final int MOST_FILES = 1000;

    /// Three files of 10 MB.
    public static final LogLimits DEFAULT = new LogLimits(10_000_000, 3);

    public LogLimits {
        if (maxBytes < LEAST_BYTES || maxBytes > MOST_BYTES) {
            throw new IllegalArgumentException(
                    "a log file's size of " + maxBytes + " bytes is not between 64 kB and 1 TB");
        }
        if (files < 1 || files > MOST_FILES) {
            throw new IllegalArgumentException(
                    "the number of log files, " + files + ", is not between 1 and " + MOST_FILES);
        }
    }

    /// The most that a log takes on disk.
    public long totalBytes() {
        return maxBytes * files;
    }
}
