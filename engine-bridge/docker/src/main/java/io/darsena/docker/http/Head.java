package io.darsena.docker.http;

import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;

/// Reads the lines that begin a message (RFC 9112, sections 2 to 5), bounded in number and length.
final class Head {

    private static final int LONGEST_LINE = 16 << 10;
    private static final int MOST_HEADERS = 100;
    private static final int LONGEST_HEAD = 64 << 10;

    private Head() {}

    /// To the empty line. Names become lower case; of a repeated one the first value counts.
    ///
    /// @throws HttpException when they are malformed or too many
    static Map<String, String> headers(InputStream in) throws IOException {
        Map<String, String> headers = new HashMap<>();
        int length = 0;
        int lines = 0;
        for (String line = line(in, in.read()); !line.isEmpty(); line = line(in, in.read())) {
            int colon = line.indexOf(':');
            if (colon < 1 || line.charAt(colon - 1) == ' ') {
                throw new HttpException(400, "malformed header line");
            }
            String name = line.substring(0, colon).toLowerCase(Locale.ROOT);
            String before = headers.putIfAbsent(name, line.substring(colon + 1).strip());
            if (before != null && (name.equals("content-length") || name.equals("transfer-encoding"))) {
                throw new HttpException(400, "repeated header " + name);
            }
            length += line.length();
            lines++;
            if (lines > MOST_HEADERS || length > LONGEST_HEAD) {
                throw new HttpException(431, "too many headers, or too long ones");
            }
        }
        return headers;
    }

    /// Reads to the next line feed; `first` is a byte already read.
    static String line(InputStream in, int first) throws IOException {
        StringBuilder text = new StringBuilder();
        for (int next = first; next != '\n'; next = in.read()) {
            if (next < 0) {
                throw new EOFException("the connection ended within a request");
            }
            if (text.length() == LONGEST_LINE) {
                throw new HttpException(431, "a header line is longer than " + LONGEST_LINE + " bytes");
            }
            text.append((char) next);
        }
        int end = text.length();
        return end > 0 && text.charAt(end - 1) == '\r' ? text.substring(0, end - 1) : text.toString();
    }
}
