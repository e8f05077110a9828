package io.darsena.runtime;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RuntimeBinaryTest {

    private static final byte[] PROGRAM = "#!/bin/sh\n".getBytes(StandardCharsets.US_ASCII);

    @TempDir
    Path directory;

    @Test
    void theProgramIsInstalledExecutableUnderItsDigest() throws Exception {
        Path installed = RuntimeBinary.installed(directory, PROGRAM).path();

        assertThat(directory.relativize(installed).toString()).matches("[0-9a-f]{16}/darsena-runtime");
        assertThat(installed).hasBinaryContent(PROGRAM);
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(installed)))
                .isEqualTo("rwxr-xr-x");
        try (Stream<Path> beside = Files.walk(directory)) {
            assertThat(beside.filter(Files::isRegularFile)).containsExactly(installed);
        }
    }

    @Test
    void oneThatIsThereIsLeftAndAnEarlierOneKept() throws Exception {
        Path first = RuntimeBinary.installed(directory, PROGRAM).path();
        FileTime before = FileTime.fromMillis(1_000);
        Files.setLastModifiedTime(first, before);

        assertThat(RuntimeBinary.installed(directory, PROGRAM).path()).isEqualTo(first);
        Path second = RuntimeBinary.installed(directory, new byte[] {1}).path();

        assertThat(Files.getLastModifiedTime(first)).isEqualTo(before);
        assertThat(second).isNotEqualTo(first).exists();
    }

    @Test
    void oneThatWasCutShortIsReplaced() throws Exception {
        Path installed = RuntimeBinary.installed(directory, PROGRAM).path();
        Files.write(installed, new byte[] {1});

        RuntimeBinary.installed(directory, PROGRAM);

        assertThat(installed).hasBinaryContent(PROGRAM);
    }

    @Test
    void aPlaceThatCannotBeWrittenIsNamed() throws Exception {
        Path file = Files.writeString(directory.resolve("file"), "");

        assertThatThrownBy(() -> RuntimeBinary.installed(file, PROGRAM))
                .isInstanceOf(RuntimeUnavailableException.class)
                .hasMessageContaining(file.toString());
    }
}
