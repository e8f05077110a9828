package io.darsena.bridge.registry;

import java.time.Instant;

/// What a registry said of its limit, and when.
public record SeenRate(RegistryHost registry, RateGauge rate, Instant at) {}
