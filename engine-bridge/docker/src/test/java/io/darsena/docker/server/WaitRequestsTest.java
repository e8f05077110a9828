package io.darsena.docker.server;

import static org.assertj.core.api.Assertions.assertThat;

import io.darsena.bridge.Engine;
import io.darsena.bridge.container.Container;
import io.darsena.bridge.container.ContainerStatus;
import io.darsena.bridge.fake.FakeEngine;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// What whoever waits for a container is told, and when.
@Timeout(60)
final class WaitRequestsTest extends RequestsOnFake {

    private static final String ENDLESS =
            "trap 'exit 4' TERM; trap 'exit 3' USR1; echo ready; while :; do sleep 0.05; done";

    private void create() throws IOException {
        client.json(
                "POST /v1.51/containers/create?name=web",
                "{\"Image\":\"" + FakeEngine.STARTER + "\",\"Cmd\":[\"sh\",\"-c\",\"" + ENDLESS + "\"]}");
    }

    private void start() throws Exception {
        assertThat(client.answer("POST /v1.51/containers/web/start")).contains(" 204 ");
        while (!client.answer("GET /v1.51/containers/web/logs?stdout=1&tail=1").contains("ready")) {
            Thread.sleep(10);
        }
    }

    private InputStream wait(String condition) throws IOException {
        return client.begin("POST /v1.51/containers/web/wait?condition=" + condition);
    }

    private static String told(InputStream answer) throws IOException {
        try (answer) {
            return new String(answer.readAllBytes(), StandardCharsets.UTF_8);
        }
    }

    private Container container() {
        return ((Engine) engine).containers().find("web").orElseThrow();
    }

    @ParameterizedTest
    @ValueSource(strings = {"not-running", "next-exit", "removed"})
    void oneThatIsRemovedByForceWasKilled(String condition) throws Exception {
        create();
        start();
        InputStream answer = wait(condition);
        assertThat(client.answer("DELETE /v1.51/containers/web?force=1")).contains(" 204 ");
        assertThat(told(answer)).contains("\"StatusCode\":137");
    }

    @Test
    void theEndOfAnEarlierRunIsNotToldOfThisOne() throws Exception {
        create();
        start();
        client.answer("POST /v1.51/containers/web/stop?signal=USR1");
        InputStream answer = wait("removed");
        start();
        client.answer("DELETE /v1.51/containers/web?force=1");
        assertThat(told(answer)).contains("\"StatusCode\":137");
    }

    @ParameterizedTest
    @ValueSource(strings = {"not-running", "next-exit"})
    void aRestartEndsTheRunThatWasWaitedFor(String condition) throws Exception {
        create();
        start();
        InputStream answer = wait(condition);
        assertThat(client.answer("POST /v1.51/containers/web/restart")).contains(" 204 ");
        assertThat(told(answer)).contains("\"StatusCode\":4");
        assertThat(container().status()).isEqualTo(ContainerStatus.RUNNING);
    }

    @Test
    void aRestartIsNoRemoval() throws Exception {
        create();
        start();
        InputStream answer = wait("removed");
        client.answer("POST /v1.51/containers/web/restart");
        client.answer("POST /v1.51/containers/web/stop?signal=USR1");
        assertThat(container().status()).isEqualTo(ContainerStatus.EXITED);
        client.answer("DELETE /v1.51/containers/web");
        assertThat(told(answer)).contains("\"StatusCode\":3");
    }

    @Test
    void whoComesWhileItIsRemovedIsToldHowItEnded() throws Exception {
        create();
        start();
        AutoCloseable removal = engine.hold("remove");
        Thread removing = Thread.ofVirtual().start(this::removeByForce);
        while (container().status() != ContainerStatus.REMOVING) {
            Thread.sleep(5);
        }
        InputStream answer = wait("removed");
        removal.close();
        assertThat(told(answer)).contains("\"StatusCode\":137");
        removing.join();
    }

    private void removeByForce() {
        ((Engine) engine).containers().forceRemove(container().id());
    }

    @Test
    void oneThatNeverRanHasNoCode() throws Exception {
        create();
        InputStream answer = wait("removed");
        client.answer("DELETE /v1.51/containers/web");
        assertThat(told(answer)).contains("\"StatusCode\":0");
    }
}
