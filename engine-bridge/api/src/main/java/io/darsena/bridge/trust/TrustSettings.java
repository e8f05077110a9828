package io.darsena.bridge.trust;

import io.darsena.bridge.image.ImageReference;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/// Whose signatures count, and where they are demanded.
///
/// @param keys each name at most once
/// @param rules each scope at most once; of several that speak of a name the longest scope counts
public record TrustSettings(List<TrustedKey> keys, List<TrustRule> rules) {

    public static final TrustSettings DEFAULT = new TrustSettings(List.of(), List.of());

    private static final int MOST = 500;

    /// @throws IllegalArgumentException when it says why
    public TrustSettings {
        keys = keys.stream().sorted().toList();
        rules = rules.stream().sorted().toList();
        if (keys.size() > MOST || keys.stream().map(TrustedKey::name).distinct().count() < keys.size()) {
            throw new IllegalArgumentException("more than " + MOST + " keys, or one name twice");
        }
        if (rules.size() > MOST
                || rules.stream().map(TrustRule::scope).distinct().count() < rules.size()) {
            throw new IllegalArgumentException("more than " + MOST + " rules, or one scope twice");
        }
        for (TrustRule rule : rules) {
            for (String key : rule.keys()) {
                if (keys.stream().noneMatch(each -> each.name().equals(key))) {
                    throw new IllegalArgumentException(
                            "the rule for " + rule.scope() + " names the key " + key + ", which is not there");
                }
            }
        }
    }

    public Optional<TrustRule> rule(ImageReference name) {
        return rules.stream()
                .filter(rule -> rule.covers(name))
                .max(Comparator.comparingInt(rule -> rule.closeness(name)));
    }

    /// Those that count for a rule.
    public List<TrustedKey> keys(TrustRule rule) {
        return rule.keys().isEmpty()
                ? keys
                : keys.stream().filter(key -> rule.keys().contains(key.name())).toList();
    }

    /// With this key in the place of the one of its name.
    public TrustSettings with(TrustedKey key) {
        return new TrustSettings(
                Stream.concat(keys.stream().filter(each -> !each.name().equals(key.name())), Stream.of(key))
                        .toList(),
                rules);
    }

    /// With this rule in the place of the one of its scope.
    public TrustSettings with(TrustRule rule) {
        return new TrustSettings(
                keys,
                Stream.concat(rules.stream().filter(each -> !each.scope().equals(rule.scope())), Stream.of(rule))
                        .toList());
    }

    public TrustSettings withoutRule(String scope) {
        return new TrustSettings(
                keys, rules.stream().filter(each -> !each.scope().equals(scope)).toList());
    }

    /// @throws IllegalArgumentException when a rule names it
    public TrustSettings withoutKey(String name) {
        return new TrustSettings(
                keys.stream().filter(each -> !each.name().equals(name)).toList(), rules);
    }
}
