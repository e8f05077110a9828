package io.darsena.bridge.registry;

/// Somebody is logged in at a registry.
///
/// @param user empty where only a token is kept
/// @param keptBy the program or the file that keeps the secret
/// @param plain whether it is kept unencrypted, in a file that only its owner can read
public record RegistryLogin(RegistryHost registry, String user, String keptBy, boolean plain) {}
