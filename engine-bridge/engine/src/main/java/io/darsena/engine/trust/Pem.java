package io.darsena.engine.trust;

import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// One block of PEM (RFC 7468).
final class Pem {

    static final int LONGEST = 64 << 10;

    private static final Pattern BLOCK = Pattern.compile(
            "\\s*-----BEGIN ([A-Z0-9 ]{1,64})-----([A-Za-z0-9+/=\\s]*)-----END ([A-Z0-9 ]{1,64})-----\\s*");
    private static final Base64.Encoder LINES = Base64.getMimeEncoder(64, new byte[] {'\n'});

    private Pem() {}

    /// @throws IllegalArgumentException when it is no block of one of these labels
    static byte[] bytes(String text, String... labels) {
        Matcher block = BLOCK.matcher(text);
        if (text.length() > LONGEST || !block.matches() || !block.group(1).equals(block.group(3))) {
            throw new IllegalArgumentException("not one block of PEM");
        }
        for (String label : labels) {
            if (label.equals(block.group(1))) {
                return Base64.getMimeDecoder().decode(block.group(2).strip());
            }
        }
        throw new IllegalArgumentException("it holds " + block.group(1) + ", not " + String.join(" or ", labels));
    }

    static String text(String label, byte[] bytes) {
        return "-----BEGIN " + label + "-----\n" + new String(LINES.encode(bytes), StandardCharsets.US_ASCII)
                + "\n-----END " + label + "-----\n";
    }
}
