package io.darsena.bridge.contract;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.darsena.bridge.container.Container;
import io.darsena.bridge.container.ContainerId;
import io.darsena.bridge.container.ContainerSpec;
import io.darsena.bridge.container.Lifecycle.Trigger;
import io.darsena.bridge.error.ConflictException;
import io.darsena.bridge.error.InvalidRequestException;
import io.darsena.bridge.error.NotFoundException;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/// Creation, names, and removal.
interface CreationContract extends ContractSubject {
    @Test
    default void aContainerOfAnUnknownImageIsRefused() {
        assertThatThrownBy(() -> containers().create(ContainerSpec.of("no-such-image:1")))
                .isInstanceOf(NotFoundException.class)
                .hasMessageContaining("no-such-image");
        assertThat(containers().list()).isEmpty();
    }

    @Test
    default void aNameIsOneContainersAlone() {
        ContainerId first = containers().create(spec("true").withName("web-1"));
        assertThatThrownBy(() -> containers().create(spec("true").withName("web-1")))
                .isInstanceOf(ConflictException.class)
                .hasMessageContaining("web-1")
                .hasMessageContaining(first.shortId());
        ContainerId second = containers().create(spec("true").withName("web-2"));
        assertThatThrownBy(() -> containers().rename(second, "web-1")).isInstanceOf(ConflictException.class);
        containers().rename(first, "front");
        containers().rename(second, "web-1");
        assertThat(containers().find("web-1").map(Container::id)).contains(second);
        assertThat(containers().find("front").map(Container::id)).contains(first);
        assertThatThrownBy(() -> containers().rename(first, "not a name")).isInstanceOf(InvalidRequestException.class);
        containers().remove(second);
        containers().rename(first, "web-1");
        assertThat(containers().container(first).name()).isEqualTo("web-1");
    }

    @Test
    default void onesWithoutANameGetDifferentOnes() {
        List<String> names = Stream.generate(() -> containers().create(spec("true")))
                .limit(8)
                .map(id -> containers().container(id).name())
                .toList();
        assertThat(names)
                .doesNotHaveDuplicates()
                .allMatch(name -> ContainerSpec.NAME.matcher(name).matches());
    }

    @Test
    default void oneIsFoundByNameIdAndPrefix() {
        ContainerId id = containers().create(spec("true").withName("found"));
        assertThat(containers().find("found").map(Container::id)).contains(id);
        assertThat(containers().find(id.hex()).map(Container::id)).contains(id);
        assertThat(containers().find(id.shortId()).map(Container::id)).contains(id);
        assertThat(containers().find("nothing")).isEmpty();
        assertThat(containers().find("")).isEmpty();
        assertThatThrownBy(() -> containers().container(new ContainerId("0".repeat(64))))
                .isInstanceOf(NotFoundException.class);
    }

    @Test
    default void oneThatRemovesItselfIsGoneAfterItsEnd() {
        try (Recorder recorder = new Recorder(engine())) {
            ContainerId id = containers().create(spec("sh", "-c", "exit 3").withAutoRemove(true));
            containers().start(id);
            assertThat(containers().await(id).code()).isEqualTo(3);
            recorder.awaitRemoved(id);
            assertThat(containers().find(id.hex())).isEmpty();
        }
    }

    @Test
    default void oneThatIsGoneIsUnknownToEveryRequest() {
        ContainerId id = containers().create(spec("true"));
        containers().remove(id);
        for (Trigger trigger : Trigger.values()) {
            if (trigger.isRequest()) {
                assertThatThrownBy(() -> request(id, trigger)).isInstanceOf(NotFoundException.class);
            }
        }
    }
}
