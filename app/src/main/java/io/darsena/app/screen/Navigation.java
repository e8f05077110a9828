package io.darsena.app.screen;

import io.darsena.bridge.container.ContainerId;
import io.darsena.bridge.image.ImageId;
import io.darsena.bridge.layer.FilePath;
import io.darsena.bridge.layer.TreeSource;
import io.darsena.bridge.registry.RegistryHost;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import javafx.beans.property.BooleanProperty;
import javafx.beans.property.ObjectProperty;
import javafx.beans.property.ReadOnlyBooleanProperty;
import javafx.beans.property.ReadOnlyBooleanWrapper;
import javafx.beans.property.ReadOnlyObjectProperty;
import javafx.beans.property.ReadOnlyStringProperty;
import javafx.beans.property.SimpleBooleanProperty;
import javafx.beans.property.SimpleObjectProperty;
import javafx.beans.property.SimpleStringProperty;
import javafx.beans.property.StringProperty;

/// Where the person is, where they were before, and the ways between features, so that features need not know each
/// other. JavaFX thread only.
public final class Navigation {

    private static final int MOST_BEHIND = 50;

    private final ObjectProperty<Section> section = new SimpleObjectProperty<>(Section.CONTAINERS);
    private final ObjectProperty<Optional<ContainerId>> container = new SimpleObjectProperty<>(Optional.empty());
    private final ObjectProperty<Optional<ComparedSides>> compared = new SimpleObjectProperty<>(Optional.empty());
    private final StringProperty settingsPage = new SimpleStringProperty("");
    private final Map<Section, StringProperty> searches = new EnumMap<>(Section.class);
    private final ReadOnlyBooleanWrapper canRun = new ReadOnlyBooleanWrapper();
    private final Deque<Place> behind = new ArrayDeque<>();
    private final ObjectProperty<Optional<SoughtLayer>> layer = new SimpleObjectProperty<>(Optional.empty());
    private final ObjectProperty<Optional<Images>> images = new SimpleObjectProperty<>(Optional.empty());
    private final Deque<Place> ahead = new ArrayDeque<>();
    private Consumer<Optional<String>> runDialog = image -> {};
    private Consumer<String> pullDialog = name -> {};
    private Consumer<String> pushDialog = image -> {};
    private Consumer<Optional<ComparedSides.Local>> compareDialog = first -> {};
    private Runnable cleanUpDialog = () -> {};
    private BiConsumer<RegistryHost, Runnable> loginDialog = (registry, then) -> {};
    private Consumer<OpenedFile> fileViewer = file -> {};
    private Consumer<FileProperties> propertiesDialog = about -> {};
    private BiConsumer<ContainerId, List<FilePath>> commitDialog = (container, paths) -> {};
    private final BooleanProperty transfers = new SimpleBooleanProperty();
    private Consumer<Optional<Locale>> speaker = language -> {};

    /// Somewhere to come back to.
    private record Place(
            Section section, Optional<ContainerId> container, String settingsPage, Optional<ComparedSides> compared) {}

    public ReadOnlyObjectProperty<Section> section() {
        return section;
    }

    /// Of a section that has something else in its place, the section itself.
    public void go(Section target) {
        if (target != section.get() || compared.get().isPresent()) {
            leave();
            arrive(target, Optional.empty());
        }
    }

    /// Each way is one step for who listens to both properties: what is compared counts in its section alone.
    private void arrive(Section target, Optional<ComparedSides> pair) {
        if (target == Section.IMAGES) {
            compared.set(pair);
        }
        section.set(target);
        if (target != Section.IMAGES) {
            compared.set(pair);
        }
    }

    /// What is shown in the place of the list of images; only while the section is that of images.
    public ReadOnlyObjectProperty<Optional<ComparedSides>> compared() {
        return compared;
    }

    public void compare(ComparedSides pair) {
        leave();
        arrive(Section.IMAGES, Optional.of(pair));
    }

    /// Compares the other way round, which is no other place.
    public void swapCompared() {
        compared.set(compared.get().map(ComparedSides::swapped));
    }

    /// What was at a registry has come, which is no other place either.
    public void continueCompared(ComparedSides pair) {
        compared.set(compared.get().map(before -> pair));
    }

    /// Says who asks what is to be compared; the argument is the first of both, where it is known.
    public void onCompare(Consumer<Optional<ComparedSides.Local>> opener) {
        compareDialog = opener;
    }

    public void askWhatToCompare(Optional<ComparedSides.Local> first) {
        compareDialog.accept(first);
    }

    /// The container that was asked for; the list selects it as soon as it is there.
    public ReadOnlyObjectProperty<Optional<ContainerId>> container() {
        return container;
    }

    public void showContainer(ContainerId id) {
        leave();
        ask(Optional.of(id));
        arrive(Section.CONTAINERS, Optional.empty());
    }

    /// Asking for the same container once more is asking, too.
    private void ask(Optional<ContainerId> wanted) {
        container.set(Optional.empty());
        container.set(wanted);
    }

    /// The word of the settings' page that is shown or was shown last; empty for the first.
    public ReadOnlyStringProperty settingsPage() {
        return settingsPage;
    }

    public void showSettings(String page) {
        if (section.get() != Section.SETTINGS || !page.equals(settingsPage.get())) {
            leave();
        }
        settingsPage.set(page);
        arrive(Section.SETTINGS, Optional.empty());
    }

    private Place here() {
        return new Place(section.get(), container.get(), settingsPage.get(), compared.get());
    }

