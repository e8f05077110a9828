package io.darsena.runtime;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// A kernel's version as far as features depend on it: `6.18` of `6.18.44-generic`.
public record KernelVersion(int major, int minor) implements Comparable<KernelVersion> {

    private static final Pattern RELEASE = Pattern.compile("(\\d{1,6})\\.(\\d{1,6}).*");
    private static final Comparator<KernelVersion> ORDER =
            Comparator.comparingInt(KernelVersion::major).thenComparingInt(KernelVersion::minor);

    public KernelVersion {
        if (major < 0 || minor < 0) {
            throw new IllegalArgumentException("a kernel version has no negative part: " + major + "." + minor);
        }
    }

    /// Reads `MAJOR.MINOR` and ignores what follows, so that a release as uname(2) tells it will do.
    public static KernelVersion parse(String release) {
        Matcher matcher = RELEASE.matcher(release.strip());
        if (!matcher.matches()) {
            throw new IllegalArgumentException(
                    "cannot read the kernel version " + release + ": it must begin with two " + "numbers, as 6.18");
        }
        return new KernelVersion(Integer.parseInt(matcher.group(1)), Integer.parseInt(matcher.group(2)));
    }

    /// The version of the kernel that runs this process.
    public static KernelVersion ofThisHost() {
        Path release = Path.of("/proc/sys/kernel/osrelease");
        try {
            return parse(Files.readString(release));
        } catch (IOException failure) {
            throw new UncheckedIOException("cannot read the kernel version from " + release, failure);
        }
    }

    public boolean atLeast(KernelVersion other) {
        return compareTo(other) >= 0;
    }

    @Override
    public int compareTo(KernelVersion other) {
        return ORDER.compare(this, other);
    }

    @Override
    public String toString() {
        return major + "." + minor;
    }
}
