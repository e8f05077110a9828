package io.darsena.engine.registry.login;

import io.darsena.bridge.registry.RegistryCredential;
import io.darsena.bridge.registry.RegistryHost;
import io.darsena.bridge.registry.RegistryLogin;

/// A credential and who keeps it.
///
/// @param keptBy a program's name or a file
/// @param plain unencrypted
public record KeptCredential(RegistryCredential credential, String keptBy, boolean plain) {

    public RegistryLogin login(RegistryHost registry) {
        return new RegistryLogin(registry, user(credential), keptBy, plain);
    }

    static String user(RegistryCredential credential) {
        return credential instanceof RegistryCredential.Password password ? password.user() : "";
    }
}
