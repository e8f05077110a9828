package io.darsena.engine.paths;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.darsena.bridge.error.UnavailableException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DataLockTest {

    @TempDir
    Path temporary;

    private EnginePaths paths = EnginePaths.ofRoot();

    @BeforeEach
    void prepare() {
        paths = EnginePaths.under(temporary);
        paths.prepare();
    }

    @Test
    void aSecondEngineOfTheSameProcessIsRefusedUntilTheFirstCloses() {
        DataLock first = DataLock.acquire(paths);
        assertThatThrownBy(() -> DataLock.acquire(paths))
                .isInstanceOf(UnavailableException.class)
                .hasMessageContaining(
                        "this same process (" + ProcessHandle.current().pid());
        first.close();
        first.close();
        DataLock.acquire(paths).close();
    }

    @Test
    void anEngineOfAnotherProcessIsNamedAndItsDeathLetsGo() throws Exception {
        Process other = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-cp",
                        System.getProperty("java.class.path"),
                        Holder.class.getName(),
                        temporary.toString())
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        try {
            assertThat(other.inputReader().readLine()).isEqualTo("held");
            assertThatThrownBy(() -> DataLock.acquire(paths))
                    .isInstanceOf(UnavailableException.class)
                    .hasMessageContaining("process " + other.pid());
        } finally {
            other.destroyForcibly().waitFor(10, TimeUnit.SECONDS);
        }
        DataLock.acquire(paths).close();
        assertThat(Files.readString(paths.lock()).strip())
                .isEqualTo(Long.toString(ProcessHandle.current().pid()));
    }

    /// Holds the lock until it is killed.
    static final class Holder {
        public static void main(String[] arguments) throws InterruptedException {
            DataLock lock = DataLock.acquire(EnginePaths.under(Path.of(arguments[0])));
            System.out.println("held");
            Thread.sleep(60_000);
            lock.close();
        }
    }
}
