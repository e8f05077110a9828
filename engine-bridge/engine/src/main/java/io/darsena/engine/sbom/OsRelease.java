package io.darsena.engine.sbom;

import java.io.IOException;
import java.io.InputStream;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;

/// Which distribution a system is (os-release(5)).
///
/// @param id `debian`; each may be empty
/// @param version `12`
record OsRelease(String id, String version, String prettyName) {

    static final OsRelease UNKNOWN = new OsRelease("", "", "");

    private static final int MOST_LINES = 1000;

    static OsRelease read(InputStream in) throws IOException {
        Map<String, String> values = new HashMap<>();
        BoundedLines lines = new BoundedLines(in);
        String line = lines.next();
        for (int count = 0; line != null && count < MOST_LINES; count++, line = lines.next()) {
            int equals = line.indexOf('=');
            if (equals > 0 && line.charAt(0) != '#') {
                values.put(
                        line.substring(0, equals),
                        unquoted(line.substring(equals + 1).strip()));
            }
        }
        return new OsRelease(
                word(values.getOrDefault("ID", "")),
                word(values.getOrDefault("VERSION_ID", "")),
                values.getOrDefault("PRETTY_NAME", "").replaceAll("\\p{Cntrl}", ""));
    }

    /// What os-release(5) allows in it.
    private static String word(String value) {
        String lower = value.toLowerCase(Locale.ROOT);
        return lower.matches("[a-z0-9._-]{1,100}") ? lower : "";
    }

    private static String unquoted(String value) {
        boolean quoted = value.length() >= 2
                && (value.charAt(0) == '"' || value.charAt(0) == '\'')
                && value.charAt(value.length() - 1) == value.charAt(0);
        return (quoted ? value.substring(1, value.length() - 1) : value).replace("\\", "");
    }

    /// `debian-12`, as package URLs name it; empty when nobody knows.
    String distribution() {
        return id.isEmpty() || version.isEmpty() ? id : id + "-" + version;
    }
}
