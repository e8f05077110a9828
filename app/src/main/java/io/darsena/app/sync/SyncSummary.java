package io.darsena.app.sync;

import io.darsena.bridge.sync.Standing;
import io.darsena.bridge.sync.SyncReport;
import io.darsena.bridge.sync.TagSync;
import java.time.Instant;
import java.util.Comparator;
import java.util.Optional;

/// All that the registries said, in a line.
///
/// @param updates names that stand for something newer there
/// @param checkedAt when a registry last answered; empty while none ever did
public record SyncSummary(int updates, Optional<Instant> checkedAt) {

    public static SyncSummary of(SyncReport report) {
        return new SyncSummary(
                Math.toIntExact(
                        report.tags().stream().filter(SyncSummary::hasUpdate).count()),
                report.tags().stream().flatMap(tag -> tag.checkedAt().stream()).max(Comparator.naturalOrder()));
    }

    /// Whether its registry has something newer.
    public static boolean hasUpdate(TagSync tag) {
        return tag.standing() instanceof Standing.UpdateAvailable;
    }
}
