package io.darsena.app.pull;

import static org.assertj.core.api.Assertions.assertThat;

import io.darsena.app.WindowSession;
import io.darsena.app.screen.StarredNames;
import io.darsena.app.session.KnownRegistries;
import io.darsena.app.session.TransferJob;
import io.darsena.app.session.TransferOrder;
import io.darsena.app.session.Transfers;
import io.darsena.app.text.Messages;
import io.darsena.app.theme.WindowMemory;
import io.darsena.bridge.Engine;
import io.darsena.bridge.fake.FakeEngine;
import io.darsena.bridge.image.ImageReference;
import io.darsena.bridge.registry.PullRequest;
import io.darsena.bridge.registry.RegistryCredential;
import io.darsena.bridge.registry.RegistryHost;
import io.darsena.bridge.registry.Secret;
import io.darsena.bridge.sync.SyncReport;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PullViewModelTest {

    private final FakeEngine fake = new FakeEngine();
    private final Engine engine = fake;
    private final WindowSession window = new WindowSession(fake);
    private final Transfers transfers = new Transfers(window.commands(), window.pump());
    private final KnownRegistries registries =
            window.doing(() -> new KnownRegistries(window.session(), window.commands(), window.pump(), transfers));

    @AfterEach
    void close() {
        window.close();
    }

    private PullViewModel model(String begun) {
        return window.doing(() -> new PullViewModel(
                window.session(),
                registries,
                window.commands(),
                transfers,
                window.pump(),
                Messages.in(Locale.ENGLISH),
                begun));
    }

    private void type(PullViewModel model, String text) {
        window.doing(() -> {
            model.name().set(text);
            return true;
        });
    }

    private List<String> suggested(PullViewModel model) {
        return window.doing(() -> shown(model));
    }

    /// Within a condition.
    private static List<String> shown(PullViewModel model) {
        return model.completion().suggestions().stream().map(Suggestion::text).toList();
    }

    @Test
    void aShortNameIsSaidInFull() {
        PullViewModel model = model("nginx");
        assertThat(model.meaning().get()).isEqualTo("docker.io/library/nginx:latest");
        assertThat(model.valid().get()).isTrue();
    }

    @ParameterizedTest
    @ValueSource(strings = {"Nginx", "https://ghcr.io/a", "a b"})
    void whatIsNoNameIsToldAsTypedAndCannotBePulled(String typed) {
        PullViewModel model = model(typed);
        assertThat(model.problem().get()).isNotBlank();
        assertThat(model.meaning().get()).isEmpty();
        assertThat(model.valid().get()).isFalse();
        assertThat(window.doing(model::pull)).isEmpty();
    }

    @Test
    void theBeginningOfANameIsNoMistakeAndCannotBePulledYet() {
        PullViewModel model = model("nginx:");
        assertThat(model.problem().get()).isEmpty();
        assertThat(model.remark().get()).isNotBlank();
        assertThat(model.valid().get()).isFalse();
        assertThat(window.doing(model::pull)).isEmpty();
    }

    @Test
    void anEmptyFieldIsNoProblemAndNothingToPull() {
        PullViewModel model = model("");
        assertThat(model.problem().get()).isEmpty();
        assertThat(model.valid().get()).isFalse();
        assertThat(suggested(model)).contains(FakeEngine.STARTER);
    }

    @Test
    void aPlatformIsCheckedAndReachesTheEngine() {
        fake.registries().publish("nginx:latest", 1);
        PullViewModel model = model("nginx");
        window.doing(() -> {
            model.platform().set("arm");
            return true;
        });
        assertThat(model.platformProblem().get()).isNotBlank();
        assertThat(model.valid().get()).isFalse();
        TransferJob job = window.doing(() -> {
            model.platform().set("linux/amd64");
            return model.pull().orElseThrow();
        });
        window.until(() -> job.phase().get() == TransferJob.Phase.DONE);
        assertThat(engine.images().find("nginx")).isPresent();
        assertThat(job.order())
                .isEqualTo(new TransferOrder.Pull(
                        new PullRequest(ImageReference.parse("nginx"), Optional.of("linux/amd64"), Optional.empty())));
    }

    @Test
    void theTagsOfARepositoryAreAskedOnceAndFilteredAsTyped() {
        fake.registries().publish("nginx:1.28", 1);
        fake.registries().publish("nginx:1.29", 1);
        fake.registries().publish("nginx:stable", 1);
        PullViewModel model = model("nginx:");
        window.until(() -> shown(model).size() == 3);
        type(model, "nginx:1");
        assertThat(suggested(model)).containsExactly("nginx:1.28", "nginx:1.29");
        type(model, "nginx:7");
        assertThat(suggested(model)).isEmpty();
    }

    @Test
    void whatIsStarredIsSuggestedFirst(@TempDir Path folder) {
        try (WindowMemory memory = WindowMemory.at(folder.resolve("window.properties"))) {
            StarredNames starred = new StarredNames(memory);
            starred.toggle("ghcr.io/acme/nginx:1");
            starred.toggle("redis:7");
            PullViewModel model = model("");
            window.run(() -> model.completion().star(starred));
            assertThat(suggested(model)).startsWith("redis:7", "ghcr.io/acme/nginx:1");
            type(model, "ngi");
            assertThat(suggested(model)).startsWith("ghcr.io/acme/nginx:1").doesNotContain("redis:7");
            starred.toggle("ghcr.io/acme/nginx:1");
            assertThat(new StarredNames(memory).all()).containsExactly("redis:7");
        }
    }

    @Test
    void aRepositoryOfDockerHubIsFoundBySearchWhenTheTypingStops() {
        fake.registries().publish("nginx:latest", 1);
        PullViewModel model = model("");
        type(model, "ngi");
        assertThat(suggested(model)).doesNotContain("nginx");
        window.until(() -> shown(model).contains("nginx"));
    }

    @Test
    void withoutANetworkNobodySearchesAndNothingIsTold() throws InterruptedException {
        fake.registries().publish("nginx:latest", 1);
        fake.sync().quiet(Optional.of(SyncReport.Quiet.OFFLINE));
        window.until(registries::isOffline);
        PullViewModel model = model("");
        type(model, "ngi");
        Thread.sleep(1200);
        assertThat(suggested(model)).doesNotContain("nginx");
        assertThat(model.completion().place().failure().get()).isEmpty();
    }

    @Test
    void aRegistryIsCompletedByItsRepositories() {
        fake.registries().publish("localhost:5000/team/web:1", 1);
        fake.addImage("localhost:5000/old:1", engine.images().list().getFirst().config(), 1000);
        PullViewModel model = model("local");
        window.until(() -> shown(model).contains("localhost:5000/"));
        type(model, "localhost:5000/");
        window.until(() -> shown(model).contains("localhost:5000/team/web"));
    }

    @Test
    void aRegistryThatDoesNotTellKeepsNobodyFromTyping() {
        PullViewModel model = model("private.example/team/web:");
        window.until(() -> model.completion().place().failure().get().isPresent());
        type(model, "private.example/team/web:1");
        assertThat(model.valid().get()).isTrue();
    }

    @Test
    void whoIsLoggedInThereIsTold() {
        engine.registries()
                .login(
                        new RegistryHost("private.example"),
                        new RegistryCredential.Password("ada", new Secret("right")));
        window.doing(registries::refresh);
        window.until(() -> registries.login(new RegistryHost("private.example")).isPresent());
        assertThat(model("private.example/a").remark().get()).contains("ada").contains("private.example");
        assertThat(model(FakeEngine.STARTER).remark().get()).contains("Already here");
        assertThat(ImageReference.parse(FakeEngine.STARTER).toString())
                .isEqualTo(model(FakeEngine.STARTER).meaning().get());
    }
}
