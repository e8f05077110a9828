package io.darsena.app.registries.browse;

import io.darsena.app.session.Command;
import io.darsena.app.session.Commands;
import io.darsena.app.session.FailurePlace;
import io.darsena.app.session.FxPump;
import io.darsena.bridge.Engine;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import java.util.function.Function;
import javafx.beans.property.ReadOnlyBooleanProperty;
import javafx.beans.property.ReadOnlyBooleanWrapper;
import org.jspecify.annotations.Nullable;

/// A registry is asked something, and asked something else before it has answered: the last question alone
/// counts, and is put when the person pauses. JavaFX thread only.
final class Question<T> {

    private static final Duration PAUSE = Duration.ofMillis(250);

    private final Commands commands;
    private final FxPump pump;
    private final FailurePlace place = new FailurePlace();
    private final ReadOnlyBooleanWrapper asking = new ReadOnlyBooleanWrapper();
    private FxPump.Ticking pause = () -> {};
    private Optional<Command> command = Optional.empty();

    Question(Commands commands, FxPump pump) {
        this.commands = commands;
        this.pump = pump;
    }

    void ask(Function<Engine, T> question, Consumer<T> answered) {
        withdraw();
        asking.set(true);
        pause = pump.after(PAUSE, () -> put(question, answered));
    }

    private void put(Function<Engine, T> question, Consumer<T> answered) {
        AtomicReference<@Nullable T> answer = new AtomicReference<>();
        Command begun = commands.run(place, engine -> answer.set(question.apply(engine)), () -> {
            T told = answer.get();
            if (told != null) {
                answered.accept(told);
            }
        });
        command = Optional.of(begun);
        begun.running().subscribe(running -> {
            if (!running && command.filter(begun::equals).isPresent()) {
                asking.set(false);
            }
        });
    }

    /// Nobody waits for an answer any more.
    void withdraw() {
        pause.close();
        command.ifPresent(Command::cancel);
        command = Optional.empty();
        asking.set(false);
        place.clear();
    }

    ReadOnlyBooleanProperty asking() {
        return asking.getReadOnlyProperty();
    }

    FailurePlace place() {
        return place;
    }
}
