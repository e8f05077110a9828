package io.darsena.bridge.trust;

import io.darsena.bridge.image.ImageReference;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/// What is demanded of the images of a registry or a repository.
///
/// @param scope a registry (`ghcr.io`), the beginning of repositories (`ghcr.io/team`), a repository
///     (`docker.io/library/nginx`), or [#EVERYWHERE]; parts between slashes are whole
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
        if (scope.length() > LONGEST_SCOPE || !SCOPE.matcher(scope).matches()) {
            throw new IllegalArgumentException(
                    "not a registry or repository in full, as ghcr.io/team or docker.io/library/nginx: " + scope);
        }
        keys = List.copyOf(keys);
        if (keys.size() > MOST_KEYS || keys.stream().distinct().count() < keys.size()) {
            throw new IllegalArgumentException("more than " + MOST_KEYS + " keys, or one twice");
        }
        keys.forEach(TrustedKey::requireName);
        signWith.ifPresent(TrustedKey::requireName);
    }

    /// Whether the rule speaks of this name.
    public boolean covers(ImageReference name) {
        String repository = name.registry() + "/" + name.repository();
        return scope.equals(EVERYWHERE) || repository.equals(scope) || repository.startsWith(scope + "/");
    }

    @Override
    public int compareTo(TrustRule other) {
        return scope.compareTo(other.scope);
    }
}
