package io.darsena.engine.registry;

import java.util.Optional;
import java.util.OptionalLong;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// Which part of a blob an answer holds (RFC 9110, `Content-Range: bytes 100-199/200`).
///
/// @param last inclusive
/// @param total empty where the answer says `*`
record ContentRange(long first, long last, OptionalLong total) {

    private static final Pattern FORM = Pattern.compile("bytes (\\d{1,18})-(\\d{1,18})/(\\d{1,18}|\\*)");

    static Optional<ContentRange> parse(String header) {
        Matcher form = FORM.matcher(header.strip());
        if (!form.matches()) {
            return Optional.empty();
        }
        ContentRange range = new ContentRange(
                Long.parseLong(form.group(1)),
                Long.parseLong(form.group(2)),
                form.group(3).equals("*") ? OptionalLong.empty() : OptionalLong.of(Long.parseLong(form.group(3))));
        return Optional.of(range).filter(each -> each.last >= each.first);
    }

    /// Whether it is the rest of a blob of that size from the offset on.
    boolean isRest(long offset, long size) {
        return first == offset && last == size - 1 && (total.isEmpty() || total.getAsLong() == size);
    }
}
