package io.darsena.bridge.contract;

import static io.darsena.bridge.container.ContainerStatus.CREATED;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.darsena.bridge.container.Container;
import io.darsena.bridge.container.ContainerId;
import io.darsena.bridge.container.ContainerSpec;
import io.darsena.bridge.container.ContainerState;
import io.darsena.bridge.error.InvalidRequestException;
import java.util.List;
import org.junit.jupiter.api.Test;

/// How a run begins, or does not.
interface StartContract extends ContractSubject {
    @Test
    default void aCommandThatIsNotThereIsToldAndRemembered() {
        ContainerId id = containers().create(spec("no-such-program"));
        assertThatThrownBy(() -> containers().start(id))
                .isInstanceOf(InvalidRequestException.class)
                .hasMessageContaining("no-such-program");
        Container container = containers().container(id);
        assertThat(container.status()).isEqualTo(CREATED);
        assertThat(container.lastError()).isPresent();
        assertThat(container.activity()).isEmpty();
    }

    @Test
    default void aStartTellsItsStepsAndWhatTheyMade() {
        ContainerSpec spec = spec("sh", "-c", "exit 0");
        ContainerId id = containers().create(spec);
        assertThat(containers().container(id).startSteps()).isEmpty();
        assertThat(containers().container(id).runs()).isZero();
        containers().start(id);
        ContainerState.Exited end = containers().await(id);
        Container container = containers().container(id);
        assertThat(end.code()).isZero();
        assertThat(container.runs()).isEqualTo(1);
        assertThat(container.startSteps())
                .extracting(Container.StartStep::name)
                .containsExactly(
                        "resolve",
                        "storage",
                        "cgroup",
                        "monitor",
                        "namespaces",
                        "overlay",
                        "filesystems",
                        "confinement",
                        "exec");
        assertThat(fact(container, "resolve", "reference")).isEqualTo(container.imageName());
        assertThat(fact(container, "resolve", "image"))
                .isEqualTo(container.image().toString());
        assertThat(Integer.parseInt(fact(container, "resolve", "layers"))).isPositive();
        assertThat(fact(container, "storage", "upper")).startsWith("/");
        for (String kind : List.of("pid", "mount", "uts", "ipc")) {
            assertThat(Long.parseLong(fact(container, "namespaces", kind))).isPositive();
        }
        assertThat(fact(container, "overlay", "writable")).isEqualTo("1");
        assertThat(fact(container, "confinement", "user")).isEqualTo("0:0");
        assertThat(fact(container, "exec", "command")).isEqualTo("sh");
    }

    private static String fact(Container container, String step, String key) {
        return container.startSteps().stream()
                .filter(each -> each.name().equals(step))
                .flatMap(each -> each.fact(key).stream())
                .findFirst()
                .orElseThrow(() -> new AssertionError(step + " does not tell " + key));
    }

    @Test
    default void startsAreCountedAlsoThoseThatFail() {
        ContainerId id = containers().create(spec("sh", "-c", "exit 0"));
        containers().start(id);
        containers().await(id);
        containers().start(id);
        containers().await(id);
        assertThat(containers().container(id).runs()).isEqualTo(2);
        ContainerId broken = containers().create(spec("no-such-program"));
        assertThatThrownBy(() -> containers().start(broken)).isInstanceOf(InvalidRequestException.class);
        assertThat(containers().container(broken).runs()).isEqualTo(1);
    }
}
