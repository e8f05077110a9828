package io.darsena.docker.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.darsena.docker.http.HttpException;
import java.nio.file.Path;
import java.time.ZonedDateTime;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/// Processes of this machine: a shell with a child.
class ProcessTableTest {

    private static final Path PROC = Path.of("/proc");

    @SuppressWarnings("NullAway.Init")
    private Process shell;

    @BeforeEach
    void begin() throws Exception {
        shell = new ProcessBuilder("sh", "-c", "sleep 61 & wait").start();
        while (shell.descendants()
                .noneMatch(child -> child.info().command().orElse("").contains("sleep"))) {
            Thread.sleep(10);
        }
    }

    @AfterEach
    void end() {
        shell.descendants().forEach(ProcessHandle::destroyForcibly);
        shell.destroyForcibly();
    }

    private List<HostProcess> family() throws Exception {
        return new HostProcesses(PROC).family(shell.pid());
    }

    @Test
    void aFamilyIsShownAsPsShowsIt() throws Exception {
        ProcessTable table = ProcessTable.full(PROC, family());
        assertThat(table.titles()).containsExactly("UID", "PID", "PPID", "C", "STIME", "TTY", "TIME", "CMD");
        assertThat(table.rows()).hasSize(2);
        List<String> child = table.rows().getLast();
        assertThat(child.get(0)).isEqualTo(System.getProperty("user.name"));
        assertThat(child.get(2)).isEqualTo(Long.toString(shell.pid()));
        assertThat(child.get(4)).matches("\\d\\d:\\d\\d|[A-Z][a-z]{2}\\d\\d");
        assertThat(child.get(6)).isEqualTo("00:00:00");
        assertThat(child.get(7)).isEqualTo("sleep 61");
        assertThat(table.rows().getFirst().get(7)).isEqualTo("sh -c sleep 61 & wait");
    }

    @Test
    void ofWhatIsGoneThereIsNothing() throws Exception {
        assertThat(new HostProcesses(PROC).family(1L << 40)).isEmpty();
    }

    @Test
    void psIsAskedForOtherColumnsAndOnlyTheFamilyIsKept() throws Exception {
        ProcessTable table = HostPs.table("-eo pid,args", Set.of(shell.pid()));
        assertThat(table.titles()).containsExactly("PID", "COMMAND");
        assertThat(table.rows()).containsExactly(List.of(Long.toString(shell.pid()), "sh -c sleep 61 & wait"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "-o comm",
                "--help",
                "-eo pid=,comm",
                "$(id)",
                "-ef;id",
                "/etc/passwd",
                "-eo pid|id",
                "a\nb",
                "\"-ef\"",
                "--no-such-option"
            })
    void argumentsThatArePartlyOthersAreRefused(String arguments) {
        assertThatThrownBy(() -> HostPs.table(arguments, Set.of(shell.pid())))
                .isInstanceOfSatisfying(
                        HttpException.class,
                        refused -> assertThat(refused.status()).isEqualTo(400));
    }

    @Test
    void tooManyArgumentsAreRefused() {
        assertThatThrownBy(() -> HostPs.words("-e ".repeat(40))).isInstanceOf(HttpException.class);
    }

    @ParameterizedTest
    @CsvSource({"0, ?", "34816, pts/0", "34823, pts/7", "1025, tty1", "1088, ?", "35072, pts/256"})
    void terminalsAreNamed(long device, String name) {
        assertThat(ProcessTable.terminal(device)).isEqualTo(name);
    }

    @ParameterizedTest
    @CsvSource({"0, 00:00:00", "3725, 01:02:05", "90061, 1-01:01:01"})
    void timesAreWritten(long seconds, String time) {
        assertThat(ProcessTable.time(seconds)).isEqualTo(time);
    }

    @ParameterizedTest
    @CsvSource({"2026-05-01T10:00:00Z, 10:00", "2026-04-30T10:00:00Z, Apr30", "2025-12-31T10:00:00Z, 2025"})
    void aStartIsTheTimeTheDayOrTheYear(String started, String written) {
        ZonedDateTime now = ZonedDateTime.parse("2026-05-01T12:00:00Z");
        assertThat(ProcessTable.start(ZonedDateTime.parse(started), now)).isEqualTo(written);
    }
}
