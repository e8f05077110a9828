package io.darsena.bridge.trust;

import io.darsena.bridge.image.ImageReference;
import io.darsena.bridge.registry.RegistryHost;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/// What is demanded of the images of a registry or a repository.
///
/// @param scope a registry (`ghcr.io`), the beginning of repositories (`ghcr.io/team`), a repository
///     (`docker.io/library/nginx`), or [#EVERYWHERE]; parts between slashes are whole. `docker.io/nginx` is
///     both the beginning of repositories and [#official] one. The registry has the spelling of an
///     [ImageReference]
/// @param keys names of trusted keys, any of which will do; empty is all
/// @param signWith name of the signing key with which every push is signed
public record TrustRule(String scope, Demand demand, List<String> keys, Optional<String> signWith)
        implements Comparable<TrustRule> {

    public static final String EVERYWHERE = "*";

    private static final int MOST_KEYS = 50;
    private static final int LONGEST_SCOPE = 512;
    private static final Pattern SCOPE = Pattern.compile(
            "\\*|(\\[[0-9a-fA-F:]+]|[A-Za-z0-9][A-Za-z0-9.-]*)(:[0-9]{1,5})?(/[a-z0-9]+([._-]+[a-z0-9]+)*)*");

    public enum Demand {
        /// Nothing is looked for.
        ACCEPT,
        /// What is unsigned, or moved back, comes, and is marked.
        WARN,
        /// What is unsigned, or moved back, does not come.
        REFUSE
    }

    /// @throws IllegalArgumentException when it says why
    public TrustRule {
        if (scope.length() > LONGEST_SCOPE || !SCOPE.matcher(scope).matches() || isIdle(scope)) {
            throw new IllegalArgumentException(
                    "not a registry or repository in full, as ghcr.io/team or docker.io/library/nginx: " + scope);
        }
        scope = canonical(scope);
        keys = List.copyOf(keys);
        if (keys.size() > MOST_KEYS || keys.stream().distinct().count() < keys.size()) {
            throw new IllegalArgumentException("more than " + MOST_KEYS + " keys, or one twice");
        }
        keys.forEach(TrustedKey::requireName);
        signWith.ifPresent(TrustedKey::requireName);
    }

    /// Whether a scope is well written and begins with no registry: no image can be under it.
    public static boolean isIdle(String scope) {
        return SCOPE.matcher(scope).matches()
                && !scope.equals(EVERYWHERE)
                && !ImageReference.isRegistry(registry(scope));
    }

    private static String registry(String scope) {
        int slash = scope.indexOf('/');
        return slash < 0 ? scope : scope.substring(0, slash);
    }

    private static String canonical(String scope) {
        String registry = registry(scope);
        return scope.equals(EVERYWHERE)
                ? scope
                : new RegistryHost(registry).name() + scope.substring(registry.length());
    }

    /// The repository that a scope at Docker Hub stands for as names do there: `docker.io/library/nginx` for
    /// `docker.io/nginx`.
    public Optional<String> official() {
        String hub = ImageReference.DEFAULT_REGISTRY + "/";
        String rest = scope.startsWith(hub) ? scope.substring(hub.length()) : "";
        return rest.isEmpty() || rest.indexOf('/') >= 0 || rest.equals("library")
                ? Optional.empty()
                : Optional.of(hub + "library/" + rest);
    }

    /// Whether the rule speaks of this name.
    public boolean covers(ImageReference name) {
        String repository = repository(name);
        return scope.equals(EVERYWHERE)
                || repository.equals(scope)
                || repository.startsWith(scope + "/")
                || official().filter(repository::equals).isPresent();
    }

    private static String repository(ImageReference name) {
        return name.registry() + "/" + name.repository();
    }

    /// Of several rules that speak of a name the closest counts: the longest scope, written in full.
    int closeness(ImageReference name) {
        if (scope.equals(EVERYWHERE)) {
            return 0;
        }
        String repository = repository(name);
        return official().filter(repository::equals).isPresent() ? repository.length() - 1 : scope.length();
    }

    @Override
    public int compareTo(TrustRule other) {
        return scope.compareTo(other.scope);
    }
}
