package io.darsena.runtime.cgroup;

/// Lines of `key value`, looked through without taking them apart: `memory.stat` alone has fifty, and is read once a
/// second for each container.
final class KeyedText {

    private final String text;

    KeyedText(String text) {
        this.text = text;
    }

    /// The number of the line that begins with this key; `otherwise` when there is none, or no number in it.
    long number(String key, long otherwise) {
        for (int line = 0; line < text.length(); line = next(line)) {
            int value = line + key.length() + 1;
            if (value < text.length() && text.startsWith(key, line) && isGap(text.charAt(value - 1))) {
                return digits(value, otherwise);
            }
        }
        return otherwise;
    }

    private static boolean isGap(char letter) {
        return letter == ' ' || letter == '\t';
    }

    private int next(int line) {
        int end = text.indexOf('\n', line);
        return end < 0 ? text.length() : end + 1;
    }

    private long digits(int from, long otherwise) {
        int at = from;
        while (at < text.length() && isGap(text.charAt(at))) {
            at++;
        }
        int first = at;
        long number = 0;
        while (at < text.length() && text.charAt(at) >= '0' && text.charAt(at) <= '9') {
            int digit = text.charAt(at) - '0';
            if (number > (Long.MAX_VALUE - digit) / 10) {
                return otherwise;
            }
            number = number * 10 + digit;
            at++;
        }
        boolean ended = at == text.length() || text.charAt(at) == '\n' || isGap(text.charAt(at));
        return at > first && ended ? number : otherwise;
    }
}
