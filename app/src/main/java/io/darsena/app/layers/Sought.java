package io.darsena.app.layers;

import io.darsena.bridge.layer.FileFilter;
import io.darsena.bridge.layer.FileKind;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import javafx.beans.property.LongProperty;
import javafx.beans.property.ReadOnlyObjectProperty;
import javafx.beans.property.ReadOnlyObjectWrapper;
import javafx.beans.property.SimpleLongProperty;
import javafx.beans.property.SimpleStringProperty;
import javafx.beans.property.StringProperty;
import javafx.collections.FXCollections;
import javafx.collections.ObservableSet;
import javafx.collections.SetChangeListener;

/// What a person looks for among files: words, kinds, a size. JavaFX thread only.
public final class Sought {

    /// Bytes that a file may have to have at least.
    static final List<Long> SIZES = List.of(0L, 10_000L, 1_000_000L, 10_000_000L, 100_000_000L);

    private final StringProperty words = new SimpleStringProperty("");
    private final ObservableSet<Kind> kinds = FXCollections.observableSet(EnumSet.noneOf(Kind.class));
    private final LongProperty smallest = new SimpleLongProperty();
    private final ReadOnlyObjectWrapper<FileFilter> filter = new ReadOnlyObjectWrapper<>(FileFilter.ALL);

    /// Together it changes once.
    private boolean several;

    /// Kinds of entries as people tell them apart.
    enum Kind {
        FILES(FileKind.FILE),
        DIRECTORIES(FileKind.DIRECTORY),
        LINKS(FileKind.SYMBOLIC_LINK, FileKind.HARD_LINK),
        OTHERS(FileKind.CHARACTER_DEVICE, FileKind.BLOCK_DEVICE, FileKind.NAMED_PIPE);

        private final List<FileKind> kinds;

        Kind(FileKind... kinds) {
            this.kinds = List.of(kinds);
        }
    }

    public Sought() {
        words.subscribe((before, now) -> tell());
        kinds.addListener((SetChangeListener<Kind>) change -> tell());
        smallest.subscribe((before, now) -> tell());
    }

    /// What part of a name or path is looked for.
    public StringProperty words() {
        return words;
    }

    /// Empty for any.
    ObservableSet<Kind> kinds() {
        return kinds;
    }

    /// One of [#SIZES].
    LongProperty smallest() {
        return smallest;
    }

    /// All of it.
    public ReadOnlyObjectProperty<FileFilter> filter() {
        return filter.getReadOnlyProperty();
    }

    /// Whether nothing is looked for, and all files are shown.
    public boolean isOpen() {
        return filter.get().isOpen();
    }

    /// Nothing is looked for any more.
    public void reset() {
        look("");
    }

    /// These words are looked for, and nothing else.
    void look(String sought) {
        several = true;
        words.set(sought);
        kinds.clear();
        smallest.set(0);
        several = false;
        tell();
    }

    private void tell() {
        if (!several) {
            Set<FileKind> wanted = EnumSet.noneOf(FileKind.class);
            kinds.forEach(kind -> wanted.addAll(kind.kinds));
            filter.set(new FileFilter(words.get(), wanted, smallest.get(), false));
        }
    }
}
