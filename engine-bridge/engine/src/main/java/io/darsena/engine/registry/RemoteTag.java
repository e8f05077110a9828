package io.darsena.engine.registry;

import io.darsena.bridge.image.Digest;
import java.util.Optional;

/// What a name stands for at its registry now.
///
/// @param contents empty when they were not wanted, or the rate limit is too near
public record RemoteTag(Digest digest, Optional<RemoteContents> contents) {}
