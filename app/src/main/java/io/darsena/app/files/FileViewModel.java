package io.darsena.app.files;

import io.darsena.app.session.Command;
import io.darsena.app.session.Commands;
import io.darsena.app.session.FailurePlace;
import io.darsena.app.session.FxPump;
import io.darsena.app.session.Question;
import io.darsena.bridge.layer.FilePath;
import io.darsena.bridge.layer.TreeSource;
import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.CancellationException;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.IntUnaryOperator;
import java.util.stream.IntStream;
import javafx.beans.property.BooleanProperty;
import javafx.beans.property.ReadOnlyBooleanProperty;
import javafx.beans.property.ReadOnlyBooleanWrapper;
import javafx.beans.property.ReadOnlyIntegerProperty;
import javafx.beans.property.ReadOnlyIntegerWrapper;
import javafx.beans.property.ReadOnlyObjectProperty;
import javafx.beans.property.ReadOnlyObjectWrapper;
import javafx.beans.property.SimpleBooleanProperty;
import javafx.beans.property.SimpleStringProperty;
import javafx.beans.property.StringProperty;
import org.jspecify.annotations.Nullable;

/// The beginning of one file, and what is sought in it. JavaFX thread only.
final class FileViewModel {

    /// More is not read: who wants all of it saves it.
    static final int MOST = 8 << 20;

    /// What was read.
    ///
    /// @param whole there is no more
    record Reading(FileContent content, boolean whole) {}

    private final Commands commands;
    private final TreeSource source;
    private final FilePath path;
    private final FailurePlace place = new FailurePlace();
    private final ReadOnlyObjectWrapper<Optional<Reading>> reading = new ReadOnlyObjectWrapper<>(Optional.empty());
    private final StringProperty words = new SimpleStringProperty("");
    private final BooleanProperty mindingCase = new SimpleBooleanProperty();
    private final ReadOnlyBooleanWrapper sought = new ReadOnlyBooleanWrapper();
    private final ReadOnlyIntegerWrapper count = new ReadOnlyIntegerWrapper();
    private final ReadOnlyIntegerWrapper line = new ReadOnlyIntegerWrapper(-1);
    private final Question<int[]> search;
    private final AtomicReference<@Nullable InputStream> open = new AtomicReference<>();
    private Optional<Command> command = Optional.empty();
    private int[] found = {};

    FileViewModel(Commands commands, FxPump pump, TreeSource source, FilePath path) {
        this.commands = commands;
        this.source = source;
        this.path = path;
        this.search = new Question<>(commands, pump, Question.TYPING);
        words.subscribe((before, now) -> seek());
        mindingCase.subscribe((before, now) -> seek());
    }

    /// Begins to read; once more after a failure.
    void open() {
        AtomicReference<@Nullable Reading> read = new AtomicReference<>();
        command = Optional.of(commands.run(
                place,
                engine -> {
                    try (InputStream in = engine.layers().content(source, path)) {
                        open.set(in);
                        read.set(read(in));
                    } finally {
                        open.set(null);
                    }
                },
                () -> Optional.ofNullable(read.get()).ifPresent(told -> reading.set(Optional.of(told)))));
    }

    private static Reading read(InputStream in) throws IOException {
        byte[] bytes = in.readNBytes(MOST + 1);
        boolean whole = bytes.length <= MOST;
        return new Reading(FileContent.of(whole ? bytes : Arrays.copyOf(bytes, MOST), whole), whole);
    }

    /// Nobody looks any more.
    void close() {
        command.ifPresent(Command::cancel);
        search.withdraw();
        InputStream in = open.getAndSet(null);
        if (in != null) {
            Thread.ofVirtual().name("darsena-file-close").start(() -> {
                try {
                    in.close();
                } catch (IOException gone) {
                    // It is closed all the same, and nobody waits for what it would have told.
                }
            });
        }
    }

    private void seek() {
        search.withdraw();
        found = new int[0];
        count.set(0);
        line.set(-1);
        sought.set(false);
        String wanted = words.get();
        boolean minding = mindingCase.get();
        List<FileLine> lines = lines();
        if (wanted.isEmpty() || lines.isEmpty()) {
            return;
        }
        search.ask(engine -> find(lines, wanted, minding), this::found);
    }

    private void found(int[] now) {
        found = now;
        count.set(now.length);
        sought.set(true);
        if (now.length > 0) {
            line.set(now[0]);
        }
    }

    private static int[] find(List<FileLine> lines, String wanted, boolean minding) {
        return IntStream.range(0, lines.size())
                .filter(at -> {
                    if (Thread.currentThread().isInterrupted()) {
                        throw new CancellationException();
                    }
                    return find(lines.get(at).text(), wanted, 0, minding) >= 0;
                })
                .toArray();
    }

    /// Where the words stand next in a text; -1 when nowhere.
    static int find(String text, String wanted, int from, boolean minding) {
        return minding
                ? text.indexOf(wanted, from)
                : text.toLowerCase(Locale.ROOT).indexOf(wanted.toLowerCase(Locale.ROOT), from);
    }

    /// To the line that holds the words after this one, around the end.
    void next() {
        go(at -> at + 1, 0);
    }

    void previous() {
        go(at -> at - 1, found.length - 1);
    }

    private void go(IntUnaryOperator step, int first) {
        if (found.length == 0) {
            return;
        }
        int at = Arrays.binarySearch(found, line.get());
        line.set(found[at < 0 ? first : Math.floorMod(step.applyAsInt(at), found.length)]);
    }

    /// Which of the lines found is the present one, from 1; 0 when none is.
    int ordinal() {
        return Math.max(0, Arrays.binarySearch(found, line.get()) + 1);
    }

    List<FileLine> lines() {
        return reading.get().map(read -> read.content().lines()).orElse(List.of());
    }

    /// Empty while it is read.
    ReadOnlyObjectProperty<Optional<Reading>> reading() {
        return reading.getReadOnlyProperty();
    }

    FailurePlace place() {
        return place;
    }

    StringProperty words() {
        return words;
    }

    BooleanProperty mindingCase() {
        return mindingCase;
    }

    /// [#count] is about the words that are there now.
    ReadOnlyBooleanProperty sought() {
        return sought.getReadOnlyProperty();
    }

    /// How many lines hold the words.
    ReadOnlyIntegerProperty count() {
        return count.getReadOnlyProperty();
    }

    /// The line that was found and is looked at; -1 when none is.
    ReadOnlyIntegerProperty line() {
        return line.getReadOnlyProperty();
    }
}
