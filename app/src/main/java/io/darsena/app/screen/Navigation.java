package io.darsena.app.screen;

import io.darsena.bridge.container.ContainerId;
import java.util.EnumMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import javafx.beans.property.ObjectProperty;
import javafx.beans.property.ReadOnlyBooleanProperty;
import javafx.beans.property.ReadOnlyBooleanWrapper;
import javafx.beans.property.ReadOnlyObjectProperty;
import javafx.beans.property.SimpleObjectProperty;
import javafx.beans.property.SimpleStringProperty;
import javafx.beans.property.StringProperty;

/// Where the person is, and the ways between features, so that features need not know each other.
/// JavaFX thread only.
public final class Navigation {

    private final ObjectProperty<Section> section = new SimpleObjectProperty<>(Section.CONTAINERS);
    private final ObjectProperty<Optional<ContainerId>> container = new SimpleObjectProperty<>(Optional.empty());
    private final Map<Section, StringProperty> searches = new EnumMap<>(Section.class);
    private final ReadOnlyBooleanWrapper canRun = new ReadOnlyBooleanWrapper();
    private Consumer<Optional<String>> runDialog = image -> {};
    private Consumer<Locale> speaker = language -> {};

    public ReadOnlyObjectProperty<Section> section() {
        return section;
    }

    public void go(Section target) {
        section.set(target);
    }

    /// The container that was asked for; the list selects it as soon as it is there.
    public ReadOnlyObjectProperty<Optional<ContainerId>> container() {
        return container;
    }

    public void showContainer(ContainerId id) {
        container.set(Optional.of(id));
        go(Section.CONTAINERS);
    }

    /// Says who opens the Run… dialog; the argument is the image that is to be chosen in it, by name or id.
    public void onRun(Consumer<Optional<String>> opener) {
        runDialog = opener;
        canRun.set(true);
    }

    /// Says who changes the window's language.
    public void onSpeak(Consumer<Locale> changer) {
        speaker = changer;
    }

    public void speak(Locale language) {
        speaker.accept(language);
    }

    public ReadOnlyBooleanProperty canRun() {
        return canRun.getReadOnlyProperty();
    }

    /// What the top bar's search field holds for a section; kept while the person is elsewhere.
    public StringProperty search(Section searched) {
        return searches.computeIfAbsent(searched, first -> new SimpleStringProperty(""));
    }

    public void run(Optional<String> image) {
        runDialog.accept(image);
    }
}
