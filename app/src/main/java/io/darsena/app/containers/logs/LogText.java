package io.darsena.app.containers.logs;

import java.util.List;
import java.util.Optional;

/// Lines as one text, for the clipboard.
final class LogText {

    /// More than that no clipboard is fit for; it is to be saved in a file.
    static final int MOST = 16 << 20;

    private static final int AT_ONCE = 1000;

    private LogText() {}

    /// The lines from one serial number to another, both with; nothing when that is too much.
    static Optional<String> of(KeptLines lines, LogStreams streams, long from, long to, boolean times) {
        StringBuilder text = new StringBuilder();
        long serial = Math.max(from, lines.first(streams));
        while (serial <= to && text.length() <= MOST) {
            List<LogLine> some = lines.lines(streams, serial, (int) Math.min(AT_ONCE, to - serial + 1));
            if (some.isEmpty()) {
                break;
            }
            for (LogLine line : some) {
                text.append(text.isEmpty() ? "" : "\n");
                text.append(times ? line.at() + " " : "").append(line.text());
            }
            serial += some.size();
        }
        return text.length() > MOST ? Optional.empty() : Optional.of(text.toString());
    }
}
