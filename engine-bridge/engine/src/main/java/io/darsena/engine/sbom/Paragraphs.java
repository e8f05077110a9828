package io.darsena.engine.sbom;

import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Paragraphs of fields, as Debian's control files (deb822(5)) and the headers of Python's metadata have them. Of a
/// field
/// that goes over several lines the first one counts.
final class Paragraphs {

    private static final int MOST_VALUES = 64;

    private final BoundedLines lines;
    private final Set<String> wanted;

    /// @param wanted names of fields in lower case; others are passed over
    Paragraphs(InputStream in, Set<String> wanted) {
        this.lines = new BoundedLines(in);
        this.wanted = wanted;
    }

    /// The values of fields by their names in lower case, which may be none of those wanted; null after the last one.
    @Nullable
    Paragraph next() throws IOException {
        String line = lines.next();
        while (line != null && line.isBlank()) {
            line = lines.next();
        }
        if (line == null) {
            return null;
        }
        Map<String, List<String>> fields = new HashMap<>();
        for (; line != null && !line.isBlank(); line = lines.next()) {
            int colon = line.indexOf(':');
            if (colon > 0 && line.charAt(0) != ' ' && line.charAt(0) != '\t') {
                String name = line.substring(0, colon).toLowerCase(Locale.ROOT);
                if (wanted.contains(name)) {
                    add(fields, name, line.substring(colon + 1).strip());
                }
            }
        }
        return new Paragraph(fields);
    }

    private static void add(Map<String, List<String>> fields, String name, String value) {
        List<String> values = fields.computeIfAbsent(name, none -> new ArrayList<>(1));
        if (values.size() < MOST_VALUES) {
            values.add(value);
        }
    }

    record Paragraph(Map<String, List<String>> fields) {

        /// The first value; empty where there is none.
        String value(String name) {
            return values(name).stream().findFirst().orElse("");
        }

        List<String> values(String name) {
            return fields.getOrDefault(name, List.of());
        }
    }
}
