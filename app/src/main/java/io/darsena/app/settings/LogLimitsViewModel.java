package io.darsena.app.settings;

import io.darsena.app.session.Command;
import io.darsena.app.session.Commands;
import io.darsena.app.session.EngineSession;
import io.darsena.app.session.FailurePlace;
import io.darsena.app.text.Messages;
import io.darsena.bridge.container.LogLimits;
import java.util.Optional;
import java.util.OptionalLong;
import javafx.beans.property.ReadOnlyStringProperty;
import javafx.beans.property.ReadOnlyStringWrapper;
import javafx.beans.property.SimpleStringProperty;
import javafx.beans.property.StringProperty;

/// How much of each container's log is kept, as it is typed: what is wrong with it, what it comes to, and the engine
/// told as soon as it is right. JavaFX thread only.
public final class LogLimitsViewModel {

    private final EngineSession session;
    private final Commands commands;
    private final Messages messages;
    private final StringProperty size = new SimpleStringProperty("");
    private final StringProperty files = new SimpleStringProperty("");
    private final ReadOnlyStringWrapper sizeProblem = new ReadOnlyStringWrapper("");
    private final ReadOnlyStringWrapper filesProblem = new ReadOnlyStringWrapper("");
    private final ReadOnlyStringWrapper total = new ReadOnlyStringWrapper("");
    private final FailurePlace place = new FailurePlace();
    private Optional<LogLimits> asked = Optional.empty();

    public LogLimitsViewModel(EngineSession session, Commands commands, Messages messages) {
        this.session = session;
        this.commands = commands;
        this.messages = messages;
        size.addListener(change -> check());
        files.addListener(change -> check());
        show(session.settings().get().logs());
    }

    /// Puts what the engine has into the fields, unless it is what they asked for: the person may have typed on since.
    public void show(LogLimits limits) {
        if (!asked.equals(Optional.of(limits)) && !typed().equals(Optional.of(limits))) {
            write(limits);
        }
        asked = Optional.empty();
        check();
    }

    private void write(LogLimits limits) {
        size.set(messages.quantities().size(limits.maxBytes()).replace('\u00a0', ' '));
        files.set(Integer.toString(limits.files()));
    }

    private void check() {
        OptionalLong bytes = TypedSize.bytes(size.get());
        boolean sizeRight = bytes.isPresent()
                && bytes.getAsLong() >= LogLimits.LEAST_BYTES
                && bytes.getAsLong() <= LogLimits.MOST_BYTES;
        sizeProblem.set(
                sizeRight
                        ? ""
                        : messages.text(bytes.isEmpty() ? "settings.logs.size.problem" : "settings.logs.size.range"));
        filesProblem.set(count().isPresent() ? "" : messages.text("settings.logs.files.problem", LogLimits.MOST_FILES));
        total.set(typed().map(limits -> messages.text(
                        "settings.logs.total", messages.quantities().size(limits.totalBytes())))
                .orElse(""));
    }

    private OptionalLong count() {
        OptionalLong typed = files.get().strip().matches("\\d{1,6}")
                ? OptionalLong.of(Long.parseLong(files.get().strip()))
                : OptionalLong.empty();
        return typed.isPresent() && typed.getAsLong() >= 1 && typed.getAsLong() <= LogLimits.MOST_FILES
                ? typed
                : OptionalLong.empty();
    }

    /// Empty while something is wrong.
    private Optional<LogLimits> typed() {
        OptionalLong bytes = TypedSize.bytes(size.get());
        boolean right = bytes.isPresent()
                && bytes.getAsLong() >= LogLimits.LEAST_BYTES
                && bytes.getAsLong() <= LogLimits.MOST_BYTES
                && count().isPresent();
        return right ? Optional.of(new LogLimits(bytes.getAsLong(), (int) count().getAsLong())) : Optional.empty();
    }

    /// Tells the engine what is typed, when it is right and not what the engine has.
    public Optional<Command> keep() {
        Optional<LogLimits> wanted =
                typed().filter(limits -> !limits.equals(session.settings().get().logs()));
        if (wanted.isPresent()) {
            asked = wanted;
        }
        return wanted.map(limits -> commands.change(place, settings -> settings.withLogs(limits)));
    }

    public void reset() {
        write(LogLimits.DEFAULT);
        keep();
    }

    public StringProperty size() {
        return size;
    }

    public StringProperty files() {
        return files;
    }

    /// In words; empty when nothing is wrong.
    public ReadOnlyStringProperty sizeProblem() {
        return sizeProblem.getReadOnlyProperty();
    }

    public ReadOnlyStringProperty filesProblem() {
        return filesProblem.getReadOnlyProperty();
    }

    /// What both come to; empty while something is wrong.
    public ReadOnlyStringProperty total() {
        return total.getReadOnlyProperty();
    }

    public FailurePlace place() {
        return place;
    }
}
