package io.darsena.docker.wire;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.darsena.bridge.container.Container;
import io.darsena.bridge.container.ContainerId;
import io.darsena.bridge.container.ContainerSpec;
import io.darsena.bridge.container.ContainerState;
import io.darsena.bridge.error.InvalidRequestException;
import io.darsena.bridge.image.Digest;
import io.darsena.bridge.image.ImageConfig;
import io.darsena.bridge.image.ImageId;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CommitRequestTest {

    private static final ImageConfig IMAGE = new ImageConfig(
            List.of("/entry"),
            List.of("image"),
            List.of("PATH=/bin", "KEPT=yes"),
            "/srv",
            "www",
            "SIGQUIT",
            List.of("80/tcp"),
            List.of("/data"),
            Map.of("of", "image"));

    private static Container container(ContainerSpec spec) {
        return new Container(
                ContainerId.parse("a".repeat(64)),
                "web",
                spec,
                new ImageId(new Digest("0".repeat(64))),
                "image",
                List.of(),
                new ContainerState.Created(Instant.EPOCH),
                Optional.empty(),
                Instant.EPOCH,
                0,
                List.of(),
                List.of(),
                Optional.empty());
    }

    private static ImageConfig read(String body, String... changes) {
        return new CommitRequest(Json.read(body), List.of(changes)).config(IMAGE, container(ContainerSpec.of("image")));
    }

    @Test
    void withoutAWordItIsRunAsTheContainerIs() {
        assertThat(read("null")).isEqualTo(IMAGE);
        assertThat(read("")).isEqualTo(IMAGE);
        ContainerSpec spec = ContainerSpec.of("image")
                .withCommand(List.of("own"))
                .withEnvironment(List.of("PATH=/own"))
                .withUser("ada")
                .withLabels(Map.of("more", "x"));
        ImageConfig read = new CommitRequest(Json.read("null"), List.of()).config(IMAGE, container(spec));
        assertThat(read.entrypoint()).containsExactly("/entry");
        assertThat(read.command()).containsExactly("own");
        assertThat(read.environment()).containsExactly("PATH=/own", "KEPT=yes");
        assertThat(read.user()).isEqualTo("ada");
        assertThat(read.labels()).isEqualTo(Map.of("of", "image", "more", "x"));
    }

    @Test
    void aVariableThatTheContainerTookAwayStaysAway() {
        ContainerSpec spec = ContainerSpec.of("image").withEnvironment(List.of("KEPT", "OTHER=1"));
        ImageConfig read = new CommitRequest(Json.read("null"), List.of()).config(IMAGE, container(spec));
        assertThat(read.environment()).contains("OTHER=1").noneMatch(variable -> variable.startsWith("KEPT"));
    }

    @Test
    void whatTheBodySaysComesFirst() {
        ImageConfig read = read("{\"Cmd\":[\"body\"],\"Env\":[\"KEPT=no\"],\"Labels\":{\"of\":\"body\"}}");
        assertThat(read.command()).containsExactly("body");
        assertThat(read.entrypoint()).containsExactly("/entry");
        assertThat(read.environment()).containsExactly("KEPT=no", "PATH=/bin");
        assertThat(read.labels()).isEqualTo(Map.of("of", "body"));
        assertThat(read.workingDirectory()).isEqualTo("/srv");
    }

    @Test
    void instructionsChangeIt() {
        ImageConfig read = read(
                "null",
                "ENV A=1 B='two words' C=\"$A ${KEPT}\"",
                "ENV OLD of old times",
                "env D=$A:${NONE:-none}",
                "LABEL \"with space\"=1 x=\"2\"",
                "EXPOSE 8080 53/udp 9000-9001",
                "USER 1000:1000",
                "WORKDIR www",
                "VOLUME [\"/a b\", \"/c\"]",
                "VOLUME /d /e",
                "STOPSIGNAL SIGINT");
        assertThat(read.environment())
                .containsExactly(
                        "PATH=/bin", "KEPT=yes", "A=1", "B=two words", "C= yes", "OLD=of old times", "D=1:none");
        assertThat(read.labels()).isEqualTo(Map.of("of", "image", "with space", "1", "x", "2"));
        assertThat(read.exposedPorts()).containsExactly("80/tcp", "8080/tcp", "53/udp", "9000/tcp", "9001/tcp");
        assertThat(read.user()).isEqualTo("1000:1000");
        assertThat(read.workingDirectory()).isEqualTo("/srv/www");
        assertThat(read.volumes()).containsExactly("/data", "/a b", "/c", "/d", "/e");
        assertThat(read.stopSignal()).isEqualTo("SIGINT");
    }

    @Test
    void aCommandIsAListOrWhatAShellRuns() {
        assertThat(read("null", "CMD [\"a\", \"b $HOME\"]").command()).containsExactly("a", "b $HOME");
        assertThat(read("null", "CMD echo $HOME").command()).containsExactly("/bin/sh", "-c", "echo $HOME");
        assertThat(read("null", "CMD [ -e x ] && y").command()).containsExactly("/bin/sh", "-c", "[ -e x ] && y");
        assertThat(read("null", "CMD one \\\n  two").command()).containsExactly("/bin/sh", "-c", "one   two");
    }

    @Test
    void anotherEntrypointDropsACommandThatWasNotMeantForIt() {
        assertThat(read("null", "ENTRYPOINT [\"new\"]").command()).isEmpty();
        ImageConfig both = read("null", "CMD [\"x\"]", "ENTRYPOINT [\"new\"]");
        assertThat(both.entrypoint()).containsExactly("new");
        assertThat(both.command()).containsExactly("x");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            FROM x                | FROM is not a valid change command
            RUN true              | RUN is not a valid change command
            HEALTHCHECK NONE      | HEALTHCHECK is not supported
            CMD                   | it says nothing
            CMD [1]               | only texts
            ENV A                 | NAME=value
            ENV A=1 B             | no = in 'B'
            ENV =1                | a name cannot be empty
            LABEL a="b            | no closing "
            ENV a=${b             | no variable
            EXPOSE 0              | no port
            EXPOSE 70000          | no port
            EXPOSE http           | no port
            EXPOSE 1/icmp         | no port
            USER a b              | exactly one word
            STOPSIGNAL SIGNONE    | SIGNONE
            VOLUME []             | cannot be empty
            """)
    void aWrongOneIsRefusedWithTheReason(String change, String reason) {
        assertThatThrownBy(() -> read("null", "ENV FINE=1", change))
                .isInstanceOf(InvalidRequestException.class)
                .hasMessageContaining(change.strip())
                .hasMessageContaining(reason);
    }
}
