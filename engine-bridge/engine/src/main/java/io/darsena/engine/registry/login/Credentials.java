package io.darsena.engine.registry.login;

import io.darsena.bridge.error.EngineException;
import io.darsena.bridge.error.FailedException;
import io.darsena.bridge.registry.RegistryCredential;
import io.darsena.bridge.registry.RegistryHost;
import io.darsena.bridge.registry.RegistryLogin;
import io.darsena.engine.paths.EnginePaths;
import io.darsena.engine.registry.login.LoginFile.Entry;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Finds and keeps credentials: what was logged in here counts before what Docker's configuration knows. Safe for
/// use by several threads.
public final class Credentials {

    private static final Logger LOG = LoggerFactory.getLogger(Credentials.class);

    /// Keeps secrets in the desktop's key ring, by libsecret.
    private static final String DESKTOP_HELPER = "secretservice";

    private final LoginFile own;
    private final DockerConfig docker;
    private final Map<String, String> environment;

    /// @param home of the person
    public Credentials(EnginePaths paths, Map<String, String> environment, Path home) {
        this.own = new LoginFile(paths.logins());
        this.docker = new DockerConfig(environment, home);
        this.environment = Map.copyOf(environment);
    }

    public Optional<KeptCredential> find(RegistryHost registry) {
        @Nullable Entry entry = own.entries().get(registry);
        Optional<KeptCredential> here = switch (entry) {
            case null -> Optional.empty();
            case Entry.Here(RegistryCredential credential) ->
                Optional.of(new KeptCredential(credential, own.file().toString(), true));
            case Entry.Elsewhere(String user, String helper) -> ofHelper(helper, registry);
        };
        return here.or(() -> docker.helper(registry).flatMap(name -> ofHelper(name, registry)))
                .or(() -> Optional.ofNullable(docker.credentials().get(registry))
                        .map(credential ->
                                new KeptCredential(credential, docker.file().toString(), true)));
    }

    /// A helper that fails keeps nothing: without it a public image can be had all the same.
    private Optional<KeptCredential> ofHelper(String name, RegistryHost registry) {
        try {
            return CredentialProgram.find(name, environment)
                    .flatMap(helper -> helper.get(registry)
                            .map(credential -> new KeptCredential(credential, helper.name(), false)));
        } catch (EngineException failure) {
            LOG.warn("credential helper {} is passed over: {}", name, failure.reason());
            return Optional.empty();
        }
    }

    /// Keeps a credential by the helper that Docker's configuration names, else by the desktop's, else in a file.
    ///
    /// @throws FailedException when the configured helper is not there or does not keep it
    public RegistryLogin keep(RegistryHost registry, RegistryCredential credential) {
        Optional<String> configured = docker.helper(registry);
        if (configured.isPresent()) {
            CredentialProgram helper = CredentialProgram.find(configured.get(), environment)
                    .orElseThrow(() -> new FailedException(
                            "keep the login at",
                            registry.name(),
                            CredentialProgram.PREFIX + configured.get() + ", which " + docker.file()
                                    + " names, is not installed",
                            "install it, or take it out of that file"));
            helper.store(registry, credential);
            own.remove(registry);
            return new KeptCredential(credential, helper.name(), false).login(registry);
        }
        return onDesktop(registry, credential).orElseGet(() -> {
            own.put(registry, new Entry.Here(credential));
            return new KeptCredential(credential, own.file().toString(), true).login(registry);
        });
    }

    private Optional<RegistryLogin> onDesktop(RegistryHost registry, RegistryCredential credential) {
        boolean session =
                !environment.getOrDefault("DBUS_SESSION_BUS_ADDRESS", "").isEmpty();
        Optional<CredentialProgram> helper =
                session ? CredentialProgram.find(DESKTOP_HELPER, environment) : Optional.empty();
        return helper.flatMap(keeper -> {
            try {
                keeper.store(registry, credential);
            } catch (EngineException failure) {
                LOG.warn("the login at {} is kept in a file: {}", registry, failure.getMessage());
                return Optional.empty();
            }
            own.put(registry, new Entry.Elsewhere(KeptCredential.user(credential), DESKTOP_HELPER));
            return Optional.of(new KeptCredential(credential, keeper.name(), false).login(registry));
        });
    }

    /// Forgets it wherever it is kept, Docker's configuration included, as `docker logout` does.
    public void forget(RegistryHost registry) {
        if (own.entries().get(registry) instanceof Entry.Elsewhere(String user, String helper)) {
            erase(helper, registry);
        }
        own.remove(registry);
        docker.helper(registry).ifPresent(helper -> erase(helper, registry));
        docker.remove(registry);
    }

    private void erase(String name, RegistryHost registry) {
        CredentialProgram.find(name, environment).ifPresent(helper -> helper.erase(registry));
    }

    /// Everybody who is logged in, by registry.
    public List<RegistryLogin> all() {
        Map<RegistryHost, RegistryLogin> all = new TreeMap<>();
        docker.credentials()
                .forEach((registry, credential) -> all.put(
                        registry, new KeptCredential(credential, docker.file().toString(), true).login(registry)));
        docker.commonHelper()
                .flatMap(name -> CredentialProgram.find(name, environment))
                .ifPresent(helper -> listed(helper)
                        .forEach((registry, user) ->
                                all.put(registry, new RegistryLogin(registry, user, helper.name(), false))));
        docker.helpers()
                .forEach((registry, name) ->
                        ofHelper(name, registry).ifPresent(kept -> all.put(registry, kept.login(registry))));
        own.entries().forEach((registry, entry) -> all.put(registry, login(registry, entry)));
        return List.copyOf(all.values());
    }

    private static Map<RegistryHost, String> listed(CredentialProgram helper) {
        try {
            return helper.list();
        } catch (EngineException failure) {
            LOG.warn("credential helper {} is passed over: {}", helper.name(), failure.reason());
            return Map.of();
        }
    }

    private RegistryLogin login(RegistryHost registry, Entry entry) {
        return switch (entry) {
            case Entry.Here(RegistryCredential credential) ->
                new KeptCredential(credential, own.file().toString(), true).login(registry);
            case Entry.Elsewhere(String user, String helper) ->
                new RegistryLogin(registry, user, CredentialProgram.PREFIX + helper, false);
        };
    }
}
