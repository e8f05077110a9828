package io.darsena.bridge.trust;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.darsena.bridge.image.ImageReference;
import io.darsena.bridge.trust.TrustRule.Demand;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class TrustRuleTest {

    private static TrustRule rule(String scope) {
        return new TrustRule(scope, Demand.REFUSE, List.of(), Optional.empty());
    }

    @ParameterizedTest
    @CsvSource({
        "ghcr.io, GHCR.io/team/x",
        "ghcr.io/team, ghcr.io:443/team/x",
        "GHCR.io:443/team, ghcr.io/team/x",
        "docker.io/library/nginx, registry-1.docker.io/nginx",
        "registry.hub.docker.com/library/nginx, nginx",
        "docker.io/nginx, nginx",
        "docker.io/ada, ada/tool",
        "*, localhost:5000/x",
    })
    void noSpellingEscapes(String scope, String name) {
        assertThat(rule(scope).covers(ImageReference.parse(name))).isTrue();
    }

    @ParameterizedTest
    @CsvSource({
        "ghcr.io/team, ghcr.io/teams/x",
        "docker.io/nginx, docker.io/library/nginx-unprivileged",
        "docker.io/ada/tool, docker.io/ada/tools",
        "docker.io/library, ada/library",
    })
    void whatIsOfAnotherNameIsNotSpokenOf(String scope, String name) {
        assertThat(rule(scope).covers(ImageReference.parse(name))).isFalse();
    }

    @ParameterizedTest
    @ValueSource(strings = {"nginx", "team/app", "library/nginx", "", "ghcr.io/", "ghcr.io/Team"})
    void whatBeginsWithNoRegistryIsRefused(String scope) {
        assertThatThrownBy(() -> rule(scope)).hasMessageContaining("not a registry or repository in full");
    }

    @Test
    void theClosestRuleCounts() {
        TrustRule library = rule("docker.io/library");
        TrustRule familiar = rule("docker.io/nginx");
        TrustRule full = rule("docker.io/library/nginx");
        ImageReference nginx = ImageReference.parse("nginx");
        assertThat(new TrustSettings(List.of(), List.of(library, familiar, rule("*"))).rule(nginx))
                .contains(familiar);
        assertThat(new TrustSettings(List.of(), List.of(library, familiar, full)).rule(nginx))
                .contains(full);
    }
}
