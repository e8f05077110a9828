package io.darsena.runtime.seccomp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class SyscallTableTest {

    private static final Pattern DEFINITION =
            Pattern.compile("#define __NR_(\\w+) (?:\\(__X32_SYSCALL_BIT \\+ )?(\\d+)\\)?");

    @ParameterizedTest
    @CsvSource({
        "X86_64, read, 0",
        "X86_64, openat, 257",
        "X86_64, clone3, 435",
        "X86_64, mseal, 462",
        "X86_64, setxattrat, 463",
        "X86_64, open_tree_attr, 467",
        "X86_64, file_getattr, 468",
        "X86_64, listns, 470",
        "I386, read, 3",
        "I386, socketcall, 102",
        "I386, clock_settime64, 404",
        "I386, listns, 470",
        "AARCH64, read, 63",
        "AARCH64, clone, 220",
        "AARCH64, mseal, 462",
        "ARM, read, 3",
        "ARM, set_tls, 983045",
        "X32, execve, 1073742344",
        "X32, read, 1073741824",
    })
    void numbersAreTheKernels(Abi abi, String name, int number) {
        assertThat(SyscallTable.of(abi).number(name)).hasValue(number);
    }

    @ParameterizedTest
    @EnumSource(Abi.class)
    void aNumberLeadsBackToItsName(Abi abi) {
        SyscallTable table = SyscallTable.of(abi);
        assertThat(table.names())
                .hasSizeGreaterThan(300)
                .allSatisfy(name ->
                        assertThat(table.name(table.number(name).orElseThrow())).isEqualTo(name));
    }

    @Test
    void whatAConventionDoesNotHaveIsAbsent() {
        assertThat(SyscallTable.of(Abi.X86_64).number("socketcall")).isEmpty();
        assertThat(SyscallTable.of(Abi.AARCH64).number("open")).isEmpty();
        assertThat(SyscallTable.of(Abi.X86_64).name(999)).isEqualTo("#999");
    }

    @ParameterizedTest
    @CsvSource({"X86_64, unistd_64.h", "I386, unistd_32.h", "X32, unistd_x32.h"})
    void numbersAgreeWithTheKernelHeadersOfThisHost(Abi abi, String header) throws IOException {
        Path file = Path.of("/usr/include/x86_64-linux-gnu/asm", header);
        assumeTrue(Files.exists(file), "no kernel headers for x86 on this host: " + file);
        Map<String, Integer> defined = new TreeMap<>();
        for (MatchResult match :
                DEFINITION.matcher(Files.readString(file)).results().toList()) {
            defined.put(match.group(1), Integer.parseInt(match.group(2)) | abi.numberBits());
        }
        assertThat(defined)
                .hasSizeGreaterThan(300)
                .allSatisfy((name, number) ->
                        assertThat(SyscallTable.of(abi).number(name)).as(name).hasValue(number));
    }
}
