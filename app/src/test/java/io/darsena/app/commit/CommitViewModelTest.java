package io.darsena.app.commit;

import static org.assertj.core.api.Assertions.assertThat;

import io.darsena.app.WindowSession;
import io.darsena.app.text.Messages;
import io.darsena.app.theme.WindowMemory;
import io.darsena.bridge.Engine;
import io.darsena.bridge.container.ContainerId;
import io.darsena.bridge.container.ContainerSpec;
import io.darsena.bridge.error.DeniedException;
import io.darsena.bridge.fake.FakeEngine;
import io.darsena.bridge.fake.FakeLayer;
import io.darsena.bridge.image.Image;
import io.darsena.bridge.image.ImageConfig;
import io.darsena.bridge.layer.FilePath;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(60)
class CommitViewModelTest {

    private static final ImageConfig CONFIG =
            new ImageConfig(List.of(), List.of("site"), List.of("A=b"), "", "", "", List.of(), List.of(), Map.of());

    @TempDir
    private Path folder;

    private final FakeEngine fake = new FakeEngine();
    private final Engine engine = fake;
    private ContainerId id = prepared(fake);
    private WindowMemory memory = WindowMemory.at(Path.of("no-such-file"));
    private WindowSession window = new WindowSession(fake);

    private static ContainerId prepared(FakeEngine engine) {
        engine.addImage(
                "acme/site:1",
                CONFIG,
                List.of(FakeLayer.of("ADD base", "d etc", "f 10 etc/motd", "f 20 etc/passwd", "d srv")));
        ContainerId made = ((Engine) engine)
                .containers()
                .create(ContainerSpec.of("acme/site:1").withName("web-1"));
        engine.change(
                made,
                FakeLayer.of("", "f 30 etc/passwd", "w etc/motd", "d srv/new", "f 5 srv/new/a b", "f 6 srv/new/c"));
        return made;
    }

    @BeforeEach
    void remember() {
        memory = WindowMemory.at(folder.resolve("window"));
    }

    @AfterEach
    void close() {
        window.close();
        memory.close();
    }

    private CommitViewModel model(String... paths) {
        window.until(() -> window.session().containers().containsKey(id));
        CommitViewModel model = window.doing(() -> {
            CommitViewModel made = new CommitViewModel(
                    window.session(),
                    window.commands(),
                    window.pump(),
                    Messages.in(Locale.ENGLISH),
                    memory,
                    Objects.requireNonNull(window.session().containers().get(id)),
                    List.of(paths).stream().map(FilePath::of).toList());
            made.look();
            return made;
        });
        window.until(() -> model.tree().get().isPresent());
        return model;
    }

    private void commit(CommitViewModel model) {
        window.doing(() -> {
            model.commit();
            return true;
        });
    }

    private Image made(CommitViewModel model) {
        window.until(() -> model.made().get().isPresent());
        return engine.images()
                .find(model.made().get().orElseThrow().image().toString())
                .orElseThrow();
    }

    @Test
    void aDockerfileSaysTheTopmostChanges() {
        CommitViewModel model = model();
        assertThat(model.dockerfile().get()).isEqualTo("""
                        FROM acme/site:1
                        RUN rm -rf /etc/motd
                        COPY --chown=0:0 --chmod=0644 etc/passwd /etc/passwd
                        COPY --chown=0:0 srv/new /srv/new""");
        window.doing(() -> {
            model.commandLine().set("sh -c 'echo \"hi\"'");
            return true;
        });
        assertThat(model.dockerfile().get()).endsWith("CMD [\"sh\", \"-c\", \"echo \\\"hi\\\"\"]");
    }

    @Test
    void ofChosenPathsItSaysOnlyThose() {
        CommitViewModel model = model("srv/new/a b", "srv/new/c", "etc");
        assertThat(model.onlyChosen().get()).isTrue();
        assertThat(model.dockerfile().get()).isEqualTo("""
                        FROM acme/site:1
                        RUN rm -rf /etc/motd
                        COPY --chown=0:0 --chmod=0644 etc/passwd /etc/passwd
                        RUN mkdir /srv/new
                        COPY --chown=0:0 --chmod=0644 ["srv/new/a b", "/srv/new/a b"]
                        COPY --chown=0:0 --chmod=0644 srv/new/c /srv/new/c""");
        window.doing(() -> {
            model.onlyChosen().set(false);
            return true;
        });
        assertThat(model.dockerfile().get()).contains("COPY --chown=0:0 srv/new /srv/new");
    }

