package io.darsena.runtime;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/// Who is attached to a sandbox on the real program from its start on.
class SandboxAttachmentIT extends SandboxesOfBusybox {

    @Test
    void whoIsAttachedWithTheStartGetsEveryByteHoweverSmallTheLog() throws Exception {
        Path home = home();
        String script =
                "i=0; while [ $i -lt 40 ]; do head -c 100000 /dev/zero | tr '\\0' x; i=$((i+1)); done; printf end";
        SandboxSpec spec = attached(home, 1, List.of(layer), 1, "/bin/sh", "-c", script);
        long total = 0;
        StringBuilder last = new StringBuilder();
        try (Sandbox sandbox = runtime.start(spec, ends::add);
                SandboxOutput output =
                        sandbox.attach(true, true, Duration.ofSeconds(30)).orElseThrow()) {
            for (Optional<SandboxOutput.Chunk> chunk = output.next(); chunk.isPresent(); chunk = output.next()) {
                total += chunk.get().bytes().length;
                last.append(new String(chunk.get().bytes(), StandardCharsets.US_ASCII));
                last.delete(0, Math.max(0, last.length() - 4));
            }
            assertThat(end().code()).isZero();
        }
        assertThat(total).isEqualTo(4_000_003);
        assertThat(last).hasToString("xend");
    }

    @Test
    void oneThatTakesNothingHoldsTheSandboxUpUntilPatienceEndsAndIsToldWhatItMissed() throws Exception {
        Path home = home();
        String script = "head -c 3000000 /dev/zero | tr '\\0' x; echo marked >/done; sleep 1; echo late";
        SandboxSpec spec = attached(home, 1, List.of(layer), 1, "/bin/sh", "-c", script);
        try (Sandbox sandbox = runtime.start(spec, ends::add);
                SandboxOutput output =
                        sandbox.attach(true, true, Duration.ofMillis(1500)).orElseThrow()) {
            Thread.sleep(700);
            assertThat(home.resolve("upper/done")).doesNotExist();
            long deadline = System.nanoTime() + 20_000_000_000L;
            while (!Files.exists(home.resolve("upper/done")) && System.nanoTime() < deadline) {
                Thread.sleep(20);
            }
            assertThat(home.resolve("upper/done")).exists();
            long taken = 0;
            StringBuilder told = new StringBuilder();
            StringBuilder late = new StringBuilder();
            for (Optional<SandboxOutput.Chunk> chunk = output.next(); chunk.isPresent(); chunk = output.next()) {
                String text = new String(chunk.get().bytes(), StandardCharsets.US_ASCII);
                if (chunk.get().errors()) {
                    told.append(text);
                } else if (told.isEmpty()) {
                    taken += text.length();
                } else {
                    late.append(text);
                }
            }
            assertThat(told.toString()).contains((3_000_000 - taken) + " bytes of output are missing here");
            assertThat(late).hasToString("late\n");
            assertThat(end().code()).isZero();
        }
    }

    @Test
    void anAnnouncedOneThatDoesNotComeIsNotWaitedForForEver() throws Exception {
        Path home = home();
        SandboxSpec spec = attached(home, 1, List.of(layer), 1, "/bin/sh", "-c", "echo alone");
        long begun = System.nanoTime();
        try (Sandbox sandbox = runtime.start(spec, ends::add)) {
            assertThat(end().code()).isZero();
        }
        assertThat(Duration.ofNanos(System.nanoTime() - begun))
                .isBetween(Duration.ofSeconds(9), Duration.ofSeconds(15));
        assertThat(Files.readString(home.resolve("log"))).endsWith(" stdout F alone\n");
    }
}
