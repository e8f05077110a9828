package io.darsena.app.tour;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/// What the files of [TourImage] say that name packages.
final class TourPackages {

    private TourPackages() {}

    /// A text, and empty lines up to the size.
    ///
    /// @param facts packages as `NAME=VERSION`, or a licence, or a version of Debian
    static byte[] content(String path, int size, String facts) {
        byte[] text = text(path, facts).getBytes(StandardCharsets.UTF_8);
        byte[] content = Arrays.copyOf(text, size);
        Arrays.fill(content, Math.min(text.length, size), size, (byte) '\n');
        return content;
    }

    private static String text(String path, String facts) {
        if (path.endsWith("/os-release")) {
            return "PRETTY_NAME=\"Debian GNU/Linux %s (bookworm)\"\nID=debian\nVERSION_ID=\"%s\"\n"
                    .formatted(facts, facts);
        }
        if (path.endsWith("/copyright")) {
            return """
                    Format: https://www.debian.org/doc/packaging-manuals/copyright-format/1.0/

                    Files: *
                    License: %s
                    """.formatted(facts);
        }
        if (path.endsWith("/package.json")) {
            String[] words = facts.split("=", 2);
            return "{\"name\": \"%s\", \"version\": \"%s\", \"license\": \"MIT\"}".formatted(words[0], words[1]);
        }
        StringBuilder status = new StringBuilder();
        for (String each : facts.split(",")) {
            String[] words = each.split("=", 2);
            status.append("""
                    Package: %s
                    Status: install ok installed
                    Architecture: amd64
                    Version: %s

                    """.formatted(words[0], words[1]));
        }
        return status.toString();
    }
}
