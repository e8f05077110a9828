package io.darsena.bridge.contract;

import static org.assertj.core.api.Assertions.assertThat;

import io.darsena.bridge.container.ContainerId;
import io.darsena.bridge.container.ContainerSpec;
import io.darsena.bridge.container.LogLimits;
import io.darsena.bridge.container.LogQuery;
import io.darsena.bridge.container.NetworkMode;
import java.util.List;
import org.junit.jupiter.api.Test;

/// What a container is made of.
interface MakingContract extends ContractSubject {
    @Test
    default void commandEnvironmentDirectoryAndHostNameAreAsAskedFor() {
        ContainerSpec spec = ContainerSpec.of(image())
                .withEntrypoint(List.of("sh", "-c"))
                .withCommand(List.of("echo $GREETING; pwd; hostname"))
                .withEnvironment(List.of("GREETING=good morning"))
                .withWorkingDirectory("/tmp")
                .withHostname("harbour");
        ContainerId id = containers().create(spec);
        containers().start(id);
        containers().await(id);
        LogCollector collector = new LogCollector();
        containers().logs(id, LogQuery.ALL, collector);
        assertThat(collector.awaitEnd()).containsExactly("good morning", "/tmp", "harbour");
        assertThat(containers().container(id).arguments()).containsExactly("sh", "-c", "echo $GREETING; pwd; hostname");
    }

    @Test
    default void itsFilesOutlastARunAndAreItsOwn() {
        ContainerId writer = containers().create(spec("sh", "-c", "echo mark >> /tmp/notes; cat /tmp/notes"));
        ContainerId other = containers().create(spec("sh", "-c", "cat /tmp/notes"));
        for (int run = 0; run < 2; run++) {
            containers().start(writer);
            assertThat(containers().await(writer).code()).isZero();
        }
        containers().start(other);
        assertThat(containers().await(other).code()).isEqualTo(1);
        LogCollector collector = new LogCollector();
        containers().logs(writer, LogQuery.ALL, collector);
        assertThat(collector.awaitEnd()).containsExactly("mark", "mark", "mark");
    }

    @Test
    default void inspectTellsAsDockerDoes() {
        ContainerId id = containers().create(spec("sh", "-c", "exit 0").withName("looked-at"));
        assertThat(containers().inspect(id))
                .contains("\"Id\" : \"" + id + "\"", "\"Name\" : \"/looked-at\"", "\"Status\" : \"created\"")
                .contains("\"Path\" : \"sh\"", "\"NetworkMode\" : \"none\"");
        ContainerId other = containers()
                .create(spec("true").withNetwork(NetworkMode.HOST).withLogLimits(new LogLimits(123_000, 4)));
        assertThat(containers().container(other).spec().network()).isEqualTo(NetworkMode.HOST);
        assertThat(containers().inspect(other))
                .contains("\"NetworkMode\" : \"host\"", "\"max-size\" : \"123000\"", "\"max-file\" : \"4\"");
    }
}
