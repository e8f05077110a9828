package io.darsena.engine.sbom;

import java.util.LinkedHashSet;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/// The licences of a Debian package's parts, in SPDX's words where Debian has others for the same.
final class DebianLicence {

    private static final int MOST = 40;

    /// `GPL-2+`, which is `GPL-2.0-or-later`.
    private static final Pattern GNU = Pattern.compile("\\b(A?GPL|LGPL|GFDL)-(\\d)(\\.\\d)?(\\.0)?(\\+)?(?![\\w.+-])");

    private static final Pattern EXPAT = Pattern.compile("\\bExpat\\b");
    private static final Pattern APACHE = Pattern.compile("\\bApache-2(?![\\w.+-])");

    private final Set<String> parts = new LinkedHashSet<>();

    void and(String licence) {
        if (!licence.isEmpty() && parts.size() < MOST) {
            parts.add(inWordsOfSpdx(licence));
        }
    }

    private static String inWordsOfSpdx(String licence) {
        String mit = EXPAT.matcher(licence).replaceAll("MIT");
        String apache = APACHE.matcher(mit).replaceAll("Apache-2.0");
        return GNU.matcher(apache)
                .replaceAll(match -> Matcher.quoteReplacement(gnu(
                        match.group(1),
                        match.group(2) + (match.group(3) == null ? ".0" : match.group(3)),
                        match.group(5) != null)));
    }

    private static String gnu(String family, String version, boolean later) {
        return family + "-" + version + (later ? "-or-later" : "-only");
    }

    /// All of them hold, each for its part.
    String text() {
        if (parts.size() == 1) {
            return parts.iterator().next();
        }
        return parts.stream()
                .map(part -> part.indexOf(' ') < 0 ? part : "(" + part + ")")
                .collect(Collectors.joining(" AND "));
    }
}
