package io.darsena.engine.registry.login;

import io.darsena.bridge.error.CorruptedException;
import io.darsena.bridge.registry.RegistryCredential;
import io.darsena.bridge.registry.RegistryHost;
import io.darsena.engine.content.StorageFailure;
import io.darsena.engine.json.JsonObject;
import io.darsena.engine.json.JsonText;
import io.darsena.engine.paths.PrivateFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import tools.jackson.databind.node.ObjectNode;

/// Our own file of logins, mode 0600: each registry with the helper that keeps its secret, or where there is none with
/// the secret itself. `this` guards changes.
///
/// ```
/// { "localhost:5000" : { "user" : "me", "password" : "…" }, "ghcr.io" : { "user" : "me", "helper" : "secretservice"
/// } }
/// ```
final class LoginFile {

    private static final Logger LOG = LoggerFactory.getLogger(LoginFile.class);

    private final Path file;

    LoginFile(Path file) {
        this.file = file;
    }

    Path file() {
        return file;
    }

    /// Who keeps a login's secret.
    sealed interface Entry {
        record Elsewhere(String user, String helper) implements Entry {}

        record Here(RegistryCredential credential) implements Entry {}
    }

    Map<RegistryHost, Entry> entries() {
        Map<RegistryHost, Entry> entries = new TreeMap<>();
        read().ifPresent(logins -> {
            for (String key : logins.node().propertyNames()) {
                try {
                    RegistryHost registry = logins.parsed(key, RegistryHost::new);
                    entry(logins.object(key)).ifPresent(entry -> entries.put(registry, entry));
                } catch (CorruptedException malformed) {
                    LOG.warn("a login in {} is passed over: it is malformed", file);
                }
            }
        });
        return entries;
    }

    private static Optional<Entry> entry(JsonObject login) {
        String user = login.textOrEmpty("user");
        if (login.has("helper")) {
            return Optional.of(new Entry.Elsewhere(user, login.text("helper")));
        }
        return CredentialProgram.identity(login.textOrEmpty("identityToken"))
                .or(() -> CredentialProgram.registryToken(login.textOrEmpty("registryToken")))
                .or(() -> CredentialProgram.credential(user, login.textOrEmpty("password")))
                .map(Entry.Here::new);
    }

    private Optional<JsonObject> read() {
        try {
            return Optional.of(SecretDocument.parse(Files.readAllBytes(file), "logins"));
        } catch (NoSuchFileException none) {
            return Optional.empty();
        } catch (IOException e) {
            throw StorageFailure.of("read", file.toString(), e);
        } catch (CorruptedException malformed) {
            LOG.warn("{} is passed over: it is malformed", file);
            return Optional.empty();
        }
    }

    synchronized void put(RegistryHost registry, Entry entry) {
        ObjectNode tree = tree();
        ObjectNode login = tree.putObject(registry.name());
        switch (entry) {
            case Entry.Elsewhere(String user, String helper) ->
                login.put("user", user).put("helper", helper);
            case Entry.Here(RegistryCredential.Password password) ->
                login.put("user", password.user())
                        .put("password", password.password().reveal());
            case Entry.Here(RegistryCredential.IdentityToken token) ->
                login.put("identityToken", token.token().reveal());
            case Entry.Here(RegistryCredential.RegistryToken token) ->
                login.put("registryToken", token.token().reveal());
        }
        write(tree);
    }

    /// A missing one is no error.
    synchronized void remove(RegistryHost registry) {
        ObjectNode tree = tree();
        if (tree.remove(registry.name()) != null) {
            write(tree);
        }
    }

    private ObjectNode tree() {
        return read().map(logins -> (ObjectNode) logins.node()).orElseGet(JsonText::object);
    }

    private void write(ObjectNode tree) {
        try {
            PrivateFile.replace(file, JsonText.indented(tree) + "\n");
        } catch (IOException e) {
            throw StorageFailure.of("keep the login in", file.toString(), e);
        }
    }
}
