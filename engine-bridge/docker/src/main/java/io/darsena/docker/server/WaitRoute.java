package io.darsena.docker.server;

import io.darsena.bridge.Engine;
import io.darsena.bridge.Subscription;
import io.darsena.bridge.container.Container;
import io.darsena.bridge.container.ContainerId;
import io.darsena.bridge.container.ContainerState.Exited;
import io.darsena.bridge.container.ContainerStatus;
import io.darsena.bridge.error.NotFoundException;
import io.darsena.bridge.event.EngineEvent;
import io.darsena.bridge.event.EngineEvent.ContainerAction;
import io.darsena.bridge.event.EngineEvent.ContainerChanged;
import io.darsena.bridge.event.EngineEvent.ContainerRemoved;
import io.darsena.bridge.event.EngineEvent.ImageChanged;
import io.darsena.bridge.event.EngineEvent.ImageRemoved;
import io.darsena.bridge.event.EngineEvent.Snapshot;
import io.darsena.bridge.event.EngineEvent.Unreachable;
import io.darsena.docker.http.HttpException;
import io.darsena.docker.http.HttpExchange;
import io.darsena.docker.wire.Json;
import java.io.IOException;
import java.io.OutputStream;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.OptionalInt;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;

/// `POST /containers/{id}/wait`: the head of the answer goes out as soon as the end cannot be missed any more, so
/// that a
/// client may wait first and start the container then; the body comes with the end.
final class WaitRoute {

    private final Engine engine;

    WaitRoute(Engine engine) {
        this.engine = engine;
    }

    void addTo(Router router) {
        router.on("POST", "/containers/{name}/wait", this::await);
    }

    private enum Condition {
        NOT_RUNNING,
        NEXT_EXIT,
        REMOVED
    }

    private static Condition condition(String text) {
        return switch (text) {
            case "not-running" -> Condition.NOT_RUNNING;
            case "next-exit" -> Condition.NEXT_EXIT;
            case "removed" -> Condition.REMOVED;
            default -> throw new HttpException(400, "invalid condition: \"" + text + "\"");
        };
    }

    private void await(HttpExchange exchange, String name) throws IOException {
        Container container = ContainerRoutes.named(engine, name);
        Condition condition =
                condition(exchange.request().parameter("condition").orElse("not-running"));
        Waiter waiter = new Waiter(container, condition);
        exchange.whenClientLeaves(() -> waiter.code.cancel(false));
        try (Subscription subscription = engine.subscribe(waiter::accept)) {
            OutputStream out = exchange.stream(200, "application/json");
            OptionalInt code = waiter.code.get();
            out.write(Json.write(result(code.isPresent() ? code.getAsInt() : codeOfOneGone(waiter.id))));
            out.close();
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        } catch (CancellationException left) {
            throw new IOException("the client has gone", left);
        } catch (ExecutionException failed) {
            throw new IOException(failed);
        }
    }

    /// Whoever came between its end and its removal has heard of no end; one that never ran has none.
    private int codeOfOneGone(ContainerId id) {
        if (engine.containers().find(id.toString()).isPresent()) {
            return 0;
        }
        try {
            return engine.containers().await(id).code();
        } catch (NotFoundException neverRan) {
            return 0;
        }
    }

    private static Map<String, Object> result(int code) {
        Map<String, Object> result = new LinkedHashMap<>();
        result.put("StatusCode", code);
        return result;
    }

    /// Watches one container's events until the condition holds.
    private static final class Waiter {

        private final ContainerId id;
        private final Condition condition;
        private final CompletableFuture<OptionalInt> code = new CompletableFuture<>();

        /// How its last run has ended, as far as is known.
        private OptionalInt lastCode;

        Waiter(Container container, Condition condition) {
            this.id = container.id();
            this.condition = condition;
            this.lastCode = code(container);
        }

        private static OptionalInt code(Container container) {
            return container.state() instanceof Exited exited ? OptionalInt.of(exited.code()) : OptionalInt.empty();
        }

        void accept(EngineEvent event) {
            switch (event) {
                case Snapshot snapshot -> snapshot(snapshot);
                case ContainerChanged changed -> {
                    if (changed.container().id().equals(id)) {
                        changed(changed);
                    }
                }
                case ContainerRemoved removed -> {
                    if (removed.id().equals(id)) {
                        code.complete(lastCode);
                    }
                }
                case ImageChanged changed -> {}
                case ImageRemoved removed -> {}
                case EngineEvent.SettingsChanged changed -> {}
                case EngineEvent.SyncChanged changed -> {}
                case EngineEvent.TrustChanged changed -> {}
                case EngineEvent.TrashChanged changed -> {}
                case EngineEvent.TrashRemoved removed -> {}
                case Unreachable unreachable -> {}
            }
        }

        private void snapshot(Snapshot snapshot) {
            snapshot.containers().stream()
                    .filter(container -> container.id().equals(id))
                    .findFirst()
                    .ifPresentOrElse(
                            container -> {
                                remember(code(container));
                                if (condition == Condition.NOT_RUNNING && isIdle(container)) {
                                    code.complete(lastCode);
                                }
                            },
                            () -> code.complete(lastCode));
        }

        private void remember(OptionalInt known) {
            if (known.isPresent()) {
                lastCode = known;
            }
        }

        /// One that could not be removed does not run either.
        private static boolean isIdle(Container container) {
            return switch (container.status()) {
                case CREATED, EXITED, DEAD -> true;
                case RUNNING, PAUSED, RESTARTING, REMOVING -> false;
            };
        }

        /// A run that ends is an end, though a restart or a removal goes on from there.
        private void changed(ContainerChanged changed) {
            Container container = changed.container();
            remember(code(container));
            changed.end().ifPresent(end -> remember(OptionalInt.of(end.code())));
            boolean end = changed.action() == ContainerAction.DIE;
            boolean over = switch (condition) {
                case NEXT_EXIT -> end;
                case NOT_RUNNING -> end || container.state() instanceof Exited;
                case REMOVED -> false;
            };
            if (over || container.status() == ContainerStatus.DEAD) {
                code.complete(lastCode);
            }
        }
    }
}
