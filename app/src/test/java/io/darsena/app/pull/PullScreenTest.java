package io.darsena.app.pull;

import static org.assertj.core.api.Assertions.assertThat;

import io.darsena.app.ToolkitStart;
import io.darsena.app.screen.WindowContext;
import io.darsena.app.shell.WindowOnFakeEngine;
import io.darsena.bridge.Engine;
import io.darsena.bridge.container.ContainerStatus;
import io.darsena.bridge.error.UnavailableException;
import io.darsena.bridge.fake.FakeEngine;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import javafx.scene.Node;
import javafx.scene.control.Button;
import javafx.scene.control.ComboBox;
import javafx.scene.control.ListView;
import javafx.scene.control.ProgressBar;
import javafx.scene.input.KeyCode;
import javafx.stage.Window;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/// Pulling, and the drawer that tells of it, with the mouse left alone.
@Timeout(90)
class PullScreenTest {

    @TempDir
    private Path folder;

    private WindowOnFakeEngine window;

    @BeforeEach
    void open() {
        window = new WindowOnFakeEngine(
                new FakeEngine(FakeEngine.ROOTFUL, Duration.ofMillis(200)), folder.resolve("window"), Locale.ENGLISH);
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

    private void press(KeyCode... keys) {
        List<KeyCode> release = new ArrayList<>(Arrays.asList(keys));
        Collections.reverse(release);
        window.robot().press(keys).release(release.toArray(new KeyCode[0]));
    }

    private boolean focused(String id) {
        Node owner = window.scene().getFocusOwner();
        return owner != null && id.equals(owner.getId());
    }

    private void openPull() {
        press(KeyCode.CONTROL, KeyCode.L);
        window.until(() -> focused("image-name"));
    }

    private void openDrawer() {
        press(KeyCode.CONTROL, KeyCode.J);
        window.until(() -> focused("transfers-close"));
    }

    private void typeImage(String name) {
        ComboBox<?> image = window.node(".modal #image", ComboBox.class);
        ToolkitStart.onFxThread(() -> {
            image.getEditor().setText(name);
            return true;
        });
    }

    private void tabTo(String style) {
        for (int i = 0; i < 30; i++) {
            if (ToolkitStart.onFxThread(() -> {
                Node owner = window.scene().getFocusOwner();
                return owner != null && owner.getStyleClass().contains(style);
            })) {
                return;
            }
            press(KeyCode.TAB);
        }
        throw new AssertionError("Tab does not reach " + style);
    }

    @Test
    void aNameIsStarredAndSuggestedFirstTheNextTime() {
        String name = "ghcr.io/acme/web:1";
        openPull();
        window.robot().write(name);
        Button star = window.node(".modal #star-name", Button.class);
        window.until(() -> star.getAccessibleText().equals("Star " + name + ": it is suggested first"));
        ToolkitStart.doing(star::fire);
        window.until(() -> star.getText().equals("Starred"));
        press(KeyCode.ESCAPE);
        window.until(() -> !focused("image-name") && !focused("star-name"));
        openPull();
        ListView<?> suggestions = window.node("#suggestions", ListView.class);
        window.until(() -> suggestions.getItems().getFirst().equals(new Suggestion(name, Suggestion.Kind.STARRED)));
    }

    @Test
    void anImageIsPulledAndItsLayersAreLookedAt() {
        window.engine().registries().publish("nginx:latest", 3);
        openPull();
        window.robot().write("nginx");
        window.until(() -> window.says("In full: docker.io/library/nginx:latest"::equals));
        press(KeyCode.ENTER);
        window.until(() -> engine().images().find("nginx").isPresent());
        window.until(() -> window.says("nginx:latest pulled"::equals));
        assertThat(window.scene().getRoot().lookup("#image-name")).isNull();
        assertThat(window.node("#transfers-indicator", Node.class).isVisible()).isTrue();
        assertThat(context().navigation().transfers().get())
                .as("nothing opens by itself")
                .isFalse();
        openDrawer();
        tabTo("expand");
        press(KeyCode.SPACE);
        window.until(() -> window.scene().getRoot().lookupAll(".layer-line").size() == 3);
        window.until(() -> window.says("Done"::equals));
        window.until(() -> window.says("name resolved"::equals));
        window.node("#copy-digest", Button.class);
        press(KeyCode.ESCAPE);
        window.until(() -> !context().navigation().transfers().get());
        window.until(() -> window.list().isFocused());
    }

    @Test
    void whatIsTypedWrongIsToldAndCannotBePulled() {
        openPull();
        window.robot().write("Nginx");
        window.until(() -> window.says("A repository is written in lower case"::equals));
        assertThat(window.node(".modal #pull", Button.class).isDisabled()).isTrue();
        press(KeyCode.ESCAPE);
        window.until(() -> window.scene().getRoot().lookup("#image-name") == null);
        window.until(() -> window.list().isFocused());
    }

    @Test
    void arrowsChooseATagAndEnterTakesItBeforeItPulls() {
        window.engine().registries().publish("nginx:1.28", 1);
        window.engine().registries().publish("nginx:1.29", 1);
        openPull();
        window.robot().write("nginx:");
        ListView<?> suggestions = window.node("#suggestions", ListView.class);
        window.until(() -> suggestions.getItems().size() == 2);
        press(KeyCode.DOWN);
        press(KeyCode.DOWN);
        press(KeyCode.ENTER);
        window.until(() -> window.says("In full: docker.io/library/nginx:1.29"::equals));
        press(KeyCode.ENTER);
        window.until(() -> engine().images().find("nginx:1.29").isPresent());
    }

    @Test
    void aPullIsCancelledInTheDrawerAndTriedAgain() throws Exception {
        window.engine().registries().publish("nginx:latest", 3);
        try (AutoCloseable held = window.engine().hold("pull")) {
            openPull();
            window.robot().write("nginx");
            press(KeyCode.ENTER);
            window.until(() -> window.says(text -> text.startsWith("Pulling nginx:latest")));
            openDrawer();
            window.node(".transfer .progress-bar", ProgressBar.class);
            tabTo("cancel");
            press(KeyCode.SPACE);
            window.until(() -> window.says("Pull of nginx:latest cancelled"::equals));
        }
        assertThat(engine().images().find("nginx")).isEmpty();
        tabTo("retry");
        press(KeyCode.SPACE);
        window.until(() -> engine().images().find("nginx").isPresent());
    }

    @Test
    void aFailureIsToldInTheDrawerWithItsReasonAndRemedy() {
        window.engine()
                .failNext("pull", new UnavailableException("pull", "nginx", "no route to the registry", "go online"));
        openPull();
        window.robot().write("nginx");
        press(KeyCode.ENTER);
        window.until(() -> window.says("nginx:latest could not be pulled"::equals));
        openDrawer();
        window.until(() -> window.says("No route to the registry"::equals) && window.says("Go online"::equals));
        assertThat(window.scene().getRoot().lookup("#transfer-login").isVisible()
                        && WindowOnFakeEngine.isShown(window.scene().getRoot().lookup("#transfer-login")))
                .isFalse();
    }

    @Test
    void aRefusedPullOffersALoginAndGoesOnAfterIt() {
        window.engine().registries().publish("private.example/team/web:1", 2);
        openPull();
        window.robot().write("private.example/team/web:1");
        press(KeyCode.ENTER);
        window.until(() -> window.says("private.example/team/web:1 could not be pulled"::equals));
        openDrawer();
        Button logIn = window.node("#transfer-login", Button.class);
        ToolkitStart.onFxThread(() -> {
            logIn.fire();
            return true;
        });
        window.until(window.node("#login-user", Node.class)::isFocused);
        writeInDialog("ada");
        press(KeyCode.TAB);
        window.until(window.node("#login-password", Node.class)::isFocused);
        writeInDialog("right");
        press(KeyCode.ENTER);
        window.until(() -> engine().images().find("private.example/team/web:1").isPresent());
    }

    @Test
    void runOfAnImageThatIsNotHerePullsItFirst() {
        window.engine().registries().publish("nginx:latest", 2);
        press(KeyCode.CONTROL, KeyCode.N);
        window.until(() -> window.says("Run a container"::equals));
        typeImage("nginx");
        window.until(() -> window.says("Not here yet: docker.io/library/nginx:latest is pulled first."::equals));
        window.until(() -> window.says("Pull and run"::equals));
        press(KeyCode.ENTER);
        window.until(
                () -> engine().containers().list().stream().anyMatch(made -> made.status() == ContainerStatus.RUNNING));
        window.until(() -> !window.says("Run a container"::equals));
        openDrawer();
        tabTo("expand");
        press(KeyCode.SPACE);
        window.until(() -> window.says("container created"::equals) && window.says("container started"::equals));
    }

    @Test
    void theJourneyOfARunIsShownAndCancelled() throws Exception {
        window.engine().registries().publish("nginx:latest", 2);
        try (AutoCloseable held = window.engine().hold("pull")) {
            press(KeyCode.CONTROL, KeyCode.N);
            window.until(() -> window.says("Run a container"::equals));
            typeImage("nginx");
            window.until(() -> window.says("Pull and run"::equals));
            press(KeyCode.ENTER);
            window.node("#journey", Node.class);
            window.until(() -> window.says("name resolved"::equals));
            Button cancel = window.node(".modal #cancel", Button.class);
            ToolkitStart.onFxThread(() -> {
                cancel.fire();
                return true;
            });
            window.until(
                    () -> !WindowOnFakeEngine.isShown(window.scene().getRoot().lookup("#journey")));
        }
        assertThat(engine().containers().list()).isEmpty();
        assertThat(window.says("Run a container"::equals))
                .as("nothing typed is lost")
                .isTrue();
    }
}
