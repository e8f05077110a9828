package io.darsena.app.containers;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import io.darsena.app.shell.WindowOnFakeEngine;
import io.darsena.bridge.Engine;
import io.darsena.bridge.container.Container;
import io.darsena.bridge.container.ContainerId;
import io.darsena.bridge.container.ContainerSpec;
import io.darsena.bridge.container.ContainerStatus;
import io.darsena.bridge.error.FailedException;
import io.darsena.bridge.fake.FakeEngine;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Locale;
import javafx.scene.control.Button;
import javafx.scene.input.KeyCode;
import javafx.stage.Window;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/// What a removal or a kill asks first, and that the question tells the truth about coming back.
@Timeout(90)
class WhatCannotBeUndoneTest {

    @TempDir
    private Path folder;

    private WindowOnFakeEngine window;

    @BeforeEach
    void open() {
        window = new WindowOnFakeEngine(
                new FakeEngine(FakeEngine.ROOTFUL, Duration.ofMillis(100)), folder.resolve("window"), Locale.ENGLISH);
    }

    /// What removes itself does so while the window would remove it, too.
    @AfterEach
    void close() {
        for (Container each : window.containers().list()) {
            if (each.spec().autoRemove()) {
                window.containers().stop(each.id());
            }
        }
        window.until(() -> window.containers().list().stream()
                .noneMatch(each -> each.spec().autoRemove()));
        window.close();
    }

    private ContainerId ephemeral(String name) {
        ContainerId id = window.containers()
                .create(ContainerSpec.of(FakeEngine.STARTER).withName(name).withAutoRemove(true));
        window.containers().start(id);
        return id;
    }

    private void press(KeyCode... keys) {
        window.robot().press(keys).release(keys);
    }

    private void agreeByKeyboard(String verb) {
        window.until(() -> focused("Cancel"));
        press(KeyCode.SHIFT, KeyCode.TAB);
        window.until(() -> focused(verb));
        press(KeyCode.SPACE);
    }

    private static boolean focused(String words) {
        return Window.getWindows().stream()
                .anyMatch(shown -> shown.getScene().getFocusOwner() instanceof Button button
                        && button.getText().equals(words));
    }

    @Test
    void oneThatRemovesItselfWhenItEndsIsSaidToGoForGood() {
        window.choose(ephemeral("passing"));
        press(KeyCode.DELETE);
        window.until(() -> window.says("Stop and remove passing?"::equals));
        assertThat(window.says(text -> text.endsWith("This cannot be undone."))).isTrue();
        assertThat(window.says(text -> text.contains("can be restored"))).isFalse();
        agreeByKeyboard("Stop and remove");
        window.until(() -> window.containers().list().isEmpty());
        assertThat(((Engine) window.engine()).trash().list()).isEmpty();
    }

    @Test
    void amongSeveralThoseThatGoForGoodAreCounted() {
        ephemeral("passing");
        window.choose(window.running("lasting"));
        press(KeyCode.CONTROL, KeyCode.A);
        press(KeyCode.DELETE);
        window.until(() -> window.says("Remove 2 containers?"::equals));
        assertThat(window.says(text -> text.startsWith(
                        "2 of them are running and are stopped first. One of them is removed for good")))
                .isTrue();
    }

    @Test
    void recreatingOneThatRemovesItselfSaysThatTheOldOneIsLost() {
        window.choose(ephemeral("passing"));
        window.robot().rightClickOn("passing");
        window.click("Recreate…");
        window.until(() -> window.says("Recreate passing?"::equals));
        assertThat(window.says(text -> text.endsWith("This cannot be undone."))).isTrue();
    }

    @Test
    void whatIsHalfRemovedAlreadyIsAskedAboutBeforeItGoesForGood() {
        ContainerId id = window.create("broken");
        window.engine().failNext("remove", new FailedException("remove", "broken", "device or resource busy", ""));
        assertThat(catchThrowable(() -> window.containers().remove(id))).isInstanceOf(FailedException.class);
        assertThat(window.containers().container(id).status()).isEqualTo(ContainerStatus.DEAD);
        window.choose(id);
        press(KeyCode.DELETE);
        window.until(() -> window.says("Remove broken for good?"::equals));
        press(KeyCode.ENTER);
        window.until(() -> !window.says("Remove broken for good?"::equals));
        assertThat(window.containers().list()).hasSize(1);
        press(KeyCode.DELETE);
        agreeByKeyboard("Remove for good");
        window.until(() -> window.containers().list().isEmpty());
    }

    @Test
    void killingAsksFirst() {
        ContainerId id = window.running("busy");
        window.choose(id);
        window.robot().rightClickOn("busy");
        window.click("#menu-kill");
        window.until(() -> window.says("Kill busy?"::equals));
        assertThat(window.containers().container(id).status()).isEqualTo(ContainerStatus.RUNNING);
        agreeByKeyboard("Kill");
        window.until(() -> window.containers().container(id).status() == ContainerStatus.EXITED);
    }

    @Test
    void killingSeveralAsksOnce() {
        ContainerId one = window.running("one");
        ContainerId other = window.running("other");
        window.choose(one);
        press(KeyCode.CONTROL, KeyCode.A);
        window.robot().rightClickOn("one");
        window.click("#menu-kill");
        window.until(() -> window.says("Kill 2 containers?"::equals));
        agreeByKeyboard("Kill");
        window.until(() -> window.containers().container(one).status() == ContainerStatus.EXITED
                && window.containers().container(other).status() == ContainerStatus.EXITED);
    }
}
