package io.darsena.app.run;

import static org.assertj.core.api.Assertions.assertThat;

import io.darsena.app.ToolkitStart;
import io.darsena.app.shell.WindowOnFakeEngine;
import io.darsena.bridge.container.Container;
import io.darsena.bridge.container.ContainerStatus;
import io.darsena.bridge.fake.FakeEngine;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import javafx.css.PseudoClass;
import javafx.scene.Node;
import javafx.scene.control.Button;
import javafx.scene.input.KeyCode;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/// The Run… dialog with the mouse left alone.
@Timeout(90)
class RunByKeyboardTest {

    @TempDir
    private Path folder;

    private WindowOnFakeEngine window;

    @BeforeEach
    void open() {
        window = new WindowOnFakeEngine(
                new FakeEngine(FakeEngine.ROOTFUL, Duration.ofMillis(200)), folder.resolve("window"), Locale.ENGLISH);
        window.until(() -> window.list().isFocused());
        window.robot().press(KeyCode.CONTROL, KeyCode.N).release(KeyCode.N, KeyCode.CONTROL);
        window.until(() -> focused("name"));
    }

    @AfterEach
    void close() {
        window.close();
    }

    private boolean focused(String id) {
        Node owner = window.scene().getFocusOwner();
        return owner != null && id.equals(owner.getId());
    }

    private String focus() {
        return ToolkitStart.onFxThread(() -> {
            Node owner = window.scene().getFocusOwner();
            return owner == null || owner.getId() == null ? "" : owner.getId();
        });
    }

    @Test
    void aContainerIsNamedLimitedAndRunWithoutTheMouse() {
        window.robot().write("web-1");
        window.robot().push(KeyCode.TAB);
        window.until(() -> focused("commandLine"));
        while (!focus().equals("memory")) {
            window.robot().push(KeyCode.TAB);
        }
        window.robot().write("1");
        window.until(() -> window.says("At least 6m"::equals));
        assertThat(isMarkedWrong(".modal #memory")).isTrue();
        assertThat(isMarkedWrong(".modal #cpus")).isFalse();
        assertThat(window.node(".modal #run", Button.class).isDisabled()).isTrue();
        window.robot().write("28m");
        window.until(() -> !window.node(".modal #run", Button.class).isDisabled());
        assertThat(isMarkedWrong(".modal #memory")).isFalse();
        window.robot().push(KeyCode.ENTER);
        window.until(
                () -> window.containers().list().stream().anyMatch(made -> made.status() == ContainerStatus.RUNNING));
        Container made = window.containers().list().getFirst();
        assertThat(made.name()).isEqualTo("web-1");
        assertThat(made.spec().limits().memory()).hasValue(128L << 20);
        window.until(() -> !window.says("Run a container"::equals));
    }

    private boolean isMarkedWrong(String field) {
        return ToolkitStart.onFxThread(() ->
                window.node(field, Node.class).getPseudoClassStates().contains(PseudoClass.getPseudoClass("wrong")));
    }

    @Test
    void tabReachesEveryFieldAndComesAround() {
        List<String> reached = new ArrayList<>();
        String at = focus();
        while (!reached.contains(at) || at.isEmpty()) {
            reached.add(at);
            window.robot().push(KeyCode.TAB);
            at = focus();
            assertThat(reached).as("Tab comes around").hasSizeLessThan(40);
        }
        assertThat(reached)
                .containsSubsequence("name", "commandLine", "addVariable", "memory", "cpus", "processes", "autoRemove")
                .containsSubsequence("readOnlyRoot", "moreToggle", "cancel", "run");
        assertThat(at).isNotEmpty();
    }
}
