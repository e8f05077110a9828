package io.darsena.docker.wire;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;

/// What a client calls a platform: `linux/arm64/v8`, `linux/amd64`, or one word for either half, in the forms
/// that containerd's `platforms` package reads.
public final class PlatformWord {

    private static final Pattern PART = Pattern.compile("[A-Za-z0-9_.-]{1,64}");
    private static final int MOST_PARTS = 3;

    private static final Set<String> SYSTEMS =
            Set.of("linux", "windows", "darwin", "freebsd", "netbsd", "openbsd", "dragonfly", "solaris", "wasip1");
    private static final Set<String> ARCHITECTURES = Set.of(
            "386",
            "amd64",
            "arm",
            "arm64",
            "loong64",
            "mips",
            "mips64",
            "mips64le",
            "mipsle",
            "ppc64",
            "ppc64le",
            "riscv64",
            "s390x",
            "wasm");
    private static final Map<String, String> OTHER_NAMES = Map.ofEntries(
            Map.entry("macos", "darwin"),
            Map.entry("i386", "386"),
            Map.entry("x86_64", "amd64"),
            Map.entry("x86-64", "amd64"),
            Map.entry("aarch64", "arm64"),
            Map.entry("armhf", "arm/v7"),
            Map.entry("armel", "arm/v6"));

    private PlatformWord() {}

    /// As `os/architecture[/variant]`.
    ///
    /// @throws IllegalArgumentException when it is no platform
    public static String parse(String text) {
        String[] parts = text.split("/", -1);
        for (String part : parts) {
            if (!PART.matcher(part).matches() || parts.length > MOST_PARTS) {
                throw unknown(text);
            }
        }
        List<String> words = List.of(parts).stream().map(PlatformWord::usual).toList();
        if (words.size() > 1) {
            return String.join("/", words);
        }
        String word = words.getFirst();
        if (ARCHITECTURES.contains(word.split("/", 2)[0])) {
            return "linux/" + word;
        }
        if (SYSTEMS.contains(word)) {
            return word + "/" + usual(System.getProperty("os.arch", "amd64"));
        }
        throw unknown(text);
    }

    /// Whether a platform is the one wanted; a variant counts where both tell one.
    public static boolean fits(String wanted, String actual) {
        String[] one = wanted.split("/", MOST_PARTS);
        String[] other = actual.split("/", MOST_PARTS);
        int compared = Math.min(one.length, other.length);
        return Arrays.equals(Arrays.copyOf(one, compared), Arrays.copyOf(other, compared));
    }

    private static String usual(String word) {
        String lower = word.toLowerCase(Locale.ROOT);
        return OTHER_NAMES.getOrDefault(lower, lower);
    }

    private static IllegalArgumentException unknown(String text) {
        String shown = text.length() > 64 ? text.substring(0, 64) + "…" : text;
        return new IllegalArgumentException("\"" + shown + "\": unknown operating system or architecture; "
                + "write it as linux/amd64 or linux/arm/v7");
    }
}
