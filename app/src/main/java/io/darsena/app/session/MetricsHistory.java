package io.darsena.app.session;

import io.darsena.bridge.container.ContainerMetrics;
import io.darsena.bridge.container.ContainerMetrics.Absence;
import io.darsena.bridge.container.ContainerMetrics.Measure;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// The last ten minutes of one container, a place for each second. Seconds without a sample are gaps.
///
/// A number takes two bytes, rings grow as they fill, and what never changes needs no ring. So a container that is busy
/// in everything takes 14.5 KB, an idle one about 4 KB: 1,000 of them 4 to 15 MB. JavaFX thread only.
public final class MetricsHistory {

    public static final int SECONDS = 600;

    private static final MeasuredSeries[] ALL = MeasuredSeries.values();
    private static final int FIRST_CAPACITY = 60;
    /// Samples are not taken on the stroke: a second falls between two of them now and then.
    private static final long LEAST_GAP = 2;

    /// By series; null as long as all its numbers are the same.
    private final char[] @Nullable [] rings = new char[ALL.length][];
    private final char[] constants = new char[ALL.length];
    private final double[] counters = new double[ALL.length];
    private final char[] row = new char[ALL.length];
    private long[] gaps = new long[words(FIRST_CAPACITY)];
    private int capacity = FIRST_CAPACITY;
    private int start;
    private int length;
    private long lastSecond;
    private @Nullable Instant lastSample;
    private Map<Measure, Absence> absences = Map.of();

    MetricsHistory() {
        Arrays.fill(constants, CompactNumber.MISSING);
        Arrays.fill(counters, Double.NaN);
    }

    void add(ContainerMetrics sample) {
        measure(sample);
        long second = sample.at().getEpochSecond();
        long passed = length == 0 ? 1 : second - lastSecond;
        if (passed == 0) {
            put(place(length - 1));
            return;
        }
        if (passed <= LEAST_GAP) {
            for (long repeated = 1; repeated < passed; repeated++) {
                put(place(next()));
            }
        } else {
            for (long missed = Math.min(SECONDS, passed - 1); missed > 0; missed--) {
                gap(place(next()), true);
            }
        }
        put(place(next()));
        lastSecond = second;
    }

    private void measure(ContainerMetrics sample) {
        Instant before = lastSample;
        double seconds =
                before == null ? 0 : Duration.between(before, sample.at()).toNanos() / 1e9;
        for (MeasuredSeries series : ALL) {
            double value = series.of(sample);
            int i = series.ordinal();
            if (series.isCounter()) {
                double grown = value - counters[i];
                counters[i] = value;
                // Less than before: another run, whose counters begin anew.
                value = seconds > 0 && grown >= 0 ? grown / seconds : Double.NaN;
            }
            row[i] = CompactNumber.of(value);
        }
        lastSample = sample.at();
        absences = sample.absences();
    }

    /// Makes room for one more second and returns which one it is, counted from the oldest.
    private int next() {
        if (length == capacity && capacity < SECONDS) {
            grow();
        }
        if (length < capacity) {
            return length++;
        }
        start = (start + 1) % capacity;
        return length - 1;
    }

    /// Only as long as nothing was overwritten: the oldest second stands at 0.
    private void grow() {
        capacity = Math.min(SECONDS, capacity * 2);
        gaps = Arrays.copyOf(gaps, words(capacity));
        for (int i = 0; i < rings.length; i++) {
            char[] ring = rings[i];
            if (ring != null) {
                rings[i] = Arrays.copyOf(ring, capacity);
            }
        }
    }

    private int place(int index) {
        return (start + index) % capacity;
    }

    private void put(int place) {
        gap(place, false);
        for (int i = 0; i < row.length; i++) {
            char[] ring = rings[i];
            if (ring == null && row[i] != constants[i]) {
                if (length == 1) {
                    constants[i] = row[i];
                    continue;
                }
                ring = new char[capacity];
                Arrays.fill(ring, constants[i]);
                rings[i] = ring;
            }
            if (ring != null) {
                ring[place] = row[i];
            }
        }
    }

    private void gap(int place, boolean missing) {
        long bit = 1L << place % Long.SIZE;
        if (missing) {
            gaps[place / Long.SIZE] |= bit;
        } else {
            gaps[place / Long.SIZE] &= ~bit;
        }
    }

    private static int words(int bits) {
        return (bits + Long.SIZE - 1) / Long.SIZE;
    }

    /// How many seconds are remembered, gaps counted.
    public int length() {
        return length;
    }

    /// The second of the newest sample, since the Unix epoch; 0 when there is none.
    public long lastSecond() {
        return lastSecond;
    }

    /// Why the newest sample lacks something; empty when it does not.
    public Optional<Absence> absence(Measure measure) {
        return Optional.ofNullable(absences.get(measure));
    }

    /// Fills an array with the seconds up to and with `end`, oldest first; `NaN` where nothing was measured.
    public void read(MeasuredSeries series, long end, double[] into) {
        long newest = into.length - 1 - (end - lastSecond);
        for (int i = 0; i < into.length; i++) {
            long index = length - 1 - (newest - i);
            into[i] = index < 0 || index >= length ? Double.NaN : value(series.ordinal(), place((int) index));
        }
    }

    private double value(int series, int place) {
        if ((gaps[place / Long.SIZE] & 1L << place % Long.SIZE) != 0) {
            return Double.NaN;
        }
        char[] ring = rings[series];
        return CompactNumber.value(ring == null ? constants[series] : ring[place]);
    }

    /// What the numbers take on the heap.
    int bytes() {
        int bytes = gaps.length * Long.BYTES;
        for (char[] ring : rings) {
            bytes += ring == null ? 0 : ring.length * Character.BYTES;
        }
        return bytes;
    }
}
