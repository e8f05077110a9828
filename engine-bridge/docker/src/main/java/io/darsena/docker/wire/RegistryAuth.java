package io.darsena.docker.wire;

import io.darsena.bridge.registry.RegistryCredential;
import io.darsena.bridge.registry.RegistryHost;
import io.darsena.bridge.registry.Secret;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Optional;
import java.util.function.Supplier;
import tools.jackson.databind.JsonNode;

/// What a Docker client shows of its login: the header `X-Registry-Auth`, a JSON object in base64url, or the
/// body of `POST /auth`. No message of a failure holds any of it.
///
/// @param credential empty where nothing is shown, as a client does that is not logged in
/// @param address the registry that it says it is for; clients give it in many forms
public record RegistryAuth(Optional<RegistryCredential> credential, Optional<String> address) {

    public static final String HEADER = "X-Registry-Auth";

    private static final String BODY = "the login";

    private static final RegistryAuth NONE = new RegistryAuth(Optional.empty(), Optional.empty());

    /// @throws IllegalArgumentException when it cannot be read
    public static RegistryAuth ofHeader(Optional<String> header) {
        if (header.filter(text -> !text.isEmpty()).isEmpty()) {
            return NONE;
        }
        return of(HEADER, read(HEADER, () -> Json.read(decoded(header.get()))));
    }

    private static String decoded(String base64) {
        byte[] json = Base64.getUrlDecoder().decode(base64.getBytes(StandardCharsets.ISO_8859_1));
        return new String(json, StandardCharsets.UTF_8);
    }

    /// @throws IllegalArgumentException when it cannot be read
    public static RegistryAuth ofBody(InputStream body) {
        return of(BODY, read(BODY, () -> Json.read(body)));
    }

    /// The decoders' own words quote what they could not read.
    private static JsonNode read(String name, Supplier<JsonNode> reading) {
        try {
            return reading.get();
        } catch (IllegalArgumentException malformed) {
            throw new IllegalArgumentException(name + " is not a login as Docker's clients write it");
        }
    }

    private static RegistryAuth of(String name, JsonNode node) {
        try {
            Fields fields = Fields.of("it", node);
            return new RegistryAuth(credential(fields), fields.text("serveraddress"));
        } catch (IllegalArgumentException invalid) {
            throw new IllegalArgumentException(name + " cannot be used: " + invalid.getMessage());
        }
    }

    private static Optional<RegistryCredential> credential(Fields fields) {
        Optional<String> registryToken = fields.text("registrytoken");
        if (registryToken.isPresent()) {
            return registryToken.map(token -> new RegistryCredential.RegistryToken(new Secret(token)));
        }
        Optional<String> identityToken = fields.text("identitytoken");
        if (identityToken.isPresent()) {
            return identityToken.map(token -> new RegistryCredential.IdentityToken(new Secret(token)));
        }
        Optional<String> user = fields.text("username");
        Optional<String> password = fields.text("password");
        if (user.isPresent() != password.isPresent()) {
            throw new IllegalArgumentException("a user without a password, or a password without a user");
        }
        return user.map(given -> new RegistryCredential.Password(given, new Secret(password.orElseThrow())));
    }

    /// The registry that it is for: Docker Hub where none is given.
    ///
    /// @throws IllegalArgumentException when the address is none of a registry
    public RegistryHost registry() {
        try {
            return address.map(RegistryHost::parse).orElse(RegistryHost.DOCKER_HUB);
        } catch (IllegalArgumentException malformed) {
            // It may hold a password, as https://user:password@host does.
            throw new IllegalArgumentException("the address given is not one of a registry");
        }
    }
}
