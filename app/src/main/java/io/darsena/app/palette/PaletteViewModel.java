package io.darsena.app.palette;

import io.darsena.app.action.Action;
import io.darsena.app.action.Actions;
import io.darsena.app.text.Messages;
import io.darsena.app.theme.WindowMemory;
import java.util.BitSet;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;
import javafx.beans.property.IntegerProperty;
import javafx.beans.property.SimpleIntegerProperty;
import javafx.beans.property.SimpleStringProperty;
import javafx.beans.property.StringProperty;
import javafx.collections.FXCollections;
import javafx.collections.ObservableList;

/// What the palette shows for what is typed, and which entry is chosen. JavaFX thread only; made anew each time that
/// the
/// palette opens.
public final class PaletteViewModel {

    /// The action that opened it.
    private static final String OWN = "palette";

    private static final int MOST_SHOWN = 100;
    private static final int RECENT_BONUS = 12;

    /// Who types a name and nothing else wants to see what bears it, and not to run or remove it: more than a shorter
    /// verb gets, and more than what was done lately.
    private static final int SHOWING_BONUS = RECENT_BONUS + 2;

    private static final String SHOWING = ".open";

    private final Messages messages;
    private final RecentActions recent;
    private final List<Action> possible;
    private final StringProperty typed = new SimpleStringProperty("");
    private final IntegerProperty chosen = new SimpleIntegerProperty(-1);
    private final ObservableList<Entry> shown = FXCollections.observableArrayList();

    /// @param heading the words of its group, or that it was used lately
    /// @param letters which characters of its words fit what is typed
    public record Entry(Action action, String heading, BitSet letters) {}

    private record Ranked(Entry entry, int score) {}

    public PaletteViewModel(Actions actions, Messages messages, WindowMemory memory) {
        this.messages = messages;
        this.recent = new RecentActions(memory);
        this.possible = actions.possible().stream()
                .filter(action -> !action.id().equals(OWN))
                .toList();
        typed.addListener(change -> search());
        search();
    }

    private void search() {
        shown.setAll(typed.get().isBlank() ? everything() : fitting(typed.get()));
        chosen.set(-1);
        chosen.set(shown.isEmpty() ? -1 : 0);
    }

    /// What was done lately, then the rest in its order.
    private List<Entry> everything() {
        List<String> ids = recent.ids();
        Stream<Entry> lately = ids.stream()
                .flatMap(id -> possible.stream().filter(action -> action.id().equals(id)))
                .map(action -> new Entry(action, messages.text("palette.recent"), new BitSet()));
        Stream<Entry> rest = possible.stream()
                .filter(action -> !ids.contains(action.id()))
                .sorted(Comparator.comparing(Action::group))
                .map(action -> new Entry(action, heading(action), new BitSet()));
        return Stream.concat(lately, rest).limit(MOST_SHOWN).toList();
    }

    private List<Entry> fitting(String query) {
        List<String> ids = recent.ids();
        return possible.stream()
                .flatMap(action -> ranked(action, query, ids).stream())
                .sorted(Comparator.comparingInt(Ranked::score).reversed())
                .map(Ranked::entry)
                .limit(MOST_SHOWN)
                .toList();
    }

    /// The heading can be typed, too: `settings engine`.
    private Optional<Ranked> ranked(Action action, String query, List<String> ids) {
        String heading = heading(action);
        return FuzzyMatch.of(query, action.words(), heading)
                .map(match -> new Ranked(
                        new Entry(action, heading, match.letters()),
                        match.score()
                                + (ids.contains(action.id()) ? RECENT_BONUS : 0)
                                + (action.id().endsWith(SHOWING) ? SHOWING_BONUS : 0)));
    }

    private String heading(Action action) {
        return messages.text("actions." + action.group().name().toLowerCase(Locale.ROOT));
    }

    public StringProperty typed() {
        return typed;
    }

    public ObservableList<Entry> shown() {
        return shown;
    }

    /// The index of the chosen entry; −1 when nothing fits.
    public IntegerProperty chosen() {
        return chosen;
    }

    /// Moves the choice; past an end it comes in again at the other.
    public void move(int by) {
        if (!shown.isEmpty()) {
            chosen.set(Math.floorMod(chosen.get() + by, shown.size()));
        }
    }

    public Optional<Action> choice() {
        int index = chosen.get();
        return index >= 0 && index < shown.size() ? Optional.of(shown.get(index).action()) : Optional.empty();
    }

    /// Does what is chosen and remembers it.
    public void perform() {
        choice().ifPresent(action -> {
            recent.add(action.id());
            action.perform();
        });
    }
}
