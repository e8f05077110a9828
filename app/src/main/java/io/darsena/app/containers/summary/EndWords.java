package io.darsena.app.containers.summary;

import io.darsena.app.text.Messages;
import io.darsena.bridge.container.Container;
import io.darsena.bridge.container.ContainerState.Exited;
import io.darsena.bridge.container.Lifecycle.Trigger;
import io.darsena.bridge.container.Signal;
import java.time.Duration;
import java.util.Optional;

/// How a run ended, in sentences: what it left, and by whose wish.
final class EndWords {

    private static final Duration USUAL_PATIENCE = Duration.ofSeconds(10);

    private final Messages messages;

    EndWords(Messages messages) {
        this.messages = messages;
    }

    /// `code 137 · SIGKILL (9)`.
    String result(Exited exited) {
        String code = messages.text("state.code", exited.code());
        if (exited.signal().isPresent()) {
            int number = exited.signal().getAsInt();
            return code + " · " + messages.text("end.signal", new Signal(number), number);
        }
        return code;
    }

    /// Why, in a sentence.
    String reason(Container container, Exited exited) {
        return switch (exited.cause()) {
            case ENDED -> ended(exited);
            case STOPPED -> messages.text("end.stopped", stopSignal(container));
            case KILLED -> killed(container);
            case OUT_OF_MEMORY -> outOfMemory(container);
            case LOST -> messages.text("end.lost");
        };
    }

    private String ended(Exited exited) {
        if (exited.signal().isPresent()) {
            return messages.text("end.hit", new Signal(exited.signal().getAsInt()));
        }
        return messages.text(exited.code() == 0 ? "end.done" : "end.failed");
    }

    private String killed(Container container) {
        Optional<Trigger> wish = container.history().isEmpty()
                ? Optional.empty()
                : container.history().getLast().trigger();
        return wish.filter(trigger -> trigger == Trigger.STOP).isPresent()
                ? messages.text("end.patience", stopSignal(container), patience(container))
                : messages.text("end.killed");
    }

    private static String stopSignal(Container container) {
        return container
                .spec()
                .stopSignal()
                .map(Signal::parse)
                .orElse(Signal.TERM)
                .toString();
    }

    private String patience(Container container) {
        return messages.quantities().duration(container.spec().stopTimeout().orElse(USUAL_PATIENCE));
    }

    private String outOfMemory(Container container) {
        var limit = container.spec().limits().memory();
        return limit.isPresent()
                ? messages.text("end.memory", messages.quantities().memory(limit.getAsLong()))
                : messages.text("end.memory.unlimited");
    }
}
