package io.darsena.runtime.seccomp;

import static org.assertj.core.api.Assertions.assertThat;

import io.darsena.runtime.CapabilitySet;
import io.darsena.runtime.seccomp.SyscallProbe.Judgement;
import io.darsena.runtime.seccomp.SyscallProbe.Outcome;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// The real kernel, asked about every number, answers as the profile says.
class SeccompFilterIT {

    @TempDir
    Path directory;

    @Test
    void theKernelAnswersEveryNumberAsTheProfileSays() throws IOException, InterruptedException {
        SyscallProbe probe = SyscallProbe.built();
        SeccompFilters filters = new SeccompFilters(directory);
        List<Outcome> unfiltered = probe.run("--no-new-privs");
        for (CapabilitySet capabilities : List.of(CapabilitySet.DOCKER_DEFAULT, CapabilitySet.ALL)) {
            SeccompContext context = SeccompContext.onThisHost(capabilities);
            Path filter = filters.file(SeccompProfile.dockerDefault(), context);
            List<Outcome> filtered = probe.run("--no-new-privs", "--load", filter.toString());
            assertThat(filtered).hasSameSizeAs(unfiltered).hasSizeGreaterThan(600);
            Judgement judgement = SyscallProbe.judge(SeccompProfile.dockerDefault(), context, unfiltered, filtered);
            assertThat(judgement.contradictions()).isEmpty();
            assertThat(judgement.allowed()).isGreaterThan(300);
            assertThat(judgement.refused()).isGreaterThan(200);
            assertThat(judgement.proven())
                    .as("refusals that only the filter explains")
                    .isGreaterThan(50);
        }
    }
}
