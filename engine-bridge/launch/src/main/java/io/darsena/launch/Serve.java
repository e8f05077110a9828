package io.darsena.launch;

import io.darsena.bridge.Engine;
import io.darsena.bridge.error.EngineException;
import io.darsena.docker.client.RemoteDockerEngine;
import io.darsena.docker.server.DockerApiServer;
import io.darsena.engine.paths.EnginePaths;
import io.darsena.launch.log.LogPlaces;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/// `darsena serve`: the engine without a window, behind Docker's HTTP API on a Unix socket. TERM and INT end it;
/// containers stay. A second one on the same data serves the first one's engine on the socket it was given, and has
/// nothing to do when it was given none.
@Command(
        name = "darsena serve",
        mixinStandardHelpOptions = true,
        description = "Runs the engine without a window and serves Docker's HTTP API on a Unix socket.")
public final class Serve implements Callable<Integer> {

    private static final int FAILED = 1;

    @Option(
            names = "--root",
            paramLabel = "DIR",
            description = "Keep data, runtime files, configuration and log below DIR.")
    private @Nullable Path root;

    @Option(
            names = "--socket",
            paramLabel = "PATH",
            description = "Serve there too (always: docker.sock in the run directory).")
    private @Nullable Path socket;

    private final CountDownLatch asked = new CountDownLatch(1);
    private final CountDownLatch closed = new CountDownLatch(1);
    private final Deque<AutoCloseable> open = new ArrayDeque<>();

    private Serve() {}

    public static void main(String... arguments) {
        System.exit(new CommandLine(new Serve()).execute(arguments));
    }

    @Override
    public Integer call() throws Exception {
        if (root != null) {
            LogPlaces.below(root);
        }
        EnginePaths paths = EngineLauncher.paths(Optional.ofNullable(root));
        Runtime.getRuntime().addShutdownHook(new Thread(this::end, "serve-end"));
        try {
            Engine engine = EngineLauncher.open(Optional.ofNullable(root));
            open.push(engine);
            boolean first = !(engine instanceof RemoteDockerEngine);
            Path usual = (first ? paths.at(runDirectory(engine, paths)) : paths.inUse()).apiSocket();
            Path place = socket == null ? usual : socket.toAbsolutePath();
            if (!first && place.equals(usual)) {
                System.out.println("this data is served already, on unix://" + usual);
                return 0;
            }
            open.push(DockerApiServer.open(engine, place, paths.ingest()));
            if (first && !place.equals(usual)) {
                open.push(DockerApiServer.open(engine, usual, paths.ingest()));
            }
            System.out.println("serving on unix://" + place);
            System.out.println("use it with: docker --host 'unix://" + place + "' ps");
            asked.await();
            return 0;
        } catch (EngineException | IOException failure) {
            System.err.println("darsena serve: " + failure.getMessage());
            return FAILED;
        } finally {
            while (!open.isEmpty()) {
                open.pop().close();
            }
            closed.countDown();
        }
    }

    private static Path runDirectory(Engine engine, EnginePaths paths) {
        return engine.description().runRoot().orElse(paths.run());
    }

    /// Runs when the JVM ends: lets `call` close what it opened before the JVM goes.
    private void end() {
        boolean told = asked.getCount() > 0 && closed.getCount() > 0;
        asked.countDown();
        try {
            closed.await();
            if (told) {
                // All is closed: the end that was asked for is a success.
                Runtime.getRuntime().halt(0);
            }
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        }
    }
}
