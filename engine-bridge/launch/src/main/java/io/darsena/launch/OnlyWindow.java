package io.darsena.launch;

import io.darsena.docker.http.HttpAnswer;
import io.darsena.docker.http.HttpClient;
import io.darsena.docker.http.HttpExchange;
import io.darsena.docker.http.HttpServer;
import io.darsena.engine.paths.EnginePaths;
import java.io.IOException;
import java.net.SocketTimeoutException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/// That a window is the only one on its data: it listens on a socket in the run directory, and a second window that
/// finds it there asks it to show itself instead of opening.
public final class OnlyWindow implements AutoCloseable {

    private static final String SHOW = "/darsena/v1/window/show";

    private static final String PROCESS = "Darsena-Process";

    /// The other one may just be starting, or ending.
    private static final Duration PATIENCE = Duration.ofSeconds(10);

    private static final Duration PAUSE = Duration.ofMillis(50);
    private static final int DONE = 204;

    private final HttpServer server;
    private final Request request;

    private OnlyWindow(HttpServer server, Request request) {
        this.server = server;
        this.request = request;
    }

    /// Becomes the only window on the data below `root`. Takes a moment when another one does the same.
    ///
    /// @return empty when there is one already, which has been shown
    /// @throws IOException when neither is possible
    /// @throws io.darsena.bridge.error.UnavailableException when the other one's process does not answer
    public static Optional<OnlyWindow> claim(Optional<Path> root) throws IOException {
        EnginePaths paths = EngineLauncher.paths(root).inUse();
        paths.prepare();
        Request request = new Request();
        Instant end = Instant.now().plus(PATIENCE);
        while (true) {
            if (isShown(paths)) {
                return Optional.empty();
            }
            try {
                return Optional.of(new OnlyWindow(HttpServer.open(paths.windowSocket(), request::answer), request));
            } catch (IOException taken) {
                if (Instant.now().isAfter(end)) {
                    throw taken;
                }
            }
            pause();
        }
    }

    private static boolean isShown(EnginePaths paths) {
        return answer(paths, "POST").isPresent();
    }

    /// The process of the window on this data, when one is open.
    ///
    /// @throws io.darsena.bridge.error.UnavailableException when it does not answer
    static Optional<String> process(EnginePaths paths) {
        return answer(paths, "GET");
    }

    private static Optional<String> answer(EnginePaths paths, String method) {
        if (!Files.exists(paths.windowSocket())) {
            return Optional.empty();
        }
        try (HttpAnswer answer =
                new HttpClient(paths.windowSocket()).send(method, SHOW, "text/plain", new byte[0], Silence.PATIENCE)) {
            return answer.status() == DONE ? answer.header(PROCESS) : Optional.empty();
        } catch (SocketTimeoutException silent) {
            throw Silence.of(paths, paths.windowSocket());
        } catch (IOException nobody) {
            return Optional.empty();
        }
    }

    private static void pause() throws IOException {
        try {
            Thread.sleep(PAUSE);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted while another window was asked to show itself", interrupted);
        }
    }

    /// Runs `show` each time another window would have opened; at once when one has asked already. It is called on a
    /// thread of its own.
    public void whenAsked(Runnable show) {
        request.whenAsked(show);
    }

    @Override
    public void close() {
        server.close();
    }

    /// What another window asks, kept until there is something to show.
    private static final class Request {

        private Optional<Runnable> show = Optional.empty();
        private boolean asked;

        synchronized void whenAsked(Runnable shown) {
            show = Optional.of(shown);
            if (asked) {
                shown.run();
            }
        }

        void answer(HttpExchange exchange) throws IOException {
            if (!exchange.request().path().equals(SHOW)) {
                exchange.reply(404);
                return;
            }
            if (exchange.request().method().equals("POST")) {
                ask();
            }
            exchange.header(PROCESS, Long.toString(ProcessHandle.current().pid()))
                    .reply(DONE);
        }

        private synchronized void ask() {
            asked = true;
            show.ifPresent(Runnable::run);
        }
    }
}
