package io.darsena.bridge.registry;

import java.time.Duration;

/// A registry's limit on pulls, as its answers tell it (Docker Hub's `ratelimit-limit` and
/// `ratelimit-remaining`).
///
/// @param limit pulls a window
/// @param remaining of them
public record RateGauge(long limit, long remaining, Duration window) {}
