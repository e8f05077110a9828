package io.darsena.bridge.sync;

import io.darsena.bridge.registry.RegistryHost;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/// How often names are compared with their registries.
///
/// @param every of registries without a schedule of their own; empty is never
/// @param metered whether also on a network that costs by what it carries
/// @param registries those with a schedule of their own, each at most once
public record SyncSettings(Optional<Duration> every, boolean metered, List<Schedule> registries) {

    public static final Duration SHORTEST = Duration.ofMinutes(5);
    public static final Duration LONGEST = Duration.ofDays(30);
    public static final SyncSettings DEFAULT = new SyncSettings(Optional.of(Duration.ofHours(6)), false, List.of());

    private static final int MOST_REGISTRIES = 500;

    /// @throws IllegalArgumentException when it says why
    public SyncSettings {
        requireSensible(every);
        registries = registries.stream().sorted().toList();
        if (registries.size() > MOST_REGISTRIES
                || registries.stream().map(Schedule::registry).distinct().count() < registries.size()) {
            throw new IllegalArgumentException("more than " + MOST_REGISTRIES + " registries, or one twice");
        }
    }

    private static void requireSensible(Optional<Duration> every) {
        every.ifPresent(interval -> {
            if (interval.compareTo(SHORTEST) < 0 || interval.compareTo(LONGEST) > 0) {
                throw new IllegalArgumentException("registries are asked every 5 minutes to every 30 days, or never");
            }
        });
    }

    /// How often the names of this registry are compared; empty is never.
    public Optional<Duration> every(RegistryHost registry) {
        return own(registry).map(Schedule::every).orElse(every);
    }

    /// What is set for this registry alone.
    public Optional<Schedule> own(RegistryHost registry) {
        return registries.stream()
                .filter(each -> each.registry().equals(registry))
                .findFirst();
    }

    public SyncSettings with(Schedule schedule) {
        Stream<Schedule> others = without(schedule.registry()).registries.stream();
        return new SyncSettings(
                every, metered, Stream.concat(others, Stream.of(schedule)).toList());
    }

    public SyncSettings without(RegistryHost registry) {
        return new SyncSettings(
                every,
                metered,
                registries.stream()
                        .filter(each -> !each.registry().equals(registry))
                        .toList());
    }

    /// @param every empty is never
    public record Schedule(RegistryHost registry, Optional<Duration> every) implements Comparable<Schedule> {

        public Schedule {
            requireSensible(every);
        }

        @Override
        public int compareTo(Schedule other) {
            return registry.compareTo(other.registry);
        }
    }
}
