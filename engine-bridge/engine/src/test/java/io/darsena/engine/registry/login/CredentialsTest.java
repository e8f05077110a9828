package io.darsena.engine.registry.login;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.darsena.bridge.error.FailedException;
import io.darsena.bridge.registry.RegistryCredential.IdentityToken;
import io.darsena.bridge.registry.RegistryCredential.Password;
import io.darsena.bridge.registry.RegistryHost;
import io.darsena.bridge.registry.RegistryLogin;
import io.darsena.bridge.registry.Secret;
import io.darsena.engine.paths.EnginePaths;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Base64;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(60)
class CredentialsTest {

    private static final RegistryHost REGISTRY = new RegistryHost("registry.example:5000");
    private static final Password ANN = new Password("ann", new Secret("pass:word"));

    @TempDir
    Path temporary;

    private final Map<String, String> environment = new HashMap<>();

    @BeforeEach
    void prepare() throws IOException {
        EnginePaths.under(temporary.resolve("root")).prepare();
        Files.createDirectories(temporary.resolve("home/.docker"));
        environment.put("PATH", temporary.resolve("bin") + ":/usr/bin:/bin");
    }

    private Credentials credentials() {
        return new Credentials(EnginePaths.under(temporary.resolve("root")), environment, temporary.resolve("home"));
    }

    private Path config(String text) throws IOException {
        return Files.writeString(temporary.resolve("home/.docker/config.json"), text);
    }

    private static String auth(String pair) {
        return "{\"auth\":\"" + Base64.getEncoder().encodeToString(pair.getBytes(StandardCharsets.UTF_8)) + "\"}";
    }

    /// A helper that keeps each secret in a file, and notes how it was called.
    private void helper(String suffix) throws IOException {
        Path bin = Files.createDirectories(temporary.resolve("bin"));
        Path kept = Files.createDirectories(temporary.resolve("kept-" + suffix));
        Path program = bin.resolve("docker-credential-" + suffix);
        Files.writeString(program, """
                #!/bin/sh
                echo "$*" >>%1$s/calls
                input=$(cat)
                case $1 in
                    get) key=$(printf %%s "$input" | tr -c 'a-z0-9' _)
                        if [ -e "%1$s/$key" ]; then cat "%1$s/$key"
                        else echo 'credentials not found in native keychain'; exit 1; fi ;;
                    store) key=$(printf %%s "$input" | sed 's/.*"ServerURL":"\\([^"]*\\)".*/\\1/' | tr -c 'a-z0-9' _)
                        printf %%s "$input" >"%1$s/$key" ;;
                    erase) rm -f "%1$s/$(printf %%s "$input" | tr -c 'a-z0-9' _)" ;;
                    list) echo '{"https://listed.example/v1/":"bob"}' ;;
                esac
                """.formatted(kept));
        Files.setPosixFilePermissions(program, PosixFilePermissions.fromString("rwxr-xr-x"));
    }

    @Test
    void whatDockersConfigurationHoldsIsFoundInAllItsForms() throws IOException {
        config("{\"auths\":{\"https://index.docker.io/v1/\":" + auth("ann:pass:word")
                + ",\"https://registry.example:5000/v2/\":" + auth("ann:pass:word")
                + ",\"token.example\":{\"auth\":\""
                + Base64.getEncoder().encodeToString("x:".getBytes(StandardCharsets.UTF_8))
                + "\",\"identitytoken\":\"refresh\"}"
                + ",\"broken.example\":{\"auth\":\"%%%\"},\"empty.example\":{},\"not a registry\":{\"auth\":7}},"
                + "\"HttpHeaders\":{\"X\":\"y\"}}");
        Credentials credentials = credentials();
        assertThat(credentials.find(RegistryHost.DOCKER_HUB).orElseThrow().credential())
                .isEqualTo(ANN);
        assertThat(credentials.find(REGISTRY).orElseThrow().credential()).isEqualTo(ANN);
        assertThat(credentials
                        .find(new RegistryHost("token.example"))
                        .orElseThrow()
                        .credential())
                .isEqualTo(new IdentityToken(new Secret("refresh")));
        assertThat(credentials.find(new RegistryHost("broken.example"))).isEmpty();
        assertThat(credentials.find(new RegistryHost("empty.example"))).isEmpty();
        assertThat(credentials.all()).hasSize(3).allMatch(RegistryLogin::plain);
        environment.put("DOCKER_CONFIG", temporary.resolve("elsewhere").toString());
        assertThat(credentials().all()).isEmpty();
    }

