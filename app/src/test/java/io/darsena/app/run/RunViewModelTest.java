package io.darsena.app.run;

import static org.assertj.core.api.Assertions.assertThat;

import io.darsena.app.WindowSession;
import io.darsena.app.session.TransferJob;
import io.darsena.app.session.TransferStep;
import io.darsena.app.session.Transfers;
import io.darsena.app.text.Messages;
import io.darsena.app.theme.WindowMemory;
import io.darsena.bridge.Engine;
import io.darsena.bridge.container.Container;
import io.darsena.bridge.container.ContainerId;
import io.darsena.bridge.container.ContainerSpec;
import io.darsena.bridge.container.ContainerStatus;
import io.darsena.bridge.container.NetworkMode;
import io.darsena.bridge.error.InvalidRequestException;
import io.darsena.bridge.fake.FakeEngine;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RunViewModelTest {

    private final FakeEngine fake = new FakeEngine();
    private final Engine engine = fake;
    private final WindowSession window = new WindowSession(fake);

    @AfterEach
    void close() {
        window.close();
    }

    private Transfers transfers() {
        return new Transfers(window.commands(), window.pump());
    }

    private RunViewModel model() {
        return window.doing(() -> new RunViewModel(
                window.session(), window.commands(), transfers(), Messages.in(Locale.ENGLISH), Optional.empty()));
    }

    @Test
    void theStarterImageIsChosenAndNothingElseIsNeeded() throws Exception {
        RunViewModel model = model();
        assertThat(model.text(RunField.IMAGE).get()).isEqualTo("darsena/starter:latest");
        assertThat(model.valid().get()).isTrue();
        CompletableFuture<ContainerId> started = new CompletableFuture<>();
        window.doing(() -> model.run(started::complete));
        Container container = engine.containers().container(started.get(10, TimeUnit.SECONDS));
        assertThat(container.status()).isEqualTo(ContainerStatus.RUNNING);
    }

    @Test
    void everythingTypedReachesTheEngine() {
        RunViewModel model = model();
        ContainerSpec spec = window.doing(() -> {
            model.text(RunField.NAME).set(" web-1 ");
            model.text(RunField.COMMAND).set("sh -c 'echo hi; sleep 9'");
            model.text(RunField.MEMORY).set("256m");
            model.text(RunField.CPUS).set("0,5");
            model.network().set(NetworkMode.HOST);
            model.text(RunField.PROCESSES).set("64");
            model.text(RunField.HOSTNAME).set("web");
            model.text(RunField.USER).set("1000:1000");
            model.text(RunField.WORKING_DIRECTORY).set("/srv");
            model.paste("A=1\n# no\nexport B=\"two words\"\n\nC=x=y");
            model.autoRemove().set(true);
            model.readOnlyRoot().set(true);
            return model.spec();
        });
        assertThat(model.valid().get()).isTrue();
        assertThat(spec.network()).isEqualTo(NetworkMode.HOST);
        assertThat(spec.name()).contains("web-1");
        assertThat(spec.command()).contains(List.of("sh", "-c", "echo hi; sleep 9"));
        assertThat(spec.limits().memory()).hasValue(256L << 20);
        assertThat(spec.limits().cpus()).hasValue(0.5);
        assertThat(spec.limits().processes()).hasValue(64);
        assertThat(spec.hostname()).contains("web");
        assertThat(spec.user()).contains("1000:1000");
        assertThat(spec.workingDirectory()).contains("/srv");
        assertThat(spec.environment()).containsExactly("A=1", "B=two words", "C=x=y");
        assertThat(spec.autoRemove()).isTrue();
        assertThat(spec.readOnlyRoot()).isTrue();
    }

    @ParameterizedTest
    @CsvSource({
        "IMAGE, Nginx",
        "IMAGE, nginx:",
        "NAME, -web",
        "NAME, a b",
        "COMMAND, echo \"a",
        "MEMORY, much",
        "MEMORY, 5m",
        "CPUS, 0",
        "CPUS, half",
        "PROCESSES, 0",
        "PROCESSES, -1",
        "HOSTNAME, a_b",
        "USER, a b",
        "WORKING_DIRECTORY, srv"
    })
    void aMistakeIsToldAtItsFieldAndNothingCanBeRun(RunField field, String typed) {
        RunViewModel model = model();
        window.doing(() -> {
            model.text(field).set(typed);
            return true;
        });
        assertThat(model.problem(field).get()).isNotBlank();
        assertThat(model.valid().get()).isFalse();
    }

    @Test
    void anImageIsRunAsItWasTheLastTimeButForItsNameAndItsSecrets(@TempDir Path folder) throws Exception {
        WindowMemory memory = WindowMemory.at(folder.resolve("window"));
        RunViewModel first = model();
        CompletableFuture<ContainerId> started = new CompletableFuture<>();
        window.doing(() -> {
            first.recall(new RunChoices(memory));
            first.text(RunField.NAME).set("web-1");
            first.text(RunField.COMMAND).set("sh -c 'sleep 9'");
            first.text(RunField.MEMORY).set("256m");
            first.paste("TOKEN=secret");
            first.autoRemove().set(true);
            return first.run(started::complete);
        });
        started.get(10, TimeUnit.SECONDS);
        memory.close();
        RunViewModel next = model();
        window.doing(() -> {
            next.recall(new RunChoices(WindowMemory.at(folder.resolve("window"))));
            return true;
        });
        assertThat(next.text(RunField.COMMAND).get()).isEqualTo("sh -c 'sleep 9'");
        assertThat(next.text(RunField.MEMORY).get()).isEqualTo("256m");
        assertThat(next.autoRemove().get()).isTrue();
        assertThat(next.text(RunField.NAME).get()).isEmpty();
        assertThat(next.environment()).isEmpty();
        assertThat(Files.readString(folder.resolve("window"))).doesNotContain("secret");
    }

    @Test
    void anotherImageBringsItsOwnChoicesUntilSomethingIsTyped(@TempDir Path folder) {
        fake.addImage("acme/site:1", engine.images().list().getFirst().config(), 1000);
        window.until(() -> window.session().images().size() == 2);
        RunChoices choices = new RunChoices(WindowMemory.at(folder.resolve("window")));
        RunViewModel other = model();
        window.doing(() -> {
            other.recall(choices);
            other.text(RunField.IMAGE).set("acme/site:1");
            other.text(RunField.USER).set("33");
            other.text(RunField.IMAGE).set("darsena/starter:latest");
            return true;
        });
        assertThat(other.text(RunField.USER).get()).isEqualTo("33");
    }

    @Test
    void aTakenNameIsRefusedAsTyped() {
        engine.containers().create(ContainerSpec.of(FakeEngine.STARTER).withName("web-1"));
        window.until(() -> window.session().containers().size() == 1);
        RunViewModel model = model();
        window.doing(() -> {
            model.text(RunField.NAME).set("web-1");
            return true;
        });
        assertThat(model.problem(RunField.NAME).get()).contains("has this name");
    }

    @Test
    void aVariableWithoutANameIsAMistakeAndABlankRowIsNone() {
        RunViewModel model = model();
        window.doing(() -> {
            model.addVariable();
            return true;
        });
        assertThat(model.valid().get()).isTrue();
        window.doing(() -> {
            model.environment().getFirst().value().set("x");
            return true;
        });
        assertThat(model.environmentProblem().get()).isNotBlank();
        assertThat(model.valid().get()).isFalse();
    }

    @Test
    void aContainerThatCannotStartLeavesItsReasonAndNothingElse() {
        fake.failNext(
                "start",
                new InvalidRequestException(
                        "start", "container web-1", "there is no program 'nosuch' in the image", "check the command"));
        RunViewModel model = model();
        window.doing(() -> model.run(id -> {}));
        window.until(() -> model.place().failure().get().isPresent());
        assertThat(model.place().failure().get().orElseThrow().reason()).contains("nosuch");
        window.until(() -> !model.busy().get());
        assertThat(engine.containers().list()).isEmpty();
    }

    @Test
    void anImageThatIsNotHereIsPulledAndRunInOneGo() throws Exception {
        fake.registries().publish("nginx:latest", 2);
        RunViewModel model = model();
        window.doing(() -> {
            model.text(RunField.IMAGE).set("nginx");
            return true;
        });
        assertThat(model.valid().get()).isTrue();
        assertThat(model.missing().get().orElseThrow().toString()).isEqualTo("docker.io/library/nginx:latest");
        CompletableFuture<ContainerId> started = new CompletableFuture<>();
        window.doing(() -> model.run(started::complete));
        Container container = engine.containers().container(started.get(10, TimeUnit.SECONDS));
        assertThat(container.status()).isEqualTo(ContainerStatus.RUNNING);
        TransferJob job = model.journey().get().orElseThrow();
        assertThat(job.steps().get())
                .extracting(TransferStep::kind)
                .containsSubsequence(
                        TransferStep.Kind.RESOLVED,
                        TransferStep.Kind.LAYERS,
                        TransferStep.Kind.CREATED,
                        TransferStep.Kind.STARTED);
    }

    @Test
    void aPullForARunIsCancelledAndNothingIsRun() throws Exception {
        fake.registries().publish("nginx:latest", 2);
        RunViewModel model = model();
        try (AutoCloseable held = fake.hold("pull")) {
            Runnable cancel = window.doing(() -> {
                model.text(RunField.IMAGE).set("nginx");
                return model.run(id -> {
                    throw new AssertionError("it runs");
                });
            });
            window.until(() -> model.busy().get());
            window.doing(() -> {
                cancel.run();
                return true;
            });
        }
        window.until(() -> !model.busy().get());
        assertThat(model.journey().get()).isEmpty();
        assertThat(model.place().failure().get()).isEmpty();
        assertThat(engine.containers().list()).isEmpty();
        assertThat(engine.images().find("nginx")).isEmpty();
    }

    @Test
    void whyAnImageCouldNotBePulledIsToldWhereItWasToBeRun() {
        RunViewModel model = model();
        window.doing(() -> {
            model.text(RunField.IMAGE).set("private.example/team/web");
            return model.run(id -> {});
        });
        window.until(() -> model.place().failure().get().isPresent());
        assertThat(model.place().failure().get().orElseThrow().kind()).isEqualTo("denied");
        window.until(() -> !model.busy().get());
        assertThat(engine.containers().list()).isEmpty();
    }

    @Test
    void whereTheHostCannotEnforceLimitsNoneAreSentAndTheReasonIsTold() {
        try (WindowSession reduced =
                new WindowSession(new FakeEngine(FakeEngine.ROOTLESS_WITHOUT_CGROUP, Duration.ofSeconds(1)))) {
            RunViewModel model = reduced.doing(() -> new RunViewModel(
                    reduced.session(),
                    reduced.commands(),
                    new Transfers(reduced.commands(), reduced.pump()),
                    Messages.in(Locale.ENGLISH),
                    Optional.empty()));
            assertThat(model.limitsRefused().orElseThrow()).contains("control group");
            reduced.doing(() -> {
                model.text(RunField.MEMORY).set("256m");
                return true;
            });
            assertThat(model.spec().limits().memory()).isEmpty();
        }
    }
}
