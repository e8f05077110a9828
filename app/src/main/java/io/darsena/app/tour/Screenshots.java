package io.darsena.app.tour;

import io.darsena.app.control.ModalLayer;
import io.darsena.app.screen.ComparedSides;
import io.darsena.app.screen.Section;
import io.darsena.app.screen.WindowContext;
import io.darsena.app.session.EngineStage;
import io.darsena.app.settings.SettingsPage;
import io.darsena.app.shell.AppWindow;
import io.darsena.app.theme.ThemeChoice;
import io.darsena.bridge.container.Container;
import io.darsena.bridge.container.ContainerId;
import io.darsena.bridge.layer.FilePath;
import io.darsena.bridge.layer.TreeSource;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import javafx.scene.control.Button;
import javafx.scene.control.ListView;
import javafx.scene.control.TabPane;
import javafx.scene.control.TableView;
import javafx.scene.control.TextArea;
import javafx.scene.control.TextField;
import javafx.stage.Stage;

/// Saves a picture of every screen, light and dark, English and Italian, with containers in all states. An English
/// picture is `containers-light.png`, its Italian sister `containers-light-it.png`.
public final class Screenshots implements Callable<Boolean> {

    /// Of the pyramid of [TourImage], from above.
    private static final int STEP_TO_LOOK_AT = 4;

    /// Of the two of [TourImage] the newer one, in the list of images.
    private static final int IMAGE_TO_LOOK_AT = 1;

    /// So that transitions and charts have settled.
    private static final Duration SETTLING = Duration.ofMillis(500);

    private static final List<Locale> LANGUAGES = List.of(Locale.ENGLISH, Locale.ITALIAN);
    private static final List<ThemeChoice> THEMES = List.of(ThemeChoice.LIGHT, ThemeChoice.DARK);

    private final AppWindow window;
    private final Hand hand;
    private final Path pictures;
    private final PrintStream out;
    private String suffix = "";

    public Screenshots(AppWindow window, Stage stage, Path pictures, PrintStream out) {
        this.window = window;
        this.hand = new Hand(window.context().pump(), stage);
        this.pictures = pictures;
        this.out = out;
    }

    @FunctionalInterface
    private interface Round {
        void go() throws IOException;
    }

    /// To be called on a thread of its own. Says whether every picture was taken.
    @Override
    public Boolean call() {
        try {
            hand.until("the engine", this::isOpen);
            inEveryLook(this::emptyScreens);
            Fleet fleet = new Fleet(context().session().engine());
            fleet.sail();
            importImage();
            hand.until("all containers", () -> context().session().containers().size() == Fleet.SIZE);
            Hand.pause(Duration.ofSeconds(12));
            inEveryLook(() -> fullScreens(fleet));
            registries();
            return true;
        } catch (RuntimeException | IOException failed) {
            out.println("failed: " + failed.getMessage());
            return false;
        }
    }

