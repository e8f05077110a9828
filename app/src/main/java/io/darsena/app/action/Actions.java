package io.darsena.app.action;

import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Predicate;
import java.util.function.Supplier;
import java.util.stream.Stream;
import javafx.scene.input.KeyEvent;

/// The registry of a window in one language. Features add what they can do; whoever shows actions or hears keys asks
/// here. JavaFX thread only.
public final class Actions {

    private final Map<String, Action> standing = new LinkedHashMap<>();
    private final List<Supplier<Stream<Action>>> changing = new ArrayList<>();
    private final List<Shortcut> elsewhere = new ArrayList<>();

    /// @throws IllegalArgumentException when another has the identity, or one of the keys
    public Action add(Action action) {
        standing.values().forEach(other -> refuseClash(other, action));
        standing.put(action.id(), action);
        return action;
    }

    private static void refuseClash(Action there, Action action) {
        if (there.id().equals(action.id())) {
            throw new IllegalArgumentException("there is an action " + action.id() + " already");
        }
        if (there.keys().stream().anyMatch(action.keys()::contains)) {
            throw new IllegalArgumentException(action.id() + " wants a key that " + there.id() + " has");
        }
    }

    /// Adds actions that come and go with what there is, such as those of each container. They have no keys; the
    /// supplier is asked each time that the palette opens.
    public void addChanging(Supplier<Stream<Action>> source) {
        changing.add(source);
    }

    /// Tells the overview of a key that a feature hears by itself, as a list does for its chosen row.
    public void tell(Shortcut shortcut) {
        elsewhere.add(shortcut);
    }

    public Action action(String id) {
        return Objects.requireNonNull(standing.get(id), id);
    }

    public Collection<Action> standing() {
        return List.copyOf(standing.values());
    }

    /// All that can be done now.
    public List<Action> possible() {
        return Stream.concat(standing.values().stream(), changing.stream().flatMap(Supplier::get))
                .filter(Action::isPossible)
                .toList();
    }

    /// All keys, by group; also those of actions that are not possible now.
    public List<Shortcut> shortcuts() {
        Stream<Shortcut> own = standing.values().stream()
                .filter(action -> !action.keys().isEmpty())
                .map(action -> new Shortcut(action.group(), action.words(), action.keys()));
        return Stream.concat(own, elsewhere.stream())
                .sorted((one, other) -> one.group().compareTo(other.group()))
                .toList();
    }

    /// Does what a key asks for, and consumes the event then.
    ///
    /// @param admitted which actions may be asked for now
    public void hear(KeyEvent event, Predicate<Action> admitted) {
        boolean heard = standing.values().stream()
                .filter(admitted)
                .filter(action -> action.keys().stream().anyMatch(key -> key.match(event)))
                .toList()
                .stream()
                .anyMatch(Action::perform);
        if (heard) {
            event.consume();
        }
    }
}
