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
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.BitSet;
import java.util.Deque;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.IntUnaryOperator;
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

/// A part of one file, the first one at first, what it is shown as, and what is sought in it. JavaFX thread only.
final class FileViewModel {

    /// More is not read at once: who wants all of it saves it.
    static final int MOST = 8 << 20;

    /// What was read, and as what it is shown.
    record Reading(FilePart part, Look look, FileContent content) {

        static Reading of(FilePart part, Optional<Look> chosen) {
            Look look = chosen.filter(part.looks()::contains).orElse(part.guess());
            return new Reading(part, look, part.as(look));
        }
    }

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

    /// Where the present part begins, and those before it.
    private final Deque<FilePart.Start> starts = new ArrayDeque<>(List.of(FilePart.Start.OF_FILE));

    /// What the person wants it to be shown as, if it can be.
    private Optional<Look> chosen = Optional.empty();

    FileViewModel(Commands commands, FxPump pump, TreeSource source, FilePath path) {
        this.commands = commands;
        this.source = source;
        this.path = path;
        this.search = new Question<>(commands, pump, Question.TYPING);
        words.subscribe((before, now) -> seek());
        mindingCase.subscribe((before, now) -> seek());
        reading.subscribe((before, now) -> seek());
    }

    /// Shows it as something else that it can be.
    void lookAs(Look look) {
        chosen = Optional.of(look);
        reading.set(reading.get().map(read -> Reading.of(read.part(), chosen)));
    }

    boolean hasPartBefore() {
        return starts.size() > 1;
    }

    /// Reads the next bytes, where there are more.
    void nextPart() {
        reading.get().map(Reading::part).filter(part -> !part.isLast()).ifPresent(part -> {
            starts.push(part.next());
            open();
        });
    }

    void previousPart() {
        if (hasPartBefore()) {
            starts.pop();
            open();
        }
    }

    /// Begins to read; once more after a failure.
    void open() {
        command.ifPresent(Command::cancel);
        reading.set(Optional.empty());
        FilePart.Start start = starts.getFirst();
        Optional<Look> wanted = chosen;
        AtomicReference<@Nullable Reading> read = new AtomicReference<>();
        command = Optional.of(commands.run(
                place,
                engine -> {
                    try (InputStream in = engine.layers().content(source, path)) {
                        open.set(in);
                        in.skipNBytes(start.offset());
                        read.set(Reading.of(read(in, start), wanted));
                    } finally {
                        open.set(null);
                    }
                },
                () -> Optional.ofNullable(read.get()).ifPresent(told -> reading.set(Optional.of(told)))));
    }

    private static FilePart read(InputStream in, FilePart.Start start) throws IOException {
        byte[] bytes = in.readNBytes(MOST + 1);
        boolean last = bytes.length <= MOST;
        return new FilePart(last ? bytes : Arrays.copyOf(bytes, MOST), start, last);
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
        Optional<SearchedLines> lines = reading.get().map(read -> read.content().lines());
        if (!wanted.isEmpty() && lines.filter(shown -> !shown.isEmpty()).isPresent()) {
            search.ask(engine -> find(lines.get(), wanted, minding), this::found);
        }
    }

    private void found(int[] now) {
        found = now;
        count.set(now.length);
        sought.set(true);
        if (now.length > 0) {
            line.set(now[0]);
        }
    }

    /// What is sought stands in a line as it is shown, or begins in it in the file and goes on in the next one.
    private static int[] find(SearchedLines lines, String wanted, boolean minding) {
        BitSet found = new BitSet(lines.size());
        lines.begins(wanted, minding, found::set);
        for (int at = 0; at < lines.size(); at++) {
            SearchedLines.goOn(at);
            if (!found.get(at) && find(lines.get(at).text(), wanted, 0, minding) >= 0) {
                found.set(at);
            }
        }
        return found.stream().toArray();
    }

    /// A line has been found that holds what is sought.
    boolean isFound(int line) {
        return Arrays.binarySearch(found, line) >= 0;
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
