package io.darsena.bridge.sync;

import io.darsena.bridge.image.ImageReference;
import io.darsena.bridge.registry.SeenRate;
import java.util.List;
import java.util.Optional;

/// All that is known of how the cache and its registries differ.
///
/// @param tags every name of every image, sorted
/// @param pushes in the order in which they were queued
/// @param quiet why nothing is asked by itself now; empty when nothing keeps it
/// @param rates what registries last said of their limits, to whomever; also before this engine was opened
public record SyncReport(List<TagSync> tags, List<QueuedPush> pushes, Optional<Quiet> quiet, List<SeenRate> rates) {

    public static final SyncReport EMPTY = new SyncReport(List.of(), List.of(), Optional.empty(), List.of());

    public SyncReport {
        tags = List.copyOf(tags);
        pushes = List.copyOf(pushes);
        rates = List.copyOf(rates);
    }

    public Optional<TagSync> of(ImageReference name) {
        return tags.stream().filter(each -> each.name().equals(name)).findFirst();
    }

    public enum Quiet {
        OFFLINE,
        /// The network costs by what it carries.
        METERED
    }
}
