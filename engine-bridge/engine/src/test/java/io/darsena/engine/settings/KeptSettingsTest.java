package io.darsena.engine.settings;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.darsena.bridge.container.LogLimits;
import io.darsena.bridge.error.EngineException;
import io.darsena.bridge.event.EngineEvent;
import io.darsena.bridge.registry.RegistryConfig;
import io.darsena.bridge.registry.RegistryHost;
import io.darsena.bridge.registry.RegistrySettings;
import io.darsena.bridge.settings.EngineSettings;
import io.darsena.bridge.sync.SyncSettings;
import io.darsena.bridge.trash.TrashPolicy;
import io.darsena.bridge.trust.TrustRule;
import io.darsena.bridge.trust.TrustSettings;
import io.darsena.bridge.trust.TrustedKey;
import io.darsena.engine.paths.EnginePaths;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class KeptSettingsTest {

    private static final EngineSettings OTHER = EngineSettings.DEFAULT.withLogs(new LogLimits(1_000_000, 7));

    @TempDir
    Path temporary;

    private final List<EngineEvent> events = new ArrayList<>();

    @BeforeEach
    void makeDirectories() {
        paths().prepare();
    }

    private EnginePaths paths() {
        return EnginePaths.under(temporary.resolve("root"));
    }

    private KeptSettings kept() {
        return KeptSettings.read(paths(), events::add);
    }

    private Path file() {
        return paths().settings();
    }

    private void write(String text) throws IOException {
        Files.writeString(file(), text);
    }

    /// Rules that cannot be read may have refused.
    private static final TrustSettings NOTHING_COMES = new TrustSettings(
            List.of(), List.of(new TrustRule("*", TrustRule.Demand.REFUSE, List.of(), Optional.empty())));

    @Test
    void withoutAFileAllIsAtItsDefault() {
        assertThat(kept().now()).isEqualTo(EngineSettings.DEFAULT);
        assertThat(kept().trouble()).isEmpty();
        assertThat(file()).doesNotExist();
    }

    @Test
    void aTrashThatNeverEmptiesIsKeptAsZeros() throws IOException {
        kept().change(EngineSettings.DEFAULT.withTrash(TrashPolicy.NEVER));
        assertThat(kept().now().trash()).isEqualTo(TrashPolicy.NEVER);
        assertThat(Files.readString(file())).contains("\"days\" : 0", "\"freeBytes\" : 0");
        write("{\"trash\": {\"days\": 30}}");
        assertThat(kept().now().trash()).isEqualTo(TrashPolicy.DEFAULT.withDays(OptionalInt.of(30)));
        write("{\"trash\": {\"days\": -1}}");
        assertThat(kept().now().trash()).isEqualTo(TrashPolicy.DEFAULT);
        assertThat(kept().trouble().orElseThrow().reason()).contains("days in the trash");
    }

    @Test
    void aChangeIsToldOnceAndIsThereForTheNextEngineAndForPeople() throws IOException {
        KeptSettings settings = kept();
        settings.change(OTHER);
        settings.change(OTHER);
        assertThat(settings.now()).isEqualTo(OTHER);
        assertThat(events)
                .singleElement()
                .isInstanceOfSatisfying(
                        EngineEvent.SettingsChanged.class,
                        changed -> assertThat(changed.settings()).isEqualTo(OTHER));
        assertThat(kept().now()).isEqualTo(OTHER);
        assertThat(file()).hasContent("""
                {
                  "logs" : {
                    "maxBytes" : 1000000,
                    "files" : 7
                  },
                  "trash" : {
                    "days" : 7,
                    "freeBytes" : 2000000000
                  },
                  "registries" : {
                    "layersAtOnce" : 4,
                    "hosts" : { }
                  },
                  "sync" : {
                    "minutes" : 360,
                    "metered" : false,
                    "hosts" : { }
                  },
                  "trust" : {
                    "keys" : { },
                    "rules" : { }
                  }
                }
                """);
    }

    @Test
    void whoIsTrustedIsKeptAndARuleThatCannotBeIsAtItsDefault() throws IOException {
        String pem = "-----BEGIN PUBLIC KEY-----\n" + "A".repeat(64) + "\n-----END PUBLIC KEY-----\n";
        TrustSettings trust = new TrustSettings(
                List.of(new TrustedKey("team", pem)),
                List.of(
                        new TrustRule("*", TrustRule.Demand.WARN, List.of(), Optional.empty()),
                        new TrustRule("ghcr.io/team", TrustRule.Demand.REFUSE, List.of("team"), Optional.of("mine"))));
        kept().change(EngineSettings.DEFAULT.withTrust(trust));
        assertThat(kept().now().trust()).isEqualTo(trust);
        for (String wrong : List.of(
                "{\"keys\": {\"a b\": {\"pem\": \"x\"}}}",
                "{\"keys\": {\"a\": {\"pem\": \"x\"}}}",
                "{\"rules\": {\"*\": {\"demand\": \"perhaps\"}}}",
                "{\"rules\": {\"no scope\": {\"demand\": \"warn\"}}}",
                "{\"rules\": {\"*\": {\"demand\": \"warn\", \"keys\": [\"unknown\"]}}}")) {
            write("{\"trust\": " + wrong + "}");
            assertThat(kept().now().trust()).as(wrong).isEqualTo(NOTHING_COMES);
            assertThat(kept().trouble()).as(wrong).isPresent();
        }
    }

    @Test
    void ofTwoSpellingsOfOneScopeTheStricterRuleIsKept() throws IOException {
        write("""
                {"trust": {"rules": {"GHCR.io/team": {"demand": "refuse"}, "ghcr.io/team": {"demand": "warn"},
                  "team/app": {"demand": "refuse"}}}}""");
        assertThat(kept().now().trust().rules())
                .containsExactly(new TrustRule("ghcr.io/team", TrustRule.Demand.REFUSE, List.of(), Optional.empty()));
        assertThat(kept().trouble()).isEmpty();
    }

    @Test
    void howOftenRegistriesAreAskedIsKeptInMinutesAndNeverIsZero() throws IOException {
        SyncSettings sync = new SyncSettings(
                Optional.empty(),
                true,
                List.of(new SyncSettings.Schedule(
                        new RegistryHost("localhost:5000"), Optional.of(Duration.ofHours(1)))));
        kept().change(EngineSettings.DEFAULT.withSync(sync));
        assertThat(kept().now().sync()).isEqualTo(sync);
        assertThat(Files.readString(file())).contains("\"minutes\" : 0", "\"minutes\" : 60", "\"metered\" : true");
        write("{\"sync\": {\"hosts\": {\"docker.io\": {\"minutes\": 0}}}}");
        assertThat(kept().now().sync())
                .isEqualTo(SyncSettings.DEFAULT.with(
                        new SyncSettings.Schedule(RegistryHost.DOCKER_HUB, Optional.empty())));
        for (String wrong : List.of(
                "{\"minutes\": 4}",
                "{\"minutes\": -1}",
                "{\"minutes\": 99999999999}",
                "{\"hosts\": {\"no host\": {\"minutes\": 9}}}",
                "{\"hosts\": {\"docker.io\": {}}}")) {
            write("{\"sync\": " + wrong + "}");
            assertThat(kept().now().sync()).as(wrong).isEqualTo(SyncSettings.DEFAULT);
            assertThat(kept().trouble()).as(wrong).isPresent();
        }
    }

    @Test
    void whatIsSetForRegistriesIsKeptAndWhatCannotBeIsAtItsDefault() throws IOException {
        RegistryHost local = new RegistryHost("localhost:5000");
        RegistrySettings registries = new RegistrySettings(
                List.of(
                        new RegistryConfig(local, true, List.of(), Optional.of(Path.of("/etc/ssl/own.pem"))),
                        new RegistryConfig(RegistryHost.DOCKER_HUB, false, List.of(local), Optional.empty())),
                7);
        kept().change(EngineSettings.DEFAULT.withRegistries(registries));
        assertThat(kept().now().registries()).isEqualTo(registries);
        assertThat(kept().trouble()).isEmpty();
        for (String wrong : List.of(
                "{\"layersAtOnce\":99}",
                "{\"hosts\":{\"no host\":{}}}",
                "{\"hosts\":{\"a.example\":{\"mirrors\":[\"a.example\"]}}}",
                "{\"hosts\":{\"a.example\":{\"authority\":\"relative.pem\"}}}",
                "{\"hosts\":[]}")) {
            write("{\"registries\":" + wrong + "}");
            assertThat(kept().now().registries()).as(wrong).isEqualTo(RegistrySettings.DEFAULT);
            assertThat(kept().trouble().orElseThrow().reason()).contains("so the default holds");
        }
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "{\"logs\":{\"maxBytes\":1,\"files\":3}} | logs: a log file's size of 1 bytes",
                "{\"logs\":{\"files\":0}} | logs: the number of log files, 0",
                "{\"logs\":{\"files\":4294967297}} | the number of log files",
                "{\"logs\":{\"files\":\"many\"}} | 'files' is not a whole number",
                "{\"logs\":7} | logs: it is not a JSON object",
                "{\"logs\":{} | it is not valid JSON",
                "[] | it is not a JSON object",
                "{\"logs\":{},\"logs\":{}} | it is not valid JSON",
            })
    void whatCannotBeFollowedIsAtItsDefaultAndToldWithTheReason(String content, String reason) throws IOException {
        write(content);
        KeptSettings settings = kept();
        boolean partOnly = content.startsWith("{\"logs\":") && content.endsWith("}") && !reason.contains("valid JSON");
        assertThat(settings.now())
                .isEqualTo(partOnly ? EngineSettings.DEFAULT : EngineSettings.DEFAULT.withTrust(NOTHING_COMES));
        assertThat(settings.trouble()).hasValueSatisfying(trouble -> {
            assertThat(trouble.reason()).contains(file().toString(), reason);
            assertThat(trouble.cure()).isNotEmpty();
        });
    }

    @Test
    void aFileWithoutEndIsNotReadWhole() throws IOException {
        Files.writeString(file(), "{\"logs\":{}" + " ".repeat(2 << 20) + "}");
        assertThat(kept().trouble())
                .hasValueSatisfying(trouble -> assertThat(trouble.reason()).contains("larger than 1 MiB"));
    }

    @Test
    void aChangeMendsTheFileAndKeepsWhatWasRefused() throws IOException {
        write("{\"logs\":{\"files\":0}}");
        KeptSettings settings = kept();
        settings.change(EngineSettings.DEFAULT);
        assertThat(settings.trouble()).isEmpty();
        assertThat(kept().trouble()).isEmpty();
        assertThat(file().resolveSibling("engine.json.refused")).hasContent("{\"logs\":{\"files\":0}}");
        assertThat(events).isEmpty();
    }

    @Test
    void whatANewerVersionWroteIsToldAndKept() throws IOException {
        write("{\"harbour\":{\"depth\":12},\"logs\":{\"files\":7,\"maxBytes\":2000000}}");
        KeptSettings settings = kept();
        assertThat(settings.now().logs()).isEqualTo(new LogLimits(2_000_000, 7));
        assertThat(settings.trouble())
                .hasValueSatisfying(
                        trouble -> assertThat(trouble.reason()).contains("'harbour' is not a setting of this version"));
        settings.change(OTHER);
        assertThat(Files.readString(file())).contains("\"depth\" : 12", "\"maxBytes\" : 1000000");
    }

    @Test
    void whatCannotBeKeptIsNotChanged() throws IOException {
        KeptSettings settings = kept();
        Files.createDirectory(file().resolveSibling("engine.json.new"));
        assertThatThrownBy(() -> settings.change(OTHER))
                .isInstanceOf(EngineException.class)
                .hasMessageContaining(file().toString());
        assertThat(settings.now()).isEqualTo(EngineSettings.DEFAULT);
        assertThat(events).isEmpty();
    }
}
