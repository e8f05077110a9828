package io.darsena.bridge.contract;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.opentest4j.AssertionFailedError;
import org.opentest4j.TestAbortedException;

class ForeignProgramTest {

    @Test
    void whatWasPromisedAndIsMissingFails() {
        assertThatThrownBy(() -> ForeignProgram.require("skopeo,docker", "docker", false))
                .isInstanceOf(AssertionFailedError.class)
                .hasMessageContaining("docker");
    }

    @Test
    void whatNobodyPromisedIsSkipped() {
        assertThatThrownBy(() -> ForeignProgram.require("docker-registry", "docker", false))
                .isInstanceOf(TestAbortedException.class);
        assertThatThrownBy(() -> ForeignProgram.require("", "docker", false)).isInstanceOf(TestAbortedException.class);
    }

    @Test
    void whatIsThereIsUsed() {
        assertThatCode(() -> ForeignProgram.require("", "docker", true)).doesNotThrowAnyException();
        assertThatCode(() -> ForeignProgram.require("docker", "docker", true)).doesNotThrowAnyException();
    }
}
