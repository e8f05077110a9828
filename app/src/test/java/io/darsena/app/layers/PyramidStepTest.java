package io.darsena.app.layers;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// Instructions are shown as a Dockerfile has them.
class PyramidStepTest {

    @ParameterizedTest
    @CsvSource(
            delimiter = '>',
            value = {
                "/bin/sh -c #(nop) ADD file:9f in / > ADD file:9f in /",
                "/bin/sh -c #(nop)  CMD [\"bash\"] > CMD [\"bash\"]",
                "/bin/sh -c apt-get update > RUN apt-get update",
                "RUN /bin/sh -c make -C a # buildkit > RUN make -C a",
                "|2 A=b C=d e /bin/sh -c make > RUN make",
                "RUN |1 A=b /bin/bash -o pipefail -c curl a | sh # buildkit > RUN curl a | sh",
                "RUN /bin/ash -eo pipefail -c set > RUN set",
                "COPY a b # buildkit > COPY a b",
                "COPY /bin/sh -c > COPY /bin/sh -c",
                "/bin/sh -e make -c foo > /bin/sh -e make -c foo",
                "EXPOSE map[80/tcp:{} 443/udp:{}] > EXPOSE 80/tcp 443/udp",
                "EXPOSE 80/tcp > EXPOSE 80/tcp",
                "/bin/sh -c #(nop)  CMD [\"nginx\" \"-g\" \"daemon off;\"] > CMD [\"nginx\", \"-g\", \"daemon off;\"]",
                "ENTRYPOINT [\"say\" \"a \\\" \\\" b\"] > ENTRYPOINT [\"say\", \"a \\\" \\\" b\"]",
                "CMD [\"a\", \"b\"] > CMD [\"a\", \"b\"]",
                "CMD [\"a\" $b \"c\"] > CMD [\"a\" $b \"c\"]",
                "bazel build ... > bazel build ...",
                "|1 > |1"
            })
    void anInstructionIsShownAsADockerfileHasIt(String createdBy, String shown) {
        assertThat(PyramidStep.instruction(createdBy)).isEqualTo(shown);
    }
}