    private void leave() {
        ahead.clear();
        behind.push(here());
        if (behind.size() > MOST_BEHIND) {
            behind.removeLast();
        }
    }

    public boolean canGoBack() {
        return !behind.isEmpty();
    }

    public boolean canGoForward() {
        return !ahead.isEmpty();
    }

    /// To where the person was before; nothing happens where there is nothing.
    public void back() {
        move(behind, ahead);
    }

    public void forward() {
        move(ahead, behind);
    }

    private void move(Deque<Place> from, Deque<Place> to) {
        if (!from.isEmpty()) {
            to.push(here());
            Place place = from.pop();
            settingsPage.set(place.settingsPage());
            if (place.section() == Section.CONTAINERS && place.container().isPresent()) {
                ask(place.container());
            }
            arrive(place.section(), place.compared());
        }
    }

    /// Says who opens the Run… dialog; the argument is the image that is to be chosen in it, by name or id.
    public void onRun(Consumer<Optional<String>> opener) {
        runDialog = opener;
        canRun.set(true);
    }

    /// Says who opens the Pull… dialog; the argument is the name that is to stand in it, or the beginning of one.
    public void onPull(Consumer<String> opener) {
        pullDialog = opener;
    }

    public void pull(String name) {
        pullDialog.accept(name);
    }

    /// Says who opens the Push… dialog; the argument is the image, by name or id.
    public void onPush(Consumer<String> opener) {
        pushDialog = opener;
    }

    public void push(String image) {
        pushDialog.accept(image);
    }

    /// Says who opens the dialog that shows what can be cleaned up.
    public void onCleanUp(Runnable opener) {
        cleanUpDialog = opener;
    }

    public void cleanUp() {
        cleanUpDialog.run();
    }

    /// Says who asks for a login; what is given with it runs when somebody has logged in.
    public void onLogin(BiConsumer<RegistryHost, Runnable> opener) {
        loginDialog = opener;
    }

    public void login(RegistryHost registry, Runnable then) {
        loginDialog.accept(registry, then);
    }

    /// Says who shows a file of an image or a container.
    public void onOpenFile(Consumer<OpenedFile> opener) {
        fileViewer = opener;
    }

    public void openFile(TreeSource source, FilePath path) {
        openFile(OpenedFile.alone(source, path));
    }

    public void openFile(OpenedFile file) {
        fileViewer.accept(file);
    }

    /// Says who shows all that is known of an entry of a tree of files.
    public void onShowProperties(Consumer<FileProperties> opener) {
        propertiesDialog = opener;
    }

    public void showProperties(FileProperties about) {
        propertiesDialog.accept(about);
    }

    /// Says who opens the dialog that makes an image of what a container has changed.
    public void onCommit(BiConsumer<ContainerId, List<FilePath>> opener) {
        commitDialog = opener;
    }

    /// @param paths that were chosen; may be empty
    public void commit(ContainerId changed, List<FilePath> paths) {
        commitDialog.accept(changed, paths);
    }

    /// Shows what is found by these words in the list of images, a name or the beginning of an id.
    public void showImage(String words) {
        showImages(Images.ALL, words);
    }

    /// Which images the list can be asked for.
    public enum Images {
        ALL,
        /// Those that their registries have something newer for.
        UPDATES
    }

    /// What the list of images was asked for; the list takes it when it shows that.
    public ReadOnlyObjectProperty<Optional<Images>> images() {
        return images;
    }

    /// Shows these images, whatever was sought or chosen in their list before.
    public void showImages(Images wanted) {
        showImages(wanted, "");
    }

    private void showImages(Images wanted, String words) {
        search(Section.IMAGES).set(words);
        images.set(Optional.of(wanted));
        go(Section.IMAGES);
    }

    /// They are shown.
    public void takeImages() {
        images.set(Optional.empty());
    }

    /// Whether the drawer with what is pulled, pushed, imported and exported is open.
    public BooleanProperty transfers() {
        return transfers;
    }

    /// Says who changes the window's language; without one the window is to speak as the desktop does.
    public void onSpeak(Consumer<Optional<Locale>> changer) {
        speaker = changer;
    }

    public void speak(Locale language) {
        speaker.accept(Optional.of(language));
    }

    public void speakAsTheDesktop() {
        speaker.accept(Optional.empty());
    }

    public ReadOnlyBooleanProperty canRun() {
        return canRun.getReadOnlyProperty();
    }

    /// The layer of an image that was asked for; the list takes it when it shows that image.
    public ReadOnlyObjectProperty<Optional<SoughtLayer>> layer() {
        return layer;
    }

    /// @param number the lowest is 1
    /// @param path of a file that is to be shown in it
    public record SoughtLayer(ImageId image, int number, Optional<FilePath> path) {}

    public void showLayer(ImageId image, int number) {
        showLayer(new SoughtLayer(image, number, Optional.empty()));
    }

    public void showLayer(SoughtLayer sought) {
        leave();
        layer.set(Optional.of(sought));
        arrive(Section.IMAGES, Optional.empty());
    }

    /// It is shown.
    public void takeLayer() {
        layer.set(Optional.empty());
    }

    /// What is typed into a section's search field; kept while the person is elsewhere.
    public StringProperty search(Section searched) {
        return searches.computeIfAbsent(searched, first -> new SimpleStringProperty(""));
    }

    public void run(Optional<String> image) {
        runDialog.accept(image);
    }
}
