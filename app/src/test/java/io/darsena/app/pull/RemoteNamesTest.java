package io.darsena.app.pull;

import static org.assertj.core.api.Assertions.assertThat;

import io.darsena.bridge.registry.RegistryHost;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class RemoteNamesTest {

    @ParameterizedTest
    @CsvSource({
        "nginx:, docker.io, library/nginx, nginx:",
        "nginx:1.2, docker.io, library/nginx, nginx:",
        "ada/site:la, docker.io, ada/site, ada/site:",
        "localhost:5000/web:, localhost:5000, web, localhost:5000/web:",
        "ghcr.io/team/app:v, ghcr.io, team/app, ghcr.io/team/app:"
    })
    void aColonAfterARepositoryAsksForItsTags(String typed, String host, String repository, String prefix) {
        assertThat(RemoteNames.of(typed)).contains(new RemoteNames.Tags(new RegistryHost(host), repository, prefix));
    }

    @ParameterizedTest
    @CsvSource({"localhost:5000/, localhost:5000", "ghcr.io/te, ghcr.io", "localhost/a/b, localhost"})
    void aRegistryAndASlashAsksForItsRepositories(String typed, String host) {
        assertThat(RemoteNames.of(typed)).contains(new RemoteNames.Repositories(new RegistryHost(host), host + "/"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"", "nginx", "ada/si", "localhost:5000", "ghcr.io:443", "nginx@sha256:12", "Nginx:", "/", ":"})
    void nobodyIsAskedBeforeItIsClearWhom(String typed) {
        assertThat(RemoteNames.of(typed)).isEmpty();
    }

    @Test
    void whatIsTypedIsNamedForWhatIsWrongWithIt() {
        assertThat(TypedName.of("nginx").problem()).isEmpty();
        assertThat(TypedName.of(" ").problem()).isEmpty();
        assertThat(TypedName.of("nginx:").problem()).isEqualTo("pull.problem.unfinished");
        assertThat(TypedName.of("https://ghcr.io/a").problem()).isEqualTo("pull.problem.address");
        assertThat(TypedName.of("ghcr.io/Team/app").problem()).isEqualTo("pull.problem.capitals");
        assertThat(TypedName.of("nginx@sha256:12").problem()).isEqualTo("pull.problem.digest");
        assertThat(TypedName.of("a b").problem()).isEqualTo("pull.problem.name");
    }
}