    @Test
    void aConfigurationThatIsBrokenCountsAsNone() throws IOException {
        config("{\"auths\":");
        assertThat(credentials().all()).isEmpty();
        assertThat(credentials().keep(REGISTRY, ANN).plain()).isTrue();
    }

    @Test
    void withoutAHelperALoginIsKeptInAFileOfItsOwnersAlone() throws IOException {
        RegistryLogin login = credentials().keep(REGISTRY, ANN);
        assertThat(login.plain()).isTrue();
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(Path.of(login.keptBy()))))
                .isEqualTo("rw-------");
        assertThat(credentials().find(REGISTRY).orElseThrow().credential()).isEqualTo(ANN);
        credentials().forget(REGISTRY);
        credentials().forget(REGISTRY);
        assertThat(credentials().find(REGISTRY)).isEmpty();
        assertThat(credentials().all()).isEmpty();
    }

    @Test
    void theConfiguredHelperKeepsItAndSeesNoSecretInItsArguments() throws IOException {
        helper("box");
        config("{\"credsStore\":\"box\"}");
        RegistryLogin login = credentials().keep(REGISTRY, ANN);
        assertThat(login).isEqualTo(new RegistryLogin(REGISTRY, "ann", "docker-credential-box", false));
        assertThat(credentials().find(REGISTRY).orElseThrow().credential()).isEqualTo(ANN);
        assertThat(EnginePaths.under(temporary.resolve("root")).logins()).doesNotExist();
        assertThat(credentials().all()).extracting(RegistryLogin::user).containsExactly("bob");
        credentials().forget(REGISTRY);
        assertThat(credentials().find(REGISTRY)).isEmpty();
        assertThat(Files.readString(temporary.resolve("kept-box/calls"))).doesNotContain("pass:word", "ann");
    }

    @Test
    void aRegistrysOwnHelperCountsBeforeTheOneForAll() throws IOException {
        helper("box");
        helper("own");
        config("{\"credsStore\":\"box\",\"credHelpers\":{\"registry.example:5000\":\"own\"}}");
        assertThat(credentials().keep(REGISTRY, ANN).keptBy()).isEqualTo("docker-credential-own");
    }

    @Test
    void aHelperThatIsNamedButNotThereIsSaidSo() throws IOException {
        config("{\"credsStore\":\"missing\"}");
        assertThatThrownBy(() -> credentials().keep(REGISTRY, ANN))
                .isInstanceOf(FailedException.class)
                .hasMessageContaining("docker-credential-missing");
        assertThat(credentials().find(REGISTRY)).isEmpty();
        config("{\"credsStore\":\"../../evil\"}");
        assertThat(credentials().find(REGISTRY)).isEmpty();
    }

    @Test
    void onADesktopTheKeyRingKeepsItAndWhatItCannotKeepAFile() throws IOException {
        helper("secretservice");
        assertThat(credentials().keep(REGISTRY, ANN).plain())
                .as("no desktop session")
                .isTrue();
        environment.put("DBUS_SESSION_BUS_ADDRESS", "unix:path=/nowhere");
        assertThat(credentials().keep(REGISTRY, ANN).keptBy()).isEqualTo("docker-credential-secretservice");
        assertThat(credentials().find(REGISTRY).orElseThrow().credential()).isEqualTo(ANN);
        assertThat(Files.readString(EnginePaths.under(temporary.resolve("root")).logins()))
                .doesNotContain("pass");
        Files.writeString(temporary.resolve("bin/docker-credential-secretservice"), "#!/bin/sh\nexit 3\n");
        assertThat(credentials().keep(REGISTRY, ANN).plain()).isTrue();
    }

    @Test
    void aLogoutTakesTheLoginOutOfDockersConfigurationAndLeavesTheRest() throws IOException {
        Path file = config("{\"auths\":{\"registry.example:5000\":" + auth("a:b") + ",\"other.example\":" + auth("c:d")
                + "},\"detachKeys\":\"ctrl-x\"}");
        credentials().forget(REGISTRY);
        assertThat(credentials().find(REGISTRY)).isEmpty();
        assertThat(credentials().find(new RegistryHost("other.example"))).isPresent();
        assertThat(Files.readString(file)).contains("detachKeys", "ctrl-x");
    }

    @Test
    void noTextOfACredentialHoldsItsSecret() {
        assertThat(ANN.toString()
                        + credentials().keep(REGISTRY, ANN)
                        + credentials().find(REGISTRY))
                .doesNotContain("pass:word");
    }
}