    private void importImage() throws IOException {
        Path directory = Files.createTempDirectory("darsena-tour-");
        try {
            TourImage.importInto(context().session().engine(), directory);
        } finally {
            try (Stream<Path> files = Files.walk(directory)) {
                for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                    Files.delete(file);
                }
            }
        }
    }

    private WindowContext context() {
        return window.context();
    }

    private boolean isOpen() {
        return context().session().stage().get() instanceof EngineStage.Open
                && !context().session().images().isEmpty();
    }

    private void inEveryLook(Round round) throws IOException {
        for (Locale language : LANGUAGES) {
            hand.doing(() -> context().navigation().speak(language));
            for (ThemeChoice theme : THEMES) {
                hand.doing(() -> context().appearance().choice().set(theme));
                suffix = "-" + theme.word() + (language.equals(Locale.ENGLISH) ? "" : "-" + language.getLanguage());
                round.go();
            }
        }
    }

    private void emptyScreens() throws IOException {
        go(Section.CONTAINERS);
        take("containers-empty");
    }

    private void fullScreens(Fleet fleet) throws IOException {
        hand.doing(() -> context().navigation().showContainer(fleet.running()));
        take("containers");
        tab("detail.logs", "container-logs");
        files(fleet);
        tab("detail.stats", "container-stats");
        tab("detail.inspect", "container-inspect");
        hand.clickWords(text("detail.summary"));
        hand.doing(() -> context().navigation().showContainer(fleet.outOfMemory()));
        take("container-exited");
        hand.doing(() -> context().navigation().showContainer(fleet.paused()));
        take("container-paused");
        hand.doing(() -> table().ifPresent(table -> table.getSelectionModel().selectAll()));
        take("containers-selected");
        hand.doing(() -> table().ifPresent(table -> table.getSelectionModel().clearSelection()));
        images();
        trash();
        runDialog();
        for (SettingsPage page : SettingsPage.values()) {
            hand.doing(() -> context().navigation().showSettings(page.word()));
            take("settings-" + page.word());
        }
        palette();
    }

    /// What web-1 has written, one of its files, and the dialog that makes an image of them.
    private void files(Fleet fleet) throws IOException {
        hand.clickWords(text("detail.files"));
        hand.until("what the container has changed", () -> hand.shows(Fleet.WRITTEN_NAME));
        take("container-files");
        hand.doing(() -> context()
                .navigation()
                .openFile(new TreeSource.OfContainer(fleet.running()), FilePath.of(Fleet.WRITTEN)));
        hand.until(
                "the file",
                () -> hand.find(node -> "file-lines".equals(node.getId())).isPresent());
        take("container-file");
        hand.click(".file-viewer #close-file");
        hand.doing(() -> context().navigation().commit(fleet.running(), List.of()));
        hand.until(
                "the Dockerfile",
                () -> hand.find(node ->
                                node instanceof TextArea area && !area.getText().isEmpty())
                        .isPresent());
        take("commit");
        hand.click(".modal #commit-cancel");
        hand.click("#waste-tab");
        hand.until("what it wastes", () -> hand.shows(text("waste.search")));
        take("container-waste");
        comparisonWithItsImage(fleet.running());
    }

    private void comparisonWithItsImage(ContainerId id) throws IOException {
        hand.doing(() -> {
            Container container = Optional.ofNullable(
                            context().session().containers().get(id))
                    .orElseThrow();
            context()
                    .navigation()
                    .compare(new ComparedSides(
                            new ComparedSides.Here(container.image(), container.imageName()),
                            ComparedSides.OfContainer.of(container)));
        });
        hand.until("files to compare", () -> hand.shows(Fleet.WRITTEN_NAME));
        take("compare-container");
        hand.doing(() -> context().navigation().back());
        hand.until("the container again", () -> table().isPresent());
    }

    /// They need a registry to show, and this machine may have none.
    private void registries() throws IOException {
        Optional<LoopbackRegistry> started = LoopbackRegistry.start();
        if (started.isEmpty()) {
            out.println("no pictures of registries: the program docker-registry is not installed");
            return;
        }
        try (LoopbackRegistry registry = started.get()) {
            RegistryTour tour = new RegistryTour(context(), hand, registry.host());
            tour.fill();
            inEveryLook(() -> new RegistryTour(context(), hand, registry.host()).show(this::take));
        }
    }

    private void images() throws IOException {
        go(Section.IMAGES);
        hand.until("the list of images", () -> table().isPresent());
        hand.doing(() -> table().ifPresent(table -> table.getSelectionModel().clearSelection()));
        take("images");
        hand.doing(() -> table().ifPresent(table -> table.getSelectionModel().select(IMAGE_TO_LOOK_AT)));
        hand.until("the image's detail", () -> hand.shows(text("images.layers")));
        hand.until("its pyramid", () -> pyramid().isPresent());
        hand.doing(() -> pyramid().ifPresent(steps -> steps.getSelectionModel().select(STEP_TO_LOOK_AT)));
        hand.until("its files", () -> hand.shows("etc"));
        take("image-layers");
        tab("imageHistory.title", "image-history");
        hand.click("#waste-tab");
        take("image-waste");
        hand.clickWords(text("packages.title"));
        hand.until("its packages", this::listsPackages);
        take("image-packages");
        tab("detail.inspect", "image-inspect");
        hand.clickWords(text("images.layers"));
        comparison();
    }

    private void comparison() throws IOException {
        hand.doing(() -> table().ifPresent(table -> table.getSelectionModel().selectRange(0, 2)));
        hand.until("the button that compares", () -> compareButton().isPresent());
        hand.doing(() -> compareButton().ifPresent(Button::fire));
        hand.until("files to compare", () -> hand.shows("etc"));
        take("compare-files");
        hand.doing(() -> compareTab(1));
        take("compare-config");
        hand.doing(() -> compareTab(2));
        take("compare-layers");
        hand.doing(() -> compareTab(0));
        hand.doing(() -> context().navigation().back());
    }

    private Optional<Button> compareButton() {
        return hand.find(node -> "bulk-compare".equals(node.getId())).map(Button.class::cast);
    }

    private void compareTab(int tab) {
        hand.find(node -> "compare-tabs".equals(node.getId()))
                .ifPresent(tabs -> ((TabPane) tabs).getSelectionModel().select(tab));
    }

    private void trash() throws IOException {
        go(Section.TRASH);
        hand.until("what was removed", () -> table().isPresent());
        hand.doing(() -> table().ifPresent(table -> table.getSelectionModel().clearSelection()));
        take("trash");
    }

    private Optional<TableView<?>> table() {
        return hand.find(node -> node instanceof TableView<?> table && "table".equals(table.getId()))
                .map(node -> (TableView<?>) node);
    }

    private boolean listsPackages() {
        return hand.find(node -> node instanceof TableView<?> table
                        && "packages".equals(table.getId())
                        && !table.getItems().isEmpty())
                .isPresent();
    }

    /// Once it has steps.
    private Optional<ListView<?>> pyramid() {
        return hand.find(node -> node instanceof ListView<?> list
                        && "pyramid".equals(list.getId())
                        && list.getItems().size() > STEP_TO_LOOK_AT)
                .map(node -> (ListView<?>) node);
    }

    private void runDialog() throws IOException {
        hand.doing(() -> context().navigation().run(Optional.empty()));
        take("run");
        type("commandLine", "sh -c 'echo hello; sleep 60'");
        type("memory", "256m");
        type("cpus", "half");
        take("run-filled");
        hand.click(".modal #cancel");
        hand.until("the dialog's end", () -> !hand.shows(text("run.title")));
    }

    private void palette() throws IOException {
        go(Section.CONTAINERS);
        hand.doing(() -> context().actions().action("palette").perform());
        hand.until(
                "the palette",
                () -> hand.find(node -> "palette-field".equals(node.getId())).isPresent());
        type("palette-field", "st");
        take("palette");
        hand.doing(
                () -> hand.find(node -> node instanceof ModalLayer).ifPresent(layer -> ((ModalLayer) layer).close()));
        hand.doing(() -> context().actions().action("shortcuts").perform());
        take("shortcuts");
        hand.doing(
                () -> hand.find(node -> node instanceof ModalLayer).ifPresent(layer -> ((ModalLayer) layer).close()));
    }

    private void type(String field, String words) {
        hand.doing(() -> hand.find(node -> node instanceof TextField && field.equals(node.getId()))
                .ifPresent(node -> ((TextField) node).setText(words)));
    }

    private void tab(String key, String name) throws IOException {
        hand.clickWords(text(key));
        take(name);
    }

    private void go(Section section) {
        hand.doing(() -> context().navigation().go(section));
    }

    private void take(String name) throws IOException {
        hand.away();
        Hand.pause(SETTLING);
        Path file = pictures.resolve(name + suffix + ".png");
        hand.picture(file);
        out.println(file);
    }

    private String text(String key) {
        return context().messages().text(key);
    }
}
