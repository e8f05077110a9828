package io.darsena.app.session;

import io.darsena.bridge.Engine;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import java.util.function.Function;
import javafx.beans.property.ReadOnlyBooleanProperty;
import javafx.beans.property.ReadOnlyBooleanWrapper;
import org.jspecify.annotations.Nullable;

/// The engine is asked something, and asked something else before it has answered: the last question alone counts.
/// JavaFX thread only.
public final class Question<T> {

    /// For what is asked as a person types: it is put when they pause.
    public static final Duration TYPING = Duration.ofMillis(250);

    private final Commands commands;
    private final FxPump pump;
    private final Duration patience;
    private final FailurePlace place = new FailurePlace();
    private final ReadOnlyBooleanWrapper asking = new ReadOnlyBooleanWrapper();
    private FxPump.Ticking pause = () -> {};
    private Optional<Command> command = Optional.empty();
    private int turns;

    /// @param patience how long another question may still take this one's place before it is put
    public Question(Commands commands, FxPump pump, Duration patience) {
        this.commands = commands;
        this.pump = pump;
        this.patience = patience;
    }

    public void ask(Function<Engine, T> question, Consumer<T> answered) {
        withdraw();
        asking.set(true);
        if (patience.isZero()) {
            put(question, answered);
        } else {
            pause = pump.after(patience, () -> put(question, answered));
        }
    }

    private void put(Function<Engine, T> question, Consumer<T> answered) {
        AtomicReference<@Nullable T> answer = new AtomicReference<>();
        int turn = turns;
        Command begun = commands.run(place, engine -> answer.set(question.apply(engine)), () -> {
            T told = answer.get();
            // It may have been answered at the moment at which nobody waited for it any more.
            if (told != null && turn == turns) {
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
    public void withdraw() {
        turns++;
        pause.close();
        command.ifPresent(Command::cancel);
        command = Optional.empty();
        asking.set(false);
        place.clear();
    }

    public ReadOnlyBooleanProperty asking() {
        return asking.getReadOnlyProperty();
    }

    public FailurePlace place() {
        return place;
    }
}
