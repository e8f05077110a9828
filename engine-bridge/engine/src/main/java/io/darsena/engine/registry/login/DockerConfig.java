package io.darsena.engine.registry.login;

import io.darsena.bridge.error.CorruptedException;
import io.darsena.bridge.registry.RegistryCredential;
import io.darsena.bridge.registry.RegistryHost;
import io.darsena.engine.content.StorageFailure;
import io.darsena.engine.json.JsonObject;
import io.darsena.engine.json.JsonText;
import io.darsena.engine.paths.PrivateFile;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import tools.jackson.databind.node.ObjectNode;

/// The person's `~/.docker/config.json`, read anew each time: other programs write it. One that cannot be read
/// counts as empty.
final class DockerConfig {

    private static final Logger LOG = LoggerFactory.getLogger(DockerConfig.class);
    private static final int MOST_BYTES = 4 << 20;
    private static final String AUTHS = "auths";

    private final Path file;

    /// @param home of the person; `DOCKER_CONFIG` may name another directory than its `.docker`
    DockerConfig(Map<String, String> environment, Path home) {
        String directory = environment.getOrDefault("DOCKER_CONFIG", "");
        file = (directory.startsWith("/") ? Path.of(directory) : home.resolve(".docker")).resolve("config.json");
    }

    Path file() {
        return file;
    }

    private Optional<JsonObject> read() {
        try (InputStream in = Files.newInputStream(file)) {
            byte[] bytes = in.readNBytes(MOST_BYTES);
            return bytes.length == 0 ? Optional.empty() : Optional.of(SecretDocument.parse(bytes, file.toString()));
        } catch (NoSuchFileException none) {
            return Optional.empty();
        } catch (IOException failure) {
            LOG.warn("{} is passed over: {}", file, StorageFailure.reason(failure));
            return Optional.empty();
        } catch (CorruptedException malformed) {
            LOG.warn("{} is passed over: it is not what Docker writes", file);
            return Optional.empty();
        }
    }

    /// The helper for a registry: its own, or the one for all.
    Optional<String> helper(RegistryHost registry) {
        return lenient(config -> helpers(config).entrySet().stream()
                .filter(entry -> ServerKey.parse(entry.getKey()).equals(Optional.of(registry)))
                .map(Map.Entry::getValue)
                .findFirst()
                .or(() -> config.optionalText("credsStore").filter(name -> !name.isEmpty())));
    }

    /// Those for single registries.
    Map<RegistryHost, String> helpers() {
        Map<RegistryHost, String> all = new LinkedHashMap<>();
        lenient(config -> Optional.of(helpers(config)))
                .orElse(Map.of())
                .forEach((key, name) -> ServerKey.parse(key).ifPresent(registry -> all.put(registry, name)));
        return all;
    }

    /// The one for all.
    Optional<String> commonHelper() {
        return lenient(config -> config.optionalText("credsStore").filter(name -> !name.isEmpty()));
    }

    private static Map<String, String> helpers(JsonObject config) {
        return config.textMap("credHelpers");
    }

    @FunctionalInterface
    private interface Reader<T> {
        Optional<T> of(JsonObject config);
    }

    private <T> Optional<T> lenient(Reader<T> reader) {
        try {
            return read().flatMap(reader::of);
        } catch (CorruptedException malformed) {
            LOG.warn("a part of {} is passed over: it is not what Docker writes", file);
            return Optional.empty();
        }
    }

    /// What stands in the file itself.
    Map<RegistryHost, RegistryCredential> credentials() {
        Map<RegistryHost, RegistryCredential> all = new LinkedHashMap<>();
        lenient(config -> config.optionalObject(AUTHS)).ifPresent(auths -> read(auths, all));
        return all;
    }

    private void read(JsonObject auths, Map<RegistryHost, RegistryCredential> into) {
        for (String key : auths.node().propertyNames()) {
            try {
                Optional<RegistryHost> registry = ServerKey.parse(key);
                Optional<RegistryCredential> found = auths.optionalObject(key).flatMap(DockerConfig::credential);
                if (registry.isPresent() && found.isPresent()) {
                    into.putIfAbsent(registry.get(), found.get());
                }
            } catch (CorruptedException malformed) {
                LOG.warn("a login in {} is passed over: it is not what Docker writes", file);
            }
        }
    }

    private static Optional<RegistryCredential> credential(JsonObject entry) {
        return CredentialProgram.identity(entry.textOrEmpty("identitytoken"))
                .or(() -> CredentialProgram.registryToken(entry.textOrEmpty("registrytoken")))
                .or(() -> password(entry));
    }

    private static Optional<RegistryCredential> password(JsonObject entry) {
        String auth = entry.textOrEmpty("auth");
        if (auth.isEmpty()) {
            return CredentialProgram.credential(entry.textOrEmpty("username"), entry.textOrEmpty("password"));
        }
        try {
            String pair = new String(Base64.getDecoder().decode(auth.strip()), StandardCharsets.UTF_8);
            int colon = pair.indexOf(':');
            return colon < 0
                    ? Optional.empty()
                    : CredentialProgram.credential(
                            pair.substring(0, colon), pair.substring(colon + 1).replaceAll("\\x00+$", ""));
        } catch (IllegalArgumentException noBase64) {
            return Optional.empty();
        }
    }

    /// Takes a registry's logins out of the file, as `docker logout` does; all else in it stays.
    void remove(RegistryHost registry) {
        if (!credentials().containsKey(registry)) {
            return;
        }
        JsonObject config = read().orElseThrow();
        ObjectNode tree = (ObjectNode) config.node();
        if (tree.get(AUTHS) instanceof ObjectNode auths) {
            auths.propertyNames().stream()
                    .filter(key -> ServerKey.parse(key).equals(Optional.of(registry)))
                    .toList()
                    .forEach(auths::remove);
            try {
                PrivateFile.replace(file.toRealPath(), JsonText.indented(tree) + "\n");
            } catch (IOException e) {
                throw StorageFailure.of("log out in", file.toString(), e);
            }
        }
    }
}
