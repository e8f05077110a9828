package io.darsena.app.containers.logs;

import java.util.Arrays;
import java.util.OptionalLong;

/// The lines that hold what is sought, by serial number, in order. Any thread; its lock guards it.
final class LogHits {

    private long[] serials = new long[256];
    private int from;
    private int to;

    synchronized void add(long serial) {
        if (to == serials.length) {
            serials = Arrays.copyOfRange(serials, from, Math.max(256, (to - from) * 2) + from);
            to -= from;
            from = 0;
        }
        serials[to++] = serial;
    }

    /// Forgets the lines before a serial number, which are there no more.
    synchronized void dropBefore(long serial) {
        from = place(serial);
    }

    synchronized int size() {
        return to - from;
    }

    /// How many lie before a serial number.
    synchronized int before(long serial) {
        return place(serial) - from;
    }

    /// The one at a place from 0 on, if it is there still.
    synchronized OptionalLong at(int place) {
        return place >= 0 && from + place < to ? OptionalLong.of(serials[from + place]) : OptionalLong.empty();
    }

    synchronized boolean contains(long serial) {
        int place = place(serial);
        return place < to && serials[place] == serial;
    }

    private int place(long serial) {
        int found = Arrays.binarySearch(serials, from, to, serial);
        return found < 0 ? -found - 1 : found;
    }
}
