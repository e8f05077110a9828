package io.darsena.docker.wire;

import java.util.regex.Pattern;

/// Stands behind a tar of files: how much of what lies there is not in it. It is known only then.
public final class LeftOutTrailer {

    public static final String NAME = "Darsena-Left-Out";

    private static final Pattern NUMBER = Pattern.compile("[0-9]{1,18}");

    private LeftOutTrailer() {}

    /// 0 of what is no number.
    public static long read(String text) {
        return NUMBER.matcher(text).matches() ? Long.parseLong(text) : 0;
    }
}
