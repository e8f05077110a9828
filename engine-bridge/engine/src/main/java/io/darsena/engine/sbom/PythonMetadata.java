package io.darsena.engine.sbom;

import io.darsena.bridge.sbom.PackageType;
import io.darsena.engine.sbom.Findings.Place;
import io.darsena.engine.sbom.Paragraphs.Paragraph;
import java.io.IOException;
import java.io.InputStream;
import java.util.Set;
import java.util.stream.Collectors;

/// Reads the metadata of a distribution (Python packaging, core metadata): headers, and a description that is passed
/// over.
final class PythonMetadata {

    private static final Set<String> FIELDS = Set.of("name", "version", "license", "license-expression", "classifier");
    private static final String CLASSIFIER = "License :: ";
    private static final int LONGEST_NAME_OF_LICENCE = 100;

    private PythonMetadata() {}

    static void read(InputStream in, Findings findings, Place place) throws IOException {
        Paragraph headers = new Paragraphs(in, FIELDS).next();
        if (headers == null || headers.value("name").isEmpty()) {
            throw new MalformedRecordException("it does not say which distribution it is about");
        }
        findings.add(
                PackageType.PYPI, "", headers.value("name"), headers.value("version"), "", "", licence(headers), place);
    }

    /// Some give the whole text of it as `License`.
    private static String licence(Paragraph headers) {
        String expression = headers.value("license-expression");
        if (!expression.isEmpty()) {
            return expression;
        }
        String named = headers.value("license");
        if (!named.isEmpty() && named.length() <= LONGEST_NAME_OF_LICENCE && !named.equals("UNKNOWN")) {
            return named;
        }
        return headers.values("classifier").stream()
                .filter(each -> each.startsWith(CLASSIFIER))
                .map(each -> each.substring(each.lastIndexOf(" :: ") + 4))
                .collect(Collectors.joining(", "));
    }
}
