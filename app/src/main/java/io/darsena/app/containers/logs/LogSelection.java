package io.darsena.app.containers.logs;

/// The chosen lines: those from the anchor to the lead, by serial number. The lead moves with the keyboard and the
/// mouse.
final class LogSelection {

    private long anchor = -1;
    private long lead = -1;

    boolean isEmpty() {
        return lead < 0;
    }

    void clear() {
        anchor = -1;
        lead = -1;
    }

    void choose(long serial) {
        anchor = serial;
        lead = serial;
    }

    void extendTo(long serial) {
        if (isEmpty()) {
            anchor = serial;
        }
        lead = serial;
    }

    void choose(long from, long to) {
        anchor = from;
        lead = to;
    }

    boolean contains(long serial) {
        return !isEmpty() && serial >= from() && serial <= to();
    }

    long lead() {
        return lead;
    }

    long from() {
        return Math.min(anchor, lead);
    }

    long to() {
        return Math.max(anchor, lead);
    }
}
