package io.darsena.runtime.seccomp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.darsena.runtime.Capability;
import io.darsena.runtime.KernelVersion;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ProfileTextTest {

    @Test
    void headingsAndTestsAreRead() {
        SeccompProfile profile = ProfileText.parse("""
                default errno 1
                architecture x86_64 with i386 x32
                # a comment
                [with CAP_KILL; without CAP_BPF; kernel 4.8; on amd64; not-on arm64]
                errno 38 clone3 when arg2 & 0xf0 == 0x10 and int0 >= 7
                """);
        assertThat(profile)
                .isEqualTo(new SeccompProfile(
                        new SeccompAction.Errno(1),
                        Map.of(Abi.X86_64, List.of(Abi.I386, Abi.X32)),
                        List.of(new SeccompRule(
                                Set.of("clone3"),
                                List.of(
                                        ArgumentCondition.masked(2, 0xf0, 0x10),
                                        new ArgumentCondition(
                                                0,
                                                ArgumentCondition.Width.LOW_32,
                                                0xffffffffL,
                                                ArgumentCondition.Comparison.GREATER_OR_EQUAL,
                                                7)),
                                SeccompAction.NOT_IMPLEMENTED,
                                new Circumstances(
                                        Set.of(Capability.KILL), Set.of("amd64"), Optional.of(new KernelVersion(4, 8))),
                                new Circumstances(Set.of(Capability.BPF), Set.of("arm64"), Optional.empty())))));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "permit read",
                "allow",
                "allow read when arg6 == 0",
                "allow read when arg0 = 0",
                "allow read when arg0 & 1 == 2",
                "allow read when int0 == 0x100000000",
                "[when CAP_KILL]",
                "[with CAP_FLY]",
                "[kernel six]",
                "default maybe",
                "errno 5000 read",
                "architecture vax",
                "architecture x86_64 and i386",
                "allow read when arg0 == 99999999999999999999"
            })
    void aLineThatCannotBeUnderstoodIsNamed(String line) {
        assertThatThrownBy(() -> ProfileText.parse("default errno 1\n" + line))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("line 2")
                .hasMessageContaining(line);
    }

    @Test
    void aProfileWithoutADefaultIsRefused() {
        assertThatThrownBy(() -> ProfileText.parse("[always]\nallow read"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("default");
    }
}