    @Test
    void aNameOfAStrangerAddsNoLineToADockerfile() {
        fake.change(id, FakeLayer.of("", "d srv/x\nRUN", "l srv/y /a\nRUN \u202etwo"));
        assertThat(model().dockerfile().get()).isEqualTo("""
                        FROM acme/site:1
                        COPY --chown=0:0 ["srv/x\\u000aRUN", "/srv/x\\u000aRUN"]
                        RUN ["ln", "-sfn", "/a\\u000aRUN \\u202etwo", "/srv/y"]""");
    }

    @Test
    void whereNothingChangedNothingIsChosen() {
        CommitViewModel model = model("srv/none");
        assertThat(model.onlyChosen().get()).isFalse();
        assertThat(model.chosen()).isEmpty();
    }

    @Test
    void theImageHasTheNameTheCommandAndOnlyTheChosenChanges() {
        CommitViewModel model = model("srv/new/c");
        window.doing(() -> {
            model.name().set("acme/site:2");
            model.author().set("Ada");
            model.commandLine().set("serve --all");
            return true;
        });
        commit(model);
        Image image = made(model);
        assertThat(image.displayName()).isEqualTo("acme/site:2");
        assertThat(image.config().command()).containsExactly("serve", "--all");
        assertThat(image.config().environment()).containsExactly("A=b");
        var tree = engine.layers().tree(image.id(), 2);
        assertThat(tree.find("srv/new/c")).isPositive();
        assertThat(tree.find("srv/new/a b")).isNegative();
        assertThat(tree.find("etc/motd")).as("not removed").isPositive();
        assertThat(model().author().get()).as("remembered").isEqualTo("Ada");
    }

    @Test
    void theConfigurationIsChangedByInstructionsThatAreCheckedAsTheyAreTyped() {
        CommitViewModel model = model();
        window.doing(() -> {
            model.changes().set("EXPOSE http");
            return true;
        });
        assertThat(model.changesProblem().get()).contains("EXPOSE http").contains("is no port");
        assertThat(model.canCommit()).isFalse();
        String instructions = """
                ENTRYPOINT ["/entry", "say \\"hi\\" \\u0041"]
                ENV B=$A-1
                USER app
                WORKDIR /srv
                EXPOSE 80
                LABEL of=me
                VOLUME /data""";
        window.doing(() -> {
            model.commandLine().set("serve");
            model.changes().set(instructions);
            return true;
        });
        assertThat(model.changesProblem().get()).isEmpty();
        assertThat(model.dockerfile().get()).endsWith("\nCMD [\"serve\"]\n" + instructions);
        commit(model);
        assertThat(made(model).config())
                .isEqualTo(new ImageConfig(
                        List.of("/entry", "say \"hi\" A"),
                        List.of("serve"),
                        List.of("A=b", "B=b-1"),
                        "/srv",
                        "app",
                        "",
                        List.of("80/tcp"),
                        List.of("/data"),
                        Map.of("of", "me")));
    }

    @Test
    void whatIsLeftOutIsToldWithTheImage() {
        fake.change(id, FakeLayer.of("", "f 5 srv/file", "s srv/socket", "s srv/other"));
        CommitViewModel model = model();
        assertThat(model.tree().get().orElseThrow().leftOut()).isEqualTo(2);
        commit(model);
        window.until(() -> model.made().get().isPresent());
        assertThat(model.made().get().orElseThrow().leftOut()).isEqualTo(2);
    }

    @Test
    void anUnfitNameOrAnOpenQuoteIsSaidAndRefused() {
        CommitViewModel model = model();
        window.doing(() -> {
            model.name().set("Not A Name");
            return true;
        });
        assertThat(model.nameProblem().get()).isNotEmpty();
        assertThat(model.canCommit()).isFalse();
        window.doing(() -> {
            model.name().set("");
            model.commandLine().set("sh -c 'x");
            return true;
        });
        assertThat(model.nameProblem().get()).isEmpty();
        assertThat(model.commandProblem().get()).isNotEmpty();
        assertThat(model.canCommit()).isFalse();
    }

    @Test
    void aFailureStaysAndTheNextTryMayDoBetter() {
        fake.failNext(
                "commit", new DeniedException("commit", "web-1", "it cannot be paused", "commit without pausing"));
        CommitViewModel model = model();
        commit(model);
        window.until(() -> model.place().failure().get().isPresent());
        assertThat(model.canCommit()).isTrue();
        commit(model);
        assertThat(made(model).id()).isNotNull();
    }

    @Test
    void whereNothingCanBePausedTheReasonIsSaid() {
        window.close();
        FakeEngine rootless = new FakeEngine(FakeEngine.ROOTLESS_WITHOUT_CGROUP, Duration.ofSeconds(1));
        id = prepared(rootless);
        window = new WindowSession(rootless);
        CommitViewModel model = model();
        assertThat(model.pauses().get()).isFalse();
        assertThat(model.pauseRefused()).isPresent();
    }
}
