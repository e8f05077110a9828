package io.darsena.bridge.trust;

/// A private key that is here.
///
/// @param publicKey as PEM
/// @param unlocked whether it signs without being asked for its password
public record SigningKey(String name, String publicKey, boolean unlocked) {}
