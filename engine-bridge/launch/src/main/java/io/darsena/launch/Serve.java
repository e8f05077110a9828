package io.darsena.launch;

import io.darsena.bridge.error.EngineException;
import io.darsena.docker.server.DockerApiServer;
import io.darsena.engine.InProcessEngine;
import io.darsena.engine.paths.EnginePaths;
import java.io.IOException;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/// `darsena serve`: the engine without a window, behind Docker's HTTP API on a Unix socket. TERM and INT end it;
/// containers stay.
@Command(
        name = "darsena serve",
        mixinStandardHelpOptions = true,
        description = "Runs the engine without a window and serves Docker's HTTP API on a Unix socket.")
public final class Serve implements Callable<Integer> {

    private static final String SOCKET = "docker.sock";
    private static final int FAILED = 1;

    @Option(names = "--root", paramLabel = "DIR", description = "Keep data, runtime files and configuration below DIR.")
    private @Nullable Path root;

    @Option(
            names = "--socket",
            paramLabel = "PATH",
            description = "Serve there (default: docker.sock in the run directory).")
    private @Nullable Path socket;

    private Serve() {}

    public static void main(String... arguments) {
        System.exit(new CommandLine(new Serve()).execute(arguments));
    }

    @Override
    public Integer call() throws InterruptedException {
        EnginePaths paths = root == null ? EnginePaths.standard() : EnginePaths.under(root);
        Path place = socket == null ? paths.run().resolve(SOCKET) : socket.toAbsolutePath();
        CountDownLatch asked = new CountDownLatch(1);
        CountDownLatch closed = new CountDownLatch(1);
        try (InProcessEngine engine = InProcessEngine.open(paths);
                DockerApiServer server = DockerApiServer.open(engine, place, paths.ingest())) {
            Runtime.getRuntime().addShutdownHook(new Thread(() -> end(asked, closed), "serve-end"));
            System.out.println("serving on unix://" + place);
            System.out.println("use it with: docker --host unix://" + place + " ps");
            asked.await();
        } catch (EngineException | IOException failure) {
            System.err.println("darsena serve: " + failure.getMessage());
            return FAILED;
        } finally {
            closed.countDown();
        }
        return 0;
    }

    /// Runs when the JVM is told to end: lets `call` close what it opened before the JVM goes.
    private static void end(CountDownLatch asked, CountDownLatch closed) {
        asked.countDown();
        try {
            closed.await();
            // All is closed: the end that was asked for is a success.
            Runtime.getRuntime().halt(0);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        }
    }
}
