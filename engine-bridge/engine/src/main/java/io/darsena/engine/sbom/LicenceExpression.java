package io.darsena.engine.sbom;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// Licence expressions (SPDX 2.3, annex D), made of the identifiers of SPDX's list. What a package says is one, or it
/// is
/// free text.
final class LicenceExpression {

    private static final int LONGEST = 1000;
    private static final int DEEPEST = 20;
    private static final String LIST = "spdx-licenses.txt";
    private static final Pattern TOKEN = Pattern.compile("\\(|\\)|[^\\s()]+");

    /// By identifiers in lower case: they are the same in any case.
    private static final Map<String, String> LICENCES = new HashMap<>();

    private static final Map<String, String> EXCEPTIONS = new HashMap<>();

    static {
        read();
    }

    private final List<String> tokens = new ArrayList<>();
    private final StringBuilder text = new StringBuilder();
    private int at;

    private LicenceExpression(String words) {
        Matcher matcher = TOKEN.matcher(words);
        while (matcher.find()) {
            tokens.add(matcher.group());
        }
    }

    private static void read() {
        try (InputStream in = Objects.requireNonNull(LicenceExpression.class.getResourceAsStream(LIST), LIST);
                BufferedReader lines = new BufferedReader(new InputStreamReader(in, StandardCharsets.US_ASCII))) {
            Map<String, String> into = LICENCES;
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                if (line.equals("# exceptions")) {
                    into = EXCEPTIONS;
                } else if (!line.startsWith("#")) {
                    into.put(line.toLowerCase(Locale.ROOT), line);
                }
            }
        } catch (IOException impossible) {
            throw new UncheckedIOException(impossible);
        }
    }

    /// In SPDX's own writing; empty when it is none.
    static Optional<String> of(String words) {
        if (words.isBlank() || words.length() > LONGEST) {
            return Optional.empty();
        }
        LicenceExpression expression = new LicenceExpression(words);
        boolean whole = expression.alternatives(0) && expression.at == expression.tokens.size();
        return whole ? Optional.of(expression.text.toString()) : Optional.empty();
    }

    /// A single identifier of the list.
    static Optional<String> identifier(String expression) {
        return Optional.ofNullable(LICENCES.get(expression.toLowerCase(Locale.ROOT)));
    }

    private boolean alternatives(int depth) {
        if (depth > DEEPEST || !one(depth)) {
            return false;
        }
        while (takes("or") || takes("and")) {
            text.append(' ').append(tokens.get(at - 1).toUpperCase(Locale.ROOT)).append(' ');
            if (!one(depth)) {
                return false;
            }
        }
        return true;
    }

    private boolean one(int depth) {
        if (takes("(")) {
            text.append('(');
            boolean closed = alternatives(depth + 1) && takes(")");
            text.append(')');
            return closed;
        }
        if (at == tokens.size()) {
            return false;
        }
        String token = tokens.get(at++);
        boolean later = token.endsWith("+") && !LICENCES.containsKey(token.toLowerCase(Locale.ROOT));
        Optional<String> licence = identifier(later ? token.substring(0, token.length() - 1) : token);
        text.append(licence.orElse("")).append(later ? "+" : "");
        return licence.isPresent() && (!takes("with") || exception());
    }

    private boolean exception() {
        String exception = at < tokens.size() ? EXCEPTIONS.get(tokens.get(at++).toLowerCase(Locale.ROOT)) : null;
        text.append(" WITH ").append(exception == null ? "" : exception);
        return exception != null;
    }

    private boolean takes(String token) {
        boolean there = at < tokens.size() && tokens.get(at).equalsIgnoreCase(token);
        at += there ? 1 : 0;
        return there;
    }
}
