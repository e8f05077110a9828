package io.darsena.app.settings;

import io.darsena.app.session.Command;
import io.darsena.app.session.Commands;
import io.darsena.app.session.EngineSession;
import io.darsena.app.session.FailurePlace;
import io.darsena.app.text.Messages;
import io.darsena.bridge.trash.TrashPolicy;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import javafx.beans.property.BooleanProperty;
import javafx.beans.property.ReadOnlyStringProperty;
import javafx.beans.property.ReadOnlyStringWrapper;
import javafx.beans.property.SimpleBooleanProperty;
import javafx.beans.property.SimpleStringProperty;
import javafx.beans.property.StringProperty;

/// When the trash empties by itself, as it is ticked and typed: what is wrong with it, what follows from it, and the
/// engine told as soon as it is right. What is not ticked may say anything. JavaFX thread only.
public final class TrashPolicyViewModel {

    private final EngineSession session;
    private final Commands commands;
    private final Messages messages;
    private final BooleanProperty byAge = new SimpleBooleanProperty();
    private final StringProperty days = new SimpleStringProperty("");
    private final ReadOnlyStringWrapper daysProblem = new ReadOnlyStringWrapper("");
    private final BooleanProperty bySpace = new SimpleBooleanProperty();
    private final StringProperty free = new SimpleStringProperty("");
    private final ReadOnlyStringWrapper freeProblem = new ReadOnlyStringWrapper("");
    private final ReadOnlyStringWrapper outcome = new ReadOnlyStringWrapper("");
    private final FailurePlace place = new FailurePlace();
    private Optional<TrashPolicy> asked = Optional.empty();

    public TrashPolicyViewModel(EngineSession session, Commands commands, Messages messages) {
        this.session = session;
        this.commands = commands;
        this.messages = messages;
        write(TrashPolicy.DEFAULT);
        write(session.settings().get().trash());
        byAge.addListener(change -> check());
        days.addListener(change -> check());
        bySpace.addListener(change -> check());
        free.addListener(change -> check());
        check();
    }

    /// Puts what the engine has into the fields, unless it is what they asked for: the person may have typed on since.
    public void show(TrashPolicy policy) {
        if (!asked.equals(Optional.of(policy)) && !typed().equals(Optional.of(policy))) {
            write(policy);
        }
        asked = Optional.empty();
    }

    /// What is switched off keeps its last words, so that it can be switched on again as it was.
    private void write(TrashPolicy policy) {
        policy.days().ifPresent(count -> days.set(Integer.toString(count)));
        policy.freeBytes()
                .ifPresent(bytes -> free.set(messages.quantities().size(bytes).replace('\u00a0', ' ')));
        byAge.set(policy.days().isPresent());
        bySpace.set(policy.freeBytes().isPresent());
    }

    private void check() {
        boolean daysWrong = byAge.get() && count().isEmpty();
        daysProblem.set(daysWrong ? messages.text("settings.trash.days.problem", TrashPolicy.MOST_DAYS) : "");
        boolean freeWrong = bySpace.get() && bytes().isEmpty();
        String problem = TypedSize.bytes(free.get()).isEmpty() ? "problem" : "range";
        freeProblem.set(
                freeWrong
                        ? messages.text(
                                "settings.trash.free." + problem,
                                messages.quantities().size(TrashPolicy.MOST_FREE_BYTES))
                        : "");
        outcome.set(typed().map(this::outcome).orElse(""));
    }

    private String outcome(TrashPolicy policy) {
        boolean never = policy.equals(TrashPolicy.NEVER);
        return messages.text(never ? "settings.trash.never" : "settings.trash.outcome");
    }

    private OptionalInt count() {
        String typed = days.get().strip();
        int count = typed.matches("\\d{1,6}") ? Integer.parseInt(typed) : 0;
        return count >= 1 && count <= TrashPolicy.MOST_DAYS ? OptionalInt.of(count) : OptionalInt.empty();
    }

    private OptionalLong bytes() {
        OptionalLong typed = TypedSize.bytes(free.get());
        boolean right = typed.isPresent() && typed.getAsLong() >= 1 && typed.getAsLong() <= TrashPolicy.MOST_FREE_BYTES;
        return right ? typed : OptionalLong.empty();
    }

    /// Empty while something is wrong.
    private Optional<TrashPolicy> typed() {
        if (byAge.get() && count().isEmpty() || bySpace.get() && bytes().isEmpty()) {
            return Optional.empty();
        }
        return Optional.of(new TrashPolicy(
                byAge.get() ? count() : OptionalInt.empty(), bySpace.get() ? bytes() : OptionalLong.empty()));
    }

    /// Tells the engine what is ticked and typed, when it is right and not what the engine has.
    public Optional<Command> keep() {
        Optional<TrashPolicy> wanted =
                typed().filter(policy -> !policy.equals(session.settings().get().trash()));
        if (wanted.isPresent()) {
            asked = wanted;
        }
        return wanted.map(policy -> commands.change(place, settings -> settings.withTrash(policy)));
    }

    public void reset() {
        write(TrashPolicy.DEFAULT);
        keep();
    }

    public BooleanProperty byAge() {
        return byAge;
    }

    public StringProperty days() {
        return days;
    }

    /// In words; empty when nothing is wrong.
    public ReadOnlyStringProperty daysProblem() {
        return daysProblem.getReadOnlyProperty();
    }

    public BooleanProperty bySpace() {
        return bySpace;
    }

    public StringProperty free() {
        return free;
    }

    public ReadOnlyStringProperty freeProblem() {
        return freeProblem.getReadOnlyProperty();
    }

    /// What it comes to in words; empty while something is wrong.
    public ReadOnlyStringProperty outcome() {
        return outcome.getReadOnlyProperty();
    }

    public FailurePlace place() {
        return place;
    }
}
