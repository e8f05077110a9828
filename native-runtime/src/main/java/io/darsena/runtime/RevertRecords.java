package io.darsena.runtime;

import io.darsena.runtime.protocol.Frame;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;

/// The paths of a `revert` as the protocol has them, as many to a request as a frame has room for.
final class RevertRecords {

    private static final int MOST_BYTES = Frame.MAX_PAYLOAD / 2;
    private static final int FIELD_BYTES = 8;

    private RevertRecords() {}

    static List<List<String>> batches(List<Reversion.Step> steps) {
        List<List<String>> batches = new ArrayList<>();
        List<String> batch = new ArrayList<>();
        int bytes = 0;
        for (Reversion.Step step : steps) {
            String record = (step.extent() == Reversion.Extent.WHOLE ? "w " : "a ")
                    + HexFormat.of().formatHex(step.path());
            if (bytes + record.length() + FIELD_BYTES > MOST_BYTES) {
                batches.add(batch);
                batch = new ArrayList<>();
                bytes = 0;
            }
            batch.add(record);
            bytes += record.length() + FIELD_BYTES;
        }
        if (!batch.isEmpty()) {
            batches.add(batch);
        }
        return batches;
    }
}
