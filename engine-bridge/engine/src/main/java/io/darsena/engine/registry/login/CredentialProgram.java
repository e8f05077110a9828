package io.darsena.engine.registry.login;

import io.darsena.bridge.error.CorruptedException;
import io.darsena.bridge.error.FailedException;
import io.darsena.bridge.registry.RegistryCredential;
import io.darsena.bridge.registry.RegistryHost;
import io.darsena.bridge.registry.Secret;
import io.darsena.engine.content.StorageFailure;
import io.darsena.engine.json.JsonObject;
import io.darsena.engine.json.JsonText;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Function;

/// A program `docker-credential-…` that keeps secrets (docker-credential-helpers' protocol). The registry and the
/// secret go through its standard input, never into its arguments. It may ask the person for a password, so it
/// has time.
final class CredentialProgram {

    static final String PREFIX = "docker-credential-";

    private static final int MOST_OUTPUT = 1 << 20;
    private static final Duration LONGEST = Duration.ofSeconds(60);
    private static final String TOKEN_USER = "<token>";

    private final String name;
    private final Path program;
    private final Map<String, String> environment;

    private CredentialProgram(String name, Path program, Map<String, String> environment) {
        this.name = name;
        this.program = program;
        this.environment = Map.copyOf(environment);
    }

    /// Empty when there is no such program on the environment's `PATH`.
    ///
    /// @param suffix as `pass` for `docker-credential-pass`
    static Optional<CredentialProgram> find(String suffix, Map<String, String> environment) {
        if (!suffix.matches("[A-Za-z0-9._-]{1,100}")) {
            return Optional.empty();
        }
        for (String directory : environment.getOrDefault("PATH", "").split(":")) {
            Path program = Path.of(directory.isEmpty() ? "/nonexistent" : directory, PREFIX + suffix);
            if (program.isAbsolute() && Files.isRegularFile(program) && Files.isExecutable(program)) {
                return Optional.of(new CredentialProgram(PREFIX + suffix, program, environment));
            }
        }
        return Optional.empty();
    }

    String name() {
        return name;
    }

    /// Empty when it keeps none for the registry.
    Optional<RegistryCredential> get(RegistryHost registry) {
        Outcome outcome = run("get", ServerKey.of(registry));
        if (outcome.code() != 0) {
            return Optional.empty();
        }
        JsonObject answer = SecretDocument.parse(outcome.output(), "answer of " + name);
        return credential(answer.textOrEmpty("Username"), answer.textOrEmpty("Secret"));
    }

    /// What can be sent at all of a pair that somebody keeps.
    static Optional<RegistryCredential> credential(String user, String secret) {
        return user.equals(TOKEN_USER)
                ? identity(secret)
                : made(secret, kept -> new RegistryCredential.Password(user, kept));
    }

    static Optional<RegistryCredential> identity(String token) {
        return made(token, RegistryCredential.IdentityToken::new);
    }

    static Optional<RegistryCredential> registryToken(String token) {
        return made(token, RegistryCredential.RegistryToken::new);
    }

    private static Optional<RegistryCredential> made(String secret, Function<Secret, RegistryCredential> maker) {
        try {
            return Optional.of(maker.apply(new Secret(secret)));
        } catch (IllegalArgumentException unusable) {
            return Optional.empty();
        }
    }

    /// @throws FailedException when it does not keep it
    void store(RegistryHost registry, RegistryCredential credential) {
        String user = credential instanceof RegistryCredential.Password password ? password.user() : TOKEN_USER;
        String text = new String(
                JsonText.bytes(JsonText.object()
                        .put("ServerURL", ServerKey.of(registry))
                        .put("Username", user)
                        .put("Secret", secret(credential).reveal())),
                StandardCharsets.UTF_8);
        Outcome outcome = run("store", text);
        if (outcome.code() != 0) {
            throw failed("keep the login at " + registry, "it ends with status " + outcome.code());
        }
    }

    static Secret secret(RegistryCredential credential) {
        return switch (credential) {
            case RegistryCredential.Password password -> password.password();
            case RegistryCredential.IdentityToken identity -> identity.token();
            case RegistryCredential.RegistryToken token -> token.token();
        };
    }

    /// Having none is no error.
    void erase(RegistryHost registry) {
        run("erase", ServerKey.of(registry));
    }

    /// Users by registry; nothing where the helper cannot tell.
    Map<RegistryHost, String> list() {
        Outcome outcome = run("list", "");
        Map<RegistryHost, String> users = new LinkedHashMap<>();
        if (outcome.code() == 0) {
            try {
                byte[] wrapped = ("{\"all\":" + new String(outcome.output(), StandardCharsets.UTF_8) + "}")
                        .getBytes(StandardCharsets.UTF_8);
                JsonObject.parse(wrapped, "answer of " + name)
                        .textMap("all")
                        .forEach((key, user) -> ServerKey.parse(key)
                                .ifPresent(registry -> users.put(registry, user.equals(TOKEN_USER) ? "" : user)));
            } catch (CorruptedException unusable) {
                return Map.of();
            }
        }
        return users;
    }

    private record Outcome(int code, byte[] output) {}

    private Outcome run(String action, String input) {
        ProcessBuilder builder = new ProcessBuilder(program.toString(), action);
        builder.environment().clear();
        builder.environment().putAll(environment);
        builder.redirectError(ProcessBuilder.Redirect.DISCARD);
        try {
            Process process = builder.start();
            try {
                return outcome(process, action, input);
            } finally {
                process.destroyForcibly();
            }
        } catch (IOException e) {
            throw failed(action, StorageFailure.reason(e));
        }
    }

    private Outcome outcome(Process process, String action, String input) {
        CompletableFuture<byte[]> output = new CompletableFuture<>();
        Thread.ofVirtual().name("darsena-" + name).start(() -> {
            try (InputStream stream = process.getInputStream()) {
                output.complete(stream.readNBytes(MOST_OUTPUT));
            } catch (IOException e) {
                output.completeExceptionally(e);
            }
        });
        try (OutputStream stream = process.getOutputStream()) {
            stream.write(input.getBytes(StandardCharsets.UTF_8));
        } catch (IOException e) {
            // it may end without reading; its status tells
        }
        try {
            byte[] bytes = output.get(LONGEST.toMillis(), TimeUnit.MILLISECONDS);
            if (!process.waitFor(LONGEST.toMillis(), TimeUnit.MILLISECONDS)) {
                throw failed(action, "it does not end");
            }
            return new Outcome(process.exitValue(), bytes);
        } catch (TimeoutException e) {
            throw failed(action, "it does not answer within " + LONGEST.toSeconds() + " s");
        } catch (ExecutionException e) {
            throw failed(action, "its answer cannot be read");
        } catch (InterruptedException e) {
            throw StorageFailure.cancelled(action + " with", name);
        }
    }

    private FailedException failed(String action, String reason) {
        return new FailedException(
                action + " with",
                "credential helper " + name,
                reason,
                "run it by hand, or change Docker's configuration");
    }
}
