package io.darsena.app.pull;

import static org.assertj.core.api.Assertions.assertThat;

import io.darsena.app.ToolkitStart;
import io.darsena.app.screen.WindowContext;
import io.darsena.app.shell.WindowOnFakeEngine;
import io.darsena.bridge.Engine;
import io.darsena.bridge.fake.FakeEngine;
import io.darsena.bridge.image.Digest;
import io.darsena.bridge.image.ImageReference;
import io.darsena.bridge.registry.RegistryHost;
import io.darsena.bridge.registry.Secret;
import io.darsena.bridge.trust.TrustRule;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import javafx.scene.Node;
import javafx.scene.control.Button;
import javafx.scene.control.TextField;
import javafx.scene.input.Clipboard;
import javafx.scene.input.KeyCode;
import javafx.stage.Window;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/// Pushing an image as a person does.
@Timeout(90)
class PushScreenTest {

    private static final String NAME = "localhost:5000/team/starter:1";

    @TempDir
    private Path folder;

    private WindowOnFakeEngine window;

    @BeforeEach
    void open() {
        window = new WindowOnFakeEngine(new FakeEngine(), folder.resolve("window"), Locale.ENGLISH);
        window.until(() -> window.list().isFocused());
    }

    @AfterEach
    void close() {
        window.close();
    }

    /// What is written goes to the window that was chosen first, unless it is said otherwise.
    private void writeInDialog(String text) {
        Window dialog = Window.getWindows().stream()
                .filter(shown -> shown.isFocused() && !shown.equals(window.stage()))
                .findFirst()
                .orElseThrow();
        window.robot().targetWindow(dialog).write(text);
    }

    private Engine engine() {
        return window.engine();
    }

    private WindowContext context() {
        return window.window().context();
    }

    private TextField openPush() {
        ToolkitStart.onFxThread(() -> {
            context().navigation().push(FakeEngine.STARTER);
            return true;
        });
        TextField name = window.node("#image-name", TextField.class);
        window.until(name::isFocused);
        return name;
    }

    private void retype(TextField field, String text) {
        ToolkitStart.onFxThread(() -> {
            field.clear();
            return true;
        });
        window.robot().write(text);
    }

    @Test
    void anImageIsPushedUnderANewNameAndItsDigestCanBeCopied() {
        TextField name = openPush();
        assertThat(name.getText()).isEqualTo(FakeEngine.STARTER);
        window.until(() -> window.says(("Goes to " + ImageReference.parse(FakeEngine.STARTER))::equals));
        retype(name, NAME);
        window.until(() -> !window.says(text -> text.startsWith("Goes to ")));
        window.until(() -> window.says("The image also gets this name."::equals));
        window.until(() -> window.says("Not logged in to localhost:5000."::equals));
        window.robot().push(KeyCode.ENTER);
        window.until(() -> window.says((NAME + " pushed")::equals));
        assertThat(engine().registries().tags(new RegistryHost("localhost:5000"), "team/starter", 9))
                .containsExactly("1");
        Digest manifest = engine().images().find(NAME).orElseThrow().manifest();
        ToolkitStart.onFxThread(() -> {
            context().navigation().transfers().set(true);
            return true;
        });
        Button copy = window.node("#copy-digest", Button.class);
        ToolkitStart.onFxThread(() -> {
            copy.fire();
            assertThat(Clipboard.getSystemClipboard().getString()).isEqualTo(manifest.toString());
            return true;
        });
    }

    @Test
    void whoIsLoggedInIsShownAndALoginIsOffered() {
        TextField name = openPush();
        retype(name, "private.example/team/starter:1");
        window.until(() -> window.says("Not logged in to private.example."::equals));
        Button logIn = window.node(".modal #logIn", Button.class);
        ToolkitStart.onFxThread(() -> {
            logIn.fire();
            return true;
        });
        window.until(window.node("#login-user", Node.class)::isFocused);
        writeInDialog("ada");
        window.robot().push(KeyCode.TAB);
        window.until(window.node("#login-password", Node.class)::isFocused);
        writeInDialog("right");
        window.robot().push(KeyCode.ENTER);
        window.until(() -> window.says("Logged in to private.example as ada."::equals));
        assertThat(WindowOnFakeEngine.isShown(name)).as("nothing typed is lost").isTrue();
    }

    @Test
    void aNameThatBelongsToDockerAndOneWithADigestAreTold() {
        TextField name = openPush();
        retype(name, "nginx");
        window.until(() -> window.says(text -> text.startsWith("Names without an account belong to Docker")));
        retype(name, "ada/site@sha256:" + "0".repeat(64));
        window.until(() -> window.says("A name given here cannot have a digest"::equals));
        assertThat(window.node(".modal #push", Button.class).isDisabled()).isTrue();
    }

    private void signWithALockedKey() {
        engine().change(engine().settings()
                .withTrust(engine().settings()
                        .trust()
                        .with(new TrustRule(
                                "localhost:5000", TrustRule.Demand.ACCEPT, List.of(), Optional.of("team")))));
        engine().trust().generate("team", new Secret("open sesame"));
        ((FakeEngine) engine()).trust().lockAll();
    }

    private void fire(Button button) {
        ToolkitStart.onFxThread(() -> {
            button.fire();
            return true;
        });
    }

    @Test
    void whoQueuesAPushThatIsSignedIsAskedForThePasswordFirst() {
        signWithALockedKey();
        retype(openPush(), NAME);
        window.until(() -> !window.node(".modal #queue", Button.class).isDisabled());
        fire(window.node(".modal #queue", Button.class));
        window.until(() -> window.says("Unlock the signing key team"::equals));
        writeInDialog("open sesame");
        window.robot().push(KeyCode.ENTER);
        window.until(() -> engine().sync().report().pushes().isEmpty()
                && !engine().registries()
                        .tags(new RegistryHost("localhost:5000"), "team/starter", 9)
                        .isEmpty());
    }

    @Test
    void aQueuedPushWhoseKeyIsLockedIsUnlockedInTheDrawer() {
        signWithALockedKey();
        ImageReference name = ImageReference.parse(NAME);
        engine().images()
                .tag(engine().images().find(FakeEngine.STARTER).orElseThrow().id(), name);
        engine().sync().queuePush(name);
        ToolkitStart.onFxThread(() -> {
            context().navigation().transfers().set(true);
            return true;
        });
        window.until(() -> window.says(("Push of " + NAME + " waits for its key to be unlocked")::equals));
        fire(window.node(".queued .unlock", Button.class));
        window.until(() -> window.says("Unlock the signing key team"::equals));
        writeInDialog("open sesame");
        window.robot().push(KeyCode.ENTER);
        window.until(() -> engine().sync().report().pushes().isEmpty());
        assertThat(engine().registries().tags(new RegistryHost("localhost:5000"), "team/starter", 9))
                .containsExactly("1");
    }

    @Test
    void aRefusedPushTellsWhyInTheDrawer() {
        retype(openPush(), "private.example/team/starter:1");
        window.robot().push(KeyCode.ENTER);
        window.until(() -> window.says("private.example/team/starter:1 could not be pushed"::equals));
        ToolkitStart.onFxThread(() -> {
            context().navigation().transfers().set(true);
            return true;
        });
        window.node("#transfer-login", Button.class);
        window.until(() -> window.says("It wants a login"::equals));
    }
}
