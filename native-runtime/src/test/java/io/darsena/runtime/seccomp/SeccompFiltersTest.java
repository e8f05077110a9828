package io.darsena.runtime.seccomp;

import static org.assertj.core.api.Assertions.assertThat;

import io.darsena.runtime.Capability;
import io.darsena.runtime.CapabilitySet;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SeccompFiltersTest {

    private static final SeccompContext CONTEXT = SeccompContext.onThisHost(CapabilitySet.DOCKER_DEFAULT);

    @TempDir
    Path directory;

    @Test
    void theFileHoldsTheProgram() throws IOException {
        Path file = new SeccompFilters(directory).file(SeccompProfile.dockerDefault(), CONTEXT);
        assertThat(Files.readAllBytes(file)).isEqualTo(SeccompFilters.program(SeccompProfile.dockerDefault(), CONTEXT));
    }

    @Test
    void theSameFilterIsOneFileForTwoEngines() throws IOException {
        Path first = new SeccompFilters(directory).file(SeccompProfile.dockerDefault(), CONTEXT);
        Path second = new SeccompFilters(directory).file(SeccompProfile.dockerDefault(), CONTEXT);
        assertThat(second).isEqualTo(first);
        assertThat(files()).containsExactly(first);
    }

    @Test
    void anotherCapabilitySetGetsAnotherFilter() {
        SeccompFilters filters = new SeccompFilters(directory);
        Path first = filters.file(SeccompProfile.dockerDefault(), CONTEXT);
        SeccompContext privileged =
                SeccompContext.onThisHost(CapabilitySet.DOCKER_DEFAULT.with(CapabilitySet.of(Capability.SYS_ADMIN)));
        assertThat(filters.file(SeccompProfile.dockerDefault(), privileged)).isNotEqualTo(first);
    }

    @Test
    void aFileThatWasDeletedIsWrittenAgain() throws IOException {
        SeccompFilters filters = new SeccompFilters(directory);
        Path file = filters.file(SeccompProfile.dockerDefault(), CONTEXT);
        Files.delete(file);
        assertThat(filters.file(SeccompProfile.dockerDefault(), CONTEXT))
                .isEqualTo(file)
                .exists();
    }

    @Test
    void aFileThatIsNotWhatItsNameSaysIsWrittenAnew() throws IOException {
        byte[] program = SeccompFilters.program(SeccompProfile.dockerDefault(), CONTEXT);
        Path file = new SeccompFilters(directory).file(SeccompProfile.dockerDefault(), CONTEXT);
        for (byte[] torn : new byte[][] {new byte[0], new byte[program.length]}) {
            Files.write(file, torn);
            assertThat(new SeccompFilters(directory).file(SeccompProfile.dockerDefault(), CONTEXT))
                    .isEqualTo(file);
            assertThat(Files.readAllBytes(file)).isEqualTo(program);
        }
        assertThat(files()).containsExactly(file);
    }

    @Test
    void askingAgainIsCheap() {
        SeccompFilters filters = new SeccompFilters(directory);
        filters.file(SeccompProfile.dockerDefault(), CONTEXT);
        long best = Long.MAX_VALUE;
        for (int round = 0; round < 2000; round++) {
            long begin = System.nanoTime();
            filters.file(SeccompProfile.dockerDefault(), CONTEXT);
            best = Math.min(best, System.nanoTime() - begin);
        }
        assertThat(best).as("nanoseconds").isLessThan(1_000_000);
    }

    private java.util.List<Path> files() throws IOException {
        try (Stream<Path> entries = Files.list(directory)) {
            return entries.toList();
        }
    }
}
